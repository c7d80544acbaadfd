"""Every string of the interface is translated into Russian and Kyrgyz, with the same facts in it."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from config import LANGUAGES, ROOT

WEB = ROOT / "app/web"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
FACT = re.compile(r"%\(\w+\)[sd]")
OTHERS = [language for language in LANGUAGES if language != "en"]


def extracted() -> Catalog:
    catalog = Catalog()
    for _file, _line, message, _comments, context in extract_from_dir(WEB, METHODS, OPTIONS):
        catalog.add(message, None, context=context)
    return catalog


def translated(language: str) -> Catalog:
    with (WEB / "translations" / language / "LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", OTHERS)
def test_every_string_is_translated_with_its_facts(language: str) -> None:
    catalog = translated(language)
    missing, wrong = [], []
    for message in extracted():
        if not message.id:
            continue
        found = catalog.get(message.id, message.context)
        if found is None or found.fuzzy or not all(forms(found.string)):
            missing.append(message.id)
            continue
        facts = set(FACT.findall(forms(message.id)[-1]))
        wrong += [(message.id, form) for form in forms(found.string) if set(FACT.findall(form)) - facts]
        if not any(set(FACT.findall(form)) == facts for form in forms(found.string)):
            wrong.append((message.id, found.string))
    assert missing == []
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_translations_are_those_of_the_catalog(language: str) -> None:
    """`make translations` was run: what is compiled says what stands in the catalog."""
    from babel.support import Translations

    compiled = Translations.load(WEB / "translations", [language])
    for message in translated(language):
        if message.id and isinstance(message.id, str):
            assert compiled.ugettext(message.id) == message.string


def test_the_languages_are_those_with_a_catalog() -> None:
    assert sorted(path.parent.parent.name for path in Path(WEB / "translations").glob("*/*/messages.po")) == sorted(
        OTHERS
    )

"""Sentences of the interface in the language of this moment.

What flask_babel looks up for every sentence is looked up once for a page here: a long page says thousands of them.
"""

from collections.abc import Mapping

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import get_locale, get_translations


def N_(sentence: str) -> str:  # noqa: N802  (the name by which what is to be translated is found)
    """A sentence that is translated later, where it is said."""
    return sentence


def _(sentence: str, **facts: object) -> str:
    said = str(translations().ugettext(sentence)) if sentence else ""  # empty names the head of a catalogue
    return said % facts if facts else said


def one_of(value: str, sentences: Mapping[str, str], otherwise: str | None = None) -> str:
    """What is said of a value; where nothing is, `otherwise` or the value itself. Only this sentence is looked up."""
    return _(sentences.get(value, value if otherwise is None else otherwise))


def translations() -> NullTranslations:
    """The translations into the language of this moment, which `force_locale` may change within a page."""
    locale = get_locale()
    if locale is None:
        return NullTranslations()
    known: tuple[object, NullTranslations] | None = g.get("translations")
    if known is None or known[0] is not locale:
        known = g.translations = locale, get_translations()
    return known[1]


def install(app: Flask) -> None:
    """Have templates say their sentences in the same way."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda sentence: translations().ugettext(sentence),
        ngettext=lambda one, many, count: translations().ungettext(one, many, count),
        newstyle=True,
        pgettext=lambda context, sentence: translations().upgettext(context, sentence),
        npgettext=lambda context, one, many, count: translations().unpgettext(context, one, many, count),
    )

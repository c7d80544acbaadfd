"""A version as one HTML file: every word in order, links to every clause, nothing from outside, nothing that runs."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

import pytest
from lxml import html as lxml_html

from app.exports import html
from app.exports.document import Document
from tests.exports.papers import paper, paragraphs
from tests.sample import DRAFTS
from tests.shared import SHARED, needs_laws, text_of

LAW = (
    "# On Things\n\n## Chapter 1. First\n\n### Article 12^1^. One\n\nOpening:\n\n1. Para [to](https://example.org).\n\n"
    "   1) point ![seal](https://example.org/a.png);\n\n      a) sub *point*.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n"
)
HOSTILE = (
    '# A </title><script>document.title="ran"</script>\n\n### Article 1. ]]> {{ x }} `}}`\n\n'
    "1. <img src=x onerror=\"document.title='ran'\"> [a](javascript:document.title=1) \u202ebackwards \x01\x0c \\ «“\n\n"
    f"2. {'w' * 10_000}\n\n<style>*{{display:none}}</style>\n"
)


def written(document: Document) -> str:
    return b"".join(html.page(document)).decode("utf-8")


def tree(text: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(text)


def said(page: lxml_html.HtmlElement) -> list[str]:
    """The clauses as a paper has them."""
    return [one for element in page.find_class("clause") for one in _said(element)]


def _said(element: lxml_html.HtmlElement) -> Iterator[str]:
    if "kind-table" in element.get("class"):
        yield from (cell.text_content() for cell in element.iter("td", "th"))
        return
    label = element.find_class("label")
    number = label[0].text_content() if label else ""
    words = element.find_class("words")[0].text_content().replace("\n", " ")
    yield f"{number}\t{words}" if number and words else number or words


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_every_word_of_the_law_stands_in_order_in_its_language(language: str) -> None:
    text = text_of(DRAFTS / f"torture-investigation.{language}.md")
    page = tree(written(paper(text, text, language=language)))
    assert said(page) == paragraphs(text)
    assert page.get("lang") == language


@needs_laws
def test_every_word_of_a_real_law_stands_in_order() -> None:
    text = text_of(SHARED / "corpora/ee-jaatmeseadus/v0003.md")
    assert said(tree(written(paper(text, text, language="et")))) == paragraphs(text)


def test_a_clause_can_be_linked_to_by_its_id_and_by_its_address() -> None:
    document = paper(LAW, LAW)
    page = tree(written(document))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert [one for one in ids if one.startswith("c-")] == [f"c-{line.clause_id}" for line in document.lines]
    assert [one for one in ids if not one.startswith("c-")] == [line.address for line in document.lines]
    links = [element.get("href") for element in page.iter("a")]
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_contents_are_the_headings_as_links() -> None:
    page = tree(written(paper(LAW, LAW)))
    entries = [(a.text_content(), a.get("href")) for a in page.find_class("contents")[0].iter("a")]
    assert entries == [("Chapter 1. First", "#chp_1"), ("Article 121. One", "#art_12-1")]


@pytest.mark.parametrize(
    ("language", "imprint"),
    [
        ("en", "Version 2 of 24 November 2026SHA-256 of the text: "),
        ("ru", "Версия 2 от 24.11.2026SHA-256 текста: "),
        ("ky", "2-версия 24.11.2026Тексттин SHA-256 суммасы: "),
    ],
)
def test_the_head_says_which_text_it_is_with_its_whole_fingerprint(language: str, imprint: str) -> None:
    page = tree(written(paper(LAW, LAW, language=language)))
    assert page.find_class("imprint")[0].text_content() == imprint + "ab" * 32
    assert page.find_class("fingerprint")[0].text_content() == "ab" * 32


def test_only_the_new_text_is_in_it_even_where_the_document_has_a_base() -> None:
    new = LAW.replace("Opening:", "Beginning:")
    text = written(paper(LAW, new))
    assert said(tree(text)) == paragraphs(new)
    assert "Opening" not in text


@pytest.mark.parametrize("text", [LAW, HOSTILE])
def test_it_loads_nothing_runs_nothing_and_its_policy_allows_its_style_alone(text: str) -> None:
    made = written(paper(text, text, title='T "</style><script>\\'))
    page = tree(made)
    assert not list(page.iter("script", "link", "img", "iframe", "object", "form", "base"))
    assert not [name for element in page.iter() for name in element.attrib if name == "style" or name.startswith("on")]
    assert all(link.get("href").startswith("#") for link in page.iter("a"))
    (style,) = re.findall(r"<style>(.*?)</style>", made, re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"


def test_hostile_words_stand_as_words() -> None:
    assert [one.replace("\x01", "�").replace("\x0c", "�") for one in paragraphs(HOSTILE)] == said(
        tree(written(paper(HOSTILE, HOSTILE)))
    )


def test_the_same_document_is_the_same_file_in_pieces() -> None:
    pieces = list(html.page(paper(LAW, LAW)))
    assert b"".join(pieces) == b"".join(html.page(paper(LAW, LAW)))
    long = "# T\n\n" + "\n\n".join(f"{number}. Words." for number in range(1, 400)) + "\n"
    assert len(list(html.page(paper(long, long)))) > 4

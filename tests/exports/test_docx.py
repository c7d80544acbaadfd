"""The text alone as a Word document: styles, numbers as written, contents, bookmarks."""

import io
import zipfile

import docx as python_docx
import pytest

from app.exports import docx
from app.exports.docx_marked import bookmarks
from tests.changed_law import changed, original
from tests.exports.papers import paper, paragraphs
from tests.exports.word_reader import W, accepted, misplaced, parts, rejected, root
from tests.sample import DRAFTS

LAW = (
    "# On Things\n\n## Chapter 1. First\n\n### Article 12^1^. One\n\nOpening:\n\n1. Para.\n\n   1) point;\n\n"
    "      a) sub *point*.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
)


def styles_of(data: bytes) -> list[tuple[str, str]]:
    opened = python_docx.Document(io.BytesIO(data))
    return [(one.style.name, one.text) for one in opened.paragraphs if not one.style.name.startswith("toc")]


def test_each_kind_of_clause_has_its_style_and_its_number_is_text() -> None:
    assert styles_of(docx.clean(paper(LAW, LAW)))[:-1] == [
        ("Title", "On Things"),
        ("TOC Heading", "Contents"),
        ("Heading 1", "Chapter 1. First"),
        ("Article", "Article 121. One"),
        ("Unnumbered Paragraph", "Opening:"),
        ("Paragraph", "1.\tPara."),
        ("Point", "1)\tpoint;"),
        ("Subpoint", "a)\tsub point."),
        ("Normal", ""),
    ]


def test_a_table_of_the_law_is_a_table() -> None:
    table = python_docx.Document(io.BytesIO(docx.clean(paper(LAW, LAW)))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["1", "2"]]


def test_word_numbers_nothing() -> None:
    files = parts(docx.clean(paper(original(), original())))
    assert "word/numbering.xml" not in files
    assert not any(b"numPr" in content for content in files.values())


def test_the_contents_are_a_field_whose_entries_lead_to_bookmarks() -> None:
    document = root(docx.clean(paper(LAW, LAW)))
    entries = {link.get(f"{W}anchor"): "".join(link.itertext(f"{W}t")) for link in document.iter(f"{W}hyperlink")}
    marks = {one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")}
    assert list(entries.values()) == ["Chapter 1. First", "Article 121. One"]
    assert set(entries) <= marks
    assert [e.text for e in document.iter(f"{W}instrText")] == [' TOC \\o "1-2" \\n \\h \\z \\u ']
    assert [e.get(f"{W}fldCharType") for e in document.iter(f"{W}fldChar")] == ["begin", "separate", "end"]


def test_every_clause_has_a_bookmark_of_its_id() -> None:
    document = paper(LAW, LAW)
    names = [one.get(f"{W}name") for one in root(docx.clean(document)).iter(f"{W}bookmarkStart")]
    assert names == [f"c_{line.clause_id}" for line in document.lines]


def test_bookmarks_are_names_that_word_allows_and_all_different() -> None:
    ids = ["0b7e", "a-b", "a_b", "A_B", "x" * 60, "x" * 61, "ң"]
    names = bookmarks(ids)
    assert names["0b7e"] == "c_0b7e"
    assert all(len(name) <= 40 and name.isascii() and name.replace("_", "").isalnum() for name in names.values())
    assert len({name.casefold() for name in names.values()}) == len(ids)


@pytest.mark.parametrize(("language", "tag", "said"), [
    ("en", "en-GB", "Version 2 of 24 November 2026 · abababababab"),
    ("ru", "ru-RU", "Версия 2 от 24.11.2026 · abababababab"),
    ("ky", "ky-KG", "2-версия 24.11.2026 · abababababab"),
])  # fmt: skip
def test_language_and_head_follow_the_laws_language(language: str, tag: str, said: str) -> None:
    text = (DRAFTS / f"torture-investigation.{language}.md").read_bytes().decode()
    data = docx.clean(paper(text, text, language=language))
    opened = python_docx.Document(io.BytesIO(data))
    assert opened.sections[0].header.paragraphs[0].text == f"Law\n{said}"
    assert root(data, "word/styles.xml").find(f".//{W}lang").get(f"{W}val") == tag
    assert accepted(data) == rejected(data) == paragraphs(text)
    assert misplaced(data) == []


def test_nothing_is_tracked_in_it_even_where_the_document_has_a_base() -> None:
    data = docx.clean(paper(original(), changed()))
    assert accepted(data) == rejected(data) == paragraphs(changed())
    assert not [element for element in root(data).iter() if element.get(f"{W}author")]


def test_entries_of_the_container_have_one_date_and_their_order() -> None:
    data = docx.clean(paper(LAW, LAW))
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        assert {entry.date_time for entry in container.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert container.namelist()[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert data == docx.clean(paper(LAW, LAW))

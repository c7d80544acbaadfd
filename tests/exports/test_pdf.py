"""PDF: every word in order, tagged and archivable, the same bytes twice; what is open in brackets, what changed marked."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from app.exports import pdf, pdf_brackets, pdf_paper, pdf_tables
from app.exports.bracketed import Bracketed, By, Group, Note, Side
from app.exports.document import Backing, Document, Proposed
from app.exports.paper import Grid, Heading, Item, Paper, Paragraph
from app.services.crediting import Credits
from tests.changed_law import changed, original
from tests.exports.papers import CSO, FIRST, MVD, SECOND, paper, paragraphs
from tests.exports.pdf_reader import bookmarks, missing, packed, pages, words
from tests.sample import DRAFTS
from tests.shared import SHARED, needs_laws, text_of

TITLE = "Law"
HEAD_AND_FOOT = (TITLE, "SHA-256", "Version 2")
HOSTILE = "#let x = 1 $a^2$ @b <script>alert(1)</script> ]]> = + - \\ ` “ « [ ] * _ // /* % \x00\x07\x1b \ue000 𐀀 中 😀 \u202e"
A1 = Proposed(1, "Twelve hours", CSO, (), "", "submitted", "Time *matters*.", 1, 1, None, None, ())
A2 = Proposed(2, "Forty-eight", MVD, (CSO,), "", "submitted", "Posts are remote.", 1, 1, None, None, ())


def sample(language: str) -> str:
    return text_of(DRAFTS / f"torture-investigation.{language}.md")


def alone(text: str, language: str = "en") -> Document:
    return paper(text, text, language=language, title=TITLE).alone()


def described(file: bytes) -> str:
    """What the file says about itself, for machines."""
    root = PdfReader(io.BytesIO(file)).trailer["/Root"]
    return str(root["/Metadata"].get_data().decode())


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_all_words_of_the_law_stand_in_the_pdf_in_order(language: str) -> None:
    said = words(pdf.clean(alone(sample(language), language)), *HEAD_AND_FOOT)
    assert missing(said, paragraphs(sample(language))) == []


def test_letters_and_signs_of_kyrgyz_law_can_be_copied_from_it() -> None:
    assert "№ 5 «ң ө ү Ң Ө Ү» – 12¹" in pages(pdf.clean(alone("# Т\n\n№ 5 «ң ө ү Ң Ө Ү» – 12¹\n", "ky")))[0]


def test_it_is_tagged_archivable_and_says_title_and_language() -> None:
    file = pdf.clean(alone(sample("ky"), "ky"))
    reader = PdfReader(io.BytesIO(file))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "ky-KG"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert dict(reader.metadata or {}) == {
        "/Title": TITLE, "/Creator": "Typst 0.15.1",
        "/CreationDate": "D:20261124090000Z", "/ModDate": "D:20261124090000Z",
    }  # fmt: skip
    said = described(file)
    for fact in ("pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<", "2026-11-24T09:00:00+00:00"):
        assert fact in said
    assert "dc:creator" not in said


def test_headings_are_bookmarks_and_no_level_is_left_out() -> None:
    text = "# T\n\n### Article 1. First\n\n1. One.\n\n## Chapter 1. A\n\n### Article 2\n\nTwo.\n\n### Article 3. Third\n\nThree.\n"
    file = pdf.clean(alone(text))
    assert bookmarks(file) == [(1, "Article 1. First"), (1, "Chapter 1. A"), (2, "Article 2"), (2, "Article 3. Third")]
    contents = pages(file)[0]
    assert "Article 3. Third" in contents
    assert "Article 2" not in contents  # it has no heading of its own


def test_the_same_document_gives_the_same_bytes() -> None:
    document = paper(original(), changed(), amendments=(A1,))
    for write in (pdf.clean, pdf.redline, pdf_tables.comparison_table):
        assert write(document) == write(document)


def test_no_text_can_break_out_of_its_place() -> None:
    title, long = "#title $x$ <b>", "ы" * 300
    text = f"# {title}\n\n### Article 1. {HOSTILE}\n\n1. {HOSTILE} {long}\n\n| {HOSTILE} | b |\n|---|---|\n| {long} | `c` |\n"
    document = paper("# Old\n", text, title=title, amendments=(replace(A1, rationale=HOSTILE),))
    for write in (pdf.clean, pdf.redline, pdf_tables.comparison_table):
        said = words(write(document))
        assert packed("#let x = 1 $a^2$ @b <script>alert(1)</script> ]]>") in said
        assert "[U+4E2D]" in said  # no face has this letter: its code tells which it is
        assert "#title" in said


def test_a_heading_without_words_is_no_bookmark() -> None:
    text = "# \n\n## \u200b\n\n### \u00ad\n\n### Article 1. A\n\nB.\n\n##\n"
    assert bookmarks(pdf.clean(alone(text))) == [(1, "Article 1. A")]


def test_a_draft_without_a_title_has_one_that_is_a_dash() -> None:
    assert (PdfReader(io.BytesIO(pdf.clean(replace(alone("Words.\n"), title=" ")))).metadata or {})["/Title"] == "—"


def test_a_word_of_ten_thousand_letters_is_all_there_between_the_edges() -> None:
    file = pdf.clean(alone("# T\n\n" + "щ" * 10_000 + "\n"))
    lines = [line for page in pages(file) for line in page.splitlines() if line.startswith("щ")]
    assert len("".join(lines)) == 10_000
    assert max(map(len, lines)) < 60


def credited() -> Document:
    by = {1: Backing((1,), (CSO,), FIRST), 2: Backing((2,), (MVD, CSO), FIRST)}
    known = Credits(by, {}, {1: FIRST, 2: SECOND}, Backing((1,), (CSO,), SECOND, 2))
    return paper(original(), changed(), title=TITLE, amendments=(A1, A2), credited=known)


def test_a_redline_has_the_old_and_the_new_words_and_says_who_and_where_to() -> None:
    said = " ".join(pages(pdf.redline(credited()))).replace("\n", " ")
    for words_of_it in (
        "words that came", "torture or ill-treatmenttorture.", "Moved; now Article 4", "Moved here; was Article 4",
        "Taken out", "New", "A1 CSO", "Amendments behind these changes", "A1. Twelve hours", "Time matters.",
        "changes since version 1",
    ):  # fmt: skip
        assert words_of_it in said
    assert "Forty-eight" not in said  # nothing of that is marked


def test_a_redline_without_its_marks_is_the_new_text() -> None:
    document = credited()
    kept = [line.human for line in document.lines if line.change == "kept"]
    assert kept
    said = words(pdf.redline(document), *HEAD_AND_FOOT)
    new = [line.new_body for line in document.text() if line.change in ("kept", "inserted", "moved")]
    assert missing(said, new) == []


def in_brackets(document: Document) -> Bracketed:
    by = {line.human: line for line in document.lines}
    line = by["Article 13(1)"]
    at = line.new_body.index("twenty-four hours")
    end = len(line.new_body) - 1
    groups = (
        Group(at, at + 17, (Side("twelve hours", (By(1, (CSO,)),)), Side("", (By(2, (MVD, CSO)),)))),
        Group(end, end, (Side("whatever its form", (By(1, (CSO,)),)),), before=" "),
    )
    new = Note("insert", "13-1. First **new** words.\n\n1) item one;", "", (By(1, (CSO,)),))
    away = Note("move", "", "Article 20", (By(2),))
    return Bracketed(
        document, {line.clause_id: groups}, {by["Article 14"].clause_id: (away,)}, {line.clause_id: (new,)}
    )


def test_what_is_contested_stands_in_brackets_with_whose_it_is() -> None:
    document = replace(alone(original()), amendments=(A1, A2))
    said = words(pdf_brackets.brackets(in_brackets(document)), *HEAD_AND_FOOT)
    expected = (
        "every allegation within [twenty-four hours] [A1 CSO: twelve hours] [A2 MVD CSO: without these words] of its "
        "receipt [A1 CSO: whatever its form].",
        "[A1 CSO: new clause: 13-1. First new words.", "1) item one;]",
        "Confidential channels [A2: to stand behind Article 20]",
        "A1. Twelve hours", "CSO – Civil Society", "A2. Forty-eight",
    )  # fmt: skip
    assert missing(said, expected) == []


def test_a_text_with_nothing_open_says_so() -> None:
    assert (
        "No amendment to this version is open."
        in pages(pdf_brackets.brackets(Bracketed(alone("# T\n\nA.\n"), {}, {}, {})))[0]
    )


def test_a_plenary_copy_numbers_its_lines_anew_on_every_page() -> None:
    document = alone(original())
    plain, copy = (PdfReader(io.BytesIO(pdf.clean(one))) for one in (document, replace(document, plenary=True)))
    assert len(copy.pages) > len(plain.pages)
    for page in copy.pages[1:3]:
        said = f"\n{page.extract_text()}\n"
        assert [number for number in range(1, 31) if f"\n{number}\n" not in said] == []


def test_a_comparison_table_has_its_head_on_every_page() -> None:
    old = "# T\n\n### Article 1\n\n" + "\n\n".join(f"{n}. Old words {n}." for n in range(1, 60))
    file = pdf_tables.comparison_table(paper(old, old.replace("Old", "New"), language="ru", title=TITLE))
    reader = PdfReader(io.BytesIO(file))
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height
    assert len(reader.pages) > 2
    for page in pages(file)[:-1]:
        assert packed("Действующая редакция") in packed(page)
    assert missing(words(file), [f"{n}. New words {n}." for n in range(1, 60)]) == []


def test_a_comparison_of_equal_texts_says_so() -> None:
    assert "Nothing differs." in pages(pdf_tables.comparison_table(paper("# T\n", "# T\n")))[0]


def test_a_paper_has_its_blocks_in_order() -> None:
    blocks = (
        Heading(1, "Participants"), Paragraph("Some **bold** words\nand a second line."), Heading(3, "Deeper"),
        Item("1.", "One thing"), Item("а)", "a part of it", 1), Grid(("No.", "What"), (("1", "=1+1"), ("2", "#b"))),
    )  # fmt: skip
    made = Paper("Record № 3 «Өкмөт»", "ky", datetime(2026, 11, 24, 9, tzinfo=UTC), blocks, "SHA")
    file = pdf_paper.paper(made)
    assert file == pdf_paper.paper(made)
    assert bookmarks(file) == [(1, "Participants"), (2, "Deeper")]
    expected = (
        "Record № 3 «Өкмөт»", "Participants", "Some bold words", "and a second line.", "Deeper", "1. One thing",
        "а) a part of it", "No.", "What", "1", "=1+1", "2", "#b",
    )  # fmt: skip
    assert missing(words(file), expected) == []


@needs_laws
@pytest.mark.parametrize("name", ["ee-jaatmeseadus", "ua-pro-reklamu"])
def test_all_words_of_real_laws_stand_in_the_pdf_in_order(name: str) -> None:
    text = text_of(SHARED / "corpora" / name / "v0001.md")[:40_000].rpartition("\n\n")[0] + "\n"
    assert missing(words(pdf.clean(alone(text, name[:2])), *HEAD_AND_FOOT), paragraphs(text)) == []

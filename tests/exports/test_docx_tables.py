"""The tables that ministries ask for, in Word: what a row says, which words are bold and struck, whose headings."""

import io

import docx as python_docx
import pytest
from docx.table import _Cell

from app.domain.diff import Span
from app.exports import docx_tables
from app.exports.document import Backing, Document, Proposed, ProposedChange
from app.services.crediting import Credits
from tests.changed_law import changed, original
from tests.exports.papers import CSO, FIRST, MVD, SECOND, paper
from tests.exports.word_reader import W, misplaced, root

OLD = "# Law\n\n### Article 1. One\n\n1. Within *two* days.\n\n2. Gone.\n\n### Article 2. Two\n\n1. Stays.\n"
NEW = "# Law\n\n### Article 1. One\n\n1. Within three days.\n\n### Article 1-1. New\n\n1. Came.\n\n### Article 2. Two\n\n1. Stays.\n"


def rows(data: bytes) -> list[list[str]]:
    table = python_docx.Document(io.BytesIO(data)).tables[0]
    return [[told(cell) for cell in row.cells] for row in table.rows]


def told(cell: _Cell) -> str:
    """A cell's words: bold ones in `+…+`, struck ones in `-…-`, slanted ones in `/…/`."""
    lines = []
    for paragraph in cell.paragraphs:
        said = ""
        for run in paragraph.runs:
            mark = "+" if run.bold else "-" if run.font.strike else "/" if run.italic else ""
            said += f"{mark}{run.text}{mark}"
        lines.append(said.replace("++", "").replace("--", ""))
    return "\n".join(lines)


def law() -> Document:
    reason = Proposed(3, "", CSO, (MVD,), "", "adopted", "Two are too few.", 1, 1, 2, FIRST, ())
    credited = Credits({3: Backing((3,), (CSO, MVD), FIRST)}, {}, {2: SECOND}, Backing((), (), SECOND, 2))
    return paper(OLD, NEW, amendments=(reason,), credited=credited, brought="A3")


def test_the_comparison_has_a_row_for_each_change() -> None:
    data = docx_tables.comparison_table(law())
    assert rows(data) == [
        ["No.", "Unit", "Text in force", "Proposed text", "Justification"],
        ["1", "Article 1(1)", "1. Within -two -days.", "1. Within +three +days.", "/A3 (CSO, MVD): /Two are too few."],
        ["2", "Article 1(2)", "-2. Gone.-", "/Taken out/", ""],
        ["3", "Article 1-1", "—", "+Article 1-1. New+\n+1. Came.+", "/A3 (CSO, MVD): /Two are too few."],
    ]
    assert misplaced(data) == []


def test_a_moved_article_is_one_row_that_says_behind_what_it_stands() -> None:
    found = rows(docx_tables.comparison_table(paper(original(), changed())))
    moved = next(row for row in found if row[1] == "Article 4")
    assert moved[3].startswith("/Moved here, behind Article 5/\nArticle 4. Relationship with other laws\n1. Criminal")
    assert moved[2].startswith("Article 4. Relationship with other laws\n1. Criminal")


@pytest.mark.parametrize(("language", "heads"), [
    ("ru", ["№", "Структурная единица", "Действующая редакция", "Предлагаемая редакция", "Обоснование"]),
    ("ky", ["№", "Түзүмдүк бирдик", "Колдонуудагы редакция", "Сунушталган редакция", "Негиздеме"]),
    ("fr", ["No.", "Unit", "Text in force", "Proposed text", "Justification"]),
])  # fmt: skip
def test_headings_follow_the_laws_language(language: str, heads: list[str]) -> None:
    assert rows(docx_tables.comparison_table(paper(OLD, NEW, language=language)))[0] == heads


def change(kind: str, spans: tuple[Span, ...], human: str = "Article 1(1)") -> ProposedChange:
    return ProposedChange(kind, "old2", human, "1.", spans, "", "")


def test_the_table_of_disagreements_says_who_wants_what_and_what_was_decided() -> None:
    other = (Span("=", "Within "), Span("-", "three"), Span("+", "four"), Span("=", " days."))
    amendments = (
        Proposed(
            1, "", CSO, (MVD,), "", "submitted", "Too short.", 1, 2, None, FIRST, (change("replace_words", other),)
        ),
        Proposed(2, "", MVD, (), "", "not_adopted", "No.", 1, 1, 2, FIRST, (change("delete", (Span("-", "All."),)),)),
        Proposed(
            4, "", None, (), "", "taken_up", "Why not.", 2, 2, None, None, (change("insert", (Span("+", "2. New."),)),)
        ),
        Proposed(5, "", MVD, (), "", "adopted", "Long ago.", 1, 1, 1, FIRST, (change("delete", ()),)),
        Proposed(6, "", MVD, (), "", "withdrawn", "Not any more.", 1, 1, None, FIRST, (change("delete", ()),)),
    )
    data = docx_tables.disagreement_table(paper(NEW, NEW, amendments=amendments))
    assert rows(data) == [
        ["No.", "Unit", "Text", "Proposal", "Institution", "Reason", "Decision"],
        ["1", "Article 1(1)", "Within -three- days.", "Within +four+ days.",
         "+A1+\nCSO – Civil Society\nMVD – Interior", "Too short.", "Under discussion"],
        ["2", "Article 1(1)", "-All.-", "/Taken out/", "+A2+\nMVD – Interior", "No.", "Not accepted"],
        ["3", "New, after Article 1(1)", "—", "+2. New.+", "+A4+", "Why not.", "Kept in brackets"],
    ]  # fmt: skip


def test_paper_lies_across_and_the_head_stands_on_every_page() -> None:
    document = root(docx_tables.comparison_table(law()))
    assert document.find(f".//{W}pgSz").get(f"{W}orient") == "landscape"
    first = document.find(f".//{W}tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert len(list(document.iter(f"{W}tblHeader"))) == 1


def test_without_any_difference_it_says_so() -> None:
    opened = python_docx.Document(io.BytesIO(docx_tables.comparison_table(paper(OLD, OLD))))
    assert opened.tables == []
    assert opened.paragraphs[2].text == "Nothing differs."


def test_the_same_document_gives_the_same_bytes() -> None:
    assert docx_tables.comparison_table(law()) == docx_tables.comparison_table(law())

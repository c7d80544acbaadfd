"""The explanatory note as a paper: its parts in three languages, what is open in frames, what changed by chapter."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx as python_docx
import pytest
from pypdf import PdfReader

from app.exports import note
from app.exports.document import Backing, Document, Proposed
from app.exports.note import Attached, Consultation, Held, Note
from app.exports.note_words import note_words
from app.exports.paper import Grid, Heading, Item, Paragraph
from app.services.crediting import Credits
from tests.exports.papers import CSO, FIRST, MVD, SECOND, paper
from tests.exports.word_reader import misplaced

OLD = """# Law

## Chapter 1. General

### Article 1. Purpose

1. To be *fair*.

### Article 2. Gone

1. Gone.

## Chapter 2. Time

### Article 3. Days

1. Within two days.
"""
NEW = """# Law

## Chapter 1. General

### Article 1. Purpose

1. To be *fair*.

## Chapter 2. Time

### Article 3. Days

1. Within three days.

### Article 4. New

1. Came.
"""
HOSTILE = "=1+1 #eval $x$ @a <script>alert(1)</script> ]]> **open \x0b "
"""Followed by a word that is as long as a test asks for: reading one back from a PDF takes its time."""
PARTS = {
    "en": ["1. Aims and tasks", "2. Descriptive part", "3. Forecasts of the consequences",
           "4. Results of the public discussion", "5. Analysis of compliance with legislation", "6. Need for funding",
           "7. Analysis of regulatory impact", "Submitted by"],
    "ru": ["1. Цели и задачи", "2. Описательная часть", "3. Прогнозы возможных последствий",
           "4. Информация о результатах общественного обсуждения", "5. Анализ соответствия проекта законодательству",
           "6. Информация о необходимости финансирования", "7. Информация об анализе регулятивного воздействия",
           "Инициатор проекта"],
    "ky": ["1. Максаттары жана милдеттери", "2. Баяндоо бөлүгү", "3. Болжолдуу кесепеттердин божомолу",
           "4. Коомдук талкуунун натыйжалары жөнүндө маалымат", "5. Долбоордун мыйзамдарга ылайык келүүсүнө талдоо",
           "6. Каржылоонун зарылдыгы жөнүндө маалымат", "7. Жөнгө салуучу таасирди талдоо жөнүндө маалымат",
           "Долбоордун демилгечиси"],
}  # fmt: skip


def law(language: str = "en", title: str = "Law", rationale: str = "Two are too few.") -> Document:
    reason = Proposed(3, "", CSO, (MVD,), "", "adopted", rationale, 1, 1, 2, FIRST, ())
    credited = Credits({3: Backing((3,), (CSO, MVD), FIRST)}, {}, {2: SECOND}, Backing((), (), SECOND, 2))
    return paper(OLD, NEW, language=language, title=title, amendments=(reason,), credited=credited, brought="A3")


def known(document: Document) -> Note:
    return Note(document, (document.version,), (CSO, MVD), 2)


def frames(value: Note) -> list[str]:
    """The texts that stand alone in a frame."""
    return [one.rows[0][0] for one in note.paper(value).blocks if isinstance(one, Grid) and not one.header]


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_every_part_has_its_heading_in_the_laws_language(language: str) -> None:
    found = note.paper(known(law(language)))
    assert [one.text for one in found.blocks if isinstance(one, Heading) and one.level == 1] == PARTS[language]


@pytest.mark.parametrize(("language", "mark"), [
    ("en", "**TO BE FILLED IN:**"), ("ru", "**НЕ ЗАПОЛНЕНО:**"), ("ky", "**ТОЛТУРУЛА ЭЛЕК:**"),
])  # fmt: skip
def test_what_is_open_stands_in_a_frame_that_says_so(language: str, mark: str) -> None:
    skeleton, *blanks = frames(known(law(language)))
    assert mark.strip("*:") in skeleton
    assert len(blanks) == 14  # aims, description, seven forecasts, four more parts, and who submits it
    assert all(one.startswith(mark) for one in blanks)


def test_what_changed_stands_by_chapter_and_a_reason_where_it_is_first_needed() -> None:
    blocks = note.paper(known(law())).blocks
    at = blocks.index(Heading(2, "What changed from version 1 to version 2"))
    assert blocks[at + 1 : at + 5] == (
        Heading(3, "Chapter 1. General"),
        Grid(("Unit", "Change", "Justification"), (("Article 2", "Taken out", "—"),), (2, 2, 5)),
        Heading(3, "Chapter 2. Time"),
        Grid(("Unit", "Change", "Justification"), (
            ("Article 3(1)", "Worded otherwise", "*A3 (CSO, MVD):* Two are too few."),
            ("Article 4", "New", "A3 (CSO, MVD)"),
        ), (2, 2, 5)),
    )  # fmt: skip


def test_the_law_itself_says_what_it_is_for() -> None:
    blocks = note.paper(known(law())).blocks
    assert blocks[3:5] == (Paragraph("The draft itself says of its aim in Article 1:"), Item("1.", "To be *fair*.", 0))


def test_sessions_reservations_and_a_public_discussion_are_told_where_they_are_known() -> None:
    value = replace(
        known(law()),
        sessions=(Held(1, "First *reading*", "Cholpon-Ata", FIRST),),
        attached=(Attached("reservation", "Article 3(1)", CSO, "Too long.\n\nMuch too long."),),
        consultation=Consultation(FIRST, datetime(2026, 12, 23, tzinfo=UTC), 7),
    )
    blocks = note.paper(value).blocks
    for one in (
        Item("–", "Session 1: First \\*reading\\*; Cholpon-Ata; 23 November 2026"),
        Item("–", "Article 3(1): reservation; CSO – Civil Society"),
        Item("", "Too long.", 1),
        Item("", "Much too long.", 1),
        Paragraph(
            "The draft was open to public discussion from 23 November 2026 to 23 December 2026. Comments that came: 7."
        ),
    ):
        assert one in blocks, one


def test_hostile_words_are_words_in_word_and_pdf() -> None:
    words = HOSTILE + "ө" * 10_000
    value = known(law("ky", words, words))
    data = note.docx(value)
    assert misplaced(data) == []
    opened = python_docx.Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    assert any(
        "=1+1 #eval $x$ @a <script>alert(1)</script> ]]> **open" in cell and words[-9_999:] in cell for cell in cells
    )
    assert note.pdf(value).startswith(b"%PDF")
    words = HOSTILE + "ө" * 200
    reader = PdfReader(io.BytesIO(note.pdf(known(law("ky", words, words)))))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "#eval $x$ @a" in text
    assert text.count("ө") >= 400
    assert "/JavaScript" not in reader.root_object


def test_in_pdf_the_parts_stand_in_order() -> None:
    reader = PdfReader(io.BytesIO(note.pdf(known(law("ky", "Мыйзам")))))
    text = " ".join("".join(f"{page.extract_text()} " for page in reader.pages).split())
    at = -1
    for heading in PARTS["ky"]:
        at = text.index(heading, at + 1)
    assert reader.metadata is not None
    assert reader.metadata.title == "«Мыйзам» мыйзам долбооруна негиздеме-маалымкат"


def test_another_language_gets_english() -> None:
    assert note_words("fr") is note_words("en")

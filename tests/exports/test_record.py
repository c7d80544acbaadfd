"""A record as a paper: every word of its Markdown in order, raw HTML as text, its number and fingerprint on every page."""

import io
from datetime import UTC, datetime

import docx as python_docx
import pytest
from pypdf import PdfReader

from app.exports import record
from app.exports.paper import Grid, Heading, Item, Paragraph
from app.exports.record import IssuedRecord
from app.exports.record_blocks import blocks_of
from tests.exports.word_reader import misplaced, parts

BODY = """# Протокол заседания № 1: Первое чтение

по проекту закона «О механизме»

- Дата: 24 ноября 2026 г.

## 1. Участники

- Организации с правом решающего голоса:
  - Прокуратура (с 15:02)

## 2. Решения

1. **Статья 13**: согласовано
2. Статья 14

   > Өзүнчө пикир: ң ө ү

| Орган | Голос |
|---|---|
| МВД | *за* |

Секретарь: \\_\\_\\_\\_
"""
HOSTILE = (
    "# <script>alert(1)</script> #let x = 1 $ @ ]]>\n\n=1+1 {{7*7}} \\#eval &amp; **unpaired\n\n- "
    + "я" * 10_000
    + "\n\n"
    "| =cmd | +1 |\n|---|---|\n| -2 | @SUM |\n\n[a](javascript:b) \"one ' quote \x0b\x1f\n"
)


def issued(body: str, language: str = "ru") -> IssuedRecord:
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return IssuedRecord("law", 3, "session", language, "Протокол заседания № 1", body, 2, at, "ab" * 32)


@pytest.mark.parametrize(("source", "blocks"), [
    ("## A *b*\n\ntwo\nlines\\\nthree", (Heading(2, "A *b*"), Paragraph("two lines\nthree"))),
    ("- one\n  - two\n\n    more\n- three", (
        Item("–", "one", 0), Item("–", "two", 1), Item("", "more", 1), Item("–", "three", 0),
    )),
    ("3) x\n4) y", (Item("3)", "x", 0), Item("4)", "y", 0))),
    ("> said\n>\n> again", (Item("", "said", 0), Item("", "again", 0))),
    ("- o\n\n  > said", (Item("–", "o", 0), Item("", "said", 1))),
    ("- # in a list", (Item("–", "", 0), Item("", "**in a list**", 0))),
    ("|a|b|\n|-|-|\n|1|**2**|", (Grid(("a", "b"), (("1", "**2**"),)),)),
    ("    code *x*\n      more", (Paragraph("code \\*x\\*\n  more"),)),
    ("---", (Paragraph("\\* \\* \\*"),)),
    ("<b>x</b> [l](http://z) \\*", (Paragraph("\\<b\\>x\\</b\\> l (http://z) \\*"),)),
    ("", ()),
])  # fmt: skip
def test_markdown_becomes_blocks(source: str, blocks: tuple[object, ...]) -> None:
    assert blocks_of(source) == blocks


def test_the_first_heading_is_the_title_and_the_others_count_from_below_it() -> None:
    found = record.paper(issued(BODY))
    assert found.title == "Протокол заседания № 1: Первое чтение"
    assert [(one.level, one.text) for one in found.blocks if isinstance(one, Heading)] == [
        (1, "1. Участники"), (1, "2. Решения"),
    ]  # fmt: skip
    assert record.paper(issued("Words alone.")).title == "Протокол заседания № 1"


@pytest.mark.parametrize(("language", "number", "date"), [
    ("en", "Record 3", "of 24 November 2026"),
    ("ru", "Документ № 3", "от 24.11.2026"),
    ("ky", "№ 3 документ", "24.11.2026"),
])  # fmt: skip
def test_number_and_date_stand_on_every_page_and_the_whole_fingerprint_at_the_end(
    language: str, number: str, date: str
) -> None:
    one = issued(BODY, language)
    assert f"{number} {date} · abababababab</w:t>" in parts(record.docx(one))["word/header1.xml"].decode()
    assert record.paper(one).footer == f"{number} {date} · abababababab"
    assert record.paper(one).blocks[-1] == Grid((), ((number, date), ("SHA-256", "ab" * 32)), (1, 4))


def test_in_word_every_paragraph_stands_in_order_with_real_headings_and_tables() -> None:
    data = record.docx(issued(BODY))
    opened = python_docx.Document(io.BytesIO(data))
    assert [(one.style.name, one.text) for one in opened.paragraphs] == [  # type: ignore[union-attr]
        ("Title", "Протокол заседания № 1: Первое чтение"),
        ("Unnumbered Paragraph", "по проекту закона «О механизме»"),
        ("Paragraph", "–\tДата: 24 ноября 2026 г."),
        ("Heading 1", "1. Участники"),
        ("Paragraph", "–\tОрганизации с правом решающего голоса:"),
        ("Point", "–\tПрокуратура (с 15:02)"),
        ("Heading 1", "2. Решения"),
        ("Paragraph", "1.\tСтатья 13: согласовано"),
        ("Paragraph", "2.\tСтатья 14"),
        ("Point", "\tӨзүнчө пикир: ң ө ү"),
        ("Normal", ""),  # parts the table from what follows
        ("Unnumbered Paragraph", "Секретарь: ____"),
        ("Normal", ""),
    ]
    assert [[cell.text for cell in row.cells] for row in opened.tables[0].rows] == [["Орган", "Голос"], ["МВД", "за"]]
    assert [run.text for run in opened.paragraphs[7].runs if run.bold] == ["Статья 13"]
    assert misplaced(data) == []
    assert opened.core_properties.author == "Kelishim"
    assert opened.core_properties.last_modified_by == ""


def test_in_pdf_the_words_stand_in_order_and_the_title_and_language_are_told() -> None:
    reader = PdfReader(io.BytesIO(record.pdf(issued(BODY))))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    at = -1
    for words in ("Первое чтение", "«О механизме»", "1. Участники", "Прокуратура", "2. Решения", "Статья 13",
                  "Өзүнчө пикир: ң ө ү", "Орган", "МВД", "Секретарь: ____"):  # fmt: skip
        at = text.index(words, at + 1)
    assert reader.metadata is not None
    assert reader.metadata.title == "Протокол заседания № 1: Первое чтение"
    assert reader.metadata.author is None
    assert reader.root_object["/Lang"] == "ru-RU"  # type: ignore[index]


@pytest.mark.parametrize("make", [record.docx, record.pdf])
def test_the_same_record_gives_the_same_bytes(make: object) -> None:
    assert make(issued(BODY)) == make(issued(BODY))  # type: ignore[operator]


def test_hostile_words_are_words() -> None:
    data = record.docx(issued(HOSTILE))
    said = [one.text for one in python_docx.Document(io.BytesIO(data)).paragraphs]
    assert said[0] == "<script>alert(1)</script> #let x = 1 $ @ ]]>"
    assert said[1] == "=1+1 {{7*7}} #eval & **unpaired"
    assert said[2] == "–\t" + "я" * 10_000
    assert misplaced(data) == []
    shorter = record.pdf(issued(HOSTILE.replace("я" * 9_500, "")))  # reading a PDF back takes its time
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(shorter)).pages)
    assert text.count("я") >= 500
    assert record.pdf(issued(HOSTILE)).startswith(b"%PDF")
    assert "alert(1)" in text
    assert "=1+1 {{7*7}} #eval" in text

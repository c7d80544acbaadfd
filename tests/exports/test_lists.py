"""The lists: what stands in which cell, what spreadsheets must not make of it, and that no bytes differ."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import openpyxl
import pytest
from lxml import etree
from openpyxl.cell.rich_text import CellRichText
from openpyxl.workbook import Workbook

from app.exports import csv_table, lists_csv, xlsx
from app.exports.document import Document
from app.exports.lists_words import EN, KY, RU
from tests.exports.said import AT, amendment, listed, remark, stated

Table = list[dict[str, str]]


def read(data: bytes) -> Table:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def opened(document: Document, *, rich: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.workbook(document)), rich_text=rich)


def sheet(document: Document, name: str, *, rich: bool = False) -> list[dict[str, object]]:
    head, *rows = opened(document, rich=rich)[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_an_amendment_has_a_row_for_each_clause_it_changes() -> None:
    assert read(lists_csv.amendments(listed(amendment()))) == [
        {
            "Number": "A1", "Unit": "Article 1(1)", "What it does": "changes words",
            "Change": "held for [-twelve -]{+ten +}hours", "Text before": "held for twelve hours",
            "Text after": "held for ten hours", "Institution": "CSO – Civil Society", "Co-sponsors": "MVD",
            "Person": "Aida", "Decision": "Under discussion", "Reason": "Shorter.", "Made on version": "1",
            "Stands on version": "2", "Decided in version": "", "Collides with": "A7", "Short name": "",
            "Date": "2026-11-25 08:30", "Clause id": "new2",
        }
    ]  # fmt: skip
    assert len(read(lists_csv.amendments(listed(amendment(1), amendment(2))))) == 2


def test_a_comment_and_its_replies_have_a_row_each_in_the_order_of_the_text() -> None:
    thread = remark("Why twelve?", 4, replies=(remark("It was so.", 5),))
    found = read(lists_csv.comments(listed(remarks=(remark("On A1.", 2, amendment=1), thread))))
    assert [(row["Number"], row["Unit"], row["Reply to"], row["Comment"], row["State"]) for row in found] == [
        ("4", "Article 1(1)", "", "Why twelve?", "open"),
        ("5", "Article 1(1)", "4", "It was so.", ""),
        ("2", "Amendment A1", "", "On A1.", "open"),
    ]
    assert (found[0]["Words it is about"], found[0]["Kind"], found[0]["Person"]) == ("twelve", "question", "Bakyt")


def test_a_position_is_told_with_where_it_stands() -> None:
    lapsed = stated(2, step=1, standing="text", about="below", version=1, replies=(), entered_for=False)
    found = read(lists_csv.positions(listed(positions=(stated(), lapsed))))
    keys = ("Unit", "Position", "Standing", "State of the clause", "Call", "Answer of the group", "Seat")
    assert [[row[key] for key in keys] for row in found] == [
        ["Article 1(1)", "cannot accept", "given on this text", "contested", "3",
         "A4: It follows from the constitution.", "full"],
        ["Article 1(1) with all that stands below it", "support", "given on an earlier text", "contested", "3", "",
         "full"],
    ]  # fmt: skip
    assert [row["Entered by a facilitator"] for row in found] == ["yes", ""]


@pytest.mark.parametrize("words", [EN, RU, KY])
def test_every_code_has_its_word_in_every_language(words: object) -> None:
    for name in ("heads", "edits", "kinds", "states", "steps", "standings", "seats"):
        own, english = getattr(words, name), getattr(EN, name)
        assert own.keys() == english.keys()
        assert all(own.values())


def test_heads_and_sheets_are_in_the_language_of_the_document() -> None:
    document = listed(amendment(), positions=(stated(),), language="ky")
    assert opened(document).sheetnames == ["Түзөтүүлөр", "Пикирлер", "Позициялар"]
    assert read(lists_csv.positions(document))[0]["Позиция"] == "кабыл ала албайбыз"
    assert read(lists_csv.amendments(listed(amendment(), language="ru")))[0]["Решение"] == "Рассматривается"


def test_institution_only_has_no_column_for_persons() -> None:
    document = listed(amendment(author=""), positions=(stated(author=""),), attribution="institution_only")
    for make in (lists_csv.amendments, lists_csv.comments, lists_csv.positions):
        head = make(document).decode().partition("\r\n")[0]
        assert "Person" not in head
        assert "Institution" in head


def test_unattributed_counts_positions_and_tells_neither_who_nor_when() -> None:
    document = listed(amendment(party=None, author=""), attribution="unattributed")
    assert read(lists_csv.positions(document)) == [
        {
            "Unit": "Article 1(1)", "State of the clause": "contested", "support": "2", "can live with it": "",
            "reservation": "", "abstain": "", "needs discussion": "", "cannot accept": "1",
            "Address": "art_1__para_1", "Clause id": "old2",
        }
    ]  # fmt: skip
    for make in (lists_csv.amendments, lists_csv.comments):
        assert not {"Institution", "Co-sponsors", "Person", "Date"} & set(
            make(document).decode().split("\r\n")[0].split(",")
        )


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("=1+1", "'=1+1"), ("plain; -1", "plain; -1"), ("a;=1+1", "a;'=1+1"), ("a\n=1+1", "a\n'=1+1"),
        ("a,@SUM(A1)", "a,'@SUM(A1)"), ("＝1", "'＝1"), ("\tx", "'\tx"), ("nul\0bell\a", "nul\ufffdbell\ufffd"),
        ("half \ud800", "half \ufffd"), ('un"paired', 'un"paired'), ("ө ү №", "ө ү №"), ("w" * 10_000, "w" * 10_000),
    ],
)  # fmt: skip
def test_a_cell_stays_words_whatever_a_spreadsheet_cuts_at(typed: str, cell: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_table.write([typed], []).decode("utf-8-sig"), newline=""))
    assert row == [cell]


HOSTILE = (
    "=1+1", '=HYPERLINK("https://example.org")', "+1", "-1", "@SUM(A1)", "{=1}", "https://example.org", "mailto:a@b.c",
    "internal:Sheet1!A1", "<script>alert(1)</script>", "]]>", "<r></t></r>", "<r><t>x</t></r>", "_x0041_", "nul\0bell\a\x1f", "half \ud800", "\ufffe",
    'un"paired', "&amp; & <", "w" * 10_000, "ө ү № « »", "\r\nline\rline", "𝔘" * 20_000,
)  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_workbook_holds_what_was_typed_as_words(typed: str) -> None:
    document = listed(
        amendment(1, before=f"{typed} old", after=f"{typed} new", reason=typed, title=typed),
        amendment(2, before="", after=typed, kind="insert"), remarks=(remark(typed),),
        positions=(stated(reason=typed),), title=f"{typed[:150]}&P",
    )  # fmt: skip
    data = xlsx.workbook(document)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))
        content = b"".join(package.read(name) for name in package.namelist())
    assert b"<f>" not in content
    assert b"hyperlink" not in content.replace(b"HYPERLINK", b"")
    told = sheet(document, "Comments")[0]["Comment"]
    assert str(told).replace("_x005F_", "_").strip() == xlsx.fitting(typed, EN).strip()


def test_new_words_are_bold_and_underlined_and_removed_ones_struck() -> None:
    change = sheet(listed(amendment()), "Amendments", rich=True)[0]["Change"]
    assert isinstance(change, CellRichText)
    told = [
        (part.text, bool(part.font.b), part.font.u, bool(part.font.strike)) if not isinstance(part, str) else part
        for part in change
    ]
    assert told == [
        ("held for ", False, None, False), ("twelve ", False, None, True), ("ten ", True, "single", False),
        ("hours", False, None, False),
    ]  # fmt: skip
    made = opened(listed(amendment(before="", after="All new.", kind="insert")))["Amendments"]["D2"]
    assert (made.value, made.font.b, made.font.u) == ("All new.", True, "single")


def test_numbers_and_times_are_numbers_and_times() -> None:
    document = listed(amendment(12))
    row = sheet(document, "Amendments")[0]
    assert (row["Number"], row["Date"]) == (12, AT.replace(tzinfo=None))
    assert opened(document)["Amendments"]["A2"].number_format == '"A"0'


def test_times_are_those_of_the_place() -> None:
    document = listed(amendment())
    there = replace(
        document, version=replace(document.version, at=document.version.at.astimezone(timezone(timedelta(hours=6))))
    )
    assert read(lists_csv.amendments(there))[0]["Date"] == "2026-11-25 14:30"
    assert sheet(there, "Amendments")[0]["Date"] == datetime(2026, 11, 25, 14, 30)


def test_the_head_stays_in_sight_and_filters() -> None:
    found = opened(listed(amendment(), amendment(2)))["Amendments"]
    assert (found.freeze_panes, found.auto_filter.ref, found.print_title_rows) == ("B2", "A1:R3", "$1:$1")
    assert found["D2"].alignment.wrap_text
    assert found.column_dimensions["D"].width > 50


@pytest.mark.parametrize("character", ["w", "ө", "𝔘"])
def test_a_cell_that_is_too_full_says_how_much_is_left_out(character: str) -> None:
    typed = character * 40_000
    told = xlsx.fitting(typed, EN)
    assert len(told.encode("utf-16-le")) // 2 <= 32_767
    kept = told.count(character)
    assert told == f"{character * kept}… ({40_000 - kept} more characters: see the JSON)"
    assert kept > 16_000
    change = sheet(listed(amendment(before=typed, after=f"{typed} {typed}")), "Amendments")[0]["Change"]
    assert str(change).endswith("more characters: see the JSON)")


def test_lists_of_nothing_have_their_heads() -> None:
    document = listed()
    assert lists_csv.comments(document).count(b"\r\n") == 1
    assert [found.max_row for found in opened(document)] == [1, 1, 1]


@pytest.mark.parametrize("make", [lists_csv.amendments, lists_csv.comments, lists_csv.positions, xlsx.workbook])
def test_the_same_lists_give_the_same_bytes(make: Callable[[Document], bytes]) -> None:
    document = listed(amendment(), remarks=(remark("One"),), positions=(stated(),))
    assert make(document) == make(document)

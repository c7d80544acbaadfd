"""The amendments to a version as an Akoma Ntoso list: whole in one file, with whom they came from and their fate."""

from dataclasses import replace

import pytest

from app.domain.diff import Span
from app.exports.akn_amendments import amendment_list
from app.exports.akn_bill import Bill
from app.exports.akn_schema import violations
from app.exports.document import Proposed, ProposedChange
from tests.exports.akn_reader import AKN, by_id, root, words
from tests.exports.papers import FIRST, SECOND, paper
from tests.exports.said import LAW, amendment


def listed(*amendments: Proposed, language: str = "en") -> bytes:
    document = paper(LAW, LAW, language=language, amendments=amendments)
    return amendment_list(Bill(document, language, {1: FIRST, 2: SECOND}))


def test_each_amendment_stands_in_the_list_with_its_number_institutions_text_and_reason() -> None:
    data = listed(amendment(), replace(amendment(2, title="More"), state="adopted", settled_version=2))
    assert violations(data) == ()
    first = by_id(data)["cmp_1"]
    assert [one.text for one in first.iter(f"{AKN}docNumber")] == ["A1"]
    assert [one.get("refersTo") for one in first.iter(f"{AKN}docProponent")] == ["#org_cso", "#org_mvd"]
    assert ["".join(one.itertext()) for one in first.iter(f"{AKN}quotedText")] == [
        "held for twelve hours", "held for ten hours",
    ]  # fmt: skip
    assert [one.text for one in (*first.iter(f"{AKN}del"), *first.iter(f"{AKN}ins"))] == ["twelve ", "ten "]
    assert "".join(first.find(f".//{AKN}amendmentJustification").itertext()).strip() == "Shorter."
    steps = [(one.get("date"), one.get("outcome")) for one in by_id(data)["cmp_2"].iter(f"{AKN}step")]
    assert steps == [("2026-11-25", "#state_submitted"), ("2026-11-24", "#state_adopted")]


CHANGES = {
    "insert": (ProposedChange("insert", "old2", "Article 1(1)", "", (Span("+", "New.\n\nTwo."),), "", "New.\n\nTwo."),
               "insertion", "New, after Article 1(1). Proposal: New. Two."),
    "delete": (ProposedChange("delete", "old2", "Article 1(1)", "", (Span("-", "1. Old."),), "1. Old.", ""),
               "repeal", "Article 1(1). Text: 1. Old. Proposal: Taken out"),
    "move": (ProposedChange("move", "old2", "Article 1(1)", "1.", (Span("=", "Words."),), "Words.", "Words."),
             "renumbering", "Article 1(1). Text: Words. Proposal: Moved elsewhere, unchanged"),
    "relabel": (ProposedChange("relabel", "old2", "Article 1(1)", "1.", (Span("-", "1."), Span("+", "3.")), "1.", "3."),
                "renumbering", "Article 1(1). Text: 1. Proposal: 3."),
    "beginning": (ProposedChange("insert", None, "", "", (Span("+", "# X"),), "", "# X"),
                  "insertion", "Proposal: # X"),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGES)
def test_every_kind_of_change_is_a_modification_and_readable(kind: str) -> None:
    change, modification, said = CHANGES[kind]
    data = listed(replace(amendment(), changes=(change,)))
    assert violations(data) == ()
    assert [one.get("type") for one in root(data).iter(f"{AKN}textualMod")] == [modification]
    assert said in " ".join(words(data))
    ids = by_id(data)
    for one in root(data).iter(f"{AKN}source", f"{AKN}old", f"{AKN}new"):
        assert one.get("href").removeprefix("#") in ids


@pytest.mark.parametrize(("language", "said"), [
    ("en", "There are no amendments."), ("ru", "Поправок нет."), ("ky", "Түзөтүүлөр жок."),
])  # fmt: skip
def test_without_amendments_the_list_says_so(language: str, said: str) -> None:
    data = listed(language=language)
    assert violations(data) == ()
    assert said in " ".join(words(data))


def test_where_nobody_may_be_named_neither_they_nor_the_day_stand_in_it() -> None:
    hidden = replace(amendment(party=None, author=""), at=None)
    data = listed(hidden)
    assert violations(data) == ()
    assert not list(root(data).iter(f"{AKN}TLCPerson", f"{AKN}docProponent", f"{AKN}docIntroducer"))
    assert [one.get("date") for one in root(data).iter(f"{AKN}step")] == ["2026-11-23"]


def test_what_people_write_breaks_nothing() -> None:
    wild = "]]> <script>&amp; *x \u0000\ud800 " + "w" * 10_000
    data = listed(amendment(before=wild, after=wild + "!", reason=wild, author=wild, title=wild))
    assert violations(data) == ()
    assert data == listed(amendment(before=wild, after=wild + "!", reason=wild, author=wild, title=wild))

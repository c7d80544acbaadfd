"""Records as documents: what a small session came to, in three languages, as a lawyer reads them in tests/cases."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from app.domain.record_facts import (
    AmendmentTold,
    BracketTold,
    CallTold,
    Counts,
    DecisionTold,
    GroupTold,
    ItemTold,
    MatterTold,
    Mode,
    ObjectionTold,
    Participant,
    Printed,
    Provisional,
    RecordFacts,
    RecordKind,
    SessionTold,
)
from app.domain.record_writing import plain, title, written
from app.domain.render import render_document

CASES = Path(__file__).parents[1] / "cases/records"
MARKED = "1a2b3c4d5e6f"


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute)


SESSION = SessionTold(
    1, "First reading", "Issyk-Kul", at(9), at(12, 30), 2, ((at(10, 30), at(10, 45)),),
    (
        Participant("Interior Ministry", "full", at(8, 55), ("Bakyt M.",)),
        Participant("Civil Society Coalition", "full", at(9, 5)),
        Participant("UN adviser", "advisory", at(9)),
        Participant("", "", None, ("Lira K.",)),
    ),
    (
        ItemTold("Article 13", "Registration", 1, "done",
                 DecisionTold("agreed", "", "majority", "2/3", 1, "agreed", 2, MARKED)),
        ItemTold("A4", "Two days", 2, "done", DecisionTold("to_group", "By Friday.", "no_objection", "", None, "", 2, "")),
        ItemTold("Article 14", "Channels", 1, "skipped"),
        ItemTold("", "Next steps", 1, "waiting"),
    ),
    (
        CallTold(1, ("Article 13",), "majority", "2/3", "closed", ("agreed",)),
        CallTold(2, ("A4", "Article 14(1)"), "consensus", "", "hidden"),
    ),
)  # fmt: skip
FACTS = RecordFacts(
    RecordKind.SESSION, Mode.NAMED, "On Torture", 2, at(13), (SESSION,), Counts(21, 2, 1, 4), 3,
    ("Article 13", "Article 14(2)"),
    (Provisional(("Article 15(1)",), (("Interior Ministry", at(18, 0, 30)),)),),
    (BracketTold("Article 14(1)", True, True, (
        AmendmentTold(4, "Two days", "Article 14(1)", ("Interior Ministry",)),
        AmendmentTold(5, "", "Article 14(1)", ("Civil Society Coalition", "UN adviser")),
    )),),
    (
        ObjectionTold(("Article 14(1)",), "Civil Society Coalition", "Two days are *too* long.\n\nIt is 24 hours.",
                      ("The group asks for figures.",), True),
        ObjectionTold(("A4",), "Interior Ministry", "No staff.", (), True),
    ),
    (Printed(("Article 13",), "Interior Ministry", "reservation", "Subject to the budget.", 2),),
    (AmendmentTold(5, "", "Article 14(1)", ("Civil Society Coalition",)),),
    (GroupTold("Time limits", ("Article 14",), ("Interior Ministry", "Civil Society Coalition"), 2,
               "One text, no brackets.", (6,), True),),
    (
        MatterTold(1, "Who pays?", "Article 13", "Interior Ministry", date(2026, 12, 9), None),
        MatterTold(2, "The name", "", "", None, "Kept."),
    ),
    (CallTold(3, ("Article 15",), "silence", "", "open", (), at(18, 0, 28)),),
)  # fmt: skip


@pytest.mark.parametrize("kind", RecordKind)
@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_a_record_reads_as_the_case_says(kind: RecordKind, language: str) -> None:
    expected = (CASES / f"{kind}.{language}.md").read_text(encoding="utf-8")
    assert written(replace(FACTS, kind=kind), language) == expected


def test_a_record_is_called_by_its_session() -> None:
    titles = [title(FACTS, language) for language in ("en", "ru", "ky")]
    assert titles == ["Record of session 1", "Протокол заседания № 1", "№ 1 отурумдун протоколу"]


@pytest.mark.parametrize("kind", RecordKind)
@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_where_nobody_may_be_named_nobody_is(kind: RecordKind, language: str) -> None:
    said = written(replace(FACTS, kind=kind, mode=Mode.UNATTRIBUTED), language)
    named = ("Interior", "Civil", "UN adviser", "Bakyt", "Lira", "24 hours", "No staff", "budget", "figures")
    assert [name for name in named if name in said] == []
    people = written(replace(FACTS, kind=kind, mode=Mode.INSTITUTION_ONLY), language)
    assert [name for name in ("Bakyt", "Lira") if name in people] == []
    assert "Interior Ministry" in people


def test_where_nobody_may_be_named_things_are_counted() -> None:
    said = written(replace(FACTS, mode=Mode.UNATTRIBUTED), "en").splitlines()
    assert [line for line in said if line.startswith(("- Institutions", "- Advisers", "- Article 14(1)", "- A4"))] == [
        "- Institutions with a full seat: 2",
        "- Advisers: 1",
        "- Article 14(1) (contested, the proposals exclude one another): amendment A4; amendment A5",
        "- Article 14(1): Objections: 1; stands",
        "- A4: Objections: 1; stands",
    ]


@pytest.mark.parametrize(
    "typed", ["*a* _b_ `c` ~~d~~", "[x](javascript:alert(1))", "<b>x</b> &amp; &copy;", "<https://x.org>", "a ^2^ | b"]
)
def test_what_people_wrote_is_never_taken_for_markdown(typed: str) -> None:
    shown = render_document(f"- {plain(typed)}")
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert shown == f"<ul>\n<li>{escaped}</li>\n</ul>\n"


def test_numbers_are_said_as_russian_says_them() -> None:
    said = [
        written(replace(FACTS, kind=RecordKind.COMMUNIQUE, counts=Counts(count, 0, 0, 0)), "ru").split("Согласовано: ")[
            1
        ]
        for count in (1, 2, 5, 11, 21, 112)
    ]
    assert [one.split(".")[0] for one in said] == [
        "1 положение", "2 положения", "5 положений", "11 положений", "21 положение", "112 положений",
    ]  # fmt: skip

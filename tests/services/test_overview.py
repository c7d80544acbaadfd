"""The overview's groups, filters and counts, on plain values; a draft that is not submitted is nobody's business."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.diff import Span
from app.exports import csv_table
from app.services import overview, reading, reading_amendments
from app.services.filtering import Headings, facets, headings_of, narrowed
from app.services.gathering import gathered, is_contested
from app.services.pages import AmendmentLine, ChangeLine, ClauseLine, InstitutionMark
from app.services.pages_overview import Asked
from app.services.texts import IssuedText
from app.store import events
from app.store.amendments import AmendmentRow, NoSuchAmendment
from app.store.db import db
from app.store.memberships import find_draft
from tests.product import SLUG, user_id

pytest_plugins = ["tests.demonstration"]
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
AKY, MVD = InstitutionMark("AKY", "Ombudsman"), InstitutionMark("MVD", "Interior")
CHANGE = ChangeLine("replace_words", "p1", "Article 1(1)", "1.", (Span("-", "one"), Span("+", "two")), "one", "two")
LINE = AmendmentLine(1, "submitted", None, AKY, "", "", "Clearer.", 1, 1, None, datetime(2026, 11, 28, tzinfo=UTC),
                     (CHANGE,), (), 0)  # fmt: skip


def line(number: int, **facts: object) -> AmendmentLine:
    """An amendment that says something of its own unless told otherwise."""
    own = replace(CHANGE, after=f"two {number}")
    return replace(LINE, number=number, **{"changes": (own,), **facts})  # type: ignore[arg-type]


def grouped(lines: Sequence[AmendmentLine], *shown: int) -> list[tuple[str, list[int], int]]:
    groups = gathered(lines, set(shown) or {one.number for one in lines})
    return [(group.kind, [one.amendment.number for one in group.lines], group.left_out) for group in groups]


def test_amendments_that_collide_through_one_another_are_one_group_where_the_first_stands() -> None:
    lines = [line(1, collides_with=(3,)), line(2), line(3, collides_with=(1, 5)), line(4), line(5, collides_with=(3,))]
    assert grouped(lines) == [("colliding", [1, 3, 5], 0), ("free", [2], 0), ("free", [4], 0)]


def test_a_group_stays_what_it_is_when_filters_hide_a_part_of_it() -> None:
    lines = [
        line(1, collides_with=(2,)),
        line(2, collides_with=(1,)),
        line(3, changes=(CHANGE,)),
        line(4, changes=(CHANGE,)),
    ]
    assert grouped(lines, 2, 4) == [("colliding", [2], 1), ("identical", [4], 1)]


def test_those_that_say_the_same_of_the_same_text_are_identical() -> None:
    same = {"changes": (CHANGE,)}
    lines = [line(1, **same), line(2, **same), line(3, base_version=2, **same), line(4, state="adopted", **same)]
    assert grouped(lines) == [("identical", [1, 2], 0), ("free", [3], 0), ("free", [4], 0)]


def test_a_counter_text_stands_with_what_it_bridges_and_a_conflict_of_substance_with_the_other_side() -> None:
    lines = [
        line(1, bridged_by=(4,)), line(2, conflicts_with=(3,)), line(3, conflicts_with=(2,)),
        line(4, kind="counter_text", bridges=(1,)),
    ]  # fmt: skip
    groups = gathered(lines, {1, 2, 3, 4})
    assert [(group.kind, group.counter_texts) for group in groups] == [("linked", (4,)), ("linked", ())]


@pytest.mark.parametrize(
    ("collides_with", "conflicts_with", "contested"),
    [((), (), False), ((2,), (), True), ((), (2,), True), ((), (9,), False)],
)
def test_what_is_contested(collides_with: tuple[int, ...], conflicts_with: tuple[int, ...], contested: bool) -> None:
    """9 is not on the table any more."""
    assert is_contested(line(1, collides_with=collides_with, conflicts_with=conflicts_with), {1, 2}) is contested


def clause(id: str, kind: str, depth: int, level: int) -> ClauseLine:
    return ClauseLine(id, kind, depth, level, 0, id.upper(), id, id, "", "words", 0, 0)


@pytest.fixture
def headings() -> Headings:
    """ch1 (a1 (p1), a2 (p2)), ch2 (a3 (p3)); p0 stands before all of them."""
    lines = (
        clause("title", "title", 0, 1), clause("p0", "paragraph", 1, 0), clause("ch1", "chapter", 1, 2),
        clause("a1", "article", 2, 3), clause("p1", "paragraph", 3, 0), clause("a2", "article", 2, 3),
        clause("p2", "paragraph", 3, 0), clause("ch2", "chapter", 1, 2), clause("a3", "article", 2, 3),
        clause("p3", "paragraph", 3, 0),
    )  # fmt: skip
    return headings_of(IssuedText("of this test", 1, (), {}, lines, {one.id: at for at, one in enumerate(lines)}))


def at(number: int, *clause_ids: str | None, **facts: object) -> AmendmentLine:
    return line(number, changes=tuple(replace(CHANGE, clause_id=id) for id in clause_ids), **facts)


@pytest.mark.parametrize(
    ("clause_ids", "chapter"),
    [(("p1",), "ch1"), (("ch2",), "ch2"), (("p3", "a2"), "ch1"), (("p0",), ""), ((None,), ""), (("was",), "gone"),
     (("was", "p3"), "ch2"), ((), "")],
)  # fmt: skip
def test_an_amendment_belongs_to_the_chapter_of_the_first_clause_it_changes(
    headings: Headings, clause_ids: tuple[str | None, ...], chapter: str
) -> None:
    assert headings.chapter_of(at(1, *clause_ids)) == chapter


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(), [1, 2, 3, 4]),
        (Asked(institution="MVD"), [2, 4]),
        (Asked(within="ch1"), [1, 2]),
        (Asked(within="a3"), [2, 3]),
        (Asked(state="open"), [1, 2, 3]),
        (Asked(state="adopted"), [4]),
        (Asked(kind="counter_text"), [3]),
        (Asked(needs_author="yes"), [1]),
        (Asked(deed="delete"), []),
        (Asked(words="TWO clearer"), [1, 3, 4]),
        (Asked(words="a2"), [2]),
        (Asked(institution="MVD", within="ch2"), [2]),
    ],
)
def test_filters_leave_what_is_as_asked(headings: Headings, asked: Asked, found: list[int]) -> None:
    lines = [
        at(1, "p1", carried="needs_author"),
        at(2, "p2", "p3", sponsors=(MVD,), rationale="Other reasons."),
        at(3, "p3", kind="counter_text"),
        at(4, "was", institution=MVD, state="adopted", carried="needs_author"),
    ]
    assert [one.number for one in narrowed(lines, asked, headings)] == found


def test_every_value_says_how_many_it_would_leave_while_the_other_filters_stay(headings: Headings) -> None:
    lines = [at(1, "p1"), at(2, "p2", institution=MVD), at(3, "p3", institution=MVD, sponsors=(AKY,))]
    found = facets(lines, Asked(institution="MVD"), headings)
    assert [(one.value, one.name, one.count) for one in found["institution"]] == [
        ("AKY", "Ombudsman", 2),
        ("MVD", "Interior", 2),
    ]
    assert [(one.value, one.depth, one.count) for one in found["within"]] == [
        ("ch1", 0, 1), ("a1", 1, 0), ("a2", 1, 1), ("ch2", 0, 1), ("a3", 1, 1),
    ]  # fmt: skip
    assert [(one.value, one.count) for one in found["state"]] == [("open", 2), ("submitted", 2)]


def test_what_is_not_submitted_is_known_to_its_institution_alone(demonstrated: Flask) -> None:
    """A1 is civil society's, to Article 13(1), where it collides with A2 and A3."""
    people = {name: user_id(demonstrated, name) for name in ("civil", "interior", "facilitator")}
    with demonstrated.app_context():
        session = db.session
        session.scalars(select(AmendmentRow).where(AmendmentRow.number == 1)).one().state = "draft"
        events.record(session, find_draft(session, SLUG), "amendment_submitted", now=NOW, user_id=None, number=1)
        session.commit()
        for name, knows in (("civil", True), ("interior", False), ("facilitator", False)):
            viewer = {"slug": SLUG, "user_id": people[name], "language": "en"}
            page = overview.list_amendments(session, now=NOW, **viewer)  # type: ignore[arg-type]
            shown = {
                one.amendment.number
                for part in page.parts
                for ch in part.chapters
                for g in ch.groups
                for one in g.lines
            }
            assert (1 in shown, page.total) == (knows, 15 if knows else 14)
            assert [part.kind for part in page.parts] == ["open", "drafts"] if knows else ["open"]
            assert 1 not in {one.number for one in page.open}
            assert all(1 not in one.collides_with for one in page.open)
            exported = overview.export(session, asked=Asked(), now=NOW, **viewer)  # type: ignore[arg-type]
            assert (1 in {one.number for one in exported.lines}) is knows
            text = reading.read(session, number=None, view="brackets", now=NOW, **viewer)  # type: ignore[arg-type]
            (about,) = [one for one in text.clauses if one.human == "Article 13(1)"]
            assert about.amendments == 2
            of_clause = reading.clause(session, clause_id=about.id, now=NOW, **viewer)  # type: ignore[arg-type]
            assert (1 in {one.number for one in of_clause.amendments}) is knows
            if knows:
                assert (
                    reading_amendments.read_amendment(session, number=1, now=NOW, **viewer).amendment.state == "draft"
                )  # type: ignore[arg-type]
            else:
                with pytest.raises(NoSuchAmendment):
                    reading_amendments.read_amendment(session, number=1, now=NOW, **viewer)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("plain", "plain"), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"), ("a, b", '"a, b"'), ('say "no"', '"say ""no"""'), ("two\nlines", '"two\nlines"'), ("ө", "ө"),
    ],
)  # fmt: skip
def test_a_cell_never_becomes_a_formula(typed: str, cell: str) -> None:
    assert csv_table.write(["Head"], [[typed]]).decode("utf-8-sig") == f"Head\r\n{cell}\r\n"


def test_the_table_begins_with_the_mark_of_utf_8() -> None:
    assert csv_table.write(["Номер"], []) == b"\xef\xbb\xbf" + "Номер\r\n".encode()

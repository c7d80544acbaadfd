"""The board of agreement: what every seat says of every clause, what holds it up, how it went on; and what is hidden."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.scale import DEFAULT
from app.services import board, board_blocking, board_progress, overview, picking
from app.services.board_cells import (
    INHERITED,
    LAPSED,
    NOTHING,
    OUTDATED,
    PROVISIONAL,
    STANDING,
    is_mixed,
    says,
    weightiest,
)
from app.services.pages_board import BoardAsked, BoardPage, BoardRow, Obstacle, ProgressDay
from app.services.pages_overview import Asked
from app.services.picking import Wish
from app.store.calls import Call
from app.store.db import db
from app.store.digests import read_anew
from app.store.drafts import Version
from app.store.institutions import Institution
from app.store.positions import Position
from tests.product import SLUG, user_id
from tests.services.deeds import NOW, issue
from tests.services.stances import PARA, call_about, on_amendment, state, take_back

pytest_plugins = ["tests.demonstration"]

FULL = ("interior", "prosecutor", "prevention", "ombudsman", "civil")
CODES = ["MVD", "GPO", "NPM", "AKY", "CSO", "UN", "OSCE"]


def shown(app: Flask, days: int = 0, **asked: object) -> BoardPage:
    person = user_id(app, "observer")
    with app.app_context():
        return board.board(
            db.session, slug=SLUG, user_id=person, language="en", now=NOW + timedelta(days=days),
            asked=BoardAsked(**asked),  # type: ignore[arg-type]
        )  # fmt: skip


def rows(page: BoardPage) -> dict[str, BoardRow]:
    """Rows and the clauses they are open to, by how they are cited."""
    found: dict[str, BoardRow] = {}
    for part in page.parts:
        for row in part:
            found.setdefault(row.line.human, row)
            found.update((leaf.line.human, leaf) for leaf in row.rows)
    return found


def cells(app: Flask, human: str, days: int = 0) -> dict[str, int]:
    page = shown(app, days, printed=True)
    return dict(zip([one.institution.code for one in page.columns], rows(page)[human].cells, strict=True))


def obstacles(app: Flask, days: int = 0, kind: str = "") -> list[Obstacle]:
    person = user_id(app, "observer")
    with app.app_context():
        page = board_blocking.blocking(
            db.session, slug=SLUG, user_id=person, language="en", now=NOW + timedelta(days=days), kind=kind
        )
        return list(page.obstacles)


def days_of(app: Flask, days: int = 0) -> tuple[ProgressDay, ...]:
    person = user_id(app, "observer")
    with app.app_context():
        page = board_progress.progress(
            db.session, slug=SLUG, user_id=person, language="en", now=NOW + timedelta(days=days)
        )
        return page.whole.days


def issued_before(app: Flask) -> None:
    """Version 1 came a day before anything was said."""
    with app.app_context():
        db.session.execute(update(Version).values(created_at=NOW - timedelta(days=1)))
        db.session.commit()


@pytest.mark.parametrize(
    ("cell", "shape", "mixed", "said"),
    [
        (NOTHING, (0, False), False, {"nothing"}),
        (1 << STANDING + 1, (1, False), False, {"in_favour"}),
        (1 << STANDING + 1 | 1 << STANDING + 6, (6, False), True, {"in_favour", "objects"}),
        (1 << STANDING + 2 | NOTHING, (2, False), True, {"in_favour", "nothing"}),
        (1 << LAPSED + 6 | 1 << STANDING + 3, (3, False), True, {"reserved", "lapsed"}),
        (1 << LAPSED + 4 | OUTDATED, (4, True), False, {"lapsed"}),
        (1 << STANDING + 5 | PROVISIONAL | INHERITED, (5, False), False, {"asks", "provisional"}),
    ],
)
def test_what_a_cell_shows_and_says(cell: int, shape: tuple[int, bool], mixed: bool, said: set[str]) -> None:
    assert (weightiest(cell), is_mixed(cell), says(cell, DEFAULT)) == (shape, mixed, said)


def test_every_seat_has_a_column_and_those_that_do_not_count_stand_last(demonstrated: Flask) -> None:
    page = shown(demonstrated)
    assert [(one.institution.code, one.kind) for one in page.columns] == [
        ("MVD", "full"), ("GPO", "full"), ("NPM", "full"), ("AKY", "full"), ("CSO", "full"), ("UN", "advisory"),
        ("OSCE", "advisory"),
    ]  # fmt: skip
    assert {one.silent for one in page.columns} == {page.total}


def test_an_article_shows_the_worst_of_its_clauses_and_opens_to_them(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause="art_14", about="below", step=1)
    state(demonstrated, "interior", clause=PARA, step=6, reason="No.")
    state(demonstrated, "un", clause=PARA, step=5, reason="Why?")
    closed = rows(shown(demonstrated))["Article 14"]
    assert (closed.state, closed.rows, closed.opens) == ("contested", (), True)
    assert closed.cells[0] == 1 << STANDING + 1 | 1 << STANDING + 6
    assert cells(demonstrated, "Article 14(1)") == dict(
        zip(CODES, [1 << STANDING + 6, *[NOTHING] * 4, 1 << STANDING + 5, NOTHING], strict=True)
    )
    person = user_id(demonstrated, "civil")
    with demonstrated.app_context():
        row = board.opened(
            db.session, slug=SLUG, clause_id=closed.line.id, user_id=person, language="en", now=NOW
        )  # fmt: skip
    assert [one.line.human for one in row.rows][:2] == ["Article 14", "Article 14(1)"]
    heading = rows(shown(demonstrated))["Chapter 3"]
    assert heading.shares[0] == (closed.size - 1, 1)


def test_filters_leave_the_clauses_that_are_as_asked_with_what_stands_above_them(demonstrated: Flask) -> None:
    for name in FULL:
        state(demonstrated, name)
    state(demonstrated, "interior", clause="art_18__para_2", step=6, reason="No.")
    assert [row.line.human for row in _leaves(shown(demonstrated, state="agreed"))] == ["Article 14(1)"]
    found = [row.line.human for row in _leaves(shown(demonstrated, institution="MVD", says="objects"))]
    assert found == ["Article 18(2)"]
    assert [row.line.human for row in _leaves(shown(demonstrated, institution="MVD"))] == [
        "Article 14(1)", "Article 18(2)",
    ]  # fmt: skip
    everything, unsettled = shown(demonstrated), shown(demonstrated, state="unsettled")
    assert everything.total - unsettled.found == 1
    chapter = rows(everything)["Chapter 3"].line.id
    assert shown(demonstrated, within=chapter).found == rows(everything)["Chapter 3"].size


def _leaves(page: BoardPage) -> list[BoardRow]:
    return [leaf for part in page.parts for row in part for leaf in row.rows]


def test_a_position_on_an_earlier_text_is_shown_so_and_says_since_when(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause="art_18__para_2", step=2)
    state(demonstrated, "civil", clause="art_18__para_2", confirm_days=5)
    assert cells(demonstrated, "Article 18(2)")["CSO"] == 1 << STANDING + 1 | PROVISIONAL
    assert [(one.kind, one.places[0][1]) for one in obstacles(demonstrated) if one.institution] == [
        ("provisional", "Article 18(2)")
    ]
    assert cells(demonstrated, "Article 18(2)", days=6)["CSO"] == 1 << LAPSED + 1
    issue(demonstrated, "facilitator", 15)
    assert cells(demonstrated, "Article 18(2)")["MVD"] == 1 << LAPSED + 2 | OUTDATED
    lapsed = obstacles(demonstrated, days=1, kind="lapsed")
    assert [(one.kind, one.institution.code if one.institution else "") for one in lapsed] == [
        ("lapsed", "MVD"), ("lapsed", "CSO"),
    ]  # fmt: skip


def test_what_holds_up_stands_once_for_each_position_the_oldest_first(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause="art_14", about="below", step=6, reason="Too dear.")
    state(demonstrated, "un", clause=PARA, step=6, reason="Heard, not counted.")
    objections = obstacles(demonstrated, kind="objects")
    assert [(one.institution.code, one.reason, len(one.places)) for one in objections if one.institution] == [
        ("MVD", "Too dear.", rows(shown(demonstrated))["Article 14"].size)
    ]
    dates = [one.since for one in obstacles(demonstrated)]
    assert dates == sorted(dates)
    assert {one.amendments for one in obstacles(demonstrated, kind="collides")} == {(1, 2, 3), (4, 5, 6), (11, 12)}


def test_a_successor_shows_what_it_inherited(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause=PARA, step=3, reason="A reservation.")
    with demonstrated.app_context():
        successor = db.session.scalars(select(Institution.id).where(Institution.code == "GPO")).one()
        yesterday = (NOW - timedelta(days=1)).date()
        db.session.execute(
            update(Institution).where(Institution.code == "MVD").values(exists_until=yesterday, successor_id=successor)
        )
        db.session.commit()
    page = shown(demonstrated)
    assert [mark.code for one in page.columns for mark in one.formerly] == ["MVD"]
    assert cells(demonstrated, "Article 14(1)")["GPO"] == 1 << STANDING + 3 | INHERITED


def test_the_curve_tells_each_day_and_forgets_nothing(demonstrated: Flask) -> None:
    """Agreed on the first day; on the third somebody objects; then a version makes all of it an earlier text."""
    for name in FULL:
        state(demonstrated, name, clause="art_18__para_2")
    state(demonstrated, "interior", clause="art_18__para_2", step=6, reason="No.")
    with demonstrated.app_context():
        last = db.session.scalars(select(Position).order_by(Position.id.desc())).first()
        assert last is not None
        last.created_at = NOW + timedelta(days=2)
        db.session.commit()
    issued_before(demonstrated)
    told = [(one.day.day - NOW.day, one.agreed, one.contested) for one in days_of(demonstrated, days=4)]
    assert told == [(-1, 0, 0), (0, 1, 0), (2, 0, 1), (4, 0, 1)]
    assert {one.total for one in days_of(demonstrated, days=4)} == {shown(demonstrated, days=4).total}


def test_nothing_on_the_board_moves_before_a_hidden_call_is_revealed(demonstrated: Flask) -> None:
    def seen() -> tuple[object, ...]:
        page = shown(demonstrated, 3, printed=True)
        draft = replace(page.draft, recorded=0)  # how many events there are is no secret
        return replace(page, draft=draft), obstacles(demonstrated, 3), days_of(demonstrated, 3)

    issued_before(demonstrated)
    call_about(demonstrated, PARA, hidden=True)
    before = seen()
    for name, step in zip(FULL, (6, 1, 5, 2, 4), strict=True):
        state(demonstrated, name, step=step, reason="Chosen.")
    take_back(demonstrated, "civil")
    assert seen() == before
    with demonstrated.app_context():
        db.session.execute(update(Call).values(revealed_at=NOW + timedelta(days=2)))
        read_anew(db.session)
        db.session.commit()
    assert cells(demonstrated, "Article 14(1)", 3)["MVD"] == 1 << STANDING + 6
    (objection,) = obstacles(demonstrated, 3, kind="objects")
    assert objection.since == NOW + timedelta(days=2)
    assert [(one.day.day - NOW.day, one.contested) for one in days_of(demonstrated, 3)][-2:] == [(2, 1), (3, 1)]


def test_an_objection_to_an_amendment_contests_it_in_the_overview_and_on_the_bench(demonstrated: Flask) -> None:
    viewer = {"slug": SLUG, "user_id": user_id(demonstrated, "facilitator"), "language": "en", "now": NOW}

    def agreed() -> tuple[set[int], set[int]]:
        with demonstrated.app_context():
            asked = Asked(against="agreed")
            page = overview.list_amendments(db.session, asked=asked, **viewer)  # type: ignore[arg-type]
            picked = picking.pick(db.session, wish=Wish("agreed"), chosen=frozenset(), **viewer)  # type: ignore[arg-type]
            return {line.number for line in page.open}, set(picked)

    before = agreed()
    assert 15 in before[0] & before[1]
    on_amendment(demonstrated, "un", 15, 6)
    assert agreed() == before
    on_amendment(demonstrated, "interior", 15, 6)
    assert agreed() == (before[0] - {15}, before[1] - {15})
    on_amendment(demonstrated, "interior", 15, 2)
    assert agreed() == before

"""For whom members speak once their institution was abolished: its successor, from the day after."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.seats import Body, in_place_of, speaker
from app.services.calling import Period
from app.services.owning import is_mine, speaks_for
from app.store import amendments, calls, events, follows, institutions, news, presences
from app.store.amendments import AmendmentRow
from app.store.comments import Comment, Mention
from app.store.db import db, today
from app.store.drafts import ClauseText
from app.store.institutions import Institution
from app.store.memberships import Entry, enter, entries, find_draft
from tests.product import LAW, SLUG, shown, signed_in, user_id
from tests.services.calls import ask
from tests.services.deeds import NOW

pytest_plugins = ["tests.demonstration"]
on_sqlite = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
"""Of what does not depend on the database."""

MERGED = date(2026, 10, 2)
BODIES = {
    1: Body(1),
    2: Body(2, until=MERGED, successor=1),
    3: Body(3, until=date(2026, 6, 1), successor=2),
    4: Body(4, until=MERGED),
    5: Body(5, until=MERGED, successor=6),
    6: Body(6, until=MERGED, successor=5),
}
DAYS = (
    # institution, day,               who speaks, in whose place that one does
    (2, date(2026, 10, 2),            2,          {3}),
    (2, date(2026, 10, 3),            1,          {2, 3}),
    (3, date(2026, 6, 1),             3,          set()),
    (3, date(2026, 6, 2),             2,          {3}),
    (3, date(2026, 10, 3),            1,          {2, 3}),
    (1, date(2026, 10, 2),            1,          set()),
    (1, date(2026, 10, 3),            1,          {2, 3}),
    (4, date(2026, 10, 3),            None,       set()),
    (5, date(2026, 10, 3),            None,       set()),
)  # fmt: skip


def test_who_speaks_for_whom_on_a_day() -> None:
    for institution, day, speaking, formerly in DAYS:
        found = speaker(BODIES, institution, day)
        assert found == speaking, (institution, day)
        assert found is None or in_place_of(BODIES, found, day) == formerly, (institution, day)


def entered(app: Flask, name: str) -> Entry:
    return enter(db.session, SLUG, user_id(app, name))


@on_sqlite
def test_members_of_an_abolished_institution_speak_for_the_successor_from_the_day_after(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        by_code = {one.code: one for one in db.session.scalars(select(Institution))}
        npm, aky = by_code["NPM"], by_code["AKY"]
        npm_id, aky_id = npm.id, aky.id
        mine = next(
            row
            for row in amendments.all_of(db.session, entered(demonstrated, "civil").draft.id)
            if row.institution_id == npm_id
        )
        for days, speaking in ((0, npm_id), (1, aky_id), (400, aky_id)):
            npm.exists_until, npm.successor_id = today(db.session) - timedelta(days=days), aky_id
            db.session.flush()
            member, heir = entered(demonstrated, "prevention"), entered(demonstrated, "ombudsman")
            assert member.institution_id == speaking
            assert [one.institution_id for one in entries(db.session, member.user_id)] == [speaking] * 3
            assert is_mine(member, mine), "what was proposed before stays one's own"
            assert is_mine(heir, mine) is (speaking == aky_id)
            assert speaks_for(member, aky_id) is (speaking == aky_id)
        aky.exists_until, aky.successor_id = today(db.session) - timedelta(days=1), by_code["CSO"].id
        db.session.flush()
        civil = entered(demonstrated, "civil")
        assert entered(demonstrated, "prevention").institution_id == civil.institution_id == by_code["CSO"].id
        assert civil.formerly == {npm_id, aky_id}
        assert is_mine(civil, mine)
        assert entered(demonstrated, "interior").formerly == frozenset()


@on_sqlite
def test_they_state_its_position_propose_and_stand_in_its_delegation(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        by_code = {one.code: one for one in db.session.scalars(select(Institution))}
        by_code["NPM"].exists_until = datetime.now(UTC).date() - timedelta(days=2)
        by_code["NPM"].successor_id = by_code["AKY"].id
        db.session.commit()
        assert "NPM" in institutions.codes(db.session).values()
    member, heir = signed_in(demonstrated, "prevention"), signed_in(demonstrated, "ombudsman")
    assert "State our position" in shown(member.get(f"{LAW}/positions"))
    page = shown(heir.get(f"{LAW}/delegation"))
    assert "Elmira, for the Preventive Mechanism (demo)" in page
    over = {"do": "hand_over", "to": str(user_id(demonstrated, "prevention")), "confirmed": "yes"}
    assert heir.post(f"{LAW}/delegation", data=over).status_code == 303
    assert "Hand the delegation over" in shown(member.get(f"{LAW}/delegation"))
    assert "Hand the delegation over" not in shown(heir.get(f"{LAW}/delegation")), "nobody is head of two"
    table = shown(heir.get(f"{LAW}/members"))
    assert ('id="institution-AKY"' in table, 'id="institution-NPM"' in table) == (True, False)
    assert "speaks also for" in table


def test_an_open_call_waits_for_them_in_the_successors_place(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        by_code = {one.code: one for one in db.session.scalars(select(Institution))}
        by_code["NPM"].exists_until = NOW.date() - timedelta(days=2)
        by_code["NPM"].successor_id = by_code["AKY"].id
        seats = institutions.seat_rows(db.session, find_draft(db.session, SLUG).id, by_code["AKY"].id)
        db.session.delete(seats[0])  # the successor sits there only in the place of the one abolished
        db.session.commit()
    ask(demonstrated, "14(1)", period=Period(30))
    with demonstrated.app_context():
        awaited = {
            name: [one.number for one in calls.waiting_for(db.session, user_id(demonstrated, name), NOW)]
            for name in ("prevention", "ombudsman", "observer")
        }
    assert awaited == {"prevention": [1], "ombudsman": [1], "observer": []}


def test_what_concerns_an_institution_is_news_for_its_successor_from_the_day_after(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        by_code = {one.code: one for one in db.session.scalars(select(Institution))}
        npm, aky, draft = by_code["NPM"], by_code["AKY"], find_draft(db.session, SLUG)
        heir, observer = user_id(demonstrated, "ombudsman"), user_id(demonstrated, "observer")
        facilitator, said = user_id(demonstrated, "facilitator"), {"now": NOW, "user_id": None}
        follows.set_visits(db.session, heir, {draft.id: news.last_numbers(db.session, [draft.id])[draft.id]}, NOW)
        stated = events.record(db.session, draft, "position_stated", institution_id=npm.id, **said)
        told = events.record(db.session, draft, "call_reminded", call=1, told=[f"institution {npm.id}"], **said)
        named = Comment(
            draft_id=draft.id, clause_id=a_clause(draft.id), author_id=facilitator, kind="comment", body="@NPM",
            version=1, created_at=NOW, language="en",
        )  # fmt: skip
        db.session.add(named)
        db.session.flush()
        db.session.add(Mention(comment_id=named.id, institution_id=npm.id))
        mentioned = events.record(db.session, draft, "comment_made", comment=named.id, **said)
        numbers = {stated.number, told.number, mentioned.number}
        heard = {}
        for days in (None, 0, 1):
            if days is not None:
                npm.exists_until, npm.successor_id = today(db.session) - timedelta(days=days), aky.id
            db.session.flush()
            found = {one.number for one in news.happened(db.session, heir, draft.id, 200)}
            heard[days] = (found & numbers == numbers, news.count(db.session, heir), bool(found & numbers))
            assert not numbers & {one.number for one in news.happened(db.session, observer, draft.id, 200)}
        assert heard == {None: (False, 2, False), 0: (False, 2, False), 1: (True, 5, True)}, "two are of other drafts"
        assert news.comments(db.session, [named.id], heir)[named.id].names_us
        assert {one.institution_id for one in amendments.all_of(db.session, draft.id) if is_of(one, heir)} >= {npm.id}


def a_clause(draft_id: int) -> str:
    return db.session.scalars(select(ClauseText.clause_id).where(ClauseText.draft_id == draft_id).limit(1)).one()


def is_of(row: AmendmentRow, person: int) -> bool:
    """Whether it is one of those that news call a person's own."""
    return (row.draft_id, row.number) in news.ours(db.session, person, [row.draft_id])


@on_sqlite
def test_who_is_here_is_counted_by_who_speaks_today(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        by_code = {one.code: one for one in db.session.scalars(select(Institution))}
        draft = find_draft(db.session, SLUG)
        names = ("prevention", "ombudsman", "observer")
        presences.see(db.session, [(draft.id, user_id(demonstrated, name)) for name in names], NOW)
        assert presences.present(db.session, draft.id, NOW) == {"NPM": 1, "AKY": 1, None: 1}
        for code, until in (("NPM", 1), ("AKY", 1)):
            by_code[code].exists_until = today(db.session) - timedelta(days=until)
        by_code["NPM"].successor_id = by_code["AKY"].id
        db.session.flush()
        assert presences.present(db.session, draft.id, NOW) == {"AKY": 2, None: 1}
        by_code["AKY"].successor_id = by_code["CSO"].id
        db.session.flush()
        assert presences.present(db.session, draft.id, NOW) == {"CSO": 2, None: 1}

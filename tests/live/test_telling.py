"""What a reader of a draft is told, and what nobody is told. Asked of the view behind a server that holds no stream: it
answers with what was missed and ends."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from app.domain.telling import TOLD, Notice, Topic, notice
from app.services import presence, signing_in
from app.store.db import db
from app.store.drafts import Draft
from app.store.events import Event
from app.store.users import Membership, User
from tests.product import LAW, chain, clause_ids, signed_in, user_id
from tests.statements import counted

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)

MARK = "Schnurrbart"
SAID = {"number", "topic", "kind", "clause", "amendment", "version", "session", "own"}


@pytest.fixture
def app(demonstrated: Flask) -> Iterator[Flask]:
    yield demonstrated


def told(client: FlaskClient, after: int | None = None, **headers: str) -> tuple[list[dict[str, Any]], int]:
    """The notices of an answer, and where it says that one stands."""
    answer = client.get(f"{LAW}/live" + ("" if after is None else f"?after={after}"), headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in answer.headers
    assert MARK not in answer.text
    blocks = [dict(line.split(": ", 1) for line in block.split("\n")) for block in answer.text.strip().split("\n\n")]
    assert blocks[0] == {"retry": "2000"}
    notices = [json.loads(block["data"]) for block in blocks[1:-1]]
    assert [str(one["number"]) for one in notices] == [block["id"] for block in blocks[1:-1]]
    assert all(set(one) <= SAID for one in notices)
    assert blocks[-1] == {"id": blocks[-1]["id"], "event": "here", "data": blocks[-1]["id"]}
    return notices, int(blocks[-1]["id"])


def test_whoever_was_away_gets_what_they_missed_once_and_in_order_and_nothing_of_what_was_said(app: Flask) -> None:
    civil, observer = signed_in(app, "civil"), signed_in(app, "observer")
    before, clause = len(chain(app)), clause_ids(app)["art_13__para_1"]
    assert told(observer) == ([], before)  # who comes new has missed nothing
    for _ in range(3):
        civil.post(f"{LAW}/clauses/{clause}/comments", data={"body": f"A {MARK}."})
    expected = [
        {"number": number, "topic": "comments", "kind": "comment_made", "clause": clause}
        for number in range(before + 1, before + 4)
    ]
    assert told(observer, before) == (expected, before + 3)
    assert told(observer, before + 1) == (expected[1:], before + 3)
    assert told(observer, before, **{"Last-Event-ID": str(before + 2)}) == (expected[2:], before + 3)
    assert told(observer, before, **{"Accept-Encoding": "gzip"}) == (expected, before + 3)
    assert told(civil, before) == ([{**one, "own": True} for one in expected], before + 3)
    for wrong in (before + 3, before + 999, 10**30):  # nobody can be ahead of the record
        assert told(observer, wrong) == ([], before + 3)
    assert told(observer, None, **{"Last-Event-ID": "²"}) == ([], before + 3)
    assert len(told(observer, 0)[0]) > 10


def test_strangers_are_not_told_that_there_is_anything(app: Flask) -> None:
    for client in (app.test_client(), signed_in(app, "civil")):
        for at in ("live", "presence"):
            assert client.get(f"/drafts/no-such-draft/{at}").status_code == 404
    assert app.test_client().get(f"{LAW}/live").status_code == 404
    with app.app_context():
        db.session.execute(update(User).where(User.name == "observer").values(closed_at=None))
    observer = signed_in(app, "observer")
    assert observer.get(f"{LAW}/live").status_code == 200
    with app.app_context():
        db.session.execute(update(User).where(User.name == "observer").values(closed_at=datetime.now(UTC)))
        db.session.commit()
    assert observer.get(f"{LAW}/live").status_code == 404


def test_what_readers_may_not_see_is_not_told(app: Flask) -> None:
    """Unsent amendments, benches, receipts, reminders, not even that they are there; of hidden answers only that
    there is one more."""
    silent = {"bench_opened", "bench_shared", "bench_unshared", "bench_handed_over", "bench_closed", "call_received",
              "amendment_discarded", "member_added"}  # fmt: skip
    assert silent & set(TOLD) == set()
    sealed = notice(5, "position_stated", {"clause": "c1", "commitment": "0f"})
    assert sealed == Notice(5, Topic.ANSWERS, "call_answered")
    assert notice(5, "position_stated", {"clause": "c1", "step": 6, "reason": MARK}) is not None
    civil, observer, before = signed_in(app, "civil"), signed_in(app, "observer"), len(chain(app))
    form = {"do": "open", "version": "1", "about": "14(1)", "rule": "consensus", "amount": "3", "hidden": "yes"}
    assert signed_in(app, "facilitator").post(f"{LAW}/calls/open", data=form).status_code == 303
    answer = {"item": "1", "step": "6", "reason": f"A {MARK}."}
    assert civil.post(f"{LAW}/calls/1/answer", data=answer).status_code == 303
    assert signed_in(app, "interior").post(f"{LAW}/calls/1/receipt").status_code == 303
    notices, reached = told(observer, before)
    assert [(one["kind"], one["topic"]) for one in notices] == [("call_opened", "calls"), ("call_answered", "answers")]
    assert reached == len(chain(app)) > before + 1


def test_every_kind_that_is_told_is_a_kind_that_is_recorded_or_a_deed_of_a_session(app: Flask) -> None:
    assert set(TOLD.values()) == set(Topic) - {Topic.ANSWERS}
    with app.app_context():
        kinds = set(db.session.scalars(select(Event.kind).distinct()))
    assert {"comment_made", "amendment_submitted"} <= kinds & set(TOLD)


def test_who_is_here_is_shown_by_institution_and_never_by_name(app: Flask) -> None:
    client, now = signed_in(app, "facilitator"), datetime.now(UTC)
    names = ("civil", "interior", "observer", "prosecutor")
    with app.app_context():
        draft = db.session.scalars(select(Draft.id).where(Draft.slug == LAW.split("/")[-1])).one()
    here = {(draft, user_id(app, name)) for name in names}

    def keep(came: set[tuple[int, int]], left: set[tuple[int, int]], at: datetime, before: datetime) -> None:
        with app.app_context():
            presence.keep(db.session, here=came, left=left, before=before, now=at)

    def shown() -> str:
        return client.get(f"{LAW}/presence").text.strip().removeprefix("<span>").removesuffix("</span>")

    assert shown() == "0 people here"
    keep(here, set(), now, now)
    assert shown() == "4 people here: CSO, GPO, MVD"
    assert counted(app, client, [f"{LAW}/presence"]) == [3]  # who asks, the draft, who is here
    gone = {(draft, user_id(app, "civil"))}
    keep(set(), gone, now, now - timedelta(seconds=5))
    assert shown() == "4 people here: CSO, GPO, MVD"  # another process has seen them since
    keep(set(), gone, now, now)
    assert shown() == "3 people here: GPO, MVD"
    with app.app_context():
        db.session.execute(update(Draft).values(attribution="unattributed"))
        db.session.commit()
    assert shown() == "3 people here"
    keep({(draft, user_id(app, "prosecutor"))}, set(), now - timedelta(seconds=80), now)
    keep({(draft, user_id(app, "interior"))}, set(), now - timedelta(seconds=100), now)
    assert shown() == "2 people here"


def test_whoever_is_no_member_any_more_has_no_account_or_is_signed_out_may_hear_no_more(app: Flask) -> None:
    now = datetime.now(UTC)
    people = [user_id(app, name) for name in ("civil", "interior", "observer", "prosecutor", "facilitator")]
    with app.app_context():
        draft = db.session.scalars(select(Draft.id).where(Draft.slug == LAW.split("/")[-1])).one()
        hearers = []
        for one in [*people, people[2]]:
            token = signing_in.begin(db.session, user_id=one, method="password", device="", now=now)
            found = signing_in.who(db.session, token, now)
            assert found is not None
            hearers.append((draft, one, found[0].id))
        assert presence.allowed(db.session, hearers, now) == set(hearers)
        assert presence.allowed(db.session, [(draft, people[0], hearers[1][2])], now) == set()  # somebody else's
        signing_in.end(db.session, user_id=people[2], sign_in_id=hearers[2][2], now=now)
        db.session.execute(delete(Membership).where(Membership.draft_id == draft, Membership.user_id == people[0]))
        db.session.execute(update(User).where(User.id == people[1]).values(closed_at=now))
        guest = (Membership.draft_id == draft) & (Membership.user_id == people[3])
        db.session.execute(update(Membership).where(guest).values(ends_at=now))
        assert presence.allowed(db.session, hearers, now) == set(hearers[4:])
        assert presence.allowed(db.session, hearers, now + timedelta(days=31)) == set()
        assert presence.allowed(db.session, [], now) == set()
        db.session.rollback()

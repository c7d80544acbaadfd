"""Several real servers on one database: whoever writes where, everybody hears of it, once and in order, whatever stops."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, text

from app.store import events, memberships
from app.store.db import db
from app.store.drafts import Draft
from app.store.users import Membership
from tests.live.listening import Reader, cookie, eventually, free_port, serving, start, stop, wait_for
from tests.product import LAW, SLUG, Copies, chain, clause_ids, signed_in, user_id

pytest_plugins = ["tests.demonstration"]
OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
SOONEST_AGAIN = 3.0
"""A browser whose line ended comes back this many seconds later at the most."""
one_database = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)


@pytest.fixture
def shared(demonstration: Copies, tmp_path: Path) -> Iterator[tuple[Flask, list[str]]]:
    """The demonstration, and the addresses of two servers on it."""
    with demonstration() as app, serving(address_of(app), tmp_path, 2) as addresses:
        yield app, addresses


def address_of(app: Flask) -> str:
    with app.app_context():
        return db.engine.url.render_as_string(hide_password=False)


def said(app: Flask, count: int) -> list[int]:
    """Remarks that civil society makes one after the other; the numbers of their events."""
    client, clause = signed_in(app, "civil"), clause_ids(app)["art_13__para_1"]
    before = len(chain(app))
    for number in range(count):
        answer = client.post(f"{LAW}/clauses/{clause}/comments", data={"body": f"Remark {number}."})
        assert answer.status_code == 303
    return list(range(before + 1, before + count + 1))


def here(app: Flask) -> str:
    page = signed_in(app, "facilitator").get(f"{LAW}/presence").text
    return page.strip().removeprefix("<span>").removesuffix("</span>")


def test_two_servers_on_one_database_tell_each_others_readers(shared: tuple[Flask, list[str]]) -> None:
    app, (one_at, other_at) = shared
    with Reader(one_at, cookie(app, "observer")) as one, Reader(other_at, cookie(app, "civil")) as other:
        numbers = said(app, 3)  # by a third process, which is this one
        eventually(lambda: one.numbers == numbers == other.numbers)
        one.cut()
        other.cut()
        numbers += said(app, 3)  # while their lines are lost
        eventually(lambda: one.numbers == numbers == other.numbers)
        assert (len(one.statuses), len(other.statuses)) == (2, 2)
        assert {notice.get("own") for notice in one.notices} == {None}
        assert {notice.get("own") for notice in other.notices} == {True}
        eventually(lambda: here(app) == "2 people here: CSO")
        if address_of(app).startswith("postgresql"):
            lose_connections(app)
            numbers += said(app, 2)
            eventually(lambda: one.numbers == numbers == other.numbers)
        assert (len(one.statuses), len(other.statuses)) == (2, 2)  # their lines held
    assert {*one.statuses, *other.statuses} == {200}
    eventually(lambda: here(app) == "0 people here")


def test_whoever_is_signed_out_or_removed_elsewhere_hears_no_more_two_seconds_later(
    shared: tuple[Flask, list[str]],
) -> None:
    app, (one_at, other_at) = shared
    people = ("observer", "observer", "civil", "interior")
    cookies = [cookie(app, name) for name in people]
    addresses = (one_at, other_at, other_at, one_at)
    with ExitStack() as lines:
        gone, same_person, removed, stays = (
            lines.enter_context(Reader(at, own)) for at, own in zip(addresses, cookies, strict=True)
        )
        leaving = app.test_client()
        leaving.set_cookie("session", cookies[0].removeprefix("session="))
        began = time.monotonic()
        assert leaving.post("/sign-out").status_code == 303
        eventually(lambda: 404 in gone.statuses)  # the line ended, and is not opened again
        assert (same_person.statuses, stays.statuses) == ([200], [200])
        with app.app_context():
            of_draft = select(Draft.id).where(Draft.slug == SLUG).scalar_subquery()
            member = Membership.user_id == user_id(app, "civil")
            db.session.execute(delete(Membership).where(Membership.draft_id == of_draft, member))
            entry = memberships.find_draft(db.session, SLUG)
            events.record(
                db.session, entry, "member_removed", now=datetime.now(UTC), user_id=None, member=user_id(app, "civil")
            )
            db.session.commit()
        eventually(lambda: 404 in removed.statuses)
        took = time.monotonic() - began
        assert took < 2 * (2 + SOONEST_AGAIN), took
        assert {*same_person.statuses, *stays.statuses} == {200}


def lose_connections(app: Flask) -> None:
    """As when PostgreSQL is started anew."""
    with app.app_context():
        db.session.execute(OTHERS)
        db.session.commit()


@one_database
def test_a_restart_in_mid_session_loses_nothing_and_clients_come_back_by_themselves(
    demonstration: Copies, tmp_path: Path
) -> None:
    with demonstration() as app:
        url, port, own = address_of(app), free_port(), cookie(app, "observer")
        server = start(url, tmp_path, port)
        wait_for(port)
        with Reader(f"http://127.0.0.1:{port}", own) as reader, Reader(f"http://127.0.0.1:{port}", own) as other:
            numbers = said(app, 1)
            eventually(lambda: reader.numbers == numbers == other.numbers)
            for kind in (signal.SIGTERM, signal.SIGKILL):
                os.killpg(server.pid, kind) if kind is signal.SIGKILL else server.terminate()
                assert stop(server) < 3, "the open streams held it up"
                with ThreadPoolExecutor(1) as meanwhile:
                    missed = meanwhile.submit(said, app, 2)
                    server = start(url, tmp_path, port)
                    numbers += missed.result()
                wait_for(port)
                eventually(lambda heard=numbers: reader.numbers == heard == other.numbers)
            numbers += said(app, 1)
            eventually(lambda: reader.numbers == numbers == other.numbers)
            assert {*reader.statuses, *other.statuses} == {200}
            server.terminate()
            stop(server)

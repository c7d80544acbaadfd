"""Killing a process with SIGKILL while it consolidates, again and again, and looking at what it left.

`python -m tests.killing` makes a demonstration of its own and kills until 200 consolidations were made. The processes
are forks of this one, which never opens the database while they run.
"""

import argparse
import json
import mmap
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.orm import Session

from app.domain.edits import ReplaceWords
from app.domain.events import first_broken_link
from app.domain.lifecycle import OPEN, State
from app.services import issuing, proposing, revoking, writing
from app.services.choosing import Choice
from app.store import amendments, versions
from app.store.amendments import AmendmentRow, EditRow
from app.store.benches import Bench
from app.store.comments import Comment
from app.store.db import db
from app.store.drafts import ClauseText, Draft
from app.store.memberships import enter_to_write, find_draft
from app.store.users import by_name
from tests.conftest import application, migrate
from tests.product import SLUG, chain_in

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ADDRESS = "art_14__para_1"
OF_THE_DEMONSTRATION = 15
READY, WRITING, ROUNDS = 0, 1, 8
"""Where in the memory shared with a fork it says that it has begun, that a transaction which writes is open, and how
many versions it has made."""


@dataclass
class Report:
    """`inside`: how many kills fell while a transaction that writes was open. `versions` were made in all."""

    kills: int = 0
    inside: int = 0
    versions: int = 0
    wrong: list[str] = field(default_factory=list)


def kill_often(app: Flask, *, seed: int, enough: Callable[[Report], bool], longest: float = 0.4) -> Report:
    """Start a process that consolidates, kill it after at most `longest` seconds, look; until that is enough. On a
    slow machine the processes live longer, until one of them has made a version."""
    chance, report = random.Random(seed), Report()  # noqa: S311  (a seeded choice of moments)
    with app.app_context():
        db.engine.dispose()
    while not enough(report) and not report.wrong:
        patience = 1 if report.versions else 1 + report.kills / 8
        report.inside += _kill_one(app, chance.randrange(1_000_000), chance.uniform(0, longest * patience))
        report.kills += 1
        with app.app_context():
            _settle(db.session)
            report.wrong += wrong_in(db.session)
            report.versions = versions.latest_number(db.session, find_draft(db.session, SLUG).id) - 1
            db.session.remove()
            db.engine.dispose()
    return report


def _kill_one(app: Flask, seed: int, seconds: float) -> bool:
    """Whether the process was killed while a transaction that writes was open."""
    shared = mmap.mmap(-1, 16)
    child = os.fork()
    if child == 0:
        try:
            _consolidate_for_ever(app, random.Random(seed), shared)  # noqa: S311
        finally:
            os._exit(1)
    while not shared[READY] and os.waitpid(child, os.WNOHANG) == (0, 0):
        time.sleep(0.001)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise AssertionError("the process that consolidates ended by itself")
    return bool(shared[WRITING])


def _consolidate_for_ever(app: Flask, chance: random.Random, shared: mmap.mmap) -> None:
    with app.app_context():
        _tell(db.engine, shared)
        session: Session = db.session
        facilitator = by_name(session, "facilitator")
        assert facilitator is not None
        parent = os.getppid()
        while os.getppid() == parent:  # nobody consolidates for ever whom nobody will kill
            shared[READY] = 1
            _round(session, facilitator.id, chance)
            session.expire_all()


def _tell(engine: Engine, shared: mmap.mmap) -> None:
    """Note in the shared memory when a transaction writes for the first time, and when it has ended."""

    def wrote(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            shared[WRITING] = 1

    def ended(*_anything: Any) -> None:
        shared[WRITING] = 0

    event.listen(engine, "before_cursor_execute", wrote)
    event.listen(engine, "checkin", ended)  # a commit itself is inside, what follows it is not


def _round(session: Session, person: int, chance: random.Random) -> None:
    """Propose one change, unless one is on the table, then issue it; sometimes take the latest version back instead."""
    draft = find_draft(session, SLUG)
    latest = versions.latest_number(session, draft.id)
    if latest > 1 and chance.random() < 0.25:
        revoking.revoke(
            session, slug=SLUG, version=latest, reason="Wrong.", expected_version=latest, user_id=person, now=NOW
        )
        return
    rows = amendments.all_of(session, draft.id)
    waiting = [row.number for row in rows if row.number > OF_THE_DEMONSTRATION and _fits(row, latest)]
    chosen = waiting or [_propose(session, person, latest)]
    issuing.issue(
        session, slug=SLUG, choice=Choice(frozenset(chosen), {}), expected_version=latest, message="", user_id=person,
        now=NOW,
    )  # fmt: skip


def _fits(row: AmendmentRow, latest: int) -> bool:
    return State(row.state) in OPEN and row.base_version == latest and row.carried != "incorporated"


def _propose(session: Session, person: int, latest: int) -> int:
    """One word for another, to and fro."""
    entry = enter_to_write(session, SLUG, person)
    clauses = versions.clauses_of(session, entry.draft.id, entry.draft.language, latest)
    clause = next(one for one in clauses if one.clause.address == ADDRESS)
    old, new = ("sealed", "locked") if "sealed" in clause.clause.body else ("locked", "sealed")
    edit = ReplaceWords(clause.id, clause.clause.body.index(old), old, new)
    return proposing.submit(session, entry, (edit,), latest, "", "A reason.", NOW)


def wrong_in(session: Session) -> list[str]:
    """What is not whole in the database; empty when everything is."""
    draft = find_draft(session, SLUG)
    return [
        *(f"text: {said}" for said in _texts(session, draft)),
        *(f"record: {said}" for said in _record(session, draft)),
        *(f"amendment: {said}" for said in _amendments(session, draft)),
        *(f"bench: {said}" for said in _benches(session, draft)),
        *(f"search: {said}" for said in _index(session)),
    ]


def _settle(session: Session) -> None:
    """PostgreSQL notices a moment later that who wrote is gone."""
    if session.get_bind().dialect.name != "postgresql":
        return
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND state <> 'idle'"
    )
    until = time.monotonic() + 5
    while session.scalar(others) and time.monotonic() < until:
        session.rollback()
        time.sleep(0.01)
    session.rollback()


def _texts(session: Session, draft: Draft) -> list[str]:
    """The newest two versions read as their fingerprints say; there are no others than those numbered through."""
    numbers = [head.version.number for head in versions.heads(session, draft)]
    if numbers != list(range(len(numbers), 0, -1)):
        return [f"versions {numbers}"]
    found = []
    for number in numbers[:2]:
        data = writing.markdown(session, slug=SLUG, number=number)
        kept = versions.text(session, versions.find(session, draft, number).id, draft.language)
        if (sha256(data).hexdigest(), len(data)) != (kept.sha256, kept.byte_count):
            found.append(f"version {number} is not what it says it is")
    beyond = select(func.count()).where(ClauseText.draft_id == draft.id, ClauseText.first_version > numbers[0])
    return [*found, *(["texts of a version that is not there"] if session.scalar(beyond) else [])]


MAKING = ("version_issued", "version_imported", "version_revoked")


def _record(session: Session, draft: Draft) -> list[str]:
    broken = first_broken_link(chain_in(session, SLUG))
    if broken is not None:
        return [f"the chain is broken at {broken.number}"]
    made = [one.facts["version"] for one in chain_in(session, SLUG) if one.kind in MAKING]
    latest = versions.latest_number(session, draft.id)
    return [] if made[-1:] == [latest] else [f"version {latest} has no event"]


def _amendments(session: Session, draft: Draft) -> list[str]:
    """Every amendment stands as the newest version's event says, and has edits for the version it starts from."""
    latest = versions.latest_number(session, draft.id)
    last = next(one for one in reversed(chain_in(session, SLUG)) if one.kind in MAKING)
    rows = {amendments.key_of(row.number): row for row in amendments.all_of(session, draft.id)}
    fates = {key: "taken_up" if fate == "bracketed" else fate for key, fate in last.facts.get("fates", {}).items()}
    carried = last.facts["carried"]
    having = {tuple(one) for one in session.execute(select(EditRow.amendment_id, EditRow.base_version).distinct())}
    found = [f"{key} is {rows[key].state}, not {fate}" for key, fate in fates.items() if rows[key].state != fate]
    found += [f"{key} is {rows[key].carried}" for key, how in carried.items() if rows[key].carried != how]
    found += [f"{key} has no edits" for key, row in rows.items() if (row.id, row.base_version) not in having]
    behind = (
        key for key, row in rows.items()
        if State(row.state) in OPEN and row.base_version != latest and row.carried not in ("needs_author", "incorporated")
    )  # fmt: skip
    return [*found, *(f"{key} stayed behind" for key in behind)]


def _benches(session: Session, draft: Draft) -> list[str]:
    latest = versions.latest_number(session, draft.id)
    rows = session.scalars(select(Bench).where(Bench.draft_id == draft.id)).all()
    return [f"{row.id}" for row in rows if max(row.base_version, row.issued_version or 0) > latest]


def _index(session: Session) -> list[str]:
    """Every text, comment and amendment that was sent is in the index of words as it reads, and nothing else is."""
    laws = session.scalars(select(ClauseText).where(ClauseText.kind != "front_matter", ClauseText.body != ""))
    wanted = {one.id * 4: one.body for one in laws}
    wanted |= {one.id * 4 + 1: one.body for one in session.scalars(select(Comment)) if one.withdrawn_at is None}
    for draft in session.scalars(select(Draft)).all():
        edits: dict[int, list[str]] = {}
        asked = select(EditRow, AmendmentRow.id).join(AmendmentRow).where(
            AmendmentRow.draft_id == draft.id,
            AmendmentRow.base_version == EditRow.base_version,
        )  # fmt: skip
        for row, amendment_id in session.execute(asked.order_by(EditRow.amendment_id, EditRow.ordinal)):
            edits.setdefault(amendment_id, []).append(row.new)
        sent = (one for one in amendments.all_of(session, draft.id) if State(one.state) is not State.DRAFT)
        for one in sent:
            wanted[one.id * 4 + 2] = "\n".join([one.title, one.rationale, "\n".join(edits.get(one.id, ()))])
    sqlite = session.get_bind().dialect.name == "sqlite"
    tables = [("rowid", "search_stemmed"), ("rowid", "search_plain")] if sqlite else [("id", "search_entries")]
    held: dict[int, str] = {}
    for key, name in tables:
        held |= dict(session.execute(text(f"SELECT {key}, words FROM {name}")).all())  # noqa: S608
    differing = sorted(id for id in wanted.keys() | held.keys() if wanted.get(id) != held.get(id))
    return [f"{len(differing)} entries are stale: {differing[:3]}"] if differing else []


def main() -> int:
    """Kill until enough versions were made; the report as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--url", help="a database with the demonstration; one is made without it")
    arguments.add_argument("--kills", type=int, default=0, help="stop after so many kills")
    arguments.add_argument("--versions", type=int, default=200, help="or after so many consolidations")
    arguments.add_argument("--seed", type=int, default=5)
    arguments.add_argument("--longest", type=float, default=0.4, help="seconds a process may live at most")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="kelishim-killed-") as folder:
        app = _application(given.url, Path(folder))
        report = kill_often(app, seed=given.seed, longest=given.longest, enough=_enough(given.kills, given.versions))
    print(json.dumps(asdict(report)))  # noqa: T201
    return 1 if report.wrong else 0


def _enough(kills: int, made: int) -> Callable[[Report], bool]:
    """So many versions; or so many kills, one of them inside a transaction and a version made, ten times as many at
    the most."""
    if not kills:
        return lambda so_far: so_far.versions >= made
    return lambda so_far: so_far.kills >= (kills if so_far.inside and so_far.versions else 10 * kills)


def _application(url: str | None, folder: Path) -> Flask:
    if url:
        return application(url, folder)
    url = f"sqlite:///{folder / 'killed.sqlite'}"
    migrate(url, folder)
    app = application(url, folder)
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output
    return app


if __name__ == "__main__":
    sys.exit(main())

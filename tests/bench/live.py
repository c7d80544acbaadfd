"""Live readers of the demonstration: how long an event takes to all of them, what they cost the server and other pages.

Everything is on one machine and its loopback: two servers' processes, the readers, and who writes.
"""

import asyncio
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, insert, select

from app.store.db import db
from app.store.memberships import find_draft
from app.store.users import Membership, User
from config import ROOT
from tests.bench.measuring import Row
from tests.bench.people import sessions_of
from tests.conftest import application, demonstrate
from tests.live.listening import free_port, start, stop, wait_for
from tests.product import LAW, SLUG, clause_ids, signed_in

READERS, IDLE, EVENTS, PAGES, WORKERS = 300, 2_000, 25, 60, 2
PATIENCE = 60.0
AT_ONCE = 50  # how many open their streams in the same moment


class Reader:
    """One who listens; when each event came, by its number."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self.came: dict[int, float] = {}
        self.here = asyncio.Event()

    async def listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=4096)
        writer.write(f"GET {LAW}/live HTTP/1.1\r\nHost: here\r\nCookie: {self._cookie}\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"event: here"):
                    self.here.set()
                elif line.startswith(b"id: ") and self.here.is_set():
                    self.came[int(line[4:])] = time.perf_counter()
        finally:
            writer.close()


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int

    def size(self) -> tuple[float, int]:
        """Megabytes and threads of its processes together."""
        pids = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        facts = [
            dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines()) for pid in pids
        ]
        workers = [
            one for one in facts if int(one["VmRSS"].split()[0]) > 40_000
        ]  # others only keep count of semaphores
        return sum(int(one["VmRSS"].split()[0]) for one in workers) / 1024, sum(int(one["Threads"]) for one in workers)


def rows() -> Iterator[Row]:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder:
        app = application(f"sqlite:///{folder}/bench.sqlite", Path(folder))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
        demonstrate(app)
        cookies, port = cookies_of(app, IDLE), free_port()
        more = ("--workers", str(WORKERS), "--backlog", "4096", "--backpressure", "4096")
        process = start(f"sqlite:///{folder}/bench.sqlite", Path(folder), port, *more)
        try:
            wait_for(port)
            yield from asyncio.run(measured(app, Server(port, process.pid), cookies))
        finally:
            process.terminate()
            stop(process)
            with app.app_context():
                db.engine.dispose()


def cookies_of(app: Flask, count: int) -> list[str]:
    """So many observers of the law, signed in without a form."""
    now = datetime.now(UTC)
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        people = [
            {"name": f"reader {at}", "full_name": f"Reader {at}", "password_hash": "", "created_at": now}
            for at in range(count)
        ]
        db.session.execute(insert(User), people)
        ids = list(db.session.scalars(select(User.id).where(User.name.startswith("reader "))))
        rows = [
            {"draft_id": draft.id, "user_id": one, "role": "observer", "part": "head", "created_at": now} for one in ids
        ]
        db.session.execute(insert(Membership), rows)
        db.session.commit()
    return [f"session={one}" for one in sessions_of(app, ids)]


async def measured(app: Flask, server: Server, cookies: Sequence[str]) -> list[Row]:
    page = lambda: pages(server.port, cookies[0])  # noqa: E731
    pages(server.port, cookies[0])  # what is kept is kept then
    alone = await asyncio.to_thread(page)
    before = server.size()
    readers, tasks = await opened(server.port, cookies[:READERS])
    with_them = server.size()
    taken = await told(app, readers, EVENTS)
    looking = asyncio.ensure_future(asyncio.to_thread(page))
    while not looking.done():
        await told(app, readers, 1)
        await asyncio.sleep(0.2)
    beside = await looking
    after = server.size()
    idle, more = await opened(server.port, cookies[READERS:])
    await asyncio.sleep(5)
    full = server.size()
    late = await told(app, [*readers, *idle], 3)
    for task in (*tasks, *more):
        task.cancel()
    await asyncio.gather(*tasks, *more, return_exceptions=True)
    return [
        Row(f"an event to {READERS} live readers, p95 of {EVENTS}", p95(taken), "one second", 1.0, 1,
            f"median {statistics.median(taken) * 1000:.0f} ms, longest {max(taken) * 1000:.0f} ms; server {before[0]:.0f} → "
            f"{with_them[0]:.0f} → {after[0]:.0f} MB, {before[1]} → {with_them[1]} → {after[1]} threads"),
        Row(f"the reading view meanwhile, p95 of {len(beside)}", p95(beside), "without readers", p95(alone), 2,
            f"medians {statistics.median(beside) * 1000:.0f} and {statistics.median(alone) * 1000:.0f} ms"),
        Row(f"an event to {len(readers) + len(idle):,} readers who were held, p95 of 3", p95(late), "one second", 1.0, 1,
            f"server {full[0]:.0f} MB, {(full[0] - after[0]) * 1024 / len(idle):.0f} KB a reader, {full[1]} threads"),
    ]  # fmt: skip


async def opened(port: int, cookies: Sequence[str]) -> tuple[list[Reader], list["asyncio.Task[None]"]]:
    readers = [Reader(port, cookie) for cookie in cookies]
    tasks = []
    for at in range(0, len(readers), AT_ONCE):
        some = readers[at : at + AT_ONCE]
        tasks += [asyncio.ensure_future(reader.listen()) for reader in some]
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(reader.here.wait() for reader in some))
    return readers, tasks


async def told(app: Flask, readers: Sequence[Reader], count: int) -> list[float]:
    """Remarks one after the other: the seconds from each commit until it came to each reader."""
    taken = []
    for _ in range(count):
        seen = {number for reader in readers[:1] for number in reader.came}
        committed = await asyncio.to_thread(remark, app)
        async with asyncio.timeout(PATIENCE):
            while not all(reader.came.keys() - seen for reader in readers):
                await asyncio.sleep(0.005)
        taken += [max(reader.came.values()) - committed for reader in readers]
    return taken


def remark(app: Flask) -> float:
    """Civil society says something; the moment in which it was committed."""
    moments: list[float] = []
    note = lambda _connection: moments.append(time.perf_counter())  # noqa: E731
    client, clause = signed_in(app, "civil"), clause_ids(app)["art_13__para_1"]
    with app.app_context():
        engine = db.engine
    event.listen(engine, "commit", note)
    try:
        assert client.post(f"{LAW}/clauses/{clause}/comments", data={"body": "A remark."}).status_code == 303
    finally:
        event.remove(engine, "commit", note)
    return moments[-1]


def pages(port: int, cookie: str) -> list[float]:
    """The seconds that the reading view takes, asked for again and again."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    taken = []
    for _ in range(PAGES):
        began = time.perf_counter()
        connection.request("GET", LAW, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        taken.append(time.perf_counter() - began)
    connection.close()
    return taken


def p95(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]

"""People at work on a server, each on a connection of their own: they act, look at the page for a while, act again."""

import asyncio
import random
import re
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from app.services import signing_in
from app.store.db import db

TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
BEGINNING = 1 << 16  # bytes
SLOWEST = 60.0  # seconds, after which an answer counts as an error


def sessions_of(app: Flask, ids: Sequence[int]) -> list[str]:
    """What the browsers of these people hold once they have signed in, without a form."""
    signing = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signing is not None
    now = datetime.now(UTC)
    with app.app_context():
        begun = [signing_in.begin(db.session, user_id=one, method="password", device="", now=now) for one in ids]  # type: ignore[arg-type]
    return [str(signing.dumps({"_user_id": token, "_fresh": True})) for token in begun]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does: `kind` is reading, searching or writing; of hundred acts `share` are this."""

    name: str
    kind: str
    share: int
    path: Callable[[random.Random], str]
    form: Callable[[random.Random], dict[str, str]] | None = None


@dataclass(slots=True)
class Told:
    """What was measured: seconds to the last byte by kind and by act, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    count: int = 0

    def percentile(self, name: str, share: float) -> float:
        found = sorted(self.seconds.get(name, [0.0]))
        return found[min(len(found) - 1, int(len(found) * share))]


@dataclass(slots=True)
class Answer:
    status: int
    cookies: list[str]
    body: bytes
    packed: bool

    def beginning(self) -> bytes:
        """As much of it as holds the token of its forms, which stands in the head of every page."""
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(self.body, BEGINNING) if self.packed else self.body


class Person:
    """One browser: a connection that is kept, cookies, and the token of its forms."""

    def __init__(self, port: int, session: str, seed: int) -> None:
        self._port, self._cookies = port, {"session": session}
        self.choose = random.Random(seed)  # noqa: S311
        self.token = ""
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def work(self, acts: Sequence[Act], think: float, until: float, told: Told) -> None:
        """Act after act, with pauses that are `think` seconds long in the mean, until the clock says so."""
        await asyncio.sleep(self.choose.random() * think)
        while time.perf_counter() < until:
            (act,) = self.choose.choices(acts, [one.share for one in acts])
            await self._act(act, told)
            await asyncio.sleep(self.choose.expovariate(1 / think))
        self.leave()

    async def _act(self, act: Act, told: Told) -> None:
        form = act.form(self.choose) if act.form else None
        start = time.perf_counter()
        try:
            answer = await asyncio.wait_for(self.ask(act.path(self.choose), form), SLOWEST)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            told.errors.append(f"{act.name}: {type(error).__name__}")
            self.leave()
            return
        taken = time.perf_counter() - start
        told.count += 1
        for name in (act.kind, act.name):
            told.seconds.setdefault(name, []).append(taken)
        if answer.status != (303 if form is not None else 200):
            told.errors.append(f"{act.name}: {answer.status}")

    async def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """One request to the last byte of its answer (RFC 9112)."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        body = urlencode({"csrf_token": self.token, **form}).encode() if form is not None else b""
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        head = [
            f"{'POST' if form is not None else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {cookies}",
            "Accept: text/html", "Accept-Encoding: gzip", "Accept-Language: en", f"Content-Length: {len(body)}",
        ]  # fmt: skip
        if form is not None:
            head.append("Content-Type: application/x-www-form-urlencoded")
        sent = "\r\n".join([*head, "", ""]).encode() + body
        self._writer.write(sent)
        try:
            answer = await self._read()
        except ConnectionError:
            if form is not None:
                raise
            self.leave()  # the server had closed what was idle
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
            self._writer.write(sent)
            answer = await self._read()
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if found := TOKEN.search(answer.beginning()):
            self.token = found.group(1).decode()
        return answer

    async def _read(self) -> Answer:
        assert self._reader is not None
        line = await self._reader.readline()
        if not line:
            raise ConnectionResetError
        status = int(line.split()[1])
        fields: list[tuple[str, str]] = []
        while said := (await self._reader.readline()).decode("latin-1").strip():
            name, _, value = said.partition(":")
            fields.append((name.lower(), value.strip()))
        known = dict(fields)
        if known.get("transfer-encoding") == "chunked":
            body = await self._chunks()
        else:
            body = await self._reader.readexactly(int(known.get("content-length", 0)))
        if known.get("connection") == "close":
            self.leave()
        return Answer(
            status, [value for name, value in fields if name == "set-cookie"], body, "content-encoding" in known
        )

    async def _chunks(self) -> bytes:
        assert self._reader is not None
        parts = []
        while size := int((await self._reader.readline()).split(b";")[0], 16):
            parts.append(await self._reader.readexactly(size))
            await self._reader.readline()
        await self._reader.readline()
        return b"".join(parts)

    def leave(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

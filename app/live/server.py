"""The application as an ASGI server runs it: pages in threads, streams in the event loop.

An open stream holds a queue and a socket, no thread. Who may open one is decided by the page behind its address, as
everywhere: the view answers with what was missed, and where it says that the answer goes on, it goes on here.
"""

import asyncio
import gc
import secrets
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any
from urllib.parse import quote_from_bytes

from a2wsgi import WSGIMiddleware
from flask import Flask

from app.letters import digests
from app.live.bodies import Bodies, Left
from app.live.ears import ears_for
from app.live.here import keep_presence
from app.live.hub import Hub
from app.live.sender import Sender
from app.live.turns import Turns
from app.live.worker import Worker
from app.services import attempting, consulting, jobs_running, live, presence, sending
from app.services.live import Gain
from app.services.presence import Hearer
from app.store.db import db
from app.store.failing import UNUSABLE
from app.store.traffic import WINDOW
from app.web import counting, first_run, traffic
from app.web.context import now
from app.web.jobs import CALLED
from app.web.live import GOES_ON, told

THREADS = 8
"""How many pages a process makes at once: fewer than the pool of a database has connections."""
SILENCE_SECONDS = 20.0
"""After this long a word is sent that tells nothing, so that nobody on the way closes the stream and a browser whose
line was cut notices that it hears nothing."""
STILL = b"event: still\ndata: 1\n\n"
ENDED = b"event: ended\ndata: 1\n\n"
"""To whoever may not listen any more, so that the page does not stay open."""
LASTS_SECONDS, SPREAD_SECONDS = 15 * 60, 5 * 60
"""Then a stream ends and the browser asks for another: so nobody listens for long who is gone without a word."""
FORGET_SECONDS = 3600.0
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))

COLLECTED = 5_000, 50, 1_000
"""How many objects are made before the youngest are looked through; how many times, before the next generation is. Of
the youngest few at a time: what pages leave behind refers to itself, a thousand objects each, and to free a hundred
thousand at once takes the time of five pages."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes on: a draft, the event that was told last, to whom and by which sign-in."""

    draft_id: int
    reached: int
    person: int
    sign_in: int


class Server:
    """An ASGI application around a Flask one."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._pages = WSGIMiddleware(Turns(app), workers=THREADS)  # type: ignore[arg-type]
        self._bodies = Bodies(app.config["MAX_CONTENT_LENGTH"])
        self._hub: Hub | None = None
        self._presence: asyncio.Task[None] | None = None
        self._worker = Worker(self._is_file_waited_for)
        self._sender = Sender((self._write_letters, self._send_letters))
        self._forgetter = Sender((self._forget,), FORGET_SECONDS, "forgetting")
        self._traffic = Sender((self._forget_traffic,), WINDOW, "traffic")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        async def received() -> Message:  # the servers' own may be any awaitable; the threads need a coroutine
            return await receive()

        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        scope["query_string"] = quote_from_bytes(scope["query_string"], safe=PRINTABLE).encode()  # as browsers send it
        scope["headers"] = [one for one in scope["headers"] if b"_" not in one[0]]  # WSGI takes them for those with "-"
        try:
            whole, give = await self._bodies.taken(scope, received)
        except Left:
            return
        if scope["method"] == "GET" and scope["path"].endswith("/live"):
            await self._stream(whole, give, send)
        else:
            await self._pages(whole, give, send)  # type: ignore[arg-type]

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        _allow_many_files()
        _collect_seldom()
        self._worker.start()
        if sending.is_possible(self._app.config["MAIL"]):
            self._sender.start()
        self._forgetter.start()
        self._traffic.start()
        self._app.extensions[CALLED] = self._worker.call
        first_run.announce(self._app)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self._hub is not None:
            self._hub.stop()
        if self._presence is not None:
            self._presence.cancel()
        self._worker.stop()
        self._sender.stop()
        self._forgetter.stop()
        self._traffic.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _stream(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let the page answer; if the answer goes on, go on until the reader leaves."""
        answer: list[Message] = []

        async def kept(message: Message) -> None:
            answer.append(message)

        await self._pages({**scope, GOES_ON: True}, receive, kept)  # type: ignore[arg-type]
        place = _goes_on(answer[0])
        if place is None:
            for message in answer:
                await send(message)
            return
        await send(answer[0])
        words = b"".join(message["body"] for message in answer[1:])
        await send({"type": "http.response.body", "body": words, "more_body": True})
        leaving = asyncio.ensure_future(_left(receive))
        telling = asyncio.ensure_future(self._tell(place, send))
        with counting.open_stream(self._app):
            await asyncio.wait((leaving, telling), return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        telling.cancel()
        await asyncio.gather(leaving, telling, return_exceptions=True)

    async def _tell(self, place: Place, send: Send) -> None:
        lasting = LASTS_SECONDS + secrets.randbelow(SPREAD_SECONDS)
        stream = self._running().hear(
            place.draft_id, place.person, place.reached, sign_in=place.sign_in, pause=SILENCE_SECONDS, lasting=lasting
        )
        async with aclosing(stream) as gains:
            async for gain in gains:
                words = STILL if gain is None else "".join(told(one, place.person) for one in gain.news).encode()
                if words:
                    await send({"type": "http.response.body", "body": words, "more_body": True})
        await send({"type": "http.response.body", "body": b"" if await self._may_return(place) else ENDED})

    async def _may_return(self, place: Place) -> bool:
        """Whether the browser will find the draft when it comes back; while the server ends, nobody asks."""
        hearer = (place.draft_id, place.person, place.sign_in)
        try:
            return self._running().is_stopped or bool(await asyncio.to_thread(self._allowed, {hearer}))
        except UNUSABLE:  # asked again when the browser comes back
            return True

    def _running(self) -> Hub:
        """The hub of this process, from the first stream on."""
        if self._hub is None:
            with self._app.app_context():
                engine = db.engine
            self._hub = Hub(self._read, lambda: ears_for(engine), self._allowed)
            _when_told_to_end(self._hub.stop)
            self._presence = asyncio.ensure_future(keep_presence(self._hub, self._keep))
        return self._hub

    def _read(self, seen: Any) -> dict[int, Gain]:
        with self._app.app_context():
            return live.news_of(db.session(), seen)

    def _is_file_waited_for(self) -> bool:
        with self._app.app_context():
            return jobs_running.is_any_waiting(db.session(), now())

    def _write_letters(self) -> None:
        with self._app.app_context():
            digests.put_all(db.session())

    def _send_letters(self) -> None:
        config = self._app.config
        with self._app.app_context():
            if sending.is_any_due(db.session(), now()):
                sending.send_all(db.session(), config["MAIL"], config["SECRET_KEY"], now)

    def _forget(self) -> None:
        """Nothing that was kept of people for a while is kept longer, whether anybody comes by or not."""
        with self._app.app_context():
            consulting.forget(db.session(), now=now())
            attempting.forget(db.session(), now=now())

    def _forget_traffic(self) -> None:
        traffic.forget(self._app)

    def _keep(self, **listeners: Any) -> None:
        with self._app.app_context():
            presence.keep(db.session(), **listeners)

    def _allowed(self, hearers: Any) -> set[Hearer]:
        with self._app.app_context():
            return presence.allowed(db.session(), hearers, now())


def _collect_seldom() -> None:
    """Texts of laws are kept as hundreds of thousands of objects, and each time the interpreter looks through all of
    them for what nobody holds, every page waits: for a large code of law half a second."""
    gc.freeze()
    gc.set_threshold(*COLLECTED)


def _allow_many_files() -> None:
    """An open stream is an open file: as many as this process may give itself."""
    with suppress(ImportError, ValueError, OSError):  # where there is no such limit, or it is kept from above
        import resource  # noqa: PLC0415  (Windows has none)

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _when_told_to_end(deed: Callable[[], None]) -> None:
    """Servers wait for open answers before they end, and then say so: streams must know before."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for kind in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(kind)

        def ending(number: int, frame: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(deed)
            if callable(before):
                before(number, frame)

        signal.signal(kind, ending)


def _goes_on(start: Message) -> Place | None:
    """From where an answer goes on, if it does. The header that says so does not leave the house."""
    name = GOES_ON.encode()
    said = next((value for key, value in start["headers"] if key == name), None)
    if said is None:
        return None
    start["headers"] = [(key, value) for key, value in start["headers"] if key not in (name, b"content-length")]
    return Place(*map(int, said.split()))


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

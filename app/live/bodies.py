"""What is sent with a request, taken in before a page is made: in the event loop, at the speed of whoever sends it.

A page holds a thread. If it read from a slow line itself, a few slow senders would keep all threads from everybody
else. A body that does not say how long it is (chunked, RFC 9112, 7.1) is cut off at the limit all the same; what is
large waits on the disk, and only a few large ones are taken in at once.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from app.web.limits import TOO_SLOW

SMALL = 256 * 1024
"""Bytes that are kept in memory: every form that is typed by hand."""
LARGE_AT_ONCE = 8
HEARD_OUT = 4
"""Of what is too large, so many times the limit is heard and thrown away: browsers show no answer before they are done.
What is larger still is cut off."""
SECONDS, SECONDS_EACH_MEGABYTE = 60, 20
"""In which a body is to arrive: a slow line is no crime (half a megabit in a second will do)."""
PIECE = 64 * 1024
LENGTHS = (b"content-length", b"transfer-encoding")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]


class TooLarge(Exception):
    """It goes on where it should have ended."""


class Left(Exception):
    """Whoever sent it went away in the middle: what came of it is not what was meant."""


class Bodies:
    """Takes in the bodies of a process; none is longer than `most` bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._large = most, asyncio.Semaphore(LARGE_AT_ONCE)
        self._seconds = SECONDS + SECONDS_EACH_MEGABYTE * most / 2**20

    async def taken(self, scope: Message, receive: Receive) -> tuple[Message, Receive]:
        """The request with all of its body, of the length that it has. If it was too long or too slow, without one:
        then it says that it is longer than may be, or TOO_SLOW, and is answered by the page that refuses it.
        Raises Left."""
        said = _length(scope)
        if said == 0 or (said is None and not _may_follow(scope)):
            return scope, receive
        kept: IO[bytes] = SpooledTemporaryFile(SMALL)  # noqa: SIM115  (it is read after this)
        try:
            async with asyncio.timeout(self._seconds):
                length = await self._take_in(kept, receive, said)
        except TimeoutError:
            kept.close()
            return {**_with_length(scope, 0), TOO_SLOW: True}, _nothing
        except TooLarge:
            kept.close()
            return _with_length(scope, self._most + 1), _nothing
        except BaseException:
            kept.close()
            raise
        return _with_length(scope, length), Kept(kept, receive)

    async def _take_in(self, kept: IO[bytes], receive: Receive, said: int | None) -> int:
        """How many bytes there were. Raises TooLarge, Left."""
        if said is not None and said > HEARD_OUT * self._most:
            raise TooLarge
        length, is_large = 0, False
        try:
            async for piece in _pieces(receive):
                length += len(piece)
                if length > SMALL and not is_large:
                    is_large = await self._large.acquire()
                if length <= self._most:
                    kept.write(piece)
                elif length > HEARD_OUT * self._most:
                    raise TooLarge
        finally:
            if is_large:
                self._large.release()
        if length > self._most:
            raise TooLarge
        if said is not None and length < said:
            raise Left
        kept.seek(0)
        return length


class Kept:
    """Gives out a body that was taken in, and then what the server says."""

    def __init__(self, kept: IO[bytes], receive: Receive) -> None:
        self._kept: IO[bytes] | None = kept
        self._receive = receive

    async def __call__(self) -> Message:
        if self._kept is None:
            return await self._receive()
        piece = self._kept.read(PIECE)
        if len(piece) < PIECE:
            self._kept.close()
            self._kept = None
            return {"type": "http.request", "body": piece, "more_body": False}
        return {"type": "http.request", "body": piece, "more_body": True}


async def _pieces(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        yield message.get("body", b"")
        if not message.get("more_body"):
            return


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _length(scope: Message) -> int | None:
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(said) if said.isdigit() else None


def _may_follow(scope: Message) -> bool:
    """Whether there may be a body of which nothing is said: chunked, or by HTTP/2."""
    return scope["method"] not in ("GET", "HEAD", "OPTIONS") or any(
        name == b"transfer-encoding" for name, _ in scope["headers"]
    )


def _with_length(scope: Message, length: int) -> Message:
    others = [(name, value) for name, value in scope["headers"] if name not in LENGTHS]
    return {**scope, "headers": [*others, (b"content-length", str(length).encode())]}

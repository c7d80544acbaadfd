"""What is sent is taken in before a page is made: whole, of known length, never longer than the limit."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from app.live.bodies import Bodies, Left, Message
from app.web.limits import TOO_SLOW

MOST = 1000
CHUNKED = (b"transfer-encoding", b"chunked")


def sent(pieces: Sequence[bytes], *headers: tuple[bytes, bytes], method: str = "POST", leaves: bool = False) -> Any:
    """What the application is given: the length that is said, the body, and whether it was too slow; and how many
    pieces were listened to."""
    heard = 0

    async def receive() -> Message:
        nonlocal heard
        heard += 1
        if heard > len(pieces):
            return {"type": "http.disconnect"}
        is_last = heard == len(pieces) and not leaves
        return {"type": "http.request", "body": pieces[heard - 1], "more_body": not is_last}

    async def take() -> tuple[object, bytes, bool]:
        scope: Message = {"method": method, "headers": list(headers)}
        whole, give = await Bodies(MOST).taken(scope, receive)
        body, more = b"", True
        while more:
            message = await give()
            body, more = body + message.get("body", b""), bool(message.get("more_body"))
        return dict(whole["headers"]).get(b"content-length"), body, bool(whole.get(TOO_SLOW))

    return (*asyncio.run(take()), heard)


def length(number: int) -> tuple[bytes, bytes]:
    return (b"content-length", str(number).encode())


def test_a_body_is_given_out_as_it_came() -> None:
    assert sent([b"ab", b"c"], length(3)) == (b"3", b"abc", False, 2)
    assert sent([b"x" * MOST], length(MOST)) == (b"1000", b"x" * MOST, False, 1)


def test_a_body_of_unknown_length_gets_its_length() -> None:
    assert sent([b"ab", b"c"], CHUNKED) == (b"3", b"abc", False, 2)
    assert sent([b"abc"]) == (b"3", b"abc", False, 1)


def test_nothing_is_waited_for_where_nothing_is_sent() -> None:
    assert sent([b""], length(0)) == (b"0", b"", False, 1)
    assert sent([b""], method="GET") == (None, b"", False, 1)


def test_what_is_too_large_is_heard_out_for_a_while_and_given_to_nobody() -> None:
    assert sent([b"x" * 600] * 2, CHUNKED) == (b"1001", b"", False, 2)
    assert sent([b"x" * 600] * 100, CHUNKED) == (b"1001", b"", False, 7)
    assert sent([b"x" * 600] * 100, length(60_000)) == (b"1001", b"", False, 0)


def test_what_was_cut_off_is_no_request() -> None:
    for headers in ((length(10),), (CHUNKED,)):
        with pytest.raises(Left):
            sent([b"ab"], *headers, leaves=True)
    with pytest.raises(Left):
        sent([b"ab"], length(10))


def test_a_large_body_is_the_same_from_the_disk() -> None:
    body = bytes(range(256)) * 4000

    async def take() -> bytes:
        given = iter([body[:500_000], body[500_000:]])

        async def receive() -> Message:
            piece = next(given)
            return {"type": "http.request", "body": piece, "more_body": len(piece) == 500_000}

        _, give = await Bodies(2**20).taken({"method": "POST", "headers": [CHUNKED]}, receive)
        found, more = b"", True
        while more:
            message = await give()
            found, more = found + message["body"], message["more_body"]
        return found

    assert asyncio.run(take()) == body


def test_whoever_is_too_slow_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def receive() -> Message:
        await asyncio.sleep(60)
        raise AssertionError

    async def take() -> Message:
        bodies = Bodies(MOST)
        monkeypatch.setattr(bodies, "_seconds", 0.01)
        return (await bodies.taken({"method": "POST", "headers": [length(5)]}, receive))[0]

    assert asyncio.run(take()) == {"method": "POST", "headers": [length(0)], TOO_SLOW: True}

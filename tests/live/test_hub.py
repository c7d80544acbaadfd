"""The hub: every listener gets every event once and in order, however joining, reading and telling fall together."""

import asyncio
import random
import threading
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import aclosing
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.telling import Notice, Topic
from app.live.here import keep_presence
from app.live.hub import MOST_WAITING, Hub
from app.services.live import Gain, News

DRAFT, PERSON, PAUSE = 1, 7, 30.0


class Record:
    """The events of one draft as a database would give them; `slow` is how long a look at them takes at most."""

    def __init__(self, slow: float = 0.0) -> None:
        self.number, self.reads, self.ends = 0, 0, frozenset[int]()
        self.gone: set[tuple[int, int, int]] = set()  # who may not listen any more
        self._slow, self._new, self._lost = slow, threading.Event(), 0

    def add(self, count: int = 1) -> None:
        self.number += count
        self._new.set()

    def lose(self) -> None:
        """The connection breaks, and the next two cannot be opened."""
        self._lost = 3
        self._new.set()

    def read(self, seen: Mapping[int, int]) -> dict[int, Gain]:
        self.reads += 1
        until = self.number
        time.sleep(random.random() * self._slow)  # noqa: S311
        found = {}
        for draft_id, after in seen.items():
            numbers = range(after + 1, until + 1)
            if numbers:
                news = tuple(News(Notice(number, Topic.COMMENTS, "comment_made"), None) for number in numbers)
                found[draft_id] = Gain(draft_id, until, news, bool(self.ends & set(numbers)))
        return found

    def allowed(self, hearers: Collection[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
        return set(hearers) - self.gone

    def ears(self) -> "Record":
        self.wait(0)
        return self

    def wait(self, seconds: float) -> bool:
        heard = self._new.wait(seconds)
        self._new.clear()
        if self._lost:
            self._lost -= 1
            raise ConnectionError("the database was lost")
        return heard

    def close(self) -> None:
        pass


async def listen(
    hub: Hub, after: int, found: list[int], *, person: int = PERSON, sign_in: int = 0, lasting: float = 60.0
) -> None:
    async with aclosing(hub.hear(DRAFT, person, after, sign_in=sign_in, pause=PAUSE, lasting=lasting)) as gains:
        async for gain in gains:
            found.extend(one.notice.number for one in gain.news if gain) if gain else found.append(-1)


async def until(fact: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not fact():
            await asyncio.sleep(0.002)


def run(story: Callable[[Hub, Record], Awaitable[None]], record: Record | None = None) -> None:
    record = record or Record()

    async def told() -> None:
        hub = Hub(record.read, record.ears, record.allowed, again=0.02)
        try:
            await story(hub, record)
        finally:
            hub.stop()
            record.add(0)

    asyncio.run(told())


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from((0.0, 0.001, 0.004)), st.booleans()), max_size=12))
def test_each_event_is_told_once_and_in_order_whenever_one_joins(steps: list[tuple[int, float, bool]]) -> None:
    async def story(hub: Hub, record: Record) -> None:
        record.add(3)
        joined: list[tuple[int, list[int], asyncio.Task[None]]] = []
        for count, pause, joins in steps:
            if joins:
                after, found = max(0, record.number - count), list[int]()
                joined.append((after, found, asyncio.ensure_future(listen(hub, after, found))))
            record.add(count)
            await asyncio.sleep(pause)
        for after, found, _ in joined:
            await until(lambda after=after, found=found: len(found) >= record.number - after)
            assert found == list(range(after + 1, record.number + 1))
        hub.stop()
        await asyncio.gather(*(task for _, _, task in joined))

    run(story, Record(slow=0.004))


def test_the_record_is_read_once_however_many_listen() -> None:
    async def story(hub: Hub, record: Record) -> None:
        everybody = [list[int]() for _ in range(200)]
        tasks = [asyncio.ensure_future(listen(hub, 0, found, person=at)) for at, found in enumerate(everybody)]
        await until(lambda: len(hub.listening()) == 200)
        await asyncio.sleep(0.05)
        before = record.reads
        record.add()
        await until(lambda: all(found == [1] for found in everybody))
        assert record.reads - before <= 2
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert hub.listening() == set()

    run(story)


def test_a_database_that_was_lost_is_asked_again_and_nothing_is_missed() -> None:
    async def story(hub: Hub, record: Record) -> None:
        found: list[int] = []
        listening = asyncio.ensure_future(listen(hub, 0, found))
        await until(hub.listening)
        record.add()
        await until(lambda: found == [1])
        record.lose()
        record.add()
        await until(lambda: found == [1, 2])
        hub.stop()
        await listening

    run(story)


def test_those_who_may_not_listen_any_more_are_let_go_alone() -> None:
    async def story(hub: Hub, record: Record) -> None:
        gone, stays = list[int](), list[int]()
        first = asyncio.ensure_future(listen(hub, 0, gone, person=1, sign_in=10))
        second = asyncio.ensure_future(listen(hub, 0, stays, person=1, sign_in=11))
        await until(lambda: len(hub.hearers()) == 2)
        record.gone = {(DRAFT, 1, 10), (99, 1, 11)}
        record.add(0)  # something else is new: a sign-in ended, a member was removed
        async with asyncio.timeout(2):
            await first
        record.add()
        await until(lambda: stays == [1])
        assert (gone, hub.hearers()) == ([], {(DRAFT, 1, 11)})
        record.ends = frozenset({2})
        record.add()
        await second  # after such an event everybody is asked again
        assert stays == [1, 2]

    run(story)


def test_a_listener_who_does_not_take_what_is_told_is_let_go_and_comes_back_without_a_gap() -> None:
    async def story(hub: Hub, record: Record) -> None:
        found: list[int] = []
        async with aclosing(hub.hear(DRAFT, PERSON, 0, pause=PAUSE, lasting=60)) as gains:
            record.add()
            found.append((await anext(gains)).reached)  # type: ignore[union-attr]
            for _ in range(MOST_WAITING + 20):
                record.add()
                before = record.reads
                await until(lambda before=before: record.reads > before)
            await asyncio.sleep(0.05)
            assert [gain async for gain in gains] == []
        again = asyncio.ensure_future(listen(hub, found[-1], found))
        await until(lambda: found == list(range(1, record.number + 1)))
        hub.stop()
        await again

    run(story)


def test_a_stream_ends_by_itself_and_says_in_between_that_it_is_there() -> None:
    async def story(hub: Hub, record: Record) -> None:
        async with aclosing(hub.hear(DRAFT, PERSON, 0, pause=0.02, lasting=1.0)) as gains:
            assert {gain async for gain in gains} == {None}

    run(story)


class Book:
    """Who was written down."""

    def __init__(self) -> None:
        self.here: set[tuple[int, int]] = set()
        self.writes, self.fails = 0, 0

    def keep(self, *, here: set[tuple[int, int]], left: set[tuple[int, int]], before: datetime, now: datetime) -> None:
        assert before <= now
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the database is busy")
        self.writes += 1
        self.here = (self.here | here) - left


def test_who_comes_and_leaves_is_written_together_and_anew_each_minute() -> None:
    async def story(hub: Hub, record: Record) -> None:
        book = Book()
        book.fails = 1
        keeping = asyncio.ensure_future(keep_presence(hub, book.keep, soon=0.01, minute=0.2))  # type: ignore[arg-type]
        tasks = [asyncio.ensure_future(listen(hub, 0, [], person=person)) for person in (1, 1, 2)]
        await until(lambda: book.here == {(DRAFT, 1), (DRAFT, 2)})
        assert book.writes <= 2
        tasks[2].cancel()
        await until(lambda: book.here == {(DRAFT, 1)})
        book.here = set()  # as when it was forgotten
        await until(lambda: book.here == {(DRAFT, 1)})
        hub.stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        await until(lambda: book.here == set())
        keeping.cancel()

    run(story)

"""The one reader of the record in a process, and everybody who listens to it.

A thread waits until the database has something new and reads it once, however many listen. What it read is handed to
the event loop, where each listener has a queue of its own. Numbers of a draft's events are given under the draft's
lock, so they become visible in their order: whoever has joined misses nothing that comes after, and what came between
the page and the joining is read for them once. A notice with a number that was told already is not told again.
"""

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from app.live.ears import Ears
from app.live.outage import Outage
from app.services.live import Gain
from app.services.presence import Hearer, Listener

LOOK_SECONDS = 5.0  # the record is read this often even when nothing was heard
AGAIN_SECONDS, LONGEST_SECONDS = 2.0, 10.0  # after the database was lost: at first, and when it stays away
ASK_SECONDS = 0.5  # who may listen is asked no sooner again: whoever may not any more hears nothing a second later
MOST_WAITING = 100  # what may wait for one listener, whose line is then given up: they ask again from where they are

Read = Callable[[Mapping[int, int]], Mapping[int, Gain]]
"""What drafts gained since the events that were last seen of them."""
Allowed = Callable[[Collection[Hearer]], set[Hearer]]
"""Who of those who listen may still."""
Queue = asyncio.Queue[Gain | None]


@dataclass(slots=True)
class Channel:
    """Those who listen to one draft, each by a queue that None ends. `reached`: the last event that was read of it."""

    reached: int
    queues: dict[Queue, tuple[int, int]] = field(default_factory=dict)  # whose they are, and by which sign-in

    def tell(self, gain: Gain) -> None:
        self.reached = gain.reached
        for queue in self.queues:
            queue.put_nowait(gain)
            if gain.ends:
                queue.put_nowait(None)
            elif queue.qsize() > MOST_WAITING:
                _give_up(queue)

    def end(self, whose: Collection[tuple[int, int]] | None = None) -> None:
        """Let everybody go, or some."""
        for queue, of in self.queues.items():
            if whose is None or of in whose:
                queue.put_nowait(None)


class Hub:
    """Made in one event loop and used there. `ears` opens what the thread waits with; after a database was lost it is
    opened anew when `again` seconds have passed. Whenever something is new, who may listen is asked again: a member
    was removed perhaps, or a sign-in ended."""

    def __init__(
        self, read: Read, ears: Callable[[], Ears], allowed: Allowed | None = None, again: float = AGAIN_SECONDS
    ) -> None:
        self._read, self._ears, self._allowed, self._again = read, ears, allowed or set, again
        self._channels: dict[int, Channel] = {}  # replaced as a whole: the thread reads it too
        self._stopped = threading.Event()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, name="record", daemon=True).start()

    def stop(self) -> None:
        """Every listener is let go: a browser comes back by itself to whoever serves then."""
        self._stopped.set()
        for channel in self._channels.values():
            channel.end()

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def listening(self) -> set[Listener]:
        return {(draft_id, person) for draft_id, person, _ in self.hearers()}

    def hearers(self) -> set[Hearer]:
        channels = self._channels.items()
        return {(draft_id, *of) for draft_id, channel in channels for of in tuple(channel.queues.values())}

    def end(self, hearers: Collection[Hearer]) -> None:
        """Let some go: whether they may listen is asked when they come back."""
        for draft_id, channel in self._channels.items():
            channel.end({(person, sign_in) for of_draft, person, sign_in in hearers if of_draft == draft_id})

    async def hear(
        self, draft_id: int, person: int, after: int, *, sign_in: int = 0, pause: float, lasting: float
    ) -> AsyncGenerator[Gain | None]:
        """What a draft gains after an event, each once and in order; None whenever `pause` seconds passed in silence.
        Ends after `lasting` seconds, when the hub stops, or when who may listen must be asked again."""
        until = self._loop.time() + lasting
        with self._joined(draft_id, (person, sign_in), after) as (queue, missing):
            if missing:
                gain = (await asyncio.to_thread(self._read, {draft_id: after})).get(draft_id)
                if gain is not None:
                    self._tell(gain)  # what one finds is new to all who did not hear of it
                    yield gain
                    after = gain.reached
                    if gain.ends:
                        return
            while self._loop.time() < until:
                try:
                    async with asyncio.timeout(pause):
                        gain = await queue.get()
                except TimeoutError:
                    yield None
                    continue
                if gain is None:
                    return
                yield replace(gain, news=tuple(one for one in gain.news if one.notice.number > after))
                after = max(after, gain.reached)

    @contextmanager
    def _joined(self, draft_id: int, whose: tuple[int, int], after: int) -> Iterator[tuple[Queue, bool]]:
        """A queue of one's own, and whether something may be missing that no queue will bring."""
        channel = self._channels.get(draft_id)
        missing = channel is None or channel.reached > after
        if channel is None:
            channel = Channel(after)
            self._channels = {**self._channels, draft_id: channel}
        queue: Queue = asyncio.Queue()
        channel.queues[queue] = whose
        if self._stopped.is_set():
            queue.put_nowait(None)
        try:
            yield queue, missing
        finally:
            del channel.queues[queue]
            if not channel.queues:
                self._channels = {known: one for known, one in self._channels.items() if one is not channel}

    def _listen(self) -> None:
        """The thread. It begins anew when the database was lost."""
        outage = Outage("The record cannot be read for live updates", LONGEST_SECONDS)
        while not self._stopped.is_set():
            try:
                ears = self._ears()
                try:
                    asked = 0.0
                    while not self._stopped.is_set():
                        self._look()
                        outage.is_over()
                        if (rest := asked + ASK_SECONDS - time.monotonic()) <= 0:
                            self._ask()
                            asked, rest = time.monotonic(), LOOK_SECONDS
                        ears.wait(rest)
                finally:
                    ears.close()
            except Exception as error:
                if self._stopped.is_set():
                    return
                self._stopped.wait(outage.failed(error, self._again))

    def _look(self) -> None:
        if seen := {draft_id: channel.reached for draft_id, channel in self._channels.items()}:
            for gain in self._read(seen).values():
                self._loop.call_soon_threadsafe(self._tell, gain)

    def _ask(self) -> None:
        if (hearers := self.hearers()) and (gone := hearers - self._allowed(hearers)):
            self._loop.call_soon_threadsafe(self.end, gone)

    def _tell(self, gain: Gain) -> None:
        channel = self._channels.get(gain.draft_id)
        if channel is not None and gain.reached > channel.reached:
            channel.tell(gain)


def _give_up(queue: Queue) -> None:
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)

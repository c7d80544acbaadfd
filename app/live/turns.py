"""Pages are made one after the other in a process: the interpreter does one thing at a time, and to change between
pages in the middle of each, at every row that a database gives, takes more time than the pages themselves.

Nobody waits long behind a page that takes long, or that waits itself for PostgreSQL: the first who waits takes the turn
over. A page whose turn was taken while it waited goes on before others begin.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Lock
from time import monotonic
from typing import Any

from app.store.waiting import MEANWHILE

PATIENCE = 0.2
"""Seconds that a page is made before another is made beside it: longer than all but a few take."""
IDLE = 0.005
"""Seconds that a page waits for the database before another goes on: longer than all but a few statements take. To
change at each of them takes longer than they do."""

Application = Callable[..., Iterable[bytes]]


class Place:
    """A page in the queue, or the one whose turn it is."""

    def __init__(self) -> None:
        self.reached = Event()
        self.held_since = 0.0
        self.idle_since: float | None = None


class Turns:
    """A WSGI application whose pages take turns. What is sent of a page after it was made needs no turn."""

    def __init__(self, app: Application, patience: float = PATIENCE, idle: float = IDLE) -> None:
        self._app, self._patience, self._idle = app, patience, idle
        self._lock = Lock()
        self._holder: Place | None = None
        self._begun: deque[Place] = deque()
        self._new: deque[Place] = deque()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        mine = Place()
        self._take(mine, self._new)
        before = MEANWHILE.set(partial(self._meanwhile, mine))
        try:
            return self._app(environ, start_response)
        finally:
            MEANWHILE.reset(before)
            self._leave(mine)

    @contextmanager
    def _meanwhile(self, mine: Place) -> Iterator[None]:
        mine.idle_since = monotonic()
        try:
            yield
        finally:
            with self._lock:
                mine.idle_since = None
                is_lost = self._holder is not mine
            if is_lost:
                self._take(mine, self._begun)

    def _take(self, mine: Place, queue: deque[Place]) -> None:
        with self._lock:
            if self._holder is None:
                self._give(mine)
                return
            mine.reached.clear()
            queue.append(mine)
        while not mine.reached.wait(self._idle):
            with self._lock:
                if self._holder is not mine and mine is (self._begun or self._new)[0] and self._is_slow():
                    queue.popleft()
                    self._give(mine)

    def _is_slow(self) -> bool:
        """Whether whoever has the turn waits for the database for a while, or takes long."""
        if self._holder is None:
            return True
        now, idle = monotonic(), self._holder.idle_since
        return now - self._holder.held_since >= self._patience or (idle is not None and now - idle >= self._idle)

    def _give(self, to: Place) -> None:
        self._holder, to.held_since = to, monotonic()
        to.reached.set()

    def _leave(self, mine: Place) -> None:
        with self._lock:
            if self._holder is not mine:
                return
            self._holder = None
            if queue := self._begun or self._new:
                self._give(queue.popleft())

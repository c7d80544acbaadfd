"""Pages are made one after the other in a process: the interpreter does one thing at a time, and to change between
pages in the middle of each, at every row that a database gives, takes more time than the pages themselves.

Nobody waits long behind a page that takes long, or that waits itself: whoever waited PATIENCE takes the turn over, and
the two are made side by side.
"""

from collections.abc import Callable, Iterable
from threading import Condition
from typing import Any

PATIENCE = 0.2
"""Seconds: longer than all but a few pages take."""

Application = Callable[..., Iterable[bytes]]


class Turns:
    """A WSGI application whose pages take turns. What is sent of a page after it was made needs no turn."""

    def __init__(self, app: Application, patience: float = PATIENCE) -> None:
        self._app, self._patience = app, patience
        self._changed = Condition()
        self._holder: object | None = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        mine = self._take()
        try:
            return self._app(environ, start_response)
        finally:
            self._leave(mine)

    def _take(self) -> object:
        mine = object()
        with self._changed:
            self._changed.wait_for(lambda: self._holder is None, self._patience)
            self._holder = mine
        return mine

    def _leave(self, mine: object) -> None:
        with self._changed:
            if self._holder is mine:
                self._holder = None
                self._changed.notify()

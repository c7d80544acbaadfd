"""Whoever waits for PostgreSQL says so, and lets others go on meanwhile (app.live.turns)."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from typing import Any

import psycopg

MEANWHILE: ContextVar[Callable[[], AbstractContextManager[None]]] = ContextVar("meanwhile", default=nullcontext)
"""Around what waits."""
PREPARED = 1000
"""Statements that a connection keeps planned: more than all pages have together."""


class Connection(psycopg.Connection[Any]):
    """All that a connection does goes through `wait`, but opening it."""

    def wait(self, *what: Any, **how: Any) -> Any:
        with MEANWHILE.get()():
            return super().wait(*what, **how)


def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> Connection:
    """For SQLAlchemy's event `do_connect`. Statements are not compiled to machine code: of those with many conditions
    PostgreSQL believes that it pays, and it takes many times longer than to answer them."""
    made = Connection.connect(*arguments, **options)
    made.prepared_max = PREPARED
    made.execute("SET jit TO off")
    made.commit()
    return made

"""Parts of statements that are made once in a process and are the same object wherever they stand.

`functools.cache` does not promise that: two threads that ask first at the same time are both given one of their own,
and a statement into which both find their way cannot be written out, for as long as the process lives.
"""

from collections.abc import Callable
from functools import cache, wraps
from threading import RLock
from typing import TypeVar

Made = TypeVar("Made")
MAKING = RLock()


def once(make: Callable[[], Made]) -> Callable[[], Made]:
    """Called by the first who asks, while the others wait."""
    kept = cache(make)

    @wraps(make)
    def made() -> Made:
        with MAKING:
            return kept()

    return made

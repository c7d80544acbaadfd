"""Values that follow from immutable ones and are costly to make: the last few are kept by each process.

No state: a process that has forgotten one, or never had it, makes it anew. A key must name all that a value follows
from, the database included.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The most recently used values, at most `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def has(self, key: Hashable) -> bool:
        """Whether the value of a key is kept now; it may be forgotten a moment later."""
        with self._lock:
            return key in self._values

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key; made when it is not there (by two threads at once perhaps, which does no harm)."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        self._keep({key: value})
        return value

    def together(self, keys: Sequence[Key], make: Callable[[list[Key]], Sequence[Value]]) -> list[Value]:
        """The value of each key; those that are not there are made at once."""
        with self._lock:
            found = {key: self._values[key] for key in keys if key in self._values}
        left = [key for key in dict.fromkeys(keys) if key not in found]
        if left:
            found |= dict(zip(left, make(left), strict=True))
        self._keep(found)
        return [found[key] for key in keys]

    def _keep(self, values: Mapping[Key, Value]) -> None:
        """Those that were used last, before all others."""
        with self._lock:
            for key, value in values.items():
                self._values[key] = value
                self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

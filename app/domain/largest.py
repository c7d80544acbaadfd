"""How large the text of a draft may be. What is larger is refused where it enters, before anything is compared."""

from collections.abc import Iterable, Sequence

from app.domain.clauses import Clause, write
from app.domain.errors import Invalid

MEGABYTE = 1024 * 1024
LARGEST_BYTES = 10 * MEGABYTE
"""Eight times the French Code civil."""
MOST_CLAUSES = 150_000
"""Fifteen times those of the French Code civil, and twice as many to the megabyte."""
MOST_LINES = 2 * MOST_CLAUSES
"""A line and a blank one for each clause. They are counted before anything is read: a million clauses take a minute."""


class LongerThanADraft(Invalid):
    """A text with more clauses than a draft holds; the last one it could hold ends in `line`."""

    def __init__(self, count: int, line: int) -> None:
        super().__init__(
            f"The text has {count} clauses; the most that a draft holds is {MOST_CLAUSES}, which end in line {line}. "
            "Divide it into several drafts."
        )
        self.count, self.line = count, line


class GrowsTooLong(Invalid):
    """A draft that would have more clauses than it holds."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"With this the text would have {count} clauses; the most that a draft holds is {MOST_CLAUSES}."
        )
        self.count = count


class GrowsTooLarge(Invalid):
    """A draft that would have more bytes than it holds."""

    def __init__(self, size: int) -> None:
        super().__init__(
            f"With this the text would have {size / MEGABYTE:.1f} MB; the largest that a draft holds is "
            f"{LARGEST_BYTES // MEGABYTE} MB."
        )
        self.size = size


def check_read(clauses: Sequence[Clause]) -> None:
    """Whether a draft holds what was read of a file. Raises LongerThanADraft."""
    if len(clauses) > MOST_CLAUSES:
        line = write(clauses[:MOST_CLAUSES]).rstrip().count("\n") + 1
        raise LongerThanADraft(len(clauses), line)


def check_count(count: int, before: int = 0) -> None:
    """Whether a draft holds so many clauses; one that was longer `before` may become shorter. Raises GrowsTooLong."""
    if count > max(MOST_CLAUSES, before):
        raise GrowsTooLong(count)


def check_grown(after: Iterable[Clause], before: Iterable[Clause]) -> None:
    """Whether a draft holds a text that was made of another. Raises GrowsTooLong, GrowsTooLarge."""
    now, then = tuple(after), tuple(before)
    check_count(len(now), len(then))
    size = _bytes(now)
    if size > LARGEST_BYTES and size > _bytes(then):
        raise GrowsTooLarge(size)


def _bytes(clauses: Iterable[Clause]) -> int:
    return len(write(clauses).encode())

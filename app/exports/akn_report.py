"""Where a law's structure does not fit Akoma Ntoso: each clause, how it was set instead, and why. Nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST = 20
"""How many clauses are named for one reason before the rest is counted."""


class Reason(StrEnum):
    """Why a clause is set otherwise; the sentence that explains it."""

    ANNEX = "an annex belongs to the same text and numbers its own articles; as an attachment it would be a document"
    TABLE = "a table has no place of its own among the units of a law"
    CODE = "preformatted text has no place of its own among the units of a law"
    QUOTE = "the text does not say which act is quoted, so that it is no modification of one"
    TITLE = "a law has one title"
    OUTSIDE = "the text stands between the units of the law and belongs to none of them"
    UNNUMBERED = "numbered text stands before the first article or division"
    TWICE = "another clause has the same number"
    EMPTY = "the law has no text, and a body cannot be empty"
    CHARACTERS = "the text has characters that XML cannot hold"


@dataclass(frozen=True, slots=True)
class Difference:
    """A clause that did not fit: `human` is how it is cited, `what` its kind, `set_as` how it stands in the XML."""

    address: str
    human: str
    what: str
    set_as: str
    reason: Reason

    def __str__(self) -> str:
        named = f"{self.address} ({self.human})" if self.human else self.address
        return f"{named}: {self.what}, set as {self.set_as}"


@dataclass(frozen=True, slots=True)
class Report:
    """In the order of the text."""

    differences: tuple[Difference, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.differences)

    def counts(self) -> Counter[Reason]:
        return Counter(one.reason for one in self.differences)

    def sentences(self) -> Iterator[str]:
        """For people: what did not fit, by reason; nothing where everything did."""
        for reason, count in self.counts().items():
            those = [one for one in self.differences if one.reason is reason]
            yield f"{count} of the law's clauses set otherwise: {reason.value}."
            yield from (f"  {one}" for one in those[:MOST])
            if count > MOST:
                yield f"  … and {count - MOST} more"

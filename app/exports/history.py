"""What a history is written from: how the text of a draft came about, step by step, from its first version to one.

It is already limited to what its reader may see and to what the draft's attribution allows: see
`services.exported_history`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.exports.document import Issued, Party


@dataclass(frozen=True, slots=True)
class Brought:
    """An amendment that brought what a step changes. `author` is a person's full name, only where people are named;
    `sentences` say the change as an amending act would."""

    number: int
    title: str = ""
    rationale: str = ""
    party: Party | None = None
    sponsors: tuple[Party, ...] = ()
    author: str = ""
    sentences: tuple[str, ...] = ()

    @property
    def parties(self) -> tuple[Party, ...]:
        """The institutions behind it, who proposed it first."""
        return tuple(one for one in (self.party, *self.sponsors) if one is not None)


@dataclass(frozen=True, slots=True)
class Publication:
    """A version issued to the outside."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """A version that is complete with a step. `issued` is it in the history's language, `fingerprints` are the SHA-256
    of its Markdown by language."""

    issued: Issued
    fingerprints: Mapping[str, str]
    publications: tuple[Publication, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the text: `texts` is all of it after the step, by language, as far as it differs from before
    (None: not written in it any more).

    By an amendment: `brought` is it, and `also` are others that say the same words. By the version itself: `how` says
    issued, imported or revoked, `revokes` what it takes back, `also` names amendments of which it says a part in other
    words, `settles` those whose collision was settled in own words. `by` is the institution that made the version.
    """

    version: int
    at: datetime
    by: Party | None
    texts: Mapping[str, str | None]
    brought: Brought | None = None
    also: tuple[Brought, ...] = ()
    how: str = "issued"
    revokes: int | None = None
    settles: tuple[int, ...] = ()
    message: str = ""
    closes: Closed | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The steps up to a version; they can be gone through more than once and are made on the way."""

    slug: str
    title: str
    language: str
    version: Issued
    steps: Iterable[Step]
    base: None = field(default=None, init=False)

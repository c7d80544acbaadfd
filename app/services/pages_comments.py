"""What a comment has on a page beside its words: where it stands, its former wordings, how its thread was settled."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.diff import Span


@dataclass(frozen=True, slots=True)
class SaidPart:
    """A run of a comment's words; `title` is who is named in it (full name), empty for plain words."""

    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the words are that a comment is about. `state` is in_place, changed or deleted; `version` the one that
    changed or deleted them (in place: the latest); `start` their place in the present words."""

    state: str
    version: int
    start: int = 0

    @property
    def is_detached(self) -> bool:
        return self.state != "in_place"


@dataclass(frozen=True, slots=True)
class WordingLine:
    """A former wording, and what the next one changed in it."""

    written_at: datetime
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ResolvedLine:
    """Who settled a thread and when, and how many replies came since."""

    by: str
    at: datetime
    replies_since: int


@dataclass(frozen=True, slots=True)
class CommentedWords:
    """Words of a clause as it stands, and the comments on them."""

    start: int
    end: int
    comments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who can be named in a comment with `@name`."""

    name: str
    title: str

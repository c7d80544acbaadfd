"""What the page of a draft's discussion shows."""

from dataclasses import dataclass

from app.services.pages import CommentLine, DraftHead, InstitutionMark

OPEN, RESOLVED = "open", "resolved"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which threads are asked for. Empty and False ask for nothing in particular."""

    institution: str = ""  # its code: it takes part
    kind: str = ""  # of the comment that began it
    state: str = ""  # open or resolved
    mine: bool = False  # begun or answered by whoever looks
    unanswered: bool = False  # open, and nobody replied
    mentions_me: bool = False  # names the person, or the institution they speak for
    detached: bool = False  # its words were changed, or its clause is gone


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread in the list: on a clause, or on an amendment by its number; `human` is how the clause is cited, empty
    for one that is no longer in the text."""

    first: CommentLine
    clause_id: str | None
    amendment: int | None
    human: str
    replies: int
    last: CommentLine
    participants: tuple[InstitutionMark, ...]
    mine: bool
    mentions_me: bool


@dataclass(frozen=True, slots=True)
class DiscussionPage:
    """Threads in the order of the text. `total` and the counts are of the whole draft, `found` of those asked for."""

    draft: DraftHead
    filters: Filters
    threads: tuple[ThreadLine, ...]
    found: int
    total: int
    counts: tuple[tuple[str, int], ...]  # open, resolved, unanswered, detached, mine, mentions_me
    institutions: tuple[InstitutionMark, ...]  # that take part
    kinds: tuple[str, ...]  # that occur
    page: int
    pages: int

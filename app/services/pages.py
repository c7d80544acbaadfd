"""What the use cases that read give to a page: plain values, already limited to what this person may see.

Texts of the interface are not in here; enumerated values (roles, states, kinds) are translated where they are shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.diff import Span
from app.domain.permissions import Action, Role
from app.services.pages_comments import Addressee, CommentedWords, ResolvedLine, SaidPart, Standing, WordingLine

if TYPE_CHECKING:  # which itself needs the values below
    from app.services.pages_history import ClauseHistory
    from app.services.pages_positions import PositionsShown


@dataclass(frozen=True, slots=True)
class InstitutionMark:
    """An institution as shown beside a word, a comment or an amendment. `code` is two to five capitals; one that may
    not be told has neither code nor name."""

    code: str
    name: str


UNTOLD = InstitutionMark("", "")
"""An institution of which a page may say only that there is one."""


@dataclass(frozen=True, slots=True)
class VersionHead:
    number: int
    message: str
    created_at: datetime
    author: str  # full name; empty for imports by the command line, and where people may not be named
    made_from: int | None
    sha256: str
    publication: int | None  # its publication number, when it was published
    revokes: int | None = None  # the version it takes back
    revoked_by: int | None = None  # the version that took it back
    imported: bool = False  # by the command line


@dataclass(frozen=True, slots=True)
class DraftHead:
    """The draft around every page inside it. `versions` newest first."""

    slug: str
    title: str
    language: str
    versions: tuple[VersionHead, ...]
    role: Role | None
    institution: InstitutionMark | None  # whom this person speaks for
    actions: frozenset[Action]
    recorded: int = 0  # the number of the draft's last event: what comes after it is new on the page
    sitting: int | None = None  # the number of the session that is being held
    attribution: str = "named"  # who may be named in it: named, institution_only, unattributed
    contributing: str = "named"  # the same for what is contributed now: in a session it may be stricter

    @property
    def latest(self) -> VersionHead:
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class LibraryLine:
    slug: str
    title: str
    language: str
    latest: VersionHead
    role: Role | None
    open_amendments: int
    comments: int


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause in a reading view. `html` is its body; `level` its heading level (2–6), 0: text; `indent` the steps of
    indentation below its article; `human` how it is cited, e.g. `Article 13(1)`."""

    id: str
    kind: str
    depth: int
    level: int
    indent: int
    label: str
    address: str
    human: str
    html: str
    body: str
    comments: int = 0
    amendments: int = 0
    contested: bool = False

    def counted(self, comments: int, amendments: int, contested: bool) -> "ClauseLine":
        """The same clause with what is said about it. (`dataclasses.replace` takes twice as long, and a page of a
        large code has hundreds of these.)"""
        return ClauseLine(
            self.id, self.kind, self.depth, self.level, self.indent, self.label, self.address, self.human, self.html,
            self.body, comments, amendments, contested,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CommentLine:
    id: int
    kind: str
    quote: str
    body: str
    author: str
    institution: InstitutionMark | None
    version: int
    created_at: datetime
    replies: tuple["CommentLine", ...]  # of a thread's first comment all answers below it, in the order they were made
    parts: tuple[SaidPart, ...] = ()  # the body with who is named in it; empty where it was withdrawn
    standing: Standing | None = None  # of a comment on a clause
    answers: tuple[int, str] | None = None  # of a reply to a reply: id and author of the one it answers
    former: tuple[WordingLine, ...] = ()  # newest first
    withdrawn_at: datetime | None = None
    resolved: ResolvedLine | None = None
    mine: bool = False  # may be edited and withdrawn by whoever looks
    may_settle: bool = False  # may be resolved or reopened by whoever looks
    may_take_out: bool = False  # nobody knows whose it is; whoever looks may take it out for the sake of order


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What an amendment does to one clause: `kind` is the edit's (replace_words, restate, insert, delete, move…);
    `spans` the redline of the body (of an insertion or deletion: all of its text)."""

    kind: str
    clause_id: str | None
    human: str
    label: str
    spans: tuple[Span, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """An amendment in a list. `collides_with` are numbers of open amendments on the same base version."""

    number: int
    state: str
    carried: str | None
    institution: InstitutionMark | None
    author: str
    title: str
    rationale: str
    made_on: int
    base_version: int
    settled_version: int | None
    created_at: datetime
    changes: tuple[ChangeLine, ...]
    collides_with: tuple[int, ...]
    comments: int
    kind: str = "amendment"  # or counter_text
    revision: int = 1
    partly_since: int | None = None
    sponsors: tuple[InstitutionMark, ...] = ()  # institutions that accepted to propose it too
    bridges: tuple[int, ...] = ()  # of a counter-text: the amendments it is offered to
    bridged_by: tuple[int, ...] = ()  # counter-texts offered to it
    amends: int | None = None  # the amendment whose words it would have otherwise
    depends_on: tuple[int, ...] = ()
    conflicts_with: tuple[int, ...] = ()  # in substance, linked by people
    objected: bool = False  # somebody cannot accept it; known where it is asked for (`objecting`)


@dataclass(frozen=True, slots=True)
class ClausePage:
    """The clause, its discussion, the amendments to it, and how it came to read as it does."""

    draft: DraftHead
    version: VersionHead  # the version it is shown in: the latest that has it
    clause: ClauseLine
    gone_since: int | None  # the version that no longer has it
    comments: tuple[CommentLine, ...]
    amendments: tuple[AmendmentLine, ...]
    history: "ClauseHistory"
    previous_id: str | None
    next_id: str | None
    commented: tuple[CommentedWords, ...] = ()  # where it stands in the text
    addressees: tuple[Addressee, ...] = ()
    phrases: tuple[str, ...] = ()  # of the clause, to choose words from
    positions: "PositionsShown | None" = None


@dataclass(frozen=True, slots=True)
class TracedSpan:
    """A span of merged text and who brought it: amendment numbers and institutions, empty for the base's own words."""

    op: str  # '=', '-', '+'
    text: str
    amendments: tuple[int, ...]
    institutions: tuple[InstitutionMark, ...]

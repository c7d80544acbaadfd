"""What every format takes: a version of a draft, alone or marked up against another one, with what was said about it.

It is already limited to what its reader may see and to what the draft's attribution allows (`services.exporting`), so a
format can write out all it finds. Texts are the source's characters: marks of emphasis are taken off by `inline`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.clauses import Clause, Kind
from app.domain.diff import Op, Span
from app.domain.provenance import Origins
from app.domain.scale import Scale, Step


@dataclass(frozen=True, slots=True)
class Party:
    """An institution as it is named in the document's language. `code` is two to five capitals."""

    code: str
    name: str

    def __str__(self) -> str:
        return self.code if self.name in ("", self.code) else f"{self.code} – {self.name}"


@dataclass(frozen=True, slots=True)
class Backing:
    """Who stands behind a change: amendments by number, the institutions that proposed them, and when; `version` is the
    one that made it. Nobody is named where the attribution does not allow it, or nobody is known."""

    amendments: tuple[int, ...] = ()
    parties: tuple[Party, ...] = ()
    at: datetime | None = None
    version: int = 0


NOBODY = Backing()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a clause that stayed (`=`), came (`+`) or went (`-`), and who is behind it."""

    op: Op
    text: str
    backing: Backing = NOBODY


GONE = frozenset({"deleted", "moved_away"})
NEW_HERE = frozenset({"inserted", "moved", "moved_and_edited"})


@dataclass(frozen=True, slots=True)
class Line:
    """One clause. The lines not in `GONE` are the document's text in order, those not in `NEW_HERE` the base's.

    `change` is kept, edited, renumbered, edited_and_renumbered, moved, moved_and_edited, inserted, deleted or
    moved_away; `backing` says who is behind what was done to it as a whole: inserted, deleted, moved, renumbered.
    `old_label`, `old_kind` are those of the base. Clauses that moved together share a number in `move`, at both places.
    `level` is the heading level (1–3), 0 for text; `indent` the steps below its article; `human` how it is cited.
    """

    clause_id: str
    kind: Kind
    depth: int
    level: int
    indent: int
    label: str
    address: str
    human: str
    runs: tuple[Run, ...]
    change: str = "kept"
    old_label: str = ""
    old_kind: Kind | None = None
    move: int = 0
    backing: Backing = NOBODY

    @property
    def is_gone(self) -> bool:
        """Whether it stands in the base only."""
        return self.change in GONE

    @property
    def is_new_here(self) -> bool:
        """Whether it stands in the document only."""
        return self.change in NEW_HERE

    @property
    def old_body(self) -> str:
        """Its words in the base."""
        return "".join(run.text for run in self.runs if run.op != "+")

    @property
    def new_body(self) -> str:
        """Its words in the document."""
        return "".join(run.text for run in self.runs if run.op != "-")

    @property
    def new_runs(self) -> tuple[Run, ...]:
        """The same as one run, nothing marked."""
        words = self.new_body
        return (Run("=", words),) if words else ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment and the replies below it, on a clause (`clause_id`) or on an amendment (`amendment`, its number).

    `start`, `end` are characters of the clause's words in the document; None where it is about the whole clause or its
    words are not there any more (`quote` keeps them). Of a withdrawn one `body` is empty and only its replies count.
    """

    id: int
    kind: str
    clause_id: str | None
    amendment: int | None
    quote: str
    start: int | None
    end: int | None
    body: str
    party: Party | None
    author: str  # a person's full name, only where people are named
    at: datetime | None
    version: int
    is_resolved: bool = False
    is_withdrawn: bool = False
    replies: tuple["Remark", ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """What an amendment does to one clause. `kind` is replace_words, restate, insert, delete, move, relabel; `before`
    and `after` are the words as the amendment found and would have them, `spans` the difference."""

    kind: str
    clause_id: str | None
    human: str
    label: str
    spans: tuple[Span, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """An amendment that was submitted. `state` is the domain's; `settled_version` the version that decided it."""

    number: int
    title: str
    party: Party | None
    sponsors: tuple[Party, ...]
    author: str
    state: str
    rationale: str
    made_on: int
    base_version: int
    settled_version: int | None
    at: datetime | None
    changes: tuple[ProposedChange, ...]
    collides_with: tuple[int, ...] = ()

    @property
    def parties(self) -> tuple[Party, ...]:
        """The institutions behind it, who proposed it first."""
        return tuple(one for one in (self.party, *self.sponsors) if one is not None)


@dataclass(frozen=True, slots=True)
class Reply:
    """How the group answered an objection: in words, with an amendment or in a version. `counts`: the objection has its
    answer with it; `is_maintained`: the institution said that it objects all the same."""

    text: str
    amendment: int | None
    version: int | None
    counts: bool
    is_maintained: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """A position as it was given; `step` None: taken back. `about` is clause, below (a clause with all that stands
    below it), version (all of it) or amendment; `human` and `address` are empty where that is not in the document.

    `standing` says whether it speaks for its institution on the words as they stand: counts, in_part (on some of the
    clauses it is about), or why not: text (given on an earlier one), reopened, unconfirmed, replaced (by what the
    institution said later), taken_back, gone (from the document), no_seat. `seat` is full, advisory, or empty.
    """

    id: int
    about: str
    clause_id: str | None
    amendment: int | None
    human: str
    address: str
    call: int | None
    party: Party | None
    seat: str
    step: Step | None
    reason: str
    standing: str
    version: int
    author: str
    entered_for: bool  # by a facilitator, from paper or by word of mouth
    at: datetime | None
    confirm_until: datetime | None
    confirmed_at: datetime | None
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """How far agreement on a clause or on an amendment is: `state` is the domain's. `counts` are pairs: the number of a
    step, and how many of the seats that count took it on the words as they stand."""

    clause_id: str | None
    amendment: int | None
    human: str
    address: str
    state: str
    counts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """A version: `sha256` is that of its Markdown in the document's language."""

    number: int
    at: datetime
    sha256: str
    message: str = ""

    @property
    def fingerprint(self) -> str:
        """As much of it as a page's head has room for."""
        return self.sha256[:12]


@dataclass(frozen=True, slots=True)
class Document:
    """A version of a draft in one language, marked up against `base` where there is one."""

    slug: str
    title: str
    language: str
    attribution: str  # named, institution_only, unattributed
    version: Issued
    base: Issued | None
    source: str  # the version's Markdown, character for character
    front_matter: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...] = ()
    amendments: tuple[Proposed, ...] = ()  # by number
    clauses: Mapping[str, Clause] = field(default_factory=dict)  # the same text as it was read, by clause id
    base_clauses: Mapping[str, Clause] = field(default_factory=dict)
    origins: Mapping[str, Origins] = field(default_factory=dict)  # of its words, by clause id
    scale: Scale = ()  # on which positions are stated; this and the two below only where they were asked for
    positions: tuple[Stated, ...] = ()  # in the order of the text; none where nobody may be named
    reached: tuple[Reached, ...] = ()  # of what is not simply open
    plenary: bool = False  # on paper with a wide edge to write on and numbered lines

    def text(self) -> Iterator[Line]:
        """The lines of the document's own text."""
        return (line for line in self.lines if not line.is_gone)

    def alone(self) -> "Document":
        """The same without its base: only its own text."""
        if self.base is None:
            return self
        lines = (
            replace(line, runs=line.new_runs, change="kept", old_label="", old_kind=None, move=0, backing=NOBODY)
            for line in self.text()
        )
        return replace(self, base=None, lines=tuple(lines), base_clauses={})

    def changed(self) -> Iterator[Line]:
        """The lines in which something differs from the base; of moved ones both places."""
        return (line for line in self.lines if line.change != "kept")

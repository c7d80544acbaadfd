"""What a comparison gives to its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.diff import Span
from app.services.pages import DraftHead, TracedSpan, VersionHead
from app.services.pages_saying import Said


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place of the comparison, to go to."""

    clause_id: str
    human: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One clause of the comparison. `kind` as in the domain's ChangeKind, or `moved_away`: the place a clause has
    left. `spans` are empty and `html` is filled where no word changed. `number` counts the changes shown, 0 for what is
    none. `parts` are the clauses a split clause went to or a joined one came from, `part_of` is the way back; `below`
    counts what went along, unchanged, with a clause that moved."""

    kind: str
    clause_id: str
    number: int
    old_human: str
    new_human: str
    old_label: str
    new_label: str
    level: int
    indent: int
    spans: tuple[Span | TracedSpan, ...]  # on the page all of them traced
    html: str
    sentences: tuple[str, ...] = ()
    parts: tuple[Elsewhere, ...] = ()
    part_of: Elsewhere | None = None
    below: int = 0

    @property
    def anchor(self) -> str:
        return f"{'left' if self.kind == 'moved_away' else 'change'}-{self.clause_id}"


@dataclass(frozen=True, slots=True)
class ComparePage:
    """`counts` are of all changes, also where only those of one `kind` are shown; `kept` are the clauses that stayed as
    they were, `totals` the clauses of both versions."""

    draft: DraftHead
    old: VersionHead
    new: VersionHead
    kind: str
    lines: tuple[ComparedLine, ...]
    counts: Mapping[str, int]
    kept: int
    totals: tuple[int, int]
    said: Said

    @property
    def changes(self) -> tuple[ComparedLine, ...]:
        """The lines that can be stepped through."""
        return tuple(line for line in self.lines if line.number)

    @property
    def is_backwards(self) -> bool:
        return self.old.number > self.new.number

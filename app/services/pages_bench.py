"""What the consolidation bench and the big screen show."""

from dataclasses import dataclass

from app.domain.diff import Span
from app.services.pages import AmendmentLine, DraftHead, InstitutionMark, TracedSpan, VersionHead
from app.services.pages_amendment import AnswerLine


@dataclass(frozen=True, slots=True)
class SideLine:
    """The words of one side of a collision and whose they are. One that is only `offered` is a counter-text that was
    not chosen: to settle by it chooses it too."""

    text: str
    amendments: tuple[int, ...]
    institutions: tuple[InstitutionMark, ...]  # that propose it, those that joined them too
    spans: tuple[Span, ...]  # difference to the base
    reasons: tuple[tuple[int, str], ...]  # amendment number, rationale
    counter_text: bool = False
    answers: tuple[AnswerLine, ...] = ()  # of the proposers whom the counter-text was offered
    offered: bool = False

    @property
    def accepted_by_all(self) -> bool:
        return bool(self.answers) and all(answer.answer == "accepted" for answer in self.answers)


@dataclass(frozen=True, slots=True)
class CollisionLine:
    """`settled` names how it is settled in what was asked for: '' (not), 'base', 'own', 'bracket', or an amendment's
    number; `also` are the numbers of the sides chosen together with that one."""

    key: str
    clause_id: str
    human: str
    base: str
    context_before: str
    context_after: str
    reason: str
    sides: tuple[SideLine, ...]
    settled: str
    own_words: str
    also: tuple[int, ...] = ()
    label: str = ""

    @property
    def takes_own_words(self) -> bool:
        """What is done to whole clauses cannot be said in words, new clauses can."""
        return self.reason in ("words", "insertion")

    @property
    def combines(self) -> bool:
        """Whether several sides may stand together: of two that change the same words, never."""
        count = sum(not side.offered for side in self.sides)
        return self.reason == "insertion" or (self.reason == "words" and count > 2)


@dataclass(frozen=True, slots=True)
class MergedLine:
    """A clause that the chosen amendments change. `kind` is edited, inserted, deleted, moved, renumbered,
    edited_and_renumbered or moved_and_edited; `behind` the clause a new or moved one stands behind, empty at the very
    beginning and for a clause that goes with the one before it."""

    clause_id: str
    human: str
    kind: str
    label: str
    spans: tuple[TracedSpan, ...]
    old_label: str = ""  # of one that has another number now
    behind: str = ""
    was_behind: str = ""  # of a moved one
    amendments: tuple[int, ...] = ()  # all that reached it, also by taking words out
    institutions: tuple[InstitutionMark, ...] = ()
    linked: bool = True  # a new clause has no page yet


@dataclass(frozen=True, slots=True)
class BenchLine:
    """An open amendment to choose from; `fate` is derived when it is chosen (adopted, adopted_in_part, …), else ''.
    `contested`: a collision, a conflict in substance or an objection stands against it."""

    amendment: AmendmentLine
    chosen: bool
    fate: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """Cited words that lead nowhere, or that a person must look at: `reason` is dangling, or why renumbering could not
    rewrite them. `led_to` is how the clause they led to is cited."""

    clause_id: str
    human: str
    words: str
    led_to: str
    reason: str
    linked: bool


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number that jumps, stands twice or behind a higher one: `code` as the law's checks call it."""

    clause_id: str
    human: str
    code: str
    linked: bool


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A number that renumbering changes."""

    clause_id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class InText:
    """What issuing brings in the text itself; it takes long on a large code of law."""

    dangling: tuple[ReferenceLine, ...]
    numbering: tuple[NumberLine, ...]
    labels: tuple[LabelLine, ...]
    unfollowed: tuple[ReferenceLine, ...]
    rewritten: int  # references that renumbering rewrites

    @property
    def nothing(self) -> bool:
        return not (self.dangling or self.numbering or self.labels or self.unfollowed)


@dataclass(frozen=True, slots=True)
class Bond:
    """A chosen amendment that people linked to another: `kind` is depends_on (and that one is not chosen) or
    conflicts_with (and that one is chosen too)."""

    number: int
    kind: str
    other: int
    other_state: str


@dataclass(frozen=True, slots=True)
class KeptBracket:
    """A collision that stays in brackets."""

    key: str
    human: str
    amendments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What issuing would bring. `carried` are the open amendments that were not chosen, by what becomes of them;
    `in_text` is None where it was not asked for."""

    bonds: tuple[Bond, ...] = ()
    carried: tuple[tuple[str, tuple[int, ...]], ...] = ()
    brackets: tuple[KeptBracket, ...] = ()
    in_text: InText | None = None


@dataclass(frozen=True, slots=True)
class ConsolidationPage:
    """`renumber`: the numbers of the law shall run on. `replaced` are the keys of collisions that are others now, since
    the counter-text they are settled by was chosen too."""

    draft: DraftHead
    base: VersionHead
    bench: tuple[BenchLine, ...]
    merged: tuple[MergedLine, ...]
    collisions: tuple[CollisionLine, ...]
    unsettled: int
    foreseen: Foreseen
    renumber: bool = False
    replaced: tuple[str, ...] = ()

    @property
    def needs_author(self) -> tuple[int, ...]:
        """Open amendments not chosen that would need their author afterwards."""
        return dict(self.foreseen.carried).get("needs_author", ())


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """What a room sees: one collision, else one changed clause; `settled` of `collisions` are settled."""

    draft: DraftHead
    base: VersionHead
    chosen: int
    changed: int
    collisions: int
    settled: int
    collision: CollisionLine | None
    clause: MergedLine | None

"""What the page of one amendment shows: its words, who stands behind it, what it meets, how it came here."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.diff import Span
from app.services.pages import AmendmentLine, CommentLine, DraftHead, InstitutionMark
from app.services.pages_comments import Addressee
from app.services.pages_positions import PositionsShown
from app.services.pages_saying import NOTHING_SAID, Said


@dataclass(frozen=True, slots=True)
class SponsorLine:
    """An institution that was invited to propose it too. `answer` is invited, accepted or declined; `mine`: whoever
    looks may answer for it."""

    institution: InstitutionMark
    answer: str
    reason: str
    at: datetime  # of the answer, else of the invitation
    mine: bool


@dataclass(frozen=True, slots=True)
class Sponsoring:
    """`invitable` are those at the table who can still be asked; empty for whoever may not ask."""

    lines: tuple[SponsorLine, ...] = ()
    invitable: tuple[InstitutionMark, ...] = ()
    may_invite: bool = False

    @property
    def own(self) -> SponsorLine | None:
        """The invitation that whoever looks may answer."""
        return next((line for line in self.lines if line.mine), None)


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Another amendment in a word."""

    number: int
    institution: InstitutionMark | None
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link made by people. `kind` is depends_on, needed_by or conflicts_with, as seen from this amendment."""

    id: int
    kind: str
    other: OtherLine
    reason: str
    by: str
    at: datetime
    may_remove: bool


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What a proposer answered; `answer` is None while they did not. `mine`: whoever looks may answer for the other."""

    other: OtherLine
    answer: str | None
    reason: str
    at: datetime | None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class CounterText:
    """A counter-text offered to this amendment, with everybody's answers. `own` is that of this amendment."""

    amendment: AmendmentLine
    answers: tuple[AnswerLine, ...]
    own: AnswerLine
    may_answer: bool

    @property
    def accepted_by_all(self) -> bool:
        return all(answer.answer == "accepted" for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Differing:
    """A clause that two amendments would have read differently; `spans` lead from the one's words to the other's."""

    clause_id: str
    human: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SubAmendment:
    """Other words for what this amendment proposes."""

    amendment: AmendmentLine
    differing: tuple[Differing, ...]
    answer: AnswerLine
    may_answer: bool


@dataclass(frozen=True, slots=True)
class FormerChange:
    """A change of a former wording: what it took and gave."""

    human: str
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of its life: submitted, reworded, withdrawn, accepted, declined; or what a version made of it: issued,
    revoked, imported, with `outcome` a state, a way of being carried, or given back. `other` is the amendment whose
    words were accepted or declined."""

    kind: str
    at: datetime
    who: str
    institution: InstitutionMark | None
    version: int = 0
    outcome: str = ""
    revokes: int = 0
    other: int = 0
    words: str = ""
    former: tuple[FormerChange, ...] = ()


@dataclass(frozen=True, slots=True)
class MovedOn:
    """A clause whose words changed under an amendment. `now` is None where the clause is gone; `spans` lead from the
    text it was written for to the text as it stands."""

    clause_id: str
    human: str
    asked: tuple[Span, ...]
    now: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    draft: DraftHead
    amendment: AmendmentLine
    comments: tuple[CommentLine, ...]
    addressees: tuple[Addressee, ...] = ()
    said: Said = NOTHING_SAID  # what it does as an amending act would say it
    mine: bool = False  # whoever looks is of the institution that proposed it, and it is on the table
    may_take_out: bool = False  # nobody knows whose it is; whoever looks may take it off the table
    may_link: bool = False
    may_bridge: bool = False
    may_amend: bool = False
    sponsoring: Sponsoring = Sponsoring()
    rivals: tuple[AmendmentLine, ...] = ()
    links: tuple[LinkLine, ...] = ()
    linkable: tuple[OtherLine, ...] = ()
    offered_to: tuple[AnswerLine, ...] = ()  # of a counter-text
    counter_texts: tuple[CounterText, ...] = ()
    amends: AnswerLine | None = None  # the amendment whose words it would have otherwise
    sub_amendments: tuple[SubAmendment, ...] = ()
    steps: tuple[StepLine, ...] = ()
    moved_on: tuple[MovedOn, ...] = ()  # of one that needs its author
    positions: PositionsShown | None = None

    @property
    def accepted_by_all(self) -> bool:
        """Of a counter-text: nobody it was offered to has not accepted."""
        return bool(self.offered_to) and all(answer.answer == "accepted" for answer in self.offered_to)

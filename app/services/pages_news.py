"""What is new for somebody, as the page of news shows it: by draft and day, newest first, each line a sentence."""

from dataclasses import dataclass
from datetime import date, datetime

from app.services.marks import Day
from app.services.pages import DraftHead, InstitutionMark


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause to link to."""

    clause_id: str
    human: str


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an amendment of one's own institution: a fate, or `carried` with its outcome."""

    number: int
    outcome: str
    carried: bool


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One event. `kind` says which sentence: replied, named, named_us, commented, resolved, reopened, submitted,
    reworded, withdrawn, accepted, declined, sponsor_invited, sponsor_accepted, sponsor_declined, linked,
    link_removed, counter_text_offered, counter_text_accepted, counter_text_declined, position_stated,
    position_taken_back, position_confirmed, objection_answered, objection_maintained, clause_reopened, clauses_linked,
    package_dissolved, explanation_attached, explanation_withdrawn, call_opened, call_extended, call_reminded,
    call_revealed, call_closed, call_called_off, session_planned, session_replanned, session_called_off, session_opened,
    member_added, member_changed, delegation_handed_over, imported, issued, revoked, published. A comment's `amendment`
    is the one it is on, 0: it is on `clauses[0]`."""

    kind: str
    number: int  # of the event
    at: datetime
    who: str
    institution: InstitutionMark | None
    ours: bool  # it is about an amendment of one's own institution
    clauses: tuple[Cited, ...] = ()  # what it is about; of a version: the followed clauses that changed
    more: int = 0  # further clauses
    amendment: int = 0
    title: str = ""
    comment: int = 0
    words: str = ""
    version: int = 0
    publication: int = 0
    became: tuple[Became, ...] = ()
    revokes: int = 0  # the version taken back
    other: int = 0  # the other amendment that a link, an answer, an acceptance is about
    sponsor: str = ""  # code of the institution that was asked
    link: str = ""
    stance: str = ""  # of a position: the name of the step; empty where it is hidden
    change: str = ""  # that answers an objection: A12, v3
    objector: InstitutionMark | None = None  # whose objection was answered
    attached: str = ""  # reservation, explanation
    call: int = 0  # number of the call it is about
    role: str = ""  # what one is in the draft now, and in a delegation
    part: str = ""
    until: datetime | None = None  # of a call: its deadline; of a session: when it is planned
    session: int = 0  # number of the session it is about

    @property
    def is_unsigned(self) -> bool:
        """Whether nobody may be named for it, and of when it happened only the day."""
        return isinstance(self.at, Day)


@dataclass(frozen=True, slots=True)
class NewsDay:
    day: date
    lines: tuple[NewsLine, ...]


@dataclass(frozen=True, slots=True)
class NewsOfDraft:
    """`last` is the number of the draft's last event: up to there this page can be marked as seen."""

    slug: str
    title: str
    language: str
    last: int
    days: tuple[NewsDay, ...]


@dataclass(frozen=True, slots=True)
class NewsPage:
    """`cut`: there is more than the page shows."""

    draft: DraftHead | None
    drafts: tuple[NewsOfDraft, ...]
    cut: bool
    follows_all: bool = False

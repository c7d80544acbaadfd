"""What pages show of a draft's members: institutions at the table, people in their delegations, links for guests."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.permissions import Role
from app.services.pages import DraftHead, InstitutionMark


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member. `own` is oneself."""

    user_id: int
    name: str
    full_name: str
    role: Role
    institution: InstitutionMark | None
    part: str  # in the delegation of a representative: head, authorised, member
    since: datetime
    is_closed: bool
    own: bool


@dataclass(frozen=True, slots=True)
class SeatLine:
    """An institution at the table and its delegation. `seat` is empty where it has members and no seat today; `people`
    where nobody may be named; `count` says how many they are."""

    institution: InstitutionMark
    seat: str
    until: date | None
    formerly: tuple[InstitutionMark, ...]
    people: tuple[MemberLine, ...]
    count: int


@dataclass(frozen=True, slots=True)
class MembersPage:
    """`named`: whether people are shown beyond one's own delegation; `offered`: the institutions to choose from."""

    draft: DraftHead
    managing: bool
    named: bool
    heading: bool  # whoever looks leads a delegation
    seats: tuple[SeatLine, ...]
    others: tuple[MemberLine, ...]  # who speaks for no institution
    others_count: int
    offered: tuple[InstitutionMark, ...]


@dataclass(frozen=True, slots=True)
class MemberPage:
    draft: DraftHead
    member: MemberLine
    offered: tuple[InstitutionMark, ...]


@dataclass(frozen=True, slots=True)
class DelegationPage:
    draft: DraftHead
    people: tuple[MemberLine, ...]
    heading: bool


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A link for guests. `state` is open, over, revoked."""

    id: int
    label: str
    role: Role | None  # None where it was taken away
    until: datetime | None
    made_by: str
    made_at: datetime
    revoked_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class GuestsPage:
    draft: DraftHead
    links: tuple[GuestLine, ...]
    first: date  # the earliest and the latest last day of a new one, and what is offered
    offered: date
    last: date

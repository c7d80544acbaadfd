"""What the pages of administration show: people, institutions, drafts without their content, settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.permissions import Role
from app.domain.scale import Scale
from app.services.pages import DraftHead, InstitutionMark


@dataclass(frozen=True, slots=True)
class PersonLine:
    """`drafts` counts those of which they are a member; `own` is oneself."""

    id: int
    name: str
    full_name: str
    email: str
    is_administrator: bool
    created_at: datetime
    closed_at: datetime | None
    drafts: int
    own: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`cut`: there are more than a page lists."""

    people: tuple[PersonLine, ...]
    words: str
    cut: bool


@dataclass(frozen=True, slots=True)
class InstitutionLine:
    """`names` by language; `successor` and `formerly` are codes; `drafts` where it has or had a seat."""

    code: str
    kind: str
    name: str
    names: Mapping[str, str]
    since: date | None
    until: date | None
    successor: str
    drafts: tuple[str, ...]
    formerly: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft without its content; `role` is that of whoever looks, None where they are no member."""

    slug: str
    title: str
    language: str
    version: int
    members: int
    made_at: datetime
    role: Role | None


@dataclass(frozen=True, slots=True)
class Overview:
    people: int
    institutions: int
    drafts: int


@dataclass(frozen=True, slots=True)
class HeldSeat:
    id: int
    institution: InstitutionMark
    kind: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class DraftSettingsPage:
    """`fixed`: positions were stated on the scale, so that it stays."""

    draft: DraftHead
    scale: Scale
    own_scale: bool
    fixed: bool
    days_off: tuple[str, ...]
    seats: tuple[HeldSeat, ...]
    offered: tuple[InstitutionMark, ...]

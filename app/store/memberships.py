"""Whether somebody may enter a draft: the draft with their membership, or nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from app.domain.attribution import Mode, keeps_institution, keeps_person, strictest, told_at
from app.domain.errors import Invalid, NotFound
from app.domain.permissions import Role
from app.domain.seats import Body, in_place_of, speaker
from app.store.db import begin_writing, today
from app.store.drafts import Draft
from app.store.events import Event, held_attribution
from app.store.institutions import Institution, bodies
from app.store.sittings import SittingRow
from app.store.users import Membership, User

RECEIPTS = "receipts"
PERSONS_STORED = "persons_stored"
"""What a session knows once somebody entered a draft through it: whether persons are stored in all they entered."""


class NoSuchDraft(NotFound):
    """There is no such draft, or none that this person may see: the answer is the same."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no draft “{slug}” that you may see.")
        self.slug = slug


@dataclass(frozen=True, slots=True)
class Entry:
    """A person inside a draft: their role and the institution they speak for today. From the day after their own was
    abolished that is its successor; `formerly` are those that were merged into it."""

    draft: Draft
    role: Role
    user_id: int
    institution_id: int | None
    part: str = "head"  # in the delegation: head, authorised, member
    recorded: int = 0  # the number of the draft's last event
    sitting: int | None = None  # the number of the session that is being held
    formerly: frozenset[int] = frozenset()
    sitting_attribution: str | None = None  # of the session that is being held, where it has one of its own
    last_at: datetime | None = None  # when the draft's last event is said to have happened
    zone: tzinfo = UTC  # of the installation's place
    receipts: frozenset[str] = frozenset()  # hashes of the codes that whoever asks has shown

    @property
    def attribution(self) -> Mode:
        """How contributions are attributed now: by the stricter of the draft and the session that is being held."""
        return strictest(self.draft.attribution, self.sitting_attribution)

    @property
    def author_id(self) -> int | None:
        """The person as author of a contribution: as much as may be stored."""
        return self.user_id if keeps_person(self.draft.attribution, self.sitting_attribution) else None

    @property
    def author_institution_id(self) -> int | None:
        """Their institution, likewise."""
        kept = keeps_institution(self.draft.attribution, self.sitting_attribution)
        return self.institution_id if kept else None

    def told_at(self, now: datetime) -> datetime:
        """When a contribution made now is said to have been made."""
        return told_at(self.attribution, now.astimezone(self.zone), self.last_at)

    def hiding(self, author_id: int | None, institution_id: int | None) -> "Entry":
        """As who goes on with a contribution whose author is not stored: in the mode in which it was made, whatever
        holds now. (Of one whose author is stored nothing changes.)"""
        if author_id is not None:
            return self
        made_in = Mode.UNATTRIBUTED if institution_id is None else Mode.INSTITUTION_ONLY
        return replace(self, sitting_attribution=strictest(made_in, self.sitting_attribution))

    def holds(self, receipt_hash: str | None) -> bool:
        """Whether whoever asks has shown the code of something whose author is not stored."""
        return receipt_hash is not None and receipt_hash in self.receipts

    @property
    def leads(self) -> bool:
        """Whether they are the head of a delegation."""
        return self.role is Role.REPRESENTATIVE and self.institution_id is not None and self.part == "head"

    def speaks_in_place_of(self, institution_id: int | None) -> bool:
        """Whether what an institution said or proposed is one's own: it is one's own, or was merged into it."""
        return institution_id is not None and (institution_id == self.institution_id or institution_id in self.formerly)


def enter(session: Session, slug: str, user_id: int | None) -> Entry:
    """Raises NoSuchDraft for strangers as for unknown slugs."""
    recorded = select(func.max(Event.number)).where(Event.draft_id == Draft.id).scalar_subquery()
    is_held = SittingRow.opened_at.is_not(None) & SittingRow.closed_at.is_(None)
    sitting = select(func.max(SittingRow.number)).where(SittingRow.draft_id == Draft.id, is_held).scalar_subquery()
    last_at = select(Event.happened_at).where(Event.draft_id == Draft.id).order_by(Event.number.desc()).limit(1)
    found = session.execute(
        select(
            Draft, Membership, recorded, sitting, _succeeded(), held_attribution(Draft.id), last_at.scalar_subquery()
        )
        .join(Membership, and_(Membership.draft_id == Draft.id, Membership.user_id == user_id))
        .where(Draft.slug == slug)
    ).first()
    if found is None or user_id is None:
        raise NoSuchDraft(slug)
    draft, membership, last, held, succeeded, attribution, at = found
    institution_id, formerly = _speaking(session, membership, bodies(session) if succeeded else {})
    entry = Entry(
        draft, Role(membership.role), user_id, institution_id, membership.part, last or 0, held, formerly,
        attribution, at, session.info.get("zone", UTC), session.info.get(RECEIPTS, frozenset()),
    )  # fmt: skip
    are_stored = entry.author_id is not None and not entry.receipts
    session.info[PERSONS_STORED] = are_stored and session.info.get(PERSONS_STORED, True)
    return entry


def enter_to_write(session: Session, slug: str, user_id: int | None) -> Entry:
    """The same in a transaction that writes and holds the draft's row, so that writers to one draft queue. Held first:
    what is read then (how contributions are attributed above all) holds until the transaction ends."""
    begin_writing(session)
    session.execute(select(Draft.id).where(Draft.slug == slug).with_for_update())
    return enter(session, slug, user_id)


def show_receipts(session: Session, hashes: Collection[str]) -> None:
    """Whoever asks through this session has these codes in hand: the only thing that makes something theirs whose
    author is not stored. Nothing of it is written anywhere."""
    session.info[RECEIPTS] = frozenset(hashes)


def find_draft(session: Session, slug: str) -> Draft:
    """A draft by its slug, for the command line and public pages. Raises NoSuchDraft."""
    draft = session.scalars(select(Draft).where(Draft.slug == slug)).first()
    if draft is None:
        raise NoSuchDraft(slug)
    return draft


def draft_to_write(session: Session, slug: str) -> Draft:
    """The same, its row held, for the command line in a transaction that writes. Raises NoSuchDraft."""
    draft = session.scalars(select(Draft).where(Draft.slug == slug).with_for_update()).first()
    if draft is None:
        raise NoSuchDraft(slug)
    return draft


def entries(session: Session, user_id: int) -> list[Entry]:
    """Every draft a person may enter, by title."""
    rows = session.execute(
        select(Draft, Membership, _succeeded())
        .join(Membership, Membership.draft_id == Draft.id)
        .where(Membership.user_id == user_id)
        .order_by(Draft.title)
    ).all()
    lives = bodies(session) if rows and rows[0].succeeded else {}
    found = []
    for draft, member, _any in rows:
        institution_id, formerly = _speaking(session, member, lives)
        found.append(Entry(draft, Role(member.role), user_id, institution_id, member.part, formerly=formerly))
    return found


def _succeeded() -> ColumnElement[bool]:
    """Whether any institution has a successor at all: in most installations none has, and nothing more is asked."""
    return exists().where(Institution.successor_id.is_not(None)).label("succeeded")


def _speaking(
    session: Session, membership: Membership, lives: Mapping[int, Body]
) -> tuple[int | None, frozenset[int]]:  # fmt: skip
    """For whom a member speaks today, and who was merged into that one."""
    own = membership.institution_id
    if own is None or not lives:
        return own, frozenset()
    day = today(session)
    institution_id = speaker(lives, own, day) or own
    return institution_id, in_place_of(lives, institution_id, day)


def add_member(
    session: Session, draft: Draft, *, name: str, role: Role, institution_code: str | None, now: datetime,
    part: str = "head",
) -> None:  # fmt: skip
    """Give somebody a role in a draft, or another one than before. Raises Invalid for unknown people or bodies."""
    user = session.scalars(select(User).where(User.name == name)).first()
    if user is None:
        raise Invalid(f"There is no account “{name}”.")
    institution = session.scalars(select(Institution).where(Institution.code == institution_code)).first()
    if institution_code is not None and institution is None:
        raise Invalid(f"There is no institution “{institution_code}”.")
    if role is Role.REPRESENTATIVE and institution is None:
        raise Invalid("A representative speaks for an institution: name it.")
    membership = session.scalars(
        select(Membership).where(Membership.draft_id == draft.id, Membership.user_id == user.id)
    ).first() or Membership(draft_id=draft.id, user_id=user.id, created_at=now)
    membership.role = role.value
    membership.institution_id = institution.id if institution else None
    membership.part = part
    session.add(membership)
    session.flush()


def all_drafts(session: Session) -> list[Draft]:
    """Every draft, by slug."""
    return list(session.scalars(select(Draft).order_by(Draft.slug)))

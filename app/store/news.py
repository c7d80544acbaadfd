"""What is new for a person: the events of their drafts since their last visit that concern them.

One condition says what concerns somebody; the number in the head of every page counts by it, the page of news reads by
it. New for a member who never marked anything as seen is what happened since they were added to the draft.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.domain.attribution import CONTRIBUTIONS, DECLARED, TIMED, Mode
from app.store.amendments import AmendmentRow, EditRow
from app.store.comments import Comment, Mention
from app.store.concerning import concerning, ever_concerning, sponsored
from app.store.db import today
from app.store.drafts import ClauseText, Draft
from app.store.events import Event
from app.store.notices import Notified
from app.store.once import once
from app.store.succession import is_ours
from app.store.users import Membership, User

MOST_COUNTED = 100
"""The number beside “News” counts no further."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that concerns somebody."""

    draft_id: int
    number: int
    kind: str
    facts: dict[str, Any]
    happened_at: datetime
    user: str
    institution_id: int | None
    is_stored: bool  # whether somebody stands for it in the record


@dataclass(frozen=True, slots=True)
class SaidComment:
    """A comment that an event is about. `answers_me`: it replies to a comment of the person who reads the news."""

    clause_id: str | None
    amendment: int | None
    body: str
    answers_me: bool
    names_me: bool
    names_us: bool


@dataclass(frozen=True, slots=True)
class MadeAmendment:
    draft_id: int
    number: int
    title: str
    institution_id: int | None
    clause_ids: tuple[str, ...]
    kind: str = "amendment"


def count(session: Session, user_id: int) -> int:
    """How many events are new for a person, in one statement; MOST_COUNTED stands for that many or more."""
    return session.scalar(_counting(), _asked(session, user_id)) or 0


def _asked(session: Session, user_id: int) -> dict[str, Any]:
    """For whom, and on which day, the conditions of `store.concerning` are asked."""
    return {"reader": user_id, "day": today(session)}


@once
def _counting() -> Select[int]:
    """Made once: every page asks it, and making it takes longer than answering it."""
    some = concerning(select(Event.id)).limit(MOST_COUNTED).subquery()
    return select(func.count()).select_from(some)


def happened(session: Session, user_id: int, draft_id: int | None, limit: int) -> list[Happened]:
    """The events that are new for a person, newest first, of one draft or of all theirs."""
    asked = {**_asked(session, user_id), "most": limit}
    if draft_id is None:
        return [Happened(*row) for row in session.execute(_in_all(), asked)]
    return [Happened(*row) for row in session.execute(_in_one(), {**asked, "of_draft": draft_id})]


@once
def _in_all() -> Select[Any]:
    """Made once, as `_counting` is."""
    return _by_time(concerning(COLUMNS)).limit(bindparam("most", type_=Integer))


@once
def _in_one() -> Select[Any]:
    return _in_all().where(Event.draft_id == bindparam("of_draft"))


COLUMNS = select(
    Event.draft_id, Event.number, Event.kind, Event.facts, Event.happened_at, func.coalesce(User.full_name, ""),
    Event.institution_id, Event.user_id.is_not(None),
)  # fmt: skip


def _newest(session: Session, query: Select[Any], user_id: int, limit: int) -> list[Happened]:
    return [Happened(*row) for row in session.execute(_by_time(query).limit(limit), _asked(session, user_id))]


def _by_time(query: Select[Any]) -> Select[Any]:
    query = query.outerjoin(User, User.id == Event.user_id)
    return query.order_by(Event.happened_at.desc(), Event.draft_id, Event.number.desc())


def latest(session: Session, user_id: int, up_to: Mapping[int, int], limit: int) -> list[Happened]:
    """What concerns a person in drafts up to an event of each, seen or not, newest first."""
    return _newest(session, ever_concerning(COLUMNS).where(_up_to(up_to)), user_id, limit)


def untold(session: Session, user_id: int, up_to: Mapping[int, int], limit: int) -> tuple[list[Happened], int]:
    """What is new for a person and was told in no letter, up to an event of each draft, newest first; and how much
    that is in all."""
    beyond = or_(Notified.event_number.is_(None), Event.number > Notified.event_number)

    def among(columns: Select[Any]) -> Select[Any]:
        told = and_(Notified.draft_id == Event.draft_id, Notified.user_id == Membership.user_id)
        return concerning(columns).outerjoin(Notified, told).where(beyond, _up_to(up_to))

    counted = select(func.count()).select_from(among(select(Event.id)).subquery())
    count = session.scalar(counted, _asked(session, user_id)) or 0
    return (_newest(session, among(COLUMNS), user_id, limit) if count else []), count


def _up_to(up_to: Mapping[int, int]) -> ColumnElement[bool]:
    return or_(
        false(), *(and_(Event.draft_id == draft_id, Event.number <= number) for draft_id, number in up_to.items())
    )


def tellable(session: Session, user_id: int, withheld_since: datetime) -> dict[int, int]:
    """Up to which event each draft of a person may be told of outside of the pages: the last one, or the one before the
    first that has only a day and is of a day that is not over (see `domain.notices`)."""
    strict = Draft.attribution == Mode.UNATTRIBUTED
    unsigned = and_(
        Event.user_id.is_(None), or_(Event.institution_id.is_(None), Event.kind.in_(DECLARED)),
        Event.kind.in_(CONTRIBUTIONS | DECLARED),
    )  # fmt: skip
    day_alone = or_(and_(strict, Event.kind.not_in(TIMED)), unsigned)
    withheld = and_(Event.happened_at >= withheld_since, day_alone)
    query = (
        select(Event.draft_id, func.max(Event.number), func.min(case((withheld, Event.number))))
        .join(Membership, and_(Membership.draft_id == Event.draft_id, Membership.user_id == user_id))
        .join(Draft, Draft.id == Event.draft_id)
        .group_by(Event.draft_id)
    )
    return {id: last if first is None else first - 1 for id, last, first in session.execute(query)}


def last_numbers(session: Session, draft_ids: Collection[int]) -> dict[int, int]:
    """The number of the last event of drafts."""
    query = select(Event.draft_id, func.max(Event.number)).where(Event.draft_id.in_(draft_ids)).group_by(Event.draft_id)
    return {row[0]: row[1] for row in session.execute(query)}


def comments(session: Session, ids: Collection[int], user_id: int) -> dict[int, SaidComment]:
    """The comments that events are about, by id."""
    answered = aliased(Comment)
    query = (
        select(
            Comment.id, Comment.clause_id, AmendmentRow.number, Comment.body,
            func.coalesce(answered.author_id == user_id, False),
            exists().where(Mention.comment_id == Comment.id, Mention.user_id == user_id),
            exists()
            .where(Mention.comment_id == Comment.id, is_ours(Mention.institution_id))
            .correlate(Comment, Membership),
        )
        .outerjoin(AmendmentRow, AmendmentRow.id == Comment.amendment_id)
        .outerjoin(answered, answered.id == Comment.reply_to)
        .join(Membership, and_(Membership.draft_id == Comment.draft_id, Membership.user_id == user_id))
        .where(Comment.id.in_(ids))
    )  # fmt: skip
    return {row[0]: SaidComment(*row[1:]) for row in session.execute(query, {"day": today(session)})}


def amendments(session: Session, keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], MadeAmendment]:
    """The amendments that events are about, by draft and number, with the clauses they change."""
    draft_ids, numbers = {draft_id for draft_id, _ in keys}, {number for _, number in keys}
    query = (
        select(
            AmendmentRow.draft_id, AmendmentRow.number, AmendmentRow.title, AmendmentRow.institution_id,
            AmendmentRow.kind, func.coalesce(EditRow.clause_id, EditRow.anchor_id),
        )
        .outerjoin(
            EditRow,
            and_(EditRow.amendment_id == AmendmentRow.id, EditRow.base_version == AmendmentRow.base_version),
        )
        .where(AmendmentRow.draft_id.in_(draft_ids), AmendmentRow.number.in_(numbers))
        .order_by(AmendmentRow.draft_id, AmendmentRow.number, EditRow.ordinal)
    )  # fmt: skip
    found: dict[tuple[int, int], MadeAmendment] = {}
    for draft_id, number, title, institution_id, kind, clause_id in session.execute(query):
        before = found.get((draft_id, number))
        ids = dict.fromkeys((*(before.clause_ids if before else ()), *((clause_id,) if clause_id else ())))
        found[draft_id, number] = MadeAmendment(draft_id, number, title, institution_id, tuple(ids), kind)
    return found


def ours(session: Session, user_id: int, draft_ids: Collection[int]) -> set[tuple[int, int]]:
    """Draft and number of the amendments that the person's own institution proposes in each draft, alone or with
    others."""
    query = (
        select(AmendmentRow.draft_id, AmendmentRow.number)
        .join(Membership, and_(Membership.draft_id == AmendmentRow.draft_id, Membership.user_id == user_id))
        .where(
            AmendmentRow.draft_id.in_(draft_ids),
            or_(is_ours(AmendmentRow.institution_id), sponsored("accepted")),
        )
    )
    return {(draft_id, number) for draft_id, number in session.execute(query, {"day": today(session)})}


def reworded(session: Session, versions: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
    """The clauses whose wording or label came, changed or went with versions, by draft and version number."""
    if not versions:
        return {}
    query = (
        select(
            ClauseText.draft_id, ClauseText.clause_id, ClauseText.first_version, ClauseText.last_version,
            ClauseText.sha256,
        )
        .join(Draft, and_(Draft.id == ClauseText.draft_id, Draft.language == ClauseText.language))
        .where(
            or_(
                *(
                    and_(
                        ClauseText.draft_id == draft_id,
                        or_(ClauseText.first_version == number, ClauseText.last_version == number - 1),
                    )
                    for draft_id, number in versions
                )
            )
        )
        .order_by(ClauseText.position)
    )  # fmt: skip
    rows = session.execute(query).all()
    found: dict[tuple[int, int], list[str]] = {}
    for draft_id, number in versions:
        after = {row.clause_id: row.sha256 for row in rows if row.draft_id == draft_id and row.first_version == number}
        before = {
            row.clause_id: row.sha256 for row in rows if row.draft_id == draft_id and row.last_version == number - 1
        }
        found[draft_id, number] = [id for id in {**after, **before} if before.get(id) != after.get(id)]
    return found

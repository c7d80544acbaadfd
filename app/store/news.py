"""What is new for a person: the events of their drafts since their last visit that concern them.

One condition says what concerns somebody; the number in the head of every page counts by it, the page of news reads by
it. New for a member who never marked anything as seen is what happened since they were added to the draft.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, String, and_, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.store.amendments import AmendmentRow, EditRow
from app.store.comments import Comment, Mention
from app.store.drafts import ClauseText, Draft
from app.store.events import Event
from app.store.follows import Follow, Visit
from app.store.relations import AmendmentLink, Sponsorship
from app.store.users import Membership, User

OF_NEW_VERSIONS = ("version_imported", "version_issued", "version_revoked")
OF_VERSIONS = (*OF_NEW_VERSIONS, "version_published")
EDITED = "comment_edited"
OF_COMMENTS = ("comment_made", EDITED, "thread_resolved", "thread_reopened")
OF_AMENDMENTS = (
    "amendment_submitted", "amendment_reworded", "amendment_withdrawn", "amendment_accepted", "amendment_declined",
    "sponsor_invited", "sponsor_accepted", "sponsor_declined", "amendments_linked", "link_removed",
    "counter_text_offered", "counter_text_accepted", "counter_text_declined",
)  # fmt: skip
"""What is not submitted yet is nobody's news: `amendment_drafted` is none of these."""
OF_POSITIONS = ("position_stated", "position_taken_back", "position_confirmed")
BEHIND_ALL = "~"
"""Behind every fractional key, compared as bytes."""
MOST_COUNTED = 100
"""The number beside “News” counts no further."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that concerns somebody, with the institution they speak for in its draft."""

    draft_id: int
    number: int
    kind: str
    facts: dict[str, Any]
    happened_at: datetime
    user: str
    institution_id: int | None
    mine: int | None


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
    some = _concerning(select(Event.id), user_id).limit(MOST_COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def happened(session: Session, user_id: int, draft_id: int | None, limit: int) -> list[Happened]:
    """The events that are new for a person, newest first, of one draft or of all theirs."""
    columns = select(
        Event.draft_id, Event.number, Event.kind, Event.facts, Event.happened_at,
        func.coalesce(User.full_name, ""), Event.institution_id, Membership.institution_id,
    )  # fmt: skip
    query = _concerning(columns, user_id).outerjoin(User, User.id == Event.user_id)
    if draft_id is not None:
        query = query.where(Event.draft_id == draft_id)
    query = query.order_by(Event.happened_at.desc(), Event.draft_id, Event.number.desc()).limit(limit)
    return [Happened(*row) for row in session.execute(query)]


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
            exists().where(Mention.comment_id == Comment.id, Mention.institution_id == Membership.institution_id),
        )
        .outerjoin(AmendmentRow, AmendmentRow.id == Comment.amendment_id)
        .outerjoin(answered, answered.id == Comment.reply_to)
        .join(Membership, and_(Membership.draft_id == Comment.draft_id, Membership.user_id == user_id))
        .where(Comment.id.in_(ids))
    )  # fmt: skip
    return {row[0]: SaidComment(*row[1:]) for row in session.execute(query)}


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
            or_(AmendmentRow.institution_id == Membership.institution_id, _sponsored("accepted")),
        )
    )
    return {(draft_id, number) for draft_id, number in session.execute(query)}


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


def follows_above(session: Session, user_id: int, clause_id: str) -> bool:
    """Whether a person follows a clause that this one stands below, or the whole draft."""
    whole = _there_is(Follow, ClauseText)(
        Follow.user_id == user_id,
        Follow.clause_id.is_(None),
        Follow.draft_id == ClauseText.draft_id,
        ClauseText.clause_id == clause_id,
    )
    return bool(session.scalar(select(or_(_followed(user_id, _ranges(user_id), literal(clause_id)), whole))))


def _concerning(columns: Select[Any], user_id: int) -> Select[Any]:
    """The condition: events of the person's drafts, new for them, not of their own doing, that concern them."""
    new = or_(
        Event.number > Visit.event_number,
        and_(Visit.event_number.is_(None), Event.happened_at >= Membership.created_at),
    )
    whole = _there_is(Follow)(Follow.user_id == user_id, Follow.draft_id == Event.draft_id, Follow.clause_id.is_(None))
    ranges = _ranges(user_id)
    said = Event.facts["comment"].as_integer()
    withdrawn = _there_is(Comment)(Comment.id == said, Comment.withdrawn_at.is_not(None))
    return (
        columns.select_from(Event)
        .join(Membership, and_(Membership.draft_id == Event.draft_id, Membership.user_id == user_id))
        .outerjoin(Visit, and_(Visit.draft_id == Event.draft_id, Visit.user_id == user_id))
        .where(
            new,
            Event.user_id.is_distinct_from(user_id),
            Event.kind.in_((*OF_VERSIONS, *OF_COMMENTS, *OF_AMENDMENTS, *OF_POSITIONS)),
            or_(Event.kind.not_in(OF_COMMENTS), ~withdrawn),
            or_(
                Event.kind.in_(OF_VERSIONS),
                whole,
                and_(Event.kind.in_(OF_COMMENTS), _comment_concerns(user_id, ranges, said)),
                and_(Event.kind.in_(OF_POSITIONS), _position_concerns(user_id, ranges)),
                and_(
                    Event.kind != EDITED,
                    _amendment_concerns(user_id, ranges, Event.facts["amendment"].as_integer()),
                ),
            ),
            or_(Event.kind != EDITED, _named_anew(user_id)),
        )
    )


def _named_anew(user_id: int) -> ColumnElement[bool]:
    """Another wording of a comment is news for those alone whom it names and the former did not."""
    told = Event.facts["named_anew"].as_string()
    institution = literal('%"institution ') + cast(Membership.institution_id, String) + literal('"%')
    return or_(told.like(f'%"user {user_id}"%'), told.like(institution))


def _comment_concerns(user_id: int, ranges: CTE, said: ColumnElement[int]) -> ColumnElement[bool]:
    """It answers the person, or is theirs (a thread that was settled), or names them or their institution, or is on
    what they follow."""
    answered = aliased(Comment)
    names = _there_is(Mention)(
        Mention.comment_id == Comment.id,
        or_(Mention.user_id == user_id, Mention.institution_id == Membership.institution_id),
    )
    answers = _there_is(answered)(
        or_(answered.id == Comment.reply_to, answered.id == Comment.id), answered.author_id == user_id
    )
    about = Comment.__table__.c.clause_id
    return _there_is(Comment)(Comment.id == said, or_(answers, names, _followed(user_id, ranges, about)))


def _amendment_concerns(user_id: int, ranges: CTE, number: ColumnElement[int]) -> ColumnElement[bool]:
    """It is of the person's institution, which may have been asked to propose it too; or is linked to one that is, an
    answer to it among them; or changes what they follow."""
    changes = _there_is(EditRow)(
        EditRow.amendment_id == AmendmentRow.id,
        EditRow.base_version == AmendmentRow.base_version,
        _followed(user_id, ranges, func.coalesce(EditRow.clause_id, EditRow.anchor_id)),
    )
    return _there_is(AmendmentRow)(
        AmendmentRow.draft_id == Event.draft_id,
        AmendmentRow.number == number,
        or_(
            AmendmentRow.institution_id == Membership.institution_id,
            _sponsored("invited", "accepted"),
            changes,
            and_(Event.kind.in_(OF_AMENDMENTS), _linked_to_ours()),
        ),
    )


def _position_concerns(user_id: int, ranges: CTE) -> ColumnElement[bool]:
    """It is one of the person's own institution, or on a clause that they follow."""
    clause_id = Event.facts["clause"].as_string()
    return or_(Event.institution_id == Membership.institution_id, _followed(user_id, ranges, clause_id))


def _sponsored(*answers: str) -> ColumnElement[bool]:
    return _there_is(Sponsorship)(
        Sponsorship.amendment_id == AmendmentRow.id,
        Sponsorship.institution_id == Membership.institution_id,
        Sponsorship.answer.in_(answers),
    )


def _linked_to_ours() -> ColumnElement[bool]:
    """A counter-text to one of ours, other words for it, a link to it, or the other way round; also one removed."""
    other = aliased(AmendmentRow)
    return _there_is(AmendmentLink, other)(
        or_(
            and_(AmendmentLink.from_id == AmendmentRow.id, AmendmentLink.to_id == other.id),
            and_(AmendmentLink.to_id == AmendmentRow.id, AmendmentLink.from_id == other.id),
        ),
        other.institution_id == Membership.institution_id,
    )


def _followed(user_id: int, ranges: CTE, clause_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the person follows a clause, or one above it in the latest version of the draft's language."""
    text = aliased(ClauseText)
    own = _there_is(Follow)(Follow.user_id == user_id, Follow.clause_id == clause_id)
    below = _there_is(text, ranges)(
        text.clause_id == clause_id,
        text.last_version.is_(None),
        text.draft_id == ranges.c.draft_id,
        text.language == ranges.c.language,
        text.position > ranges.c.start,
        text.position < ranges.c.end,
    )
    return or_(own, below)


def _ranges(user_id: int) -> CTE:
    """From where to where the clauses reach that the person follows; worked out once for the whole statement.

    A clause reaches to the next one that is not deeper; the index `ix_clause_texts_standing` finds that one at once.
    """
    above, behind = aliased(ClauseText), aliased(ClauseText)
    end = (
        select(behind.position)
        .where(
            behind.draft_id == above.draft_id,
            behind.language == above.language,
            behind.last_version.is_(None),
            behind.position > above.position,
            behind.depth <= above.depth,
        )
        .order_by(behind.position)
        .limit(1)
        .correlate_except(behind)
        .scalar_subquery()
    )
    return (
        select(
            above.draft_id,
            above.language,
            above.position.label("start"),
            func.coalesce(end, BEHIND_ALL).label("end"),
        )
        .join(Follow, Follow.clause_id == above.clause_id)
        .where(Follow.user_id == user_id, above.last_version.is_(None))
        .cte("followed")
        .prefix_with("MATERIALIZED")
    )


def _there_is(*sources: Any) -> Callable[..., ColumnElement[bool]]:
    """EXISTS over these tables; every other table named inside is one of a query around it."""
    return lambda *conditions: exists().where(*conditions).correlate_except(*sources)

"""What concerns a person: the one condition by which news are counted and read, on pages, in letters and in feeds."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.domain.attribution import CONTRIBUTIONS, DECLARED, Mode
from app.store.amendments import AmendmentRow, EditRow
from app.store.comments import Comment, Mention
from app.store.drafts import ClauseText, Draft
from app.store.events import Event
from app.store.follows import Follow, Visit
from app.store.once import once
from app.store.relations import AmendmentLink, Sponsorship
from app.store.succession import is_ours, of_ours
from app.store.users import Membership

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
OF_POSITIONS = (
    "position_stated", "position_taken_back", "position_confirmed", "objection_answered", "objection_maintained",
    "clause_reopened", "clauses_linked", "package_dissolved", "explanation_attached", "explanation_withdrawn",
)  # fmt: skip
"""What is said about agreement."""
OF_CALLS = ("call_opened", "call_extended", "call_revealed", "call_closed", "call_called_off")
"""Everybody in the draft is told; reminders only those who are reminded."""
OF_SESSIONS = ("session_planned", "session_replanned", "session_called_off", "session_opened")
"""Everybody in the draft is told; what is done in a session stands on its page."""
REMINDED = "call_reminded"
OF_MEMBERS = ("member_added", "member_changed", "delegation_handed_over")
"""Only whom it is about is told: that they were added, got another part, lead a delegation now."""
OF_ALL = (*OF_VERSIONS, *OF_COMMENTS, *OF_AMENDMENTS, *OF_POSITIONS, *OF_CALLS, *OF_SESSIONS, REMINDED, *OF_MEMBERS)
BEHIND_ALL = "~"
"""Behind every fractional key, compared as bytes."""
READER = bindparam("reader", type_=Integer)
"""Whoever a statement is asked for, in all the conditions below. They ask too on which day (`succession.DAY`): what
concerns an institution concerns the one into which it was merged."""


def follows_above(session: Session, user_id: int, clause_id: str) -> bool:
    """Whether a person follows a clause that this one stands below, or the whole draft."""
    return bool(session.scalar(_following_above(), {"reader": user_id, "clause": clause_id}))


@once
def _following_above() -> Select[bool]:
    """Made once, as the other one that most pages ask."""
    clause_id = bindparam("clause", type_=String)
    whole = there_is(Follow, ClauseText)(
        Follow.user_id == READER,
        Follow.clause_id.is_(None),
        Follow.draft_id == ClauseText.draft_id,
        ClauseText.clause_id == clause_id,
    )
    return select(or_(_followed(_ranges(), clause_id), whole))


def concerning(columns: Select[Any]) -> Select[Any]:
    """The condition: events of the person's drafts, new for them, not of their own doing, that concern them."""
    new = or_(
        Event.number > Visit.event_number,
        and_(Visit.event_number.is_(None), or_(Event.happened_at >= Membership.created_at, _of_the_same_day())),
    )
    return (
        ever_concerning(columns)
        .outerjoin(Visit, and_(Visit.draft_id == Event.draft_id, Visit.user_id == READER))
        .where(new)
    )


def _of_the_same_day() -> ColumnElement[bool]:
    """Where events have a day alone, those of the day on which somebody was added say that they happened before: they
    are new too, with some of the day before it."""
    strict = there_is(Draft)(Draft.id == Membership.draft_id, Draft.attribution == Mode.UNATTRIBUTED)
    unsigned = and_(Event.user_id.is_(None), _is_of(CONTRIBUTIONS | DECLARED))
    return and_(or_(strict, unsigned), Event.happened_at >= _DayBefore(Membership.created_at))


class _DayBefore(FunctionElement[Any]):
    """A moment, a day earlier."""

    inherit_cache = True


@compiles(_DayBefore)
def _a_day_before(element: _DayBefore, compiler: SQLCompiler, **more: Any) -> str:
    return f"({compiler.process(element.clauses, **more)} - interval '1 day')"


@compiles(_DayBefore, "sqlite")
def _a_day_before_on_sqlite(element: _DayBefore, compiler: SQLCompiler, **more: Any) -> str:
    return f"datetime({compiler.process(element.clauses, **more)}, '-1 day')"


def ever_concerning(columns: Select[Any]) -> Select[Any]:
    """The same whether they have seen it or not."""
    whole = there_is(Follow)(Follow.user_id == READER, Follow.draft_id == Event.draft_id, Follow.clause_id.is_(None))
    ranges = _ranges()
    said = Event.facts["comment"].as_integer()
    withdrawn = there_is(Comment)(Comment.id == said, Comment.withdrawn_at.is_not(None))
    return (
        columns.select_from(Event)
        .join(Membership, and_(Membership.draft_id == Event.draft_id, Membership.user_id == READER))
        .where(
            Event.user_id.is_distinct_from(READER),
            _is_of(OF_ALL),
            or_(~_is_of(OF_COMMENTS), ~withdrawn),
            or_(
                _is_of((*OF_VERSIONS, *OF_CALLS, *OF_SESSIONS)),
                and_(whole, ~_is_of((REMINDED, *OF_MEMBERS))),
                and_(_is_of((REMINDED, *OF_MEMBERS)), _among("told")),
                and_(_is_of(OF_COMMENTS), _comment_concerns(ranges, said)),
                and_(_is_of(OF_POSITIONS), _position_concerns(ranges)),
                and_(
                    Event.kind != EDITED,
                    _amendment_concerns(ranges, Event.facts["amendment"].as_integer()),
                ),
            ),
            or_(Event.kind != EDITED, _named_anew()),
        )
    )


def _is_of(kinds: Iterable[str]) -> ColumnElement[bool]:
    """Whether an event is of one of these kinds. They are written into the statement: it is asked for every page, and
    to send them along each time takes as long as to answer it."""
    return Event.kind.in_([literal_column(f"'{kind}'") for kind in sorted(kinds)])


def _named_anew() -> ColumnElement[bool]:
    """Another wording of a comment is news for those alone whom it names and the former did not."""
    return _among("named_anew")


def _among(name: str) -> ColumnElement[bool]:
    """Whether the person, or their institution, is among those whom a fact of an event lists."""
    told = Event.facts[name].as_string()
    person = literal('%"user ') + cast(READER, String) + literal('"%')
    return or_(told.like(person), of_ours(lambda id: told.like(literal('%"institution ') + cast(id, String) + '"%')))


def _comment_concerns(ranges: CTE, said: ColumnElement[int]) -> ColumnElement[bool]:
    """It answers the person, or is theirs (a thread that was settled), or names them or their institution, or is on
    what they follow."""
    answered = aliased(Comment)
    names = there_is(Mention)(
        Mention.comment_id == Comment.id,
        or_(Mention.user_id == READER, is_ours(Mention.institution_id)),
    )
    answers = there_is(answered)(
        or_(answered.id == Comment.reply_to, answered.id == Comment.id), answered.author_id == READER
    )
    about = Comment.__table__.c.clause_id
    return there_is(Comment)(Comment.id == said, or_(answers, names, _followed(ranges, about)))


def _amendment_concerns(ranges: CTE, number: ColumnElement[int]) -> ColumnElement[bool]:
    """It is of the person's institution, which may have been asked to propose it too; or is linked to one that is, an
    answer to it among them; or changes what they follow."""
    changes = there_is(EditRow)(
        EditRow.amendment_id == AmendmentRow.id,
        EditRow.base_version == AmendmentRow.base_version,
        _followed(ranges, func.coalesce(EditRow.clause_id, EditRow.anchor_id)),
    )
    return there_is(AmendmentRow)(
        AmendmentRow.draft_id == Event.draft_id,
        AmendmentRow.number == number,
        or_(
            is_ours(AmendmentRow.institution_id),
            sponsored("invited", "accepted"),
            changes,
            and_(_is_of(OF_AMENDMENTS), _linked_to_ours()),
        ),
    )


def _position_concerns(ranges: CTE) -> ColumnElement[bool]:
    """It is of the person's own institution, or they are to be told of it, or it is on a clause that they follow."""
    clause_id = Event.facts["clause"].as_string()
    return or_(is_ours(Event.institution_id), _among("told"), _followed(ranges, clause_id))


def sponsored(*answers: str) -> ColumnElement[bool]:
    return there_is(Sponsorship)(
        Sponsorship.amendment_id == AmendmentRow.id,
        is_ours(Sponsorship.institution_id),
        Sponsorship.answer.in_(answers),
    )


def _linked_to_ours() -> ColumnElement[bool]:
    """A counter-text to one of ours, other words for it, a link to it, or the other way round; also one removed."""
    other = aliased(AmendmentRow)
    return there_is(AmendmentLink, other)(
        or_(
            and_(AmendmentLink.from_id == AmendmentRow.id, AmendmentLink.to_id == other.id),
            and_(AmendmentLink.to_id == AmendmentRow.id, AmendmentLink.from_id == other.id),
        ),
        is_ours(other.institution_id),
    )


def _followed(ranges: CTE, clause_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the person follows a clause, or one above it in the latest version of the draft's language."""
    text = aliased(ClauseText)
    own = there_is(Follow)(Follow.user_id == READER, Follow.clause_id == clause_id)
    below = there_is(text, ranges)(
        text.clause_id == clause_id,
        text.last_version.is_(None),
        text.draft_id == ranges.c.draft_id,
        text.language == ranges.c.language,
        text.position > ranges.c.start,
        text.position < ranges.c.end,
    )
    return or_(own, below)


def _ranges() -> CTE:
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
        .where(Follow.user_id == READER, above.last_version.is_(None))
        .cte("followed")
        .prefix_with("MATERIALIZED")
    )


def there_is(*sources: Any) -> Callable[..., ColumnElement[bool]]:
    """EXISTS over these tables; every other table named inside is one of a query around it."""
    return lambda *conditions: exists().where(*conditions).correlate_except(*sources)

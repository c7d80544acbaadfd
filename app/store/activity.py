"""The events of a draft that somebody may see and asks for, newest first, in pages that begin at a number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select
from sqlalchemy.orm import Session

from app.domain.activity import Seen, kinds_seen
from app.store.amendments import AmendmentRow, EditRow
from app.store.comments import Comment
from app.store.concerning import there_is
from app.store.drafts import ClauseText
from app.store.events import Event
from app.store.news import Happened
from app.store.users import User


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: for whom they speak, whether they lead the work, and which amendments they may not know of."""

    user_id: int
    institution_ids: frozenset[int]
    leads: bool
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `kinds` and `clause_ids` None: all."""

    kinds: Collection[str] | None = None
    institution_id: int | None = None
    clause_ids: Collection[str] | None = None
    amendment: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place in the chain. `is_salted`: its hash covers digests that nobody can guess."""

    happened: Happened
    user_id: int | None
    previous_hash: str
    hash: str
    is_salted: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """When the record of a draft begins, and with which hash it ends today. `is_salted`: as of an event."""

    first_at: datetime
    last_hash: str
    is_salted: bool


_COLUMNS = (
    Event.draft_id, Event.number, Event.kind, Event.facts, Event.happened_at, func.coalesce(User.full_name, ""),
    Event.institution_id, Event.user_id.is_not(None), Event.user_id, Event.previous_hash, Event.hash,
    Event.salt.is_not(None),
)  # fmt: skip


def ends(session: Session, draft_id: int) -> Ends | None:
    """The first event and the last one; None before the first."""
    last = select(func.max(Event.number)).where(Event.draft_id == draft_id).scalar_subquery()
    rows = session.execute(
        select(Event.happened_at, Event.hash, Event.salt.is_not(None))
        .where(Event.draft_id == draft_id, or_(Event.number == 1, Event.number == last))
        .order_by(Event.number)
    ).all()
    return Ends(rows[0][0], rows[-1][1], rows[-1][2]) if rows else None


def hidden(session: Session, draft_id: int, user_id: int, institution_ids: Collection[int]) -> frozenset[int]:
    """The amendments that are drafts of others, or were given up as drafts by others."""
    ours = [AmendmentRow.author_id == user_id, AmendmentRow.institution_id.in_(sorted(institution_ids))]
    unsent = or_(AmendmentRow.state == "draft", AmendmentRow.discarded_at.is_not(None))
    is_ours = or_(*(func.coalesce(mine, False) for mine in ours))
    asked = select(AmendmentRow.number).where(AmendmentRow.draft_id == draft_id, unsent, ~is_ours)
    return frozenset(session.scalars(asked))


def institutions(session: Session, draft_id: int) -> set[int]:
    """Those that did anything that was recorded."""
    asked = select(Event.institution_id).where(Event.draft_id == draft_id, Event.institution_id.is_not(None))
    return {id for id in session.scalars(asked.distinct()) if id is not None}


def count(session: Session, draft_id: int, reader: Reader, wanted: Wanted) -> int:
    """How many events are asked for that they may see."""
    return session.scalar(select(func.count()).where(*_conditions(draft_id, reader, wanted))) or 0


def page(
    session: Session, draft_id: int, reader: Reader, wanted: Wanted, *, before: int, after: int, limit: int
) -> list[Recorded]:
    """The newest events before a number (0: before none); or the first ones after another, all newest first."""
    asked = select(*_COLUMNS).outerjoin(User, User.id == Event.user_id)
    asked = asked.where(*_conditions(draft_id, reader, wanted))
    if before:
        asked = asked.where(Event.number < before)
    if after and not before:
        oldest_first = asked.where(Event.number > after).order_by(Event.number).limit(limit)
        return _recorded(session, oldest_first)[::-1]
    return _recorded(session, asked.order_by(Event.number.desc()).limit(limit))


def discarded(session: Session, draft_id: int, numbers: Collection[int]) -> set[int]:
    """Which of these amendments were given up as drafts: they have no page any more."""
    asked = select(AmendmentRow.number).where(
        AmendmentRow.draft_id == draft_id, AmendmentRow.number.in_(numbers), AmendmentRow.discarded_at.is_not(None)
    )
    return set(session.scalars(asked))


def _recorded(session: Session, asked: Any) -> list[Recorded]:
    return [Recorded(Happened(*row[:8]), *row[8:]) for row in session.execute(asked)]


def _conditions(draft_id: int, reader: Reader, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [Event.draft_id == draft_id, _seen(reader)]
    if reader.hidden:
        found.append(~_of_hidden_amendment(reader))
    if wanted.kinds is not None:
        found.append(Event.kind.in_(sorted(wanted.kinds)))
    if wanted.institution_id is not None:
        found.append(Event.institution_id == wanted.institution_id)
    if wanted.clause_ids is not None:
        found.append(_about_clauses(sorted(wanted.clause_ids)))
    if wanted.amendment is not None:
        found.append(_about_amendment(wanted.amendment))
    if wanted.since is not None:
        found.append(Event.happened_at >= wanted.since)
    if wanted.until is not None:
        found.append(Event.happened_at < wanted.until)
    return found


def _seen(reader: Reader) -> ColumnElement[bool]:
    """What the table of `domain.activity` lets them see."""
    ours = Event.institution_id.in_(sorted(reader.institution_ids)) if reader.institution_ids else false()
    own = or_(Event.user_id == reader.user_id, ours)
    leading = Event.kind.in_(sorted(kinds_seen(Seen.BY_LEADING)))
    return or_(
        Event.kind.in_(sorted(kinds_seen(Seen.BY_ALL))),
        leading if reader.leads else and_(leading, own),
        and_(Event.kind.in_(sorted(kinds_seen(Seen.BY_ITS_OWN))), own),
    )


_AMENDMENT = Event.facts["amendment"].as_integer()
_OTHERS = (Event.facts["other"].as_integer(), Event.facts["offered_to"].as_integer())


def _of_hidden_amendment(reader: Reader) -> ColumnElement[bool]:
    """It speaks of an amendment that this reader may not know of."""
    hidden = sorted(reader.hidden)
    return or_(*(func.coalesce(number.in_(hidden), False) for number in (_AMENDMENT, *_OTHERS)))


def _about_amendment(number: int) -> ColumnElement[bool]:
    """Itself, a comment on it, or a version that decided or carried it."""
    key = f"A{number}"
    on_it = there_is(Comment, AmendmentRow)(
        Comment.id == Event.facts["comment"].as_integer(),
        AmendmentRow.id == Comment.amendment_id,
        AmendmentRow.number == number,
    )
    return or_(
        func.coalesce(number == _AMENDMENT, False),
        *(func.coalesce(other == number, False) for other in _OTHERS),
        Event.facts[("fates", key)].as_string().is_not(None),
        Event.facts[("carried", key)].as_string().is_not(None),
        on_it,
    )


def _about_clauses(clause_ids: Collection[str]) -> ColumnElement[bool]:
    """Clauses themselves, amendments and comments on them, versions that gave them other words."""
    listed = Event.facts["clauses"].as_string()
    text = ClauseText.__table__.c
    among = there_is(ClauseText)(
        ClauseText.draft_id == Event.draft_id,
        text.clause_id.in_(clause_ids),
        or_(
            listed.like(literal('%"') + text.clause_id + literal('"%')),
            and_(Event.kind.in_(("version_issued", "version_revoked")),
                 text.first_version == Event.facts["version"].as_integer()),
        ),
    )  # fmt: skip
    changes = there_is(AmendmentRow, EditRow)(
        AmendmentRow.draft_id == Event.draft_id,
        AmendmentRow.number == _AMENDMENT,
        EditRow.amendment_id == AmendmentRow.id,
        EditRow.base_version == AmendmentRow.base_version,
        func.coalesce(EditRow.clause_id, EditRow.anchor_id).in_(clause_ids),
    )
    said = there_is(Comment)(Comment.id == Event.facts["comment"].as_integer(), Comment.clause_id.in_(clause_ids))
    return or_(Event.facts["clause"].as_string().in_(clause_ids), among, changes, said)

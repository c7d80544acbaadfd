"""Who speaks for an institution on a day, asked inside a statement; and whether two have one voice: one was merged into
the other, at once or through others, or both into a third."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import CTE, ColumnElement, Date, ScalarSelect, and_, bindparam, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.store.institutions import Institution
from app.store.once import once
from app.store.users import Membership

DAY = bindparam("day", type_=Date)
"""The day on which is asked: whoever sends such a statement says it."""
LONGEST_CHAIN = 20
"""So many successors one after the other are followed; more are a circle."""


def is_ours(column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """Whether the member of a membership around speaks on the day in the place of the institution in a column."""
    return of_ours(lambda id: column == id)


def of_ours(holds: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether something holds of an institution in whose place the member of a membership around speaks on the day."""
    pair = _pairs().alias()
    merged = exists().where(pair.c.body == Membership.institution_id, holds(pair.c.other))
    return or_(holds(Membership.institution_id), merged.correlate_except(pair))


def speaker_for(column: InstrumentedAttribute[int | None]) -> ScalarSelect[int]:
    """Who speaks on the day for the institution in a column: itself, or the last that took over from it."""
    heir = _heirs().alias()
    last = select(heir.c.speaker).where(heir.c.body == column).order_by(heir.c.step.desc()).limit(1)
    return last.correlate_except(heir).scalar_subquery()


@once
def _pairs() -> CTE:
    """Two institutions each that have one speaker: none at all where none was merged."""
    one, other = _heirs().alias(), _heirs().alias()
    same = and_(one.c.speaker == other.c.speaker, one.c.body != other.c.body)
    return select(one.c.body, other.c.body.label("other")).join(other, same).distinct().cte("of_one_voice")


@once
def _heirs() -> CTE:
    """Institutions with those that took over from them by the day, themselves among these. One for every statement."""
    gone = aliased(Institution)
    start = select(Institution.id.label("body"), Institution.id.label("speaker"), literal(0).label("step"))
    heirs = start.cte("heirs", recursive=True)
    further = (
        select(heirs.c.body, gone.successor_id, heirs.c.step + 1)
        .join(gone, gone.id == heirs.c.speaker)
        .where(gone.exists_until < DAY, gone.successor_id.is_not(None), heirs.c.step < LONGEST_CHAIN)
    )
    return heirs.union_all(further)

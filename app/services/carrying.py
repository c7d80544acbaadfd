"""Carrying open amendments onto a version just made. Part of every use case that makes one; commits nothing itself."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from app.domain.edits import Amendment, Law
from app.domain.keeping import Rest
from app.domain.lifecycle import OPEN, State
from app.domain.rebase import Carried, Carrying, Renumbered, Standing, carry_all
from app.store import amendments, fates
from app.store.amendments import AmendmentRow, key_of
from app.store.drafts import Draft
from app.store.versions import NewText, StoredClause

NOTHING: Mapping[str, Rest] = {}


def law_of(clauses: Iterable[StoredClause | NewText]) -> Law:
    return {one.id: one.clause for one in clauses}


def carry_open_amendments(
    session: Session,
    draft: Draft,
    number: int,
    *,
    old: Law,
    new: Law,
    kept: Mapping[str, Rest] = NOTHING,
    standing: Standing | None = None,
    renumbered: Renumbered | None = None,
) -> dict[str, str]:
    """Carry every open amendment that starts from the version before onto this one; the outcome by amendment.

    `old` and `new` are the two texts; `kept` what is still open of amendments that this version keeps in brackets;
    `standing` of the merge that made `new`, where one did, and `renumbered` the text before its numbers ran on. One
    that needs its author keeps its edits on the version they were made for.
    """
    rows = {
        key_of(row.number): row
        for row in amendments.all_of(session, draft.id)
        if State(row.state) in OPEN and row.base_version == number - 1
    }
    if not rows:
        return {}
    edits = amendments.edits_of(session, draft.id)
    open_ones = [Amendment(key, kept[key].edits if key in kept else edits[row.id]) for key, row in rows.items()]
    carried = carry_all(open_ones, old, new, standing, renumbered)
    fates.add_all(session, [_fate(rows[_key(one)], one, number) for one in carried if _key(one) not in kept])
    for one in carried:
        _carry(session, rows[_key(one)], one, number, kept.get(_key(one)))
    session.flush()
    return {_key(one): one.outcome.value for one in carried}


def wordings(session: Session, draft: Draft, number: int) -> dict[str, int]:
    """For the record: which wording of every amendment a version decided on or carried, by key."""
    return {key_of(one): revision for one, revision in sorted(fates.revisions_at(session, draft.id, number).items())}


def _key(carrying: Carrying) -> str:
    return carrying.amendment.key


def _fate(row: AmendmentRow, carrying: Carrying, number: int) -> fates.FateRow:
    return fates.as_it_stands(row, number, carrying.outcome.value)


def _carry(session: Session, row: AmendmentRow, carrying: Carrying, number: int, rest: Rest | None) -> None:
    """Put an amendment on the new version; `rest` of one that is kept in brackets, of which fewer edits may be left."""
    row.carried = carrying.outcome.value
    if carrying.outcome in (Carried.UNCHANGED, Carried.SHIFTED):
        amendments.add_edits(session, row.id, number, carrying.amendment.edits)
        row.base_version = number
    if rest is not None and (rest.partly or len(carrying.amendment.edits) < len(rest.edits)):
        row.partly_since = row.partly_since or number

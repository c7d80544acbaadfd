"""How the clauses of drafts are called and nested in their latest versions: all that citing them takes, without their
words. It follows from a version alone, so it is kept for a while."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.clauses import Clause
from app.services import showing
from app.services.kept import Kept
from app.store import search
from app.store.search import Standing

MOST = 32
"""How many outlines a process keeps: that of a large code of law takes about 5 MB."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The clauses of a version in reading order, and how each is cited, by its id."""

    rows: tuple[Standing, ...]
    clauses: tuple[Clause, ...]
    cited: Mapping[str, str]


_KEPT: Kept[Outline] = Kept(MOST)


def outlines(session: Session, draft_ids: Collection[int]) -> dict[int, Outline]:
    """The outlines of drafts that have a version: one statement while they are kept, and one more where any is not."""
    if not draft_ids:
        return {}
    database = str(session.get_bind().engine.url)
    known = search.fingerprints(session, draft_ids)
    keys: dict[int, Hashable] = {draft_id: (database, *one) for draft_id, one in known.items()}
    missing = {draft_id for draft_id, key in keys.items() if not _KEPT.has(key)}
    read = search.outlines(session, missing)
    return {id: _KEPT.get(key, lambda id=id: _made(session, id, read)) for id, key in keys.items()}  # type: ignore[misc]


def _made(session: Session, draft_id: int, read: Mapping[int, list[Standing]]) -> Outline:
    """An outline; read alone where it was forgotten since it was looked for."""
    rows = read.get(draft_id) or search.outlines(session, {draft_id}).get(draft_id, [])
    clauses = tuple(row.clause for row in rows)
    humans = showing.citations(clauses)
    return Outline(tuple(rows), clauses, {row.clause_id: human for row, human in zip(rows, humans, strict=True)})

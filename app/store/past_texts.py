"""Several versions of a draft at once: one statement, in which what they share is read once."""

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.clauses import Clause
from app.store.drafts import ClauseText
from app.store.versions import KINDS


def laws_of(session: Session, draft_id: int, language: str, numbers: Collection[int]) -> dict[int, dict[str, Clause]]:
    """The clauses of each of these versions by their ids, in reading order. `numbers` must name one at least."""
    text = ClauseText
    rows = session.execute(
        select(
            text.clause_id, text.first_version, text.last_version, text.kind, text.depth, text.label, text.address,
            text.lead, text.body, text.tail,
        )
        .where(
            text.draft_id == draft_id, text.language == language, text.first_version <= max(numbers),
            or_(text.last_version.is_(None), text.last_version >= min(numbers)),
        )
        .order_by(text.position)
    )  # fmt: skip
    laws: dict[int, dict[str, Clause]] = {number: {} for number in numbers}
    for clause_id, first, last, kind, *rest in rows:
        clause = Clause(KINDS[kind], *rest)
        for number, law in laws.items():
            if first <= number and (last is None or number <= last):
                law[clause_id] = clause
    return laws

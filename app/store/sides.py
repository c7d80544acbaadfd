"""Two versions side by side: one statement, in which what both have is read once."""

from dataclasses import dataclass, field

from sqlalchemy import and_, case, literal, null, or_, select
from sqlalchemy.orm import Session

from app.domain.clauses import Clause
from app.domain.provenance import Origins, decode
from app.store.drafts import ClauseText
from app.store.versions import KINDS, valid_in


@dataclass(frozen=True, slots=True)
class Sides:
    """Both texts by clause id. A clause that did not change at all is the same object in both; `html` holds those of
    the new version, where it was asked for; `origins` those of words that the old version does not have so."""

    old: dict[str, Clause]
    new: dict[str, Clause]
    html: dict[str, str]
    origins: dict[str, Origins] = field(default_factory=dict)


def sides(session: Session, draft_id: int, language: str, old: int, new: int, *, html: bool) -> Sides:
    """The two texts in their reading orders."""
    text = ClauseText
    in_both = and_(valid_in(old), valid_in(new))
    rows = session.execute(
        select(
            text.clause_id, valid_in(old), valid_in(new), text.kind, text.depth, text.label, text.address, text.lead,
            text.body, text.tail, text.html if html else literal(""),
            case((in_both, null()), else_=text.origins),
        )
        .where(text.draft_id == draft_id, text.language == language, or_(valid_in(old), valid_in(new)))
        .order_by(text.position)
    )  # fmt: skip
    found = Sides({}, {}, {})
    for clause_id, in_old, in_new, kind, *rest, rendered, origins in rows:
        clause = Clause(KINDS[kind], *rest)
        if in_old:
            found.old[clause_id] = clause
        if in_new:
            found.new[clause_id] = clause
            found.html[clause_id] = rendered
            if origins:
                found.origins[clause_id] = decode(origins)
    return found

"""What is said and linked in a draft as a whole; kept for as long as nothing of it is written (services.by_record)."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.services.by_record import ByRecord
from app.store import comments, positions, relations
from app.store.drafts import Draft
from app.store.relations import Relations

_BY_CLAUSE = ByRecord(comments.said_by_clause, "comments", "resolutions")
_OF_AMENDMENTS = ByRecord(positions.said_of_amendments, "comments", "positions")
_RELATIONS = ByRecord(relations.relations, "sponsorships", "amendment_links")
_ACCEPTED = ByRecord(relations.accepted, "sponsorships")


def said_by_clause(session: Session, draft: Draft) -> Mapping[str, tuple[int, bool]]:
    """How many comments each clause has, and whether a thread about it is open: `store.comments.said_by_clause`."""
    return _BY_CLAUSE.of(session, draft)


def said_of_amendments(session: Session, draft: Draft) -> tuple[Mapping[int, int], frozenset[int]]:
    """How many comments each amendment has by row id, and about which of them an institution ever stated a position."""
    return _OF_AMENDMENTS.of(session, draft)


def relations_of(session: Session, draft: Draft) -> Relations:
    """Who proposes together, and how amendments are linked."""
    return _RELATIONS.of(session, draft)


def accepted(session: Session, draft: Draft) -> Mapping[int, list[int]]:
    """The institutions that accepted to propose an amendment too, by its row id."""
    return _ACCEPTED.of(session, draft)

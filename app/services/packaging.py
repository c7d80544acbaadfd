"""Linked clauses: "nothing is agreed until everything is agreed". A facilitator links them, and dissolves the link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed, Outdated
from app.domain.permissions import Action, can
from app.services import seating
from app.services.meaning import NamesNoClause, clause_called
from app.services.owning import word_of
from app.services.positioning import latest_text
from app.services.showing import NoSuchClause
from app.services.texts import IssuedText
from app.store import events, packages
from app.store.amendments import LARGEST_NUMBER
from app.store.memberships import Entry, enter_to_write
from app.store.packages import Package

MOST_CLAUSES = 200


class MayNotLink(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Only a facilitator links clauses that are agreed together, or dissolves such a link.")


class NoOtherClause(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose at least one other clause that this one is to be agreed with.")


class TooManyClauses(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A package has {MOST_CLAUSES} clauses at most: choose the article or chapter above them.")


class LinkedAlready(Outdated):
    def __init__(self) -> None:
        super().__init__("Just these clauses are linked already.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The other clauses of a package: by their ids, and by `numbers` as people type them, divided by semicolons or
    commas: `13(2); 20`."""

    clause_ids: Sequence[str]
    numbers: str = ""


def link_clauses(
    session: Session, *, slug: str, clause_id: str, chosen: Chosen, reason: str, user_id: int | None, now: datetime,
    today: date,
) -> int:  # fmt: skip
    """Link a clause with others; the package's id. Each stands for all below it.

    Raises MayNotLink, NoSuchClause, NamesNoClause, NoOtherClause, TooManyClauses, LinkedAlready, NoWordOfReason.
    """
    entry = _entered(session, slug, user_id)
    text = latest_text(session, entry)
    clause_ids = _chosen(entry, text, clause_id, chosen)
    word = word_of(reason, needed=True)
    if any(set(linked) == set(clause_ids) for _, linked in packages.packages_of(session, entry.draft.id).values()):
        raise LinkedAlready
    package = Package(draft_id=entry.draft.id, reason=word, author_id=entry.user_id, created_at=now, removed_reason="")
    packages.add(session, package, clause_ids)
    _record(session, entry, "clauses_linked", package.id, clause_ids, text.number, word, now, today)
    package_id = package.id
    session.commit()
    return package_id


def dissolve(
    session: Session, *, slug: str, package_id: int, reason: str, user_id: int | None, now: datetime, today: date
) -> None:
    """From now on each of the clauses is agreed by itself. Raises MayNotLink, NoSuchPackage, NoWordOfReason."""
    entry = _entered(session, slug, user_id)
    if package_id > LARGEST_NUMBER:
        raise packages.NoSuchPackage
    package = packages.find_standing(session, entry.draft.id, package_id)
    word = word_of(reason, needed=True)
    package.removed_at, package.removed_by, package.removed_reason = now, entry.user_id, word
    text, clause_ids = latest_text(session, entry), packages.clauses_in(session, package_id)
    ordered = sorted(clause_ids, key=lambda id: text.places.get(id, len(text.places)))
    _record(session, entry, "package_dissolved", package_id, ordered, text.number, word, now, today)
    session.commit()


def may_link(entry: Entry) -> bool:
    """Whether somebody may link clauses and dissolve links."""
    return can(entry.role, Action.CALL)


def _entered(session: Session, slug: str, user_id: int | None) -> Entry:
    entry = enter_to_write(session, slug, user_id)
    if not may_link(entry):
        raise MayNotLink
    return entry


def _chosen(entry: Entry, text: IssuedText, clause_id: str, chosen: Chosen) -> tuple[str, ...]:
    """The clauses of a package in the order of the text."""
    if clause_id not in text.places or not text.places.keys() >= set(chosen.clause_ids):
        raise NoSuchClause
    found = {clause_id, *chosen.clause_ids}
    for typed in filter(None, (one.strip() for one in chosen.numbers.replace(";", ",").split(","))):
        called = clause_called(text.law, entry.draft, typed)
        if called not in text.places:
            raise NamesNoClause(typed)
        found.add(called)
    if len(found) < 2:
        raise NoOtherClause
    if len(found) > MOST_CLAUSES:
        raise TooManyClauses
    return tuple(sorted(found, key=text.places.__getitem__))


def _record(
    session: Session, entry: Entry, kind: str, package_id: int, clause_ids: Iterable[str], version: int, reason: str,
    now: datetime, today: date,
) -> None:  # fmt: skip
    seats = seating.at_table(session, entry.draft.id, today)
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        package=package_id, clauses=list(clause_ids), version=version, reason=reason,
        told=seating.told(*seating.voices_of(session, today, *(place.institution for place in seats))),
    )  # fmt: skip

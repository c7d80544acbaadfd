"""Amendments to amendments: the proposer of the one makes the other words their own, or declines them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Outdated
from app.domain.permissions import Action, check_can
from app.services.owning import find_mine, find_open, word_of
from app.services.sponsoring import ANSWERS, AnsweredAlready, NoAnswer
from app.store import amendments, events, marks, relations
from app.store.amendments import AmendmentRow, facts_of
from app.store.memberships import Entry, enter_to_write
from app.store.relations import AmendmentLink


class RewordedMeanwhile(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(
            f"A{number} was reworded while you were looking at it. Nothing was stored: look at its words as they are "
            "now, then answer."
        )
        self.number = number


class StandsOnAnOlderText(Outdated):
    def __init__(self, number: int, other: int) -> None:
        super().__init__(
            f"A{number} was written for an older text than A{other} stands on, and needs its own author first."
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """Which wordings of the two somebody looked at when they answered."""

    own: int
    other: int


@dataclass(frozen=True, slots=True)
class _Offer:
    row: AmendmentRow
    other: AmendmentRow
    link: AmendmentLink


def answer_words(
    session: Session, *, slug: str, number: int, other: int, seen: Seen, answer: str, reason: str, user_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """Make the words of an amendment to one's own amendment one's own, or decline them with a reason.

    Raises NoSuchAmendment, NotTheProposer, NotOnTheTable, NoSuchLink, RewordedMeanwhile, StandsOnAnOlderText, NoAnswer,
    NoWordOfReason, AnsweredAlready.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    offer = _offer(session, entry, number, other, seen)
    entry = entry.hiding(offer.row.author_id, offer.row.institution_id)
    if answer not in ANSWERS:
        raise NoAnswer
    word = word_of(reason, needed=answer == "declined")
    facts = _accept(session, entry, offer) if answer == "accepted" else _decline(offer)
    link = offer.link
    link.answer, link.answer_reason = answer, word
    link.answered_by, link.answered_at = entry.author_id, entry.told_at(now)
    events.record(
        session, entry.draft, f"amendment_{answer}", entry.attribution, now=now, user_id=entry.user_id,
        institution_id=entry.institution_id, amendment=number,
        revision=offer.row.revision, reason=word, **facts,
    )  # fmt: skip
    session.commit()


def _offer(session: Session, entry: Entry, number: int, other: int, seen: Seen) -> _Offer:
    """Both amendments as they are now, where they are as they were seen."""
    row = find_mine(session, entry, number)
    offered = find_open(session, entry, other)
    link = relations.standing_link(session, offered.id, row.id, "amends")
    if link is None:
        raise relations.NoSuchLink
    for one, revision in ((row, seen.own), (offered, seen.other)):
        if one.revision != revision:
            raise RewordedMeanwhile(one.number)
    return _Offer(row, offered, link)


def _accept(session: Session, entry: Entry, offer: _Offer) -> dict[str, Any]:
    """Both stay on the table and say the same, so that a version credits both; whoever proposed the former words too
    is asked again."""
    row, other = offer.row, offer.other
    edits = amendments.edits_of(session, entry.draft.id)
    former, wanted = edits.get(row.id, ()), edits.get(other.id, ())
    if other.base_version < row.base_version:
        raise StandsOnAnOlderText(other.number, row.number)
    if (former, row.base_version) == (wanted, other.base_version):
        raise AnsweredAlready
    amendments.replace_edits(session, row, other.base_version, wanted)
    row.revision, row.carried = row.revision + 1, other.carried
    codes = marks.marks(session, entry.draft.language)
    return {
        "accepted": other.number,
        "former": [facts_of(edit) for edit in former],
        "edits": [facts_of(edit) for edit in wanted],
        "asked_again": [codes[id][0] for id in relations.ask_again(session, row.id)],
    }


def _decline(offer: _Offer) -> dict[str, Any]:
    if offer.link.answer is not None:
        raise AnsweredAlready
    return {"declined": offer.other.number}

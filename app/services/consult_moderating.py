"""Moderating a consultation: contributions are accepted, refused with a reason, and answered in public, one or several
at once, by whoever may publish. A refused one is seen by them alone from then on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.consulting import REASONS, State
from app.domain.errors import Invalid, NotFound, Outdated, Unstorable
from app.services.consult_letters import Post, tell
from app.services.consult_standing import to_manage
from app.store import consultations, events
from app.store.consultations import Consultation, ConsultationReply, Contribution
from app.store.memberships import Entry
from app.store.publications import Publication

LONGEST_WORDS = 2000
LONGEST_REPLY = 5000


class NothingChosen(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose at least one contribution.")


class NoSuchContribution(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such contribution to this consultation.")


class StatedAlready(Outdated):
    """Somebody else was faster, or it is what it is to become."""

    def __init__(self, number: int, state: State) -> None:
        is_accepted = state is State.ACCEPTED
        super().__init__(
            f"Contribution {number} is accepted already." if is_accepted
            else f"Contribution {number} is refused already."
        )  # fmt: skip
        self.number, self.state = number, state


class NoReasonToRefuse(Invalid):
    def __init__(self) -> None:
        super().__init__("Say why it is refused: choose one of the reasons.")


class NoReply(Invalid):
    def __init__(self) -> None:
        super().__init__("Write the reply first: it is empty.")


class NotAcceptedYet(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Contribution {number} is not accepted, so nobody would see the reply.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Choice:
    """Contributions by their numbers, on publication `number` of a draft."""

    slug: str
    number: int
    contributions: Collection[int]


@dataclass(frozen=True, slots=True)
class _Chosen:
    entry: Entry
    publication: Publication
    consultation: Consultation
    rows: list[Contribution]


def accept(session: Session, *, choice: Choice, user_id: int | None, now: datetime) -> int:
    """Show contributions to everybody who reads the publication, refused ones too; how many.

    Raises NoSuchDraft, RoleMayNot, NoSuchPublication, NoSuchConsultation, NothingChosen, NoSuchContribution,
    StatedAlready.
    """
    chosen = _chosen(session, choice, user_id)
    _decide(chosen, State.ACCEPTED, now)
    for row in chosen.rows:
        row.reason, row.reason_words = "", ""
    _record(session, chosen, "contributions_accepted", now)
    session.commit()
    return len(chosen.rows)


def refuse(
    session: Session, *, choice: Choice, reason: str, words: str, post: Post, user_id: int | None, now: datetime
) -> int:
    """Refuse contributions for one of REASONS, and tell those who left an address; how many.

    Raises as `accept`, NoReasonToRefuse, Unstorable.
    """
    chosen = _chosen(session, choice, user_id)
    if reason not in REASONS:
        raise NoReasonToRefuse
    said = _typed(words, LONGEST_WORDS)
    _decide(chosen, State.REFUSED, now)
    for row in chosen.rows:
        row.reason, row.reason_words = reason, said
    _record(session, chosen, "contributions_refused", now, reason=reason)
    _tell(session, chosen, post, "consultation_refused", now, reason=reason, words=said)
    session.commit()
    return len(chosen.rows)


def answer(session: Session, *, choice: Choice, body: str, post: Post, user_id: int | None, now: datetime) -> int:
    """Reply in public to accepted contributions, and by letter to those who left an address; how many. The reply takes
    the place of an earlier one.

    Raises as `accept`, NoReply, NotAcceptedYet, Unstorable.
    """
    chosen = _chosen(session, choice, user_id)
    said = _typed(body, LONGEST_REPLY)
    if not said:
        raise NoReply
    unseen = next((row.number for row in chosen.rows if row.state != State.ACCEPTED), None)
    if unseen is not None:
        raise NotAcceptedYet(unseen)
    reply = ConsultationReply(consultation_id=chosen.consultation.id, body=said, made_on=now.date())
    consultations.add(session, reply)
    for row in chosen.rows:
        row.reply_id = reply.id
    _record(session, chosen, "contributions_answered", now, reply=reply.id)
    _tell(session, chosen, post, "consultation_reply", now, reply=said)
    session.commit()
    return len(chosen.rows)


def _chosen(session: Session, choice: Choice, user_id: int | None) -> _Chosen:
    entry, publication, row = to_manage(session, choice.slug, choice.number, user_id)
    numbers = set(choice.contributions)
    if not numbers:
        raise NothingChosen
    rows = consultations.numbered(session, row.id, numbers)
    if len(rows) != len(numbers):
        raise NoSuchContribution
    return _Chosen(entry, publication, row, rows)


def _decide(chosen: _Chosen, state: State, now: datetime) -> None:
    """From here on nothing tells that two contributions are of one reader."""
    for row in chosen.rows:
        if row.state == state:
            raise StatedAlready(row.number or 0, state)
    for row in chosen.rows:
        row.state, row.decided_on, row.reader_key = state.value, now.date(), ""


def _typed(words: str, longest: int) -> str:
    words = words.replace("\r\n", "\n").strip()
    if len(words) > longest or "\0" in words:
        raise Unstorable(longest)
    return words


def _tell(session: Session, chosen: _Chosen, post: Post, kind: str, now: datetime, **facts: object) -> None:
    tell(session, post, chosen.entry.draft, chosen.publication, kind, chosen.rows, now, **facts)


def _record(session: Session, chosen: _Chosen, kind: str, now: datetime, **facts: Any) -> None:
    entry = chosen.entry
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        publication=chosen.publication.number, contributions=[row.number for row in chosen.rows], **facts,
    )  # fmt: skip

"""Stating positions: an institution's stance on the exact text before it, by whoever speaks for it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint, fingerprint_of_edits
from app.domain.errors import Invalid, NotAllowed, NotFound, Outdated, Unstorable
from app.domain.permissions import Action, Role, check_can
from app.domain.scale import step
from app.domain.seats import SeatKind, places
from app.services import showing
from app.services.agreeing import is_hidden, is_over, scale_for
from app.services.texts import IssuedText, below, issued
from app.store import amendments, calls, events, institutions, positions
from app.store.calls import Call
from app.store.memberships import Entry, enter_to_write
from app.store.positions import Position

LONGEST_REASON = 20_000
LONGEST_AD_REFERENDUM_DAYS = 180
SPEAKING = ("head", "authorised")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a position is about: `about` is clause, below (a clause with all below it), version or amendment; `which`
    the clause's id or the amendment's number; `words` the fingerprint of the text that the person had before them."""

    about: str
    which: str
    words: str


@dataclass(frozen=True, slots=True)
class Stance:
    """A step of the draft's scale with its reason. `confirm_days`: given ad referendum, to be confirmed in that many
    days. `entered_for`: the code of the institution for which a facilitator enters it; empty: one's own."""

    step: int
    reason: str = ""
    confirm_days: int | None = None
    entered_for: str = ""


class MayNotSpeak(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "Only the head of a delegation, or whoever they authorise, states its position. You may comment."
        )


class NoSeat(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Your institution has no seat at the table of this draft, so it has no position in it.")


class NoSuchSeat(Invalid):
    def __init__(self, code: str) -> None:
        super().__init__(f"No institution “{code}” sits at the table of this draft.")
        self.code = code


class NeedsReason(Invalid):
    def __init__(self) -> None:
        super().__init__("What would you need? This position needs its reason.")


class WordsChanged(Outdated):
    def __init__(self) -> None:
        super().__init__(
            "The text was changed while you read it. Look at it as it stands now, then state your position again."
        )


class NoSuchSubject(NotFound):
    def __init__(self) -> None:
        super().__init__("What this position is about is not in the latest version of the draft.")


class UnusablePeriodToConfirm(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A position given ad referendum is confirmed in 1 to {LONGEST_AD_REFERENDUM_DAYS} days.")


class NothingToConfirm(Outdated):
    def __init__(self) -> None:
        super().__init__("There is no position of your institution to confirm here.")


def state_position(
    session: Session, *, slug: str, subject: Subject, stance: Stance, user_id: int | None, now: datetime, today: date
) -> int:
    """Store a position; its id. Every one stays in the record.

    Raises MayNotSpeak, NoSeat, NoSuchSeat, NeedsReason, WordsChanged, NoSuchSubject, UnusableStance, Unstorable.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = _speaking_for(session, entry, stance, today)
    _check_typed(entry, stance)
    text = latest_text(session, entry)
    row = _row(session, entry, text, subject)
    row.institution_id, row.step, row.reason = institution_id, stance.step, stance.reason.strip()
    row.entered_for, row.created_at = bool(stance.entered_for), now
    row.confirm_until = now + timedelta(days=stance.confirm_days) if stance.confirm_days else None
    return _store(session, entry, row, "position_stated", now)


def take_back(session: Session, *, slug: str, subject: Subject, user_id: int | None, now: datetime, today: date) -> int:
    """Say that the institution has no position on it any more; the former stays in the record."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = _speaking_for(session, entry, Stance(0), today)
    row = _row(session, entry, latest_text(session, entry), subject)
    row.institution_id, row.step, row.created_at = institution_id, None, now
    return _store(session, entry, row, "position_taken_back", now)


def confirm(session: Session, *, slug: str, position_id: int, user_id: int | None, now: datetime, today: date) -> None:
    """Confirm what one's institution gave ad referendum. Raises NothingToConfirm once the time for it is over."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = _speaking_for(session, entry, Stance(0), today)
    row = session.get(Position, position_id)
    if row is None or row.draft_id != entry.draft.id or row.institution_id != institution_id:
        raise NothingToConfirm
    if row.confirm_until is None or row.confirmed_at is not None or row.confirm_until <= now:
        raise NothingToConfirm
    row.confirmed_at, row.confirmed_by = now, entry.user_id
    events.record(
        session, entry.draft, "position_confirmed", now=now, user_id=entry.user_id, institution_id=institution_id,
        position=row.id, clause=row.clause_id,
    )  # fmt: skip
    session.commit()


def latest_text(session: Session, entry: Entry) -> IssuedText:
    """The text that positions are stated on."""
    head = showing.draft_head(session, entry, {})
    return issued(session, entry.draft, head.latest)


def _speaking_for(session: Session, entry: Entry, stance: Stance, today: date) -> int:
    """The institution for which somebody may state a position: their own, or, for a facilitator, any at the table."""
    seated = {
        place.institution: place.kind
        for place in places(institutions.bodies(session), institutions.seats_of(session, entry.draft.id), today)
        if place.kind is not SeatKind.FACILITATING
    }
    if stance.entered_for:
        if entry.role not in (Role.FACILITATOR, Role.ADMINISTRATOR):
            raise MayNotSpeak
        code = stance.entered_for
        found = next((i for i, known in institutions.codes(session).items() if known == code and i in seated), None)
        if found is None:
            raise NoSuchSeat(code)
        return found
    if entry.institution_id is None or entry.institution_id not in seated:
        raise NoSeat
    if entry.part not in SPEAKING:
        raise MayNotSpeak
    return entry.institution_id


def _check_typed(entry: Entry, stance: Stance) -> None:
    asked = step(scale_for(entry.draft), stance.step)
    if len(stance.reason) > LONGEST_REASON or "\0" in stance.reason:
        raise Unstorable(LONGEST_REASON)
    if asked.needs_reason and not stance.reason.strip():
        raise NeedsReason
    if stance.confirm_days is not None and not 1 <= stance.confirm_days <= LONGEST_AD_REFERENDUM_DAYS:
        raise UnusablePeriodToConfirm


def _row(session: Session, entry: Entry, text: IssuedText, subject: Subject) -> Position:
    """A position on a subject as it stands now. Raises WordsChanged where the person had other words before them."""
    row = Position(
        draft_id=entry.draft.id, about=subject.about, language=entry.draft.language, version=text.number, reason="",
        author_id=entry.user_id, nonce="", entered_for=False,
    )  # fmt: skip
    if subject.about == "amendment":
        amendment = amendments.find(session, entry.draft.id, int(subject.which) if subject.which.isdecimal() else 0)
        row.amendment_id = amendment.id
        row.text_sha256 = fingerprint_of_edits(amendments.edits_of(session, entry.draft.id).get(amendment.id, ()))
    else:
        row.clause_id = None if subject.about == "version" else subject.which
        row.text_sha256 = words_of(text, subject)
    if row.text_sha256 != subject.words:
        raise WordsChanged
    return row


def words_of(text: IssuedText, subject: Subject) -> str:
    """The fingerprint of the text of a clause, of a part, or of a whole version. Raises NoSuchSubject."""
    if subject.about == "version":
        return fingerprint("".join(one.clause.body + "\n" for one in text.stored))
    if subject.about not in ("clause", "below") or subject.which not in text.places:
        raise NoSuchSubject
    if subject.about == "clause":
        return fingerprint(text.law[subject.which].body)
    start, end = below(text, subject.which)
    return fingerprint("".join(line.body + "\n" for line in text.lines[start:end]))


def _store(session: Session, entry: Entry, row: Position, kind: str, now: datetime) -> int:
    """Store a position with its event; of a hidden call the event holds a commitment only, until it is revealed."""
    call = _open_call(session, entry, row, now)
    row.call_id = call.id if call else None
    hidden = call is not None and is_hidden(call)
    row.nonce = secrets.token_hex(32) if hidden else ""
    positions.add(session, row)
    facts = {"commitment": commitment(row)} if hidden else {"step": row.step, "reason": row.reason}
    events.record(
        session, entry.draft, "position_stated" if hidden else kind, now=now, user_id=entry.user_id, institution_id=row.institution_id,
        position=row.id, about=row.about, clause=row.clause_id, amendment=row.amendment_id, version=row.version,
        words=row.text_sha256, call=call.number if call else None, entered_for=row.entered_for, **facts,
    )  # fmt: skip
    position_id = row.id
    session.commit()
    return position_id


def commitment(row: Position) -> str:
    """What the record holds of a hidden position: it binds its giver and tells nothing. The nonce is published when the
    call is revealed, so that anybody can check it."""
    return fingerprint(f"{row.nonce}|{row.step}|{row.reason}")


def _open_call(session: Session, entry: Entry, row: Position, now: datetime) -> Call | None:
    """The open call that asks about just this text."""
    items = calls.items_of(session, entry.draft.id)
    for call in reversed(calls.of_draft(session, entry.draft.id)):
        if is_over(call, now):
            continue
        for item in items.get(call.id, ()):
            same = item.clause_id == row.clause_id and item.amendment_id == row.amendment_id
            if same and row.about in ("clause", "amendment") and item.text_sha256 == row.text_sha256:
                return call
    return None

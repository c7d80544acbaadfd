"""Stating positions: an institution's stance on the exact text before it, by whoever speaks for it."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint, fingerprint_of_edits
from app.domain.errors import Invalid, NotAllowed, NotFound, Outdated, Unstorable
from app.domain.lifecycle import OPEN, State
from app.domain.permissions import Action, Role, can, check_can
from app.domain.scale import step
from app.domain.seats import Place, SeatKind, places
from app.domain.typography import same_words
from app.services import showing
from app.services.agreeing import Agreement, Bound, agreement, is_hidden, is_over, scale_for
from app.services.owning import NotOnTheTable, may_know
from app.services.texts import IssuedText, below, issued
from app.store import amendments, calls, events, institutions, positions, versions
from app.store.calls import Call
from app.store.memberships import Entry, enter_to_write
from app.store.positions import Position

LONGEST_REASON = 20_000
LONGEST_AD_REFERENDUM_DAYS = 180
SPEAKING = ("head", "authorised")
ENTERING = (Role.FACILITATOR, Role.ADMINISTRATOR)
LARGEST_ID = 2**31 - 1  # what a database's integer holds


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


class NothingToTakeBack(Outdated):
    def __init__(self) -> None:
        super().__init__("There is no position of your institution to take back here.")


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
    institution_id = _speaking_for(session, entry, stance.entered_for, today)
    _check_typed(entry, stance)
    text = latest_text(session, entry)
    row = _row(session, entry, text, subject)
    row.institution_id, row.step, row.reason = institution_id, stance.step, stance.reason.strip()
    row.entered_for, row.created_at = bool(stance.entered_for), now
    row.confirm_until = now + timedelta(days=stance.confirm_days) if stance.confirm_days else None
    return _store(session, entry, row, "position_stated", now)


def take_back(
    session: Session,
    *,
    slug: str,
    subject: Subject,
    user_id: int | None,
    now: datetime,
    today: date,
    entered_for: str = "",
) -> int:
    """Say that the institution has no position on it any more; the former stays in the record.

    Raises MayNotSpeak, NoSeat, NoSuchSeat, WordsChanged, NoSuchSubject, NothingToTakeBack.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = _speaking_for(session, entry, entered_for, today)
    row = _row(session, entry, latest_text(session, entry), subject)
    row.institution_id, row.step, row.created_at, row.entered_for = institution_id, None, now, bool(entered_for)
    if not any(_covers(given, row) for given in positions.of_draft(session, entry.draft.id)):
        raise NothingToTakeBack
    return _store(session, entry, row, "position_taken_back", now)


def _covers(given: Position, row: Position) -> bool:
    """Whether a position of the same institution may speak of what another one is about."""
    if given.institution_id != row.institution_id or given.step is None:
        return False
    if "amendment" in (given.about, row.about):
        return given.amendment_id == row.amendment_id
    return given.about in ("below", "version") or given.clause_id == row.clause_id


def confirm(session: Session, *, slug: str, position_id: int, user_id: int | None, now: datetime, today: date) -> None:
    """Confirm what one's institution gave ad referendum. Raises NothingToConfirm once the time for it is over."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = _speaking_for(session, entry, "", today)
    row = positions.find(session, entry.draft.id, position_id) if position_id <= LARGEST_ID else None
    if row is None or row.institution_id != institution_id or row.step is None:
        raise NothingToConfirm
    if row.confirm_until is None or row.confirmed_at is not None or row.confirm_until <= now:
        raise NothingToConfirm
    row.confirmed_at, row.confirmed_by = now, entry.user_id
    kind, facts = "position_confirmed", _facts(entry, row)
    if row.nonce and _is_hidden(session, row):
        kind, facts = "position_stated", {"commitment": commitment(row)}
    _record(session, entry, row, kind, facts, now)
    session.commit()


def repeat_unchanged(session: Session, *, slug: str, user_id: int | None, now: datetime, today: date) -> int:
    """State all of one's institution's lapsed positions again whose text changed in its setting only; how many. What a
    call asks about anew is left to the call.

    Raises MayNotSpeak, NoSeat, NothingToConfirm.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = _speaking_for(session, entry, "", today)
    text = latest_text(session, entry)
    found = agreement(session, entry.draft, text, now, today, institution_id)
    changed = lapsed_in_setting(session, entry, text, found, institution_id)
    asked = {id for id, call in found.calls.items() if not is_over(call, now)}
    rows = [_repeated(entry, text, id, row, now) for id, row in changed.items() if id not in asked]
    if not rows:
        raise NothingToConfirm
    session.add_all(rows)
    session.flush()
    events.record(
        session, entry.draft, "position_confirmed", now=now, user_id=entry.user_id, institution_id=institution_id,
        version=text.number, positions=[row.id for row in rows], clauses=[row.clause_id for row in rows],
        words=[row.text_sha256 for row in rows],
    )  # fmt: skip
    count = len(rows)
    session.commit()
    return count


def lapsed_in_setting(
    session: Session, entry: Entry, text: IssuedText, found: Agreement, institution_id: int
) -> dict[str, Position]:
    """The standing positions of an institution, by clause, whose text changed since in its setting only."""
    lapsed = {
        id: pair for id, pairs in found.positions.items()
        if (pair := last_of(pairs, institution_id)) and pair[0].step is not None and pair[1] != found.fingerprints[id]
    }  # fmt: skip
    numbers = {row.version for row, _ in lapsed.values()}
    then = versions.bodies_in(session, entry.draft.id, entry.draft.language, numbers) if numbers else {}
    return {
        id: row
        for id, (row, words) in lapsed.items()
        if in_setting_only(then[row.version].get(id), words, text.law[id].body)
    }


def in_setting_only(then: str | None, words: str, now: str) -> bool:
    """Whether the words that a position is bound to, if they are known, say the same as those that stand now."""
    return then is not None and fingerprint(then) == words and then != now and same_words(then, now)


def last_of(pairs: Sequence[Bound], institution_id: int) -> Bound | None:
    """The last of an institution's positions."""
    return next((pair for pair in reversed(pairs) if pair[0].institution_id == institution_id), None)


def _repeated(entry: Entry, text: IssuedText, clause_id: str, row: Position, now: datetime) -> Position:
    return Position(
        draft_id=entry.draft.id, about="clause", clause_id=clause_id, language=entry.draft.language,
        version=text.number, text_sha256=fingerprint(text.law[clause_id].body), institution_id=row.institution_id,
        author_id=entry.user_id, entered_for=False, step=row.step, reason=row.reason, nonce="",
        confirm_until=row.confirm_until, confirmed_at=row.confirmed_at, confirmed_by=row.confirmed_by, created_at=now,
    )  # fmt: skip


def latest_text(session: Session, entry: Entry) -> IssuedText:
    """The text that positions are stated on."""
    head = showing.draft_head(session, entry, {})
    return issued(session, entry.draft, head.latest)


def _speaking_for(session: Session, entry: Entry, entered_for: str, today: date) -> int:
    """The institution for which somebody may state a position: their own, or, for a facilitator, any at the table."""
    seated = seated_in(places(institutions.bodies(session), institutions.seats_of(session, entry.draft.id), today))
    if entered_for:
        if entry.role not in ENTERING:
            raise MayNotSpeak
        codes = institutions.codes(session)
        found = next((institution_id for institution_id in seated if codes.get(institution_id) == entered_for), None)
        if found is None:
            raise NoSuchSeat(entered_for)
        return found
    why = barred(entry, seated)
    if entry.institution_id is None or why == "seat":
        raise NoSeat
    if why:
        raise MayNotSpeak
    return entry.institution_id


def seated_in(at_table: Iterable[Place]) -> dict[int, SeatKind]:
    """The institutions that have a voice."""
    return {place.institution: place.kind for place in at_table if place.kind is not SeatKind.FACILITATING}


def barred(entry: Entry, seated: Mapping[int, SeatKind]) -> str:
    """Why somebody cannot speak for an institution: role, seat, part; empty where they can."""
    if not can(entry.role, Action.POSITION):
        return "role"
    if entry.institution_id not in seated:
        return "seat"
    return "" if entry.part in SPEAKING else "part"


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
        if not may_know(entry, amendment):
            raise amendments.NoSuchAmendment(amendment.number)
        if State(amendment.state) not in OPEN:
            raise NotOnTheTable(amendment.number, State(amendment.state))
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
    facts = {"commitment": commitment(row)} if hidden else _facts(entry, row)
    _record(session, entry, row, "position_stated" if hidden else kind, facts, now, call)
    position_id = row.id
    session.commit()
    return position_id


def _facts(entry: Entry, row: Position) -> dict[str, object]:
    """What an open position tells the record: its step by number and name, its reason."""
    return {
        "step": row.step,
        "stance": step(scale_for(entry.draft), row.step).name if row.step else "",
        "reason": row.reason,
        "confirm_until": row.confirm_until.isoformat() if row.confirm_until else None,
    }


def _record(
    session: Session,
    entry: Entry,
    row: Position,
    kind: str,
    facts: Mapping[str, object],
    now: datetime,
    call: Call | None = None,
) -> None:
    amendment = amendments.number_by_id(session, row.amendment_id) if row.amendment_id else None
    events.record(
        session, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=row.institution_id,
        position=row.id, about=row.about, clause=row.clause_id, amendment=amendment, version=row.version,
        words=row.text_sha256, call=call.number if call else None, entered_for=row.entered_for, **facts,
    )  # fmt: skip


def _is_hidden(session: Session, row: Position) -> bool:
    call = next((one for one in calls.of_draft(session, row.draft_id) if one.id == row.call_id), None)
    return call is not None and is_hidden(call)


def commitment(row: Position) -> str:
    """What the record holds of a hidden position: it binds its giver and tells nothing. The nonce is published when the
    call is revealed, so that anybody can check it."""
    until = row.confirm_until.isoformat() if row.confirm_until else ""
    confirmed = row.confirmed_at.isoformat() if row.confirmed_at else ""
    return fingerprint(f"{row.nonce}|{row.step}|{until}|{confirmed}|{row.reason}")


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

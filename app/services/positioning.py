"""Stating positions: an institution's stance on the exact text before it, by whoever speaks for it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint, fingerprint_of_edits
from app.domain.attribution import Mode, day_of
from app.domain.errors import Invalid, NotAllowed, NotFound, Outdated, Unstorable
from app.domain.lifecycle import OPEN, State
from app.domain.permissions import Action, Role, can, check_can
from app.domain.scale import step
from app.domain.seats import Place, SeatKind, places
from app.services import sealing, seating, showing
from app.services.agreeing import is_hidden, scale_for
from app.services.owning import NotOnTheTable, may_know
from app.services.texts import IssuedText, below, issued
from app.store import amendments, calls, institutions, positions
from app.store.memberships import Entry, enter_to_write
from app.store.positions import Position

LONGEST_REASON = 20_000
LONGEST_AD_REFERENDUM_DAYS = 180
SPEAKING = ("head", "authorised")
ENTERING = (Role.FACILITATOR, Role.ADMINISTRATOR)
AFTER = timedelta(microseconds=1)


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
    days. `entered_for`: the code of the institution for which a facilitator enters it; empty: one's own. `on_paper`: as
    it was given on a printed ballot; the record says so."""

    step: int
    reason: str = ""
    confirm_days: int | None = None
    entered_for: str = ""
    on_paper: bool = False


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


def state_position(
    session: Session, *, slug: str, subject: Subject, stance: Stance, user_id: int | None, now: datetime, today: date
) -> int:
    """Store a position; its id. Every one stays in the record.

    Raises MayNotSpeak, NoSeat, NoSuchSeat, NeedsReason, WordsChanged, NoSuchSubject, UnusableStance, Unstorable,
    AnswersSealed, AskedHidden.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = speaking_for(session, entry, stance.entered_for, today)
    position_id = state(session, entry, latest_text(session, entry), subject, stance, institution_id, now)
    session.commit()
    return position_id


def state(
    session: Session, entry: Entry, text: IssuedText, subject: Subject, stance: Stance, institution_id: int,
    now: datetime,
) -> int:  # fmt: skip
    """The same in a transaction that goes on, by whoever was found to speak for the institution."""
    check_typed(entry, stance)
    row = _row(session, entry, text, subject)
    row.institution_id, row.step, row.reason = institution_id, stance.step, stance.reason.strip()
    row.entered_for, row.created_at = bool(stance.entered_for), stated_at(session, entry, now)
    row.confirm_until = _confirm_until(entry, stance.confirm_days, now) if stance.confirm_days else None
    return _store(session, entry, text, row, "position_stated", now, on_paper=stance.on_paper)


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

    Raises MayNotSpeak, NoSeat, NoSuchSeat, WordsChanged, NoSuchSubject, NothingToTakeBack, AnswersSealed, AskedHidden.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = speaking_for(session, entry, entered_for, today)
    text = latest_text(session, entry)
    row = _row(session, entry, text, subject)
    row.institution_id, row.step, row.entered_for = institution_id, None, bool(entered_for)
    row.created_at = stated_at(session, entry, now)
    ours = seating.those_of(seating.at_table(session, entry.draft.id, today), institution_id)
    if not any(_covers(given, row, ours) for given in positions.of_draft(session, entry.draft.id)):
        raise NothingToTakeBack
    position_id = _store(session, entry, text, row, "position_taken_back", now)
    session.commit()
    return position_id


def stated_at(session: Session, entry: Entry, now: datetime) -> datetime:
    """When a position is said to have been stated. Where that is the day alone, a call that ended on that day still
    tells what was said in it from what was said later, by its own end."""
    told = entry.told_at(now)
    if told == now:
        return now
    ends = (
        min(at for at in (call.deadline, call.closed_at, now) if at) for call in calls.of_draft(session, entry.draft.id)
    )
    return max([told, *(end + AFTER for end in ends if told <= end < now)])


def _confirm_until(entry: Entry, days: int, now: datetime) -> datetime:
    """The moment so many days later; in the strict mode, which knows no moment, the end of that day."""
    if entry.attribution is Mode.UNATTRIBUTED:
        return day_of(now.astimezone(entry.zone)) + timedelta(days=days + 1)
    return now + timedelta(days=days)


def _covers(given: Position, row: Position, ours: Collection[int]) -> bool:
    """Whether a position of the same institution, or of one merged into it, may speak of what another one is about."""
    if given.institution_id not in ours or given.step is None:
        return False
    if "amendment" in (given.about, row.about):
        return given.amendment_id == row.amendment_id
    return given.about in ("below", "version") or given.clause_id == row.clause_id


def latest_text(session: Session, entry: Entry) -> IssuedText:
    """The text that positions are stated on."""
    head = showing.draft_head(session, entry)
    return issued(session, entry.draft, head.latest)


def speaking_for(session: Session, entry: Entry, entered_for: str, today: date) -> int:
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


def check_typed(entry: Entry, stance: Stance) -> None:
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
        author_id=entry.author_id, nonce="", entered_for=False,
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


def _store(
    session: Session, entry: Entry, text: IssuedText, row: Position, kind: str, now: datetime, *, on_paper: bool = False
) -> int:
    """Store a position with its event; of a hidden call the event holds a commitment only, until it is revealed.

    Whoever answers a call has received it.
    """
    call = sealing.call_asking(session, text, row, now)
    row.call_id = call.id if call else None
    if call is not None:
        row.confirm_until = _within(row.confirm_until, call.confirm_until)
        if not row.entered_for:
            calls.receive(session, call, row.institution_id, entry.author_id, entry.told_at(now))
    if call is not None and is_hidden(call):
        return sealing.store_sealed(session, entry, row, call, now, on_paper=on_paper)
    positions.add(session, row)
    sealing.record(session, entry, row, kind, sealing.facts_of(entry, row), now, call, on_paper=on_paper)
    return row.id


def _within(asked: datetime | None, until: datetime | None) -> datetime | None:
    """A call says until when what is given in it ad referendum is confirmed at the latest."""
    return min(asked, until) if asked and until else asked

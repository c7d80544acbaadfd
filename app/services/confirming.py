"""Confirming positions: what was given ad referendum, and what lapsed because its text was set otherwise."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.agreement import fingerprint
from app.domain.errors import Outdated
from app.domain.permissions import Action, check_can
from app.domain.seats import Place
from app.domain.typography import same_words
from app.services import sealing, seating
from app.services.agreeing import Agreement, agreement, is_hidden, is_over, last_word
from app.services.positioning import ENTERING, MayNotSpeak, latest_text, speaking_for, stated_at
from app.services.sealing import AnswersSealed
from app.services.texts import IssuedText
from app.store import events, positions, versions
from app.store.memberships import Entry, enter_to_write
from app.store.positions import Position

LARGEST_ID = 2**31 - 1  # what a database's integer holds


class NothingToConfirm(Outdated):
    def __init__(self) -> None:
        super().__init__("There is no position of your institution to confirm here.")


def confirm(session: Session, *, slug: str, position_id: int, user_id: int | None, now: datetime, today: date) -> None:
    """Confirm what one's institution, or one merged into it, gave ad referendum. Raises NothingToConfirm once the time
    for it is over, AnswersSealed."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = speaking_for(session, entry, "", today)
    row = positions.find(session, entry.draft.id, position_id) if position_id <= LARGEST_ID else None
    ours = seating.those_of(seating.at_table(session, entry.draft.id, today), institution_id)
    if row is None or row.institution_id not in ours or row.step is None:
        raise NothingToConfirm
    if row.confirm_until is None or row.confirmed_at is not None or row.confirm_until <= now:
        raise NothingToConfirm
    call = sealing.hidden_call(session, row)
    if call is None:
        row.confirmed_at, row.confirmed_by = entry.told_at(now), entry.author_id
        told = seating.told(*seating.voices_of(session, today, institution_id))
        facts = {**sealing.facts_of(entry, row), "told": told}
        sealing.record(session, entry, row, "position_confirmed", facts, now)
    elif is_over(call, now):
        raise AnswersSealed(call.number)
    else:
        sealing.store_sealed(session, entry, _confirmed(entry, row, entry.told_at(now)), call, now)
    session.commit()


def _confirmed(entry: Entry, row: Position, now: datetime) -> Position:
    """The same position, confirmed: in a hidden call a row of its own, so that nobody can tell it from a new one."""
    return Position(
        draft_id=row.draft_id, about=row.about, clause_id=row.clause_id, amendment_id=row.amendment_id,
        language=row.language, version=row.version, text_sha256=row.text_sha256, institution_id=row.institution_id,
        author_id=entry.author_id, entered_for=False, step=row.step, reason=row.reason, confirm_until=row.confirm_until,
        confirmed_at=now, confirmed_by=entry.author_id, created_at=now,
    )  # fmt: skip


def repeat_unchanged(session: Session, *, slug: str, user_id: int | None, now: datetime, today: date) -> int:
    """State all of one's institution's lapsed positions again whose text changed in its setting only; how many. What a
    call asks about anew is left to the call.

    Raises MayNotSpeak, NoSeat, NothingToConfirm.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.POSITION)
    institution_id = speaking_for(session, entry, "", today)
    text = latest_text(session, entry)
    found = agreement(session, entry.draft, text, now, today, institution_id)
    count = _repeat(session, entry, text, found, (_place(found, institution_id),), now)
    session.commit()
    return count


def repeat_unchanged_of_all(session: Session, *, slug: str, user_id: int | None, now: datetime, today: date) -> int:
    """The same for every institution at once, as said in the room: a facilitator enters it, and it is recorded so.

    Raises MayNotSpeak, NothingToConfirm.
    """
    entry = enter_to_write(session, slug, user_id)
    if entry.role not in ENTERING:
        raise MayNotSpeak
    text = latest_text(session, entry)
    found = agreement(session, entry.draft, text, now, today)
    count = _repeat(session, entry, text, found, found.spoken.places, now, entered_for=True)
    session.commit()
    return count


def count_unchanged(session: Session, entry: Entry, text: IssuedText, found: Agreement, now: datetime) -> int:
    """How many positions of all institutions lapsed because their text was set otherwise; what is hidden left out."""
    open_to_all = {row.id for row in found.spoken.visible}
    changed = _changed_in_setting(session, entry, text, found, found.spoken.places)
    return sum(
        row.id in open_to_all and not _asked(found, id, now) for those in changed.values() for id, row in those.items()
    )


def _repeat(
    session: Session, entry: Entry, text: IssuedText, found: Agreement, places: Iterable[Place], now: datetime, *,
    entered_for: bool = False,
) -> int:  # fmt: skip
    """Store them with an event for each institution. Raises NothingToConfirm."""
    count, open_to_all = 0, {row.id for row in found.spoken.visible}
    stated = stated_at(session, entry, now)
    for institution_id, changed in _changed_in_setting(session, entry, text, found, places).items():
        former = {id: row for id, row in changed.items() if row.id in open_to_all and not _asked(found, id, now)}
        rows = [_repeated(entry, text, id, row, stated, institution_id, entered_for) for id, row in former.items()]
        if not rows:
            continue
        session.add_all(rows)
        session.flush()
        positions.copy_answers(session, {old.id: row.id for old, row in zip(former.values(), rows, strict=True)})
        events.record(
            session, entry.draft, "position_confirmed", now=now, user_id=entry.user_id, institution_id=institution_id,
            version=text.number, positions=[row.id for row in rows], clauses=[row.clause_id for row in rows],
            words=[row.text_sha256 for row in rows], entered_for=entered_for,
        )  # fmt: skip
        count += len(rows)
    if not count:
        raise NothingToConfirm
    return count


def _asked(found: Agreement, clause_id: str, now: datetime) -> bool:
    call = found.calls.get(clause_id)
    return call is not None and (not is_over(call, now) or is_hidden(call))


def _place(found: Agreement, institution_id: int) -> Place:
    return next(place for place in found.spoken.places if place.institution == institution_id)


def lapsed_in_setting(
    session: Session, entry: Entry, text: IssuedText, found: Agreement, place: Place
) -> dict[str, Position]:
    """The standing positions of a seat, by clause, whose text changed since in its setting only."""
    return _changed_in_setting(session, entry, text, found, (place,))[place.institution]


def _changed_in_setting(
    session: Session, entry: Entry, text: IssuedText, found: Agreement, places: Iterable[Place]
) -> dict[int, dict[str, Position]]:
    """The same by institution. One statement however many there are."""
    lapsed = {
        (place.institution, id): pair for id, pairs in found.positions.items() for place in places
        if any(words != found.fingerprints[id] for _, words in pairs)
        and (pair := last_word(found.spoken, place, pairs)) and pair[1] != found.fingerprints[id]
    }  # fmt: skip
    numbers = {row.version for row, _ in lapsed.values()}
    then = versions.bodies_in(session, entry.draft.id, entry.draft.language, numbers) if numbers else {}
    changed: dict[int, dict[str, Position]] = {place.institution: {} for place in places}
    for (institution_id, id), (row, words) in lapsed.items():
        reopened = found.spoken.reopenings.get(id)
        if reopened is not None and row.created_at < reopened.created_at:
            continue  # it must be said again, not repeated
        if in_setting_only(then[row.version].get(id), words, text.law[id].body):
            changed[institution_id][id] = row
    return changed


def in_setting_only(then: str | None, words: str, now: str) -> bool:
    """Whether the words that a position is bound to, if they are known, say the same as those that stand now."""
    return then is not None and fingerprint(then) == words and then != now and same_words(then, now)


def _repeated(
    entry: Entry, text: IssuedText, clause_id: str, row: Position, now: datetime, institution_id: int, entered_for: bool
) -> Position:
    return Position(
        draft_id=entry.draft.id, about="clause", clause_id=clause_id, language=entry.draft.language,
        version=text.number, text_sha256=fingerprint(text.law[clause_id].body), institution_id=institution_id,
        author_id=entry.author_id, entered_for=entered_for, step=row.step, reason=row.reason, nonce="",
        confirm_until=row.confirm_until, confirmed_at=row.confirmed_at, confirmed_by=row.confirmed_by, created_at=now,
    )  # fmt: skip

"""Small groups: some institutions get clauses of their own to work on, and report back with amendments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed, Outdated
from app.domain.lifecycle import OPEN, State
from app.domain.permissions import Action, can, check_can
from app.services import convening, seating
from app.services.asking_about import BETWEEN, LONGEST_TYPED
from app.services.choosing_items import Choice
from app.services.group_ranges import heads, proposed_by, speaking, touches
from app.services.meaning import NamesNoClause, clause_called
from app.services.owning import NotOnTheTable, speaks_for
from app.services.positioning import NoSuchSeat, latest_text
from app.services.sittings import LONGEST_NAME, typed
from app.services.texts import IssuedText
from app.store import amendments, events, institutions, relations, sittings, small_groups
from app.store.memberships import Entry, enter, enter_to_write
from app.store.small_groups import SmallGroup

FEWEST_MEMBERS = 2
MOST_CLAUSES = 200


@dataclass(frozen=True, slots=True)
class Forming:
    """A small group as it is typed. `parts` are ids of clauses, `numbers` names them as people do (`13(2); Chapter 3`),
    each with everything below it; `members` and `rapporteur` are codes of institutions; `sitting`: the number of the
    session that it is formed in or for."""

    name: str
    task: str = ""
    parts: tuple[str, ...] = ()
    numbers: str = ""
    members: tuple[str, ...] = ()
    rapporteur: str = ""
    due_at: datetime | None = None
    sitting: int | None = None


class NoName(Invalid):
    def __init__(self) -> None:
        super().__init__("Give the group a name by which the others find it.")


class NoRange(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose at least one clause that the group works on.")


class RangeTooLong(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A group gets {MOST_CLAUSES} clauses at most: choose the article or chapter above them.")


class TooFewMembers(Invalid):
    def __init__(self) -> None:
        super().__init__("A small group has at least two institutions.")


class RapporteurNotIn(Invalid):
    def __init__(self) -> None:
        super().__init__("The institution that reports back is one of the group.")


class TimeIsOver(Invalid):
    def __init__(self) -> None:
        super().__init__("The group is to report back at a moment that is over already.")


class MayNotReport(NotAllowed):
    def __init__(self) -> None:
        super().__init__("The institution that was chosen for it reports back for the group, or a facilitator does.")


class GroupDissolved(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Small group {number} is dissolved.")
        self.number = number


class NothingReported(Invalid):
    def __init__(self) -> None:
        super().__init__("Say what the group reports: in words, with amendments, or with both.")


class OutsideRange(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(f"Amendment A{number} changes nothing in the range of this group.")
        self.number = number


class NotOfGroup(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(f"Amendment A{number} is not proposed by an institution of this group.")
        self.number = number


class NotReported(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(f"Small group {number} has not reported back yet.")
        self.number = number


def form_group(
    session: Session, *, slug: str, forming: Forming, user_id: int | None, now: datetime, today: date
) -> int:
    """Form a small group; its number. A clause may be with two groups: pages say so.

    Raises NoName, NoRange, RangeTooLong, NamesNoClause, TooFewMembers, NoSuchSeat, RapporteurNotIn, TimeIsOver,
    NoSuchSession, Unstorable.
    """
    entry = _facilitating(session, slug, user_id)
    name, task, text = typed(forming.name, LONGEST_NAME), typed(forming.task), latest_text(session, entry)
    if not name:
        raise NoName
    clauses = chosen(entry, text, forming.parts, forming.numbers)
    if not clauses:
        raise NoRange
    members, rapporteur = _members(session, entry, forming, today)
    if forming.due_at is not None and forming.due_at <= now:
        raise TimeIsOver
    held = None if forming.sitting is None else sittings.find(session, entry.draft.id, forming.sitting)
    row = SmallGroup(
        draft_id=entry.draft.id, number=small_groups.next_number(session, entry.draft.id),
        sitting_id=held.id if held else None, name=name, task=task, clauses=list(clauses), members=list(members),
        rapporteur_id=rapporteur, formed_by=entry.user_id, formed_at=now, due_at=forming.due_at, amendments=[],
    )  # fmt: skip
    session.add(row)
    session.flush()
    number = row.number
    _record(
        session, entry, "group_formed", row, now, session=forming.sitting, name=name, task=task, clauses=list(clauses),
        members=list(members), rapporteur=rapporteur, version=text.number,
        due=forming.due_at.isoformat() if forming.due_at else None,
    )  # fmt: skip
    session.commit()
    return number


def chosen(entry: Entry, text: IssuedText, parts: Iterable[str], numbers: str) -> tuple[str, ...]:
    """The clauses of a range, those below others left out. Raises NamesNoClause, RangeTooLong."""
    names = [one.strip() for one in BETWEEN.split(typed(numbers, LONGEST_TYPED)) if one.strip()]
    called = [_called(entry, text, one) for one in names]
    found = heads(text, (*parts, *called))
    if len(found) > MOST_CLAUSES:
        raise RangeTooLong
    return found


def report_back(
    session: Session, *, slug: str, number: int, words: str, numbers: Sequence[int], user_id: int | None,
    now: datetime, today: date,
) -> None:  # fmt: skip
    """Bring back what a group made of its range: words, and amendments of its institutions. A later report takes the
    place of an earlier one; both stay in the record.

    Raises NoSuchGroup, MayNotReport, GroupDissolved, NothingReported, NoSuchAmendment, NotOnTheTable, OutsideRange,
    NotOfGroup, Unstorable.
    """
    entry = enter_to_write(session, slug, user_id)
    row = small_groups.find(session, entry.draft.id, number)
    heir = seating.heir_of(session, row.rapporteur_id, today) if row.rapporteur_id else None
    if not may_report(entry, heir):
        raise MayNotReport
    _check_stands(row)
    said, text = typed(words), latest_text(session, entry)
    brought = tuple(dict.fromkeys(numbers))
    if not said and not brought:
        raise NothingReported
    _check_brought(session, entry, text, row, brought, today)
    row.report, row.amendments, row.reported_at = said, list(brought), entry.told_at(now)
    _record(session, entry, "group_reported", row, now, words=said, amendments=list(brought), version=text.number)
    session.commit()


def put_on_agenda(session: Session, *, slug: str, number: int, sitting: int, user_id: int | None, now: datetime) -> int:
    """Put the amendments of a report on a session's agenda; how many came. What was decided or withdrawn meanwhile,
    or is there already, is passed over.

    Raises NoSuchGroup, NotReported, and what `convening.add_items` raises.
    """
    entry = enter(session, slug, user_id)
    check_can(entry.role, Action.HOLD_SESSIONS)
    row = small_groups.find(session, entry.draft.id, number)
    if row.reported_at is None:
        raise NotReported(number)
    at = sittings.find(session, entry.draft.id, sitting)
    there = {item.amendment_id for item in sittings.agenda_of(session, at.id)}
    brought = [
        f"A{one.number}"
        for one in amendments.all_of(session, entry.draft.id)
        if one.number in row.amendments and State(one.state) in OPEN and one.id not in there
    ]
    choice = Choice(typed="; ".join(brought))
    return convening.add_items(session, slug=slug, number=sitting, choice=choice, user_id=user_id, now=now)


def dissolve_group(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """End a group's work. Raises NoSuchGroup, GroupDissolved."""
    entry = _facilitating(session, slug, user_id)
    row = small_groups.find(session, entry.draft.id, number)
    _check_stands(row)
    row.dissolved_at = now
    _record(session, entry, "group_dissolved", row, now)
    session.commit()


def may_report(entry: Entry, rapporteur: int | None) -> bool:
    """Whether somebody reports back for a group. `rapporteur`: the institution that speaks for it today."""
    if can(entry.role, Action.HOLD_SESSIONS):
        return True
    return rapporteur is not None and speaks_for(entry, rapporteur)


def _check_stands(row: SmallGroup) -> None:
    if row.dissolved_at is not None:
        raise GroupDissolved(row.number)


def _facilitating(session: Session, slug: str, user_id: int | None) -> Entry:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.HOLD_SESSIONS)
    return entry


def _called(entry: Entry, text: IssuedText, name: str) -> str:
    called = clause_called(text.law, entry.draft, name)
    if called not in text.places:
        raise NamesNoClause(name)
    return called


def _members(session: Session, entry: Entry, forming: Forming, today: date) -> tuple[tuple[int, ...], int]:
    """The institutions of a group in the order of the table, and the one that reports back."""
    seats, codes = seating.at_table(session, entry.draft.id, today), institutions.codes(session)
    by_code = {codes[place.institution]: place.institution for place in seats}
    for code in forming.members:
        if code not in by_code:
            raise NoSuchSeat(code)
    members = tuple(id for code, id in by_code.items() if code in forming.members)
    if len(members) < FEWEST_MEMBERS:
        raise TooFewMembers
    if forming.rapporteur not in forming.members:
        raise RapporteurNotIn
    return members, by_code[forming.rapporteur]


def _check_brought(
    session: Session, entry: Entry, text: IssuedText, row: SmallGroup, numbers: Sequence[int], today: date
) -> None:
    if not numbers:
        return
    rows = {one.number: one for one in amendments.all_of(session, entry.draft.id)}
    edits = amendments.edits_of(session, entry.draft.id)
    members = speaking(row.members, institutions.bodies(session), today)
    ours = proposed_by(members, tuple(rows.values()), relations.accepted(session, entry.draft.id))
    for number in numbers:
        one = rows.get(number)
        if one is None or State(one.state) is State.DRAFT:
            raise amendments.NoSuchAmendment(number)
        if State(one.state) not in OPEN:
            raise NotOnTheTable(number, State(one.state))
        if not touches(text, row.clauses, edits.get(one.id, ())):
            raise OutsideRange(number)
        if one not in ours:
            raise NotOfGroup(number)


def _record(db: Session, entry: Entry, kind: str, row: SmallGroup, now: datetime, **facts: object) -> None:
    events.record(
        db, entry.draft, kind, now=now, user_id=entry.user_id, institution_id=entry.institution_id, group=row.number,
        told=seating.told(*seating.voices_of(db, now.date(), *row.members)), **facts,
    )  # fmt: skip

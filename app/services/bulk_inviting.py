"""Inviting many at once from a list: first every line with what is wrong in it, then the good ones, or all or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated, Refusal
from app.imports import people_table
from app.imports.people_table import Row
from app.services import inviting
from app.services.invitees import Invitee, Typed, read_all
from app.services.inviting import Inviter, Made, Writer
from app.store import letters
from app.store.drafts import Draft
from app.store.invitations import Known


class NothingInList(Invalid):
    def __init__(self) -> None:
        super().__init__("There is nobody in this list: below the line with the columns' names every line is a person.")


class LinesWithFaults(Invalid):
    def __init__(self, count: int) -> None:
        super().__init__(f"Nobody was invited: {count} line(s) cannot be used. Mend them, or invite the others only.")
        self.count = count


class NoGoodLine(Invalid):
    def __init__(self) -> None:
        super().__init__("Nobody was invited: no line of the list can be used.")


class TwiceInList(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(f"The same person stands in line {number}.")


class MoreCells(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "This line has more cells than there are columns: a cell with a separator in it stands in quotation marks."
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: whom it names, or why it cannot be used."""

    number: int
    typed: Typed
    invitee: Invitee | None
    faults: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    lines: tuple[Line, ...]

    @property
    def good(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.faults)

    @property
    def faulty(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.faults)


def preview(session: Session, *, slug: str, text: str, usual: Typed, by: Inviter, now: datetime) -> Preview:
    """What a list comes to; nothing is stored. `usual` is taken where a cell is empty.

    Raises NoSuchDraft, RoleMayNot, NothingInList, Invalid for a list that cannot be read.
    """
    draft = inviting.draft_to_look_at(session, slug, by)
    return _read(session, draft, text, usual, now)


def invite_all(
    session: Session, *, slug: str, text: str, usual: Typed, days: int | None, whole: bool, by: Inviter, now: datetime,
    write: Writer | None = None,
) -> list[Made]:  # fmt: skip
    """Invite everybody in the list: `whole`, only if no line has a fault, else whoever can be invited.

    Raises what `preview` raises, LinesWithFaults, NoGoodLine, UnusableDays.
    """
    days = inviting.usable_days(days)
    draft = inviting.draft_to_manage(session, slug, by)
    found = _read(session, draft, text, usual, now)
    if whole and found.faulty:
        raise LinesWithFaults(len(found.faulty))
    made = [
        inviting.add(session, draft, line.invitee, days, by, now) for line in found.good if line.invitee is not None
    ]
    if not made:
        raise NoGoodLine
    for one in made:
        if write is not None and one.email:
            letters.put(session, write(one), now)
    session.commit()
    return made


def _read(session: Session, draft: Draft, text: str, usual: Typed, now: datetime) -> Preview:
    rows = people_table.read(text)
    if not rows:
        raise NothingInList
    named, known = inviting.institutions_named(session), inviting.members_known(session, draft, now)
    lines: list[Line] = []
    for row in rows:
        typed = _typed(row, usual)
        invitee, faults = read_all(typed, named)
        more = [*faults, *_beside(row, invitee, known, lines)]
        lines.append(Line(row.number, typed, invitee, tuple(more)))
    return Preview(tuple(lines))


def _typed(row: Row, usual: Typed) -> Typed:
    """The cells of a line; where one is empty, what is usual."""
    cells = row.cells
    institution = cells.get("institution", "") or usual.institution
    return Typed(
        cells.get("name", ""), cells.get("email", ""), institution, cells.get("role", "") or usual.role,
        cells.get("part", "") or usual.part, cells.get("language", "") or usual.language,
    )  # fmt: skip


def _beside(
    row: Row, invitee: Invitee | None, known: tuple[Sequence[Known], Sequence[Known]], above: Sequence[Line]
) -> Iterator[Refusal]:
    """What is wrong with a line beside its cells: more of them than columns, a person who is known or stands above."""
    if row.over:
        yield MoreCells()
    if invitee is None:
        return
    twin = next((line for line in above if line.invitee and _are_same(invitee, line.invitee)), None)
    if twin is not None:
        yield TwiceInList(twin.number)
    try:
        inviting.check_unknown(invitee, known)
    except Outdated as refusal:
        yield refusal


def _are_same(one: Invitee, other: Invitee) -> bool:
    return inviting.is_same(one, Known(other.full_name, other.email_key or None, other.institution_id))

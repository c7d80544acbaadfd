"""The board of agreement: institutions beside the articles of the latest text, which open to their clauses."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import State
from app.services import board_standing, filtering, showing
from app.services.agreeing import last_word
from app.services.board_cells import Cells, Tally, joined, says, tallied
from app.services.board_standing import Standing, together
from app.services.pages import ClauseLine, InstitutionMark
from app.services.pages_board import STATES, BoardAsked, BoardPage, BoardRow, BoardTable, BoardTableRow, OpenedRow
from app.services.pages_overview import Choice
from app.store import institutions

MOST_OPENED = 200
"""Where no more clauses than these are as asked, they are shown at once."""
SMALL, IN_PART, MOST_IN_PART = 80, 20, 40
"""A board of no more rows is laid out as one. Of a larger one a browser lays out so many rows together at least: where
a heading comes then, the next part begins, and after so many in any case."""
Span = tuple[int, int]


def board(
    session: Session, *, slug: str, user_id: int | None, language: str, now: datetime, asked: BoardAsked | None = None
) -> BoardPage:
    """The board with the clauses asked for. Raises NoSuchDraft, RoleMayNot, NoSuchClause (for a heading)."""
    asked = asked or BoardAsked()
    found = board_standing.standing(session, slug=slug, user_id=user_id, language=language, now=now)
    wanted = _wanted(found, asked)
    all_opened = asked.printed or (asked.narrows and len(wanted) <= MOST_OPENED)
    rows = tuple(_rows(found, wanted, None if all_opened else asked.opened))
    counts = Counter(found.state(line.id).value for line in found.counted())
    return BoardPage(
        found.draft, asked, found.columns(), tuple(_parts(rows)), found.found.spoken.scale, counts, len(wanted),
        _states(found), _headings(found), _gone(session, found), len(found.seats),
    )  # fmt: skip


def opened(
    session: Session, *, slug: str, clause_id: str, user_id: int | None, language: str, now: datetime
) -> OpenedRow:
    """The clauses of one row. Raises NoSuchDraft, RoleMayNot, NoSuchClause."""
    found = board_standing.standing(session, slug=slug, user_id=user_id, language=language, now=now)
    at = found.text.places.get(clause_id)
    span = next((span for span in _units(found.text.lines) if span[0] == at), None)
    if span is None:
        raise showing.NoSuchClause
    own = [line for line in found.text.lines[slice(*span)] if found.counts(line)]
    return OpenedRow(found.draft, found.columns(), found.found.spoken.scale, tuple(_leaf(found, one) for one in own))


def table(
    session: Session, *, slug: str, user_id: int | None, language: str, now: datetime, asked: BoardAsked | None = None
) -> BoardTable:
    """Every clause as asked. Raises NoSuchDraft, RoleMayNot, NoSuchClause."""
    found = board_standing.standing(session, slug=slug, user_id=user_id, language=language, now=now)
    wanted = _wanted(found, asked or BoardAsked())
    rows = tuple(_table_row(found, line) for line in found.text.lines if line.id in wanted)
    return BoardTable(found.draft, found.columns(), found.found.spoken.scale, rows)


def _wanted(found: Standing, asked: BoardAsked) -> Collection[str]:
    """The clauses that are as asked."""
    start, end = 0, len(found.text.lines)
    if asked.within:
        if asked.within not in found.text.places:
            raise showing.NoSuchClause
        start, end = next(span for span in _subtrees(found.text.lines) if span[0] == found.text.places[asked.within])
    seats = _seats_asked(found, asked)
    return {
        line.id for line in found.text.lines[start:end]
        if found.counts(line) and _is_as_asked(found, line.id, asked, seats)
    }  # fmt: skip


def _seats_asked(found: Standing, asked: BoardAsked) -> list[int]:
    codes = [found.institutions[place.institution].code for place in found.seats]
    if found.institutions.hides:  # nobody is asked about alone
        return list(range(len(codes)))
    return [at for at, code in enumerate(codes) if asked.institution in ("", code)]


def _is_as_asked(found: Standing, clause_id: str, asked: BoardAsked, seats: Sequence[int]) -> bool:
    state = found.state(clause_id)
    if asked.state and asked.state != state.value and (asked.state != "unsettled" or state is State.AGREED):
        return False
    if not asked.institution and not asked.says:
        return True
    cells = found.cells.get(clause_id, found.silent)
    said = [says(cells[at], found.found.spoken.scale) for at in seats]
    if asked.says:
        return any(asked.says in one for one in said)
    return any(one - {"nothing"} for one in said)


def _units(lines: Sequence[ClauseLine]) -> list[Span]:
    """What a row opens to: a heading or an article with the text directly below it."""
    starts = [at for at, line in enumerate(lines) if line.level or not at]
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def _subtrees(lines: Sequence[ClauseLine]) -> list[Span]:
    """Of every unit, where it and all that stands below it ends."""
    starts = [start for start, _ in _units(lines)]
    ends: dict[int, int] = {}
    above: list[int] = []
    for start in starts:
        while above and lines[above[-1]].depth >= lines[start].depth:
            ends[above.pop()] = start
        above.append(start)
    return [(start, ends.get(start, len(lines))) for start in starts]


def _rows(found: Standing, wanted: Collection[str], opened: Collection[str] | None) -> Iterator[BoardRow]:
    """A row for every unit in which a clause is as asked, and for every heading above one; None: all of them `opened`
    to their clauses."""
    lines = found.text.lines
    tally = Tally((found.row(line) for line in lines), len(found.seats), found.found.spoken.scale)
    for (start, end), (_, last) in zip(_units(lines), _subtrees(lines), strict=True):
        if any(line.id in wanted for line in lines[start:last]):
            own = [line for line in lines[start:end] if found.counts(line)]
            row = _row(found, lines[start:last], own)
            is_open = row.opens and (opened is None or row.line.id in opened)
            shares = () if row.rank == "article" else tally.between(start, last)
            yield replace(
                row,
                rows=tuple(_leaf(found, line) for line in own if line.id in wanted) if is_open else (),
                shares=tuple(shares[at] for at in found.told) if shares else (),
            )


def _row(found: Standing, below: Sequence[ClauseLine], own: Sequence[ClauseLine]) -> BoardRow:
    """The row of a heading or an article: `below` stands under it, of which `own` it opens to."""
    line = below[0]
    counted = [one for one in below if found.counts(one)]
    states = Counter(found.state(one.id) for one in counted)
    is_heading = line.kind != "article" and bool(line.level)
    opens = len(own) > (0 if is_heading else 1)
    cells = found.silent if is_heading else joined(map(found.row, counted), found.silent)
    target = counted[0].id if len(counted) == 1 else line.id
    return BoardRow(
        line, "title" if line.level == 1 else "heading" if is_heading else "article", target, together(states).value,
        _told(found, cells), {state.value: count for state, count in states.items()}, opens,
        said=_said(found, () if is_heading else cells),
    )  # fmt: skip


def _leaf(found: Standing, line: ClauseLine) -> BoardRow:
    state = found.state(line.id).value
    cells = found.row(line)
    return BoardRow(line, "clause", line.id, state, _told(found, cells), {state: 1}, said=_said(found, cells))


def _told(found: Standing, cells: Cells) -> Cells:
    """Those of the seats that may be named."""
    return tuple(cells[at] for at in found.told)


def _said(found: Standing, cells: Cells) -> tuple[int, ...]:
    """Where institutions are not told, how many said what."""
    return tallied(cells, found.found.spoken.scale) if found.institutions.hides else ()


def _parts(rows: Sequence[BoardRow]) -> Iterator[tuple[BoardRow, ...]]:
    """Rows that are laid out together."""
    start = 0
    for at, row in enumerate(rows):
        ends = at - start >= IN_PART and row.rank == "heading"
        if len(rows) > SMALL and (ends or at - start >= MOST_IN_PART):
            yield tuple(rows[start:at])
            start = at
    if rows:
        yield tuple(rows[start:])


def _states(found: Standing) -> tuple[Choice, ...]:
    """What the board can be asked for, with how many clauses are so."""
    counts = Counter(found.state(line.id).value for line in found.counted())
    counts["unsettled"] = counts.total() - counts[State.AGREED.value]
    return tuple(Choice(state, counts[state]) for state in STATES if counts[state])


def _headings(found: Standing) -> tuple[Choice, ...]:
    """The headings above articles, in the order of the text, with how many clauses stand below each."""
    headings, lines = filtering.headings_of(found.text), found.text.lines
    return tuple(
        Choice(lines[at].id, sum(map(found.counts, lines[at:last])), headings.plainly(at), len(headings.above[at]) - 1)
        for at, last in _subtrees(lines)
        if lines[at].level > 1 and lines[at].kind != "article"
    )


def _gone(session: Session, found: Standing) -> tuple[InstitutionMark, ...]:
    """Who had a seat that nobody fills any more."""
    there = {id for place in found.found.spoken.places for id in (place.institution, *place.formerly)}
    held = dict.fromkeys(seat.institution for seat in institutions.seats_of(session, found.entry.draft.id))
    seats = found.institutions.seats
    return tuple(seats[id] for id in held if id not in there and id in seats)


def _table_row(found: Standing, line: ClauseLine) -> BoardTableRow:
    decision = found.found.decisions.get(line.id)
    pairs = found.found.said_of(line.id)
    said = [(place, last_word(found.found.spoken, place, pairs)) for place in found.seats] if pairs else []
    reasons = [
        (found.institutions[place.institution], found.institutions.words(pair[0].reason))
        for place, pair in said
        if pair and pair[0].reason
    ]
    return BoardTableRow(
        line, found.state(line.id).value, _told(found, found.row(line)),
        found.marks(decision.blocking if decision else ()), found.marks(decision.waiting if decision else ()),
        tuple(sorted(reasons, key=lambda one: one[1]) if found.institutions.hides else reasons),
        _said(found, found.row(line)),
    )  # fmt: skip

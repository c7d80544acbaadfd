"""Composing: what an amendment starts from while it is written, and what it would do. Nothing here is stored."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import shorten

from sqlalchemy.orm import Session

from app.domain.attribution import Mode
from app.domain.clauses import Clause
from app.domain.edits import Amendment, Edit, Law
from app.domain.errors import Invalid
from app.domain.labels import next_label
from app.domain.lifecycle import OPEN, State
from app.domain.parted import Parted, parted
from app.domain.parts import HEADINGS, Part, edits_of, read_as, subtree_of
from app.domain.permissions import Action, check_can
from app.services import showing
from app.services.amending import Table, changes_of, table, without_marks
from app.services.contesting import MINE, contesting
from app.services.indexes import index_of
from app.services.marks import Marks
from app.services.meaning import NamesNoClause, clause_called, meant
from app.services.owning import NotOnTheTable, NotTheProposer, is_mine
from app.services.pages import AmendmentLine, DraftHead, InstitutionMark
from app.services.pages_composing import ComposerPage, Inserted, PartLine, Preview, Side, Target
from app.services.pages_saying import NOTHING_SAID, Said
from app.services.saying import LONGEST_WHILE_TYPING, said_of_amendment, style_for
from app.services.sponsoring import seated
from app.services.texts import IssuedText
from app.store import amendments, relations
from app.store.amendments import AmendmentRow
from app.store.drafts import Draft
from app.store.memberships import Entry

MOST_TARGETS = 300
LONGEST_HINT = 60
OF_A_CLAUSE = ("words", "restate", "insert", "delete", "move", "number")
OF_A_HEADING = ("heading", "restate", "insert", "delete", "move", "number")
WITH_WORDS = ("words", "restate", "heading")


@dataclass(frozen=True, slots=True)
class Aim:
    """What is composed: other words for one's own amendment, other words for somebody else's, a counter-text to
    several; or, with none of these, an amendment of one's own."""

    reword: int | None = None
    amends: int | None = None
    bridges: tuple[int, ...] | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The amendments it is about."""
        return tuple(number for number in (self.reword, self.amends) if number is not None) + (self.bridges or ())


PLAIN = Aim()


class NothingToBridge(Invalid):
    def __init__(self) -> None:
        super().__init__("Say which amendments the counter-text is offered to.")


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the page reads once."""

    entry: Entry
    institutions: Marks
    head: DraftHead
    table: Table

    @property
    def issued(self) -> IssuedText:
        return self.table.issued


def compose(
    session: Session, *, slug: str, aim: Aim = PLAIN, parts: Sequence[Part], as_typed: bool = False,
    user_id: int | None, language: str, now: datetime,
) -> ComposerPage:  # fmt: skip
    """The composer for these parts or, without any, for what its aim starts from. `as_typed`: it comes back with what
    somebody typed, whatever became of the amendments meanwhile.

    Raises NoSuchDraft, RoleMayNot, NoSuchClause, NoSuchAmendment, NotTheProposer, NotOnTheTable.
    """
    desk = _desk(session, slug, aim, user_id, language)
    row = _row(session, desk, aim)
    if not as_typed:
        _check_open(desk, aim, row)
    begun = Parted(tuple(parts)) if parts or as_typed else _begun(desk, aim)
    if not aim.numbers and not any(part.clause_id in desk.issued.places for part in begun.parts):
        raise showing.NoSuchClause
    is_draft = row is None or State(row.state) is State.DRAFT
    line = desk.table.line(row.number) if row else None
    return ComposerPage(
        desk.head, desk.head.latest, _part_lines(desk, aim, begun.parts), tuple(_said(desk, p) for p in begun.parts),
        tuple(desk.table.line(number) for number in aim.numbers), row.revision if row else 0, is_draft,
        _invitable(session, desk, now) if is_draft else (), _invited(session, desk, row),
        changes_of(begun.lost, desk.table.texts[line.base_version]) if line else (), _targets(desk, begun.parts),
    )  # fmt: skip


def preview(
    session: Session, *, slug: str, aim: Aim = PLAIN, parts: Sequence[Part], user_id: int | None, language: str
) -> Preview:
    """What parts would do and who contests these words. Raises what `proposing.propose` raises for its words."""
    desk = _desk(session, slug, aim, user_id, language)
    law = desk.issued.law
    found = meant(law, desk.entry.draft, _begun_only(law, parts))
    edits = edits_of(law, [one.part for one in found], index_of(desk.issued).tree)
    return Preview(
        changes_of(edits, desk.table.text), contesting(desk.table, edits, aim.reword),
        _spoken(desk.entry.draft, law, edits, language),
        tuple(
            Inserted(desk.issued.human(one.part.clause_id), read_as(law, one.part), one.notes)
            for one in found
            if one.part.operation == "insert"
        ),
    )  # fmt: skip


def clause_named(session: Session, *, slug: str, typed: str, user_id: int | None, language: str) -> str:
    """The clause of the latest text that somebody names to amend it too. Raises NamesNoClause."""
    desk = _desk(session, slug, PLAIN, user_id, language)
    found = clause_called(desk.issued.law, desk.entry.draft, typed)
    if found not in desk.issued.places:
        raise NamesNoClause(typed)
    return found


def _desk(session: Session, slug: str, aim: Aim, user_id: int | None, language: str) -> _Desk:
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE if aim.bridges is None else Action.CONSOLIDATE)
    if aim.bridges == ():
        raise NothingToBridge
    institutions = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, institutions)
    return _Desk(entry, institutions, head, table(session, entry, institutions, head))


def _row(session: Session, desk: _Desk, aim: Aim) -> AmendmentRow | None:
    """The amendment that is reworded."""
    if aim.reword is None:
        return None
    row = amendments.find(session, desk.entry.draft.id, aim.reword)
    desk.table.line(aim.reword)
    if not is_mine(desk.entry, row):
        raise NotTheProposer(aim.reword)
    return row


def _check_open(desk: _Desk, aim: Aim, row: AmendmentRow | None) -> None:
    for number in aim.numbers:
        state = State(desk.table.line(number).state)
        if state not in OPEN and not (row and state is State.DRAFT):
            raise NotOnTheTable(number, state)


def _begun(desk: _Desk, aim: Aim) -> Parted:
    """What the composer starts from."""
    if not aim.numbers:
        return Parted(())
    if aim.bridges:
        return Parted(_between(desk, aim.bridges))
    number = aim.reword or aim.amends or 0
    line = desk.table.line(number)
    return parted(desk.table.edits[number], desk.table.texts[line.base_version].law, desk.issued.law)


def _between(desk: _Desk, numbers: Iterable[int]) -> tuple[Part, ...]:
    """For a counter-text: the clauses that the amendments are about, in the order of the text, as they stand."""
    about: dict[str, set[str]] = {}
    for number in numbers:
        for change in desk.table.line(number).changes:
            if change.clause_id in desk.issued.places:
                about.setdefault(change.clause_id or "", set()).add(change.kind)
    order = sorted(about, key=lambda clause_id: desk.issued.places[clause_id])
    return tuple(Part(id, "insert" if about[id] == {"insert"} else "words") for id in order)


def _said(desk: _Desk, part: Part) -> Part:
    """A part as somebody would type it: its words where it has none yet, its target by number."""
    if part.clause_id not in desk.issued.places:
        return part
    clause = desk.issued.law[part.clause_id]
    if part.operation == "words" and clause.kind in HEADINGS:
        part = replace(part, operation="heading")
    if part.operation in WITH_WORDS and not part.text:
        part = replace(part, text=clause.body)
    if part.operation == "insert" and not part.text:
        part = replace(part, text=_suggested(clause))
    if part.target in desk.issued.places:
        part = replace(part, target=_as_typed(desk, part.target or ""))
    return part


def _as_typed(desk: _Desk, target: str) -> str:
    """How somebody would type a clause; its id where no number leads to it."""
    human = desk.issued.human(target)
    try:
        return human if clause_called(desk.issued.law, desk.entry.draft, human) == target else target
    except NamesNoClause:
        return target


def _part_lines(desk: _Desk, aim: Aim, parts: Sequence[Part]) -> tuple[PartLine, ...]:
    sides = [desk.table.line(number) for number in aim.numbers]
    return tuple(_part_line(desk, part.clause_id, sides) for part in parts)


def _part_line(desk: _Desk, clause_id: str, beside: Sequence[AmendmentLine]) -> PartLine:
    at = desk.issued.places.get(clause_id)
    if at is None:
        return PartLine(None, ())
    clause = desk.issued.law[clause_id]
    operations = OF_A_HEADING if clause.kind in HEADINGS else OF_A_CLAUSE
    found = [(line, tuple(c for c in line.changes if c.clause_id == clause_id)) for line in beside]
    return PartLine(
        desk.issued.lines[at], operations if clause.label else operations[:-1], _suggested(clause),
        without_marks(subtree_of(desk.issued.law, clause_id)),
        tuple(Side(line, changes) for line, changes in found if changes),
    )  # fmt: skip


def _targets(desk: _Desk, parts: Sequence[Part]) -> tuple[Target, ...]:
    """The clauses that a moved one may stand by, those near the first part; of each what leads to it and to no other
    one."""
    lines, places = desk.issued.lines, desk.issued.places
    first = next((places[part.clause_id] for part in parts if part.clause_id in places), 0)
    start = max(0, min(first - MOST_TARGETS // 2, len(lines) - MOST_TARGETS))
    times = Counter(line.human for line in lines)
    near = (line for line in lines[start : start + MOST_TARGETS] if line.label and times[line.human] == 1)
    return tuple(Target(line.human, shorten(line.body, LONGEST_HINT, placeholder=" …")) for line in near)


def _suggested(clause: Clause) -> str:
    """How the next clause of the series begins: `5. `, `   3) `; empty after unnumbered text."""
    following = next_label(clause.label)
    return clause.lead.replace(clause.label, following) if following else ""


def _invitable(session: Session, desk: _Desk, now: datetime) -> tuple[InstitutionMark, ...]:
    """The others at the table, who can be asked to propose it too; nobody where no names are put to it."""
    if desk.entry.attribution is Mode.UNATTRIBUTED:
        return ()
    ids = seated(session, desk.entry.draft, desk.entry.institution_id, now)
    return tuple(desk.institutions.seats[id] for id in ids if id in desk.institutions.seats)


def _invited(session: Session, desk: _Desk, row: AmendmentRow | None) -> tuple[str, ...]:
    if row is None:
        return ()
    asked = relations.relations(session, desk.entry.draft.id).sponsors.get(row.id, ())
    return tuple(desk.institutions.seats[one.institution_id].code for one in asked)


def _begun_only(law: Law, parts: Sequence[Part]) -> tuple[Part, ...]:
    """While several parts are written, those that nobody has touched yet say nothing."""
    begun = tuple(part for part in parts if not _untouched(law, part))
    return begun or tuple(parts)


def _untouched(law: Law, part: Part) -> bool:
    clause = law.get(part.clause_id)
    if clause is None or part.operation not in WITH_WORDS:
        return False
    return part.text.replace("\r\n", "\n").strip() == clause.body.replace("\r\n", "\n").strip()


def _spoken(draft: Draft, law: Law, edits: tuple[Edit, ...], language: str) -> Said:
    """What a proposal would do as an amending act would say it; while somebody types, only where that is quick."""
    if len(law) > LONGEST_WHILE_TYPING:
        return NOTHING_SAID
    return said_of_amendment(law, Amendment(MINE, edits), draft.title, style_for(draft.language, language))

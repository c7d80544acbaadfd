"""Composing: what an amendment starts from while it is written, and what it would do. Nothing here is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.clauses import Clause
from app.domain.edits import Amendment, Edit, Law, MoveClause
from app.domain.errors import Invalid
from app.domain.labels import next_label
from app.domain.lifecycle import OPEN, State
from app.domain.merge import colliding_pairs
from app.domain.named import named
from app.domain.parted import Parted, parted
from app.domain.parts import HEADINGS, Part, UnusablePart, edits_of, name_of, read_as, subtree_of
from app.domain.permissions import Action, check_can
from app.domain.tree import Tree
from app.services import showing
from app.services.amending import Table, changes_of, table
from app.services.colliding import touched
from app.services.owning import NotOnTheTable, NotTheProposer, is_mine
from app.services.pages import AmendmentLine, DraftHead, InstitutionMark
from app.services.pages_composing import ComposerPage, Inserted, PartLine, Preview, Side
from app.services.pages_saying import NOTHING_SAID, Said
from app.services.saying import LONGEST_WHILE_TYPING, said_of_amendment, style_for
from app.services.showing import Marks
from app.services.sponsoring import seated
from app.services.texts import IssuedText
from app.store import amendments, relations
from app.store.amendments import AmendmentRow, number_of
from app.store.drafts import Draft
from app.store.memberships import Entry

MINE = "A0"
"""The key of a proposal that has no number yet."""
MOST_PARTS = 500
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


class NamesNoClause(Invalid):
    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}” names no clause of this text: type its number, for instance 13(2).")


class TooManyParts(Invalid):
    def __init__(self) -> None:
        super().__init__(f"An amendment may have {MOST_PARTS} parts.")


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
        changes_of(begun.lost, desk.table.texts[line.base_version]) if line else (),
    )  # fmt: skip


def preview(
    session: Session, *, slug: str, aim: Aim = PLAIN, parts: Sequence[Part], user_id: int | None, language: str
) -> Preview:
    """What parts would do and who contests these words. Raises what `proposing.propose` raises for its words."""
    desk = _desk(session, slug, aim, user_id, language)
    law = desk.issued.law
    meant = resolved(law, desk.entry.draft, _begun_only(law, parts))
    edits = edits_of(law, meant)
    return Preview(
        changes_of(edits, desk.table.text), _rivals(desk, aim, edits),
        _spoken(desk.entry.draft, law, edits, language),
        tuple(Inserted(desk.issued.human(p.clause_id), read_as(law, p)) for p in meant if p.operation == "insert"),
    )  # fmt: skip


def clause_named(session: Session, *, slug: str, typed: str, user_id: int | None, language: str) -> str:
    """The clause of the latest text that somebody names to amend it too. Raises NamesNoClause."""
    desk = _desk(session, slug, PLAIN, user_id, language)
    found = _named(desk.issued.law, desk.entry.draft, typed)
    if found not in desk.issued.places:
        raise NamesNoClause(typed)
    return found


def resolved(law: Law, draft: Draft, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with the clauses that their targets name. Raises NamesNoClause, UnusablePart, TooManyParts."""
    if len(parts) > MOST_PARTS:
        raise TooManyParts
    found = []
    for number, part in enumerate(parts, 1):
        try:
            found.append(_resolved(law, draft, part))
        except NamesNoClause as refusal:
            if len(parts) == 1 or part.clause_id not in law:
                raise
            raise UnusablePart(number, name_of(law[part.clause_id]), str(refusal)) from refusal
    return tuple(found)


def _resolved(law: Law, draft: Draft, part: Part) -> Part:
    if part.operation != "move" or not part.target:
        return replace(part, target=None)
    return replace(part, target=_named(law, draft, part.target))


def _named(law: Law, draft: Draft, typed: str) -> str:
    if typed in law:
        return typed
    at = named(list(law.values()), typed, draft.language)
    if at is None:
        raise NamesNoClause(typed)
    return list(law)[at]


def _desk(session: Session, slug: str, aim: Aim, user_id: int | None, language: str) -> _Desk:
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE if aim.bridges is None else Action.CONSOLIDATE)
    if aim.bridges == ():
        raise NothingToBridge
    institutions = showing.institution_marks(session, language)
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
        return human if _named(desk.issued.law, desk.entry.draft, human) == target else target
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
        subtree_of(desk.issued.law, clause_id), tuple(Side(line, changes) for line, changes in found if changes),
    )  # fmt: skip


def _suggested(clause: Clause) -> str:
    """How the next clause of the series begins: `5. `, `   3) `; empty after unnumbered text."""
    following = next_label(clause.label)
    return clause.lead.replace(clause.label, following) if following else ""


def _invitable(session: Session, desk: _Desk, now: datetime) -> tuple[InstitutionMark, ...]:
    """The others at the table, who can be asked to propose it too."""
    ids = seated(session, desk.entry.draft, desk.entry.institution_id, now)
    return tuple(desk.institutions[id] for id in ids if id in desk.institutions)


def _invited(session: Session, desk: _Desk, row: AmendmentRow | None) -> tuple[str, ...]:
    if row is None:
        return ()
    asked = relations.relations(session, desk.entry.draft.id).sponsors.get(row.id, ())
    return tuple(desk.institutions[one.institution_id].code for one in asked)


def _begun_only(law: Law, parts: Sequence[Part]) -> tuple[Part, ...]:
    """While several parts are written, those that nobody has touched yet say nothing."""
    begun = tuple(part for part in parts if not _untouched(law, part))
    return begun or tuple(parts)


def _untouched(law: Law, part: Part) -> bool:
    clause = law.get(part.clause_id)
    if clause is None or part.operation not in WITH_WORDS:
        return False
    return part.text.replace("\r\n", "\n").strip() == clause.body.replace("\r\n", "\n").strip()


def _rivals(desk: _Desk, aim: Aim, edits: tuple[Edit, ...]) -> tuple[AmendmentLine, ...]:
    """Who else is on the table about the same words. Only amendments to these clauses, and to those above and below
    them, can meet it."""
    tree = Tree(desk.issued.law)
    about = _about(edits)
    near = {other for one in about for other in (*tree.path(one), *tree.below(one))}
    others = [
        one
        for number, one in desk.table.mergeable.items()
        if number != aim.reword and not near.isdisjoint(_about(one.edits))
    ]
    pairs = colliding_pairs(desk.issued.law, [Amendment(MINE, edits), *others])
    rivals = {number_of(key) for pair in pairs if MINE in pair for key in pair} - {0}
    return tuple(line for line in desk.table.lines if line.number in rivals)


def _about(edits: Iterable[Edit]) -> set[str]:
    """The clauses that edits speak of."""
    edits = tuple(edits)
    return touched(edits) | {edit.after for edit in edits if isinstance(edit, MoveClause) and edit.after}


def _spoken(draft: Draft, law: Law, edits: tuple[Edit, ...], language: str) -> Said:
    """What a proposal would do as an amending act would say it; while somebody types, only where that is quick."""
    if len(law) > LONGEST_WHILE_TYPING:
        return NOTHING_SAID
    return said_of_amendment(law, Amendment(MINE, edits), draft.title, style_for(draft.language, language))

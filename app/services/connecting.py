"""What binds one amendment to institutions and to other amendments, as its page shows it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.domain.diff import diff
from app.domain.edits import Amendment, Edit, Law
from app.domain.errors import Refusal
from app.domain.lifecycle import OPEN, State
from app.domain.merge import merge
from app.domain.permissions import Action, can
from app.services.amending import without_marks
from app.services.marks import Marks
from app.services.owning import is_mine, may_link, speaks_for
from app.services.pages import AmendmentLine
from app.services.pages_amendment import (
    AnswerLine,
    CounterText,
    Differing,
    LinkLine,
    OtherLine,
    Sponsoring,
    SponsorLine,
    SubAmendment,
)
from app.store.amendments import AmendmentRow
from app.store.memberships import Entry
from app.store.relations import AmendmentLink, Relations, Sponsorship


@dataclass(frozen=True, slots=True)
class Around:
    """One amendment among those that whoever looks may know of (`rows`, by id)."""

    entry: Entry
    row: AmendmentRow
    rows: Mapping[int, AmendmentRow]
    found: Relations
    institutions: Marks
    names: Mapping[int, str]

    @property
    def is_open(self) -> bool:
        return State(self.row.state) in OPEN

    @property
    def mine(self) -> bool:
        """Whether whoever looks may answer for it, as long as it is on the table."""
        return self.may_answer_for(self.row)

    def may_answer_for(self, row: AmendmentRow) -> bool:
        return State(row.state) in OPEN and is_mine(self.entry, row) and can(self.entry.role, Action.PROPOSE)

    def leading_here(self, kind: str) -> list[AmendmentLink]:
        """The links of a kind from other amendments, whatever became of those."""
        links = self.found.links_to.get(self.row.id, ())
        return [link for link in links if link.kind == kind and link.from_id in self.rows]

    def leading_away(self, kind: str, row_id: int | None = None) -> list[AmendmentLink]:
        links = self.found.links_from.get(row_id or self.row.id, ())
        return [link for link in links if link.kind == kind and link.to_id in self.rows]

    def other(self, row_id: int) -> OtherLine:
        row = self.rows[row_id]
        mark = self.institutions.get(row.institution_id) if row.institution_id else None
        return OtherLine(row.number, mark, self.institutions.words(row.title), row.state)

    def answer(self, link: AmendmentLink, row_id: int) -> AnswerLine:
        """What was answered to a link; `row_id` is the amendment to name beside it."""
        mine = State(self.rows[link.from_id].state) in OPEN and self.may_answer_for(self.rows[link.to_id])
        marks, at = self.institutions, link.answered_at
        when = marks.when(at, told=link.author_id is not None) if at else None
        return AnswerLine(self.other(row_id), link.answer, marks.words(link.answer_reason), when, mine)


def linked_ids(around: Around) -> set[int]:
    """The rows whose words the page shows beside this amendment's: counter-texts and amendments to it."""
    return {link.from_id for kind in ("bridges", "amends") for link in around.leading_here(kind)}


def sponsoring(around: Around, seated: Collection[int]) -> Sponsoring:
    asked = around.found.sponsors.get(around.row.id, ())
    marks = around.institutions
    told = [one for one in asked if one.institution_id in marks or speaks_for(around.entry, one.institution_id)]
    lines = tuple(_sponsor(one, around) for one in told)
    standing = {one.institution_id for one in asked if one.answer != "declined"}
    invitable = [marks.seats[id] for id in seated if id in marks.seats and id not in standing]
    return Sponsoring(lines, tuple(invitable) if around.mine else (), around.mine)


def _sponsor(asked: Sponsorship, around: Around) -> SponsorLine:
    return SponsorLine(
        around.institutions.seats[asked.institution_id], asked.answer, around.institutions.words(asked.reason),
        around.institutions.when(asked.answered_at or asked.invited_at),
        around.is_open and speaks_for(around.entry, asked.institution_id),
    )  # fmt: skip


def links(around: Around) -> tuple[LinkLine, ...]:
    """Links that people made, as seen from here: what it depends on, what depends on it, what it conflicts with."""
    away = [
        (link, link.kind, link.to_id) for kind in ("depends_on", "conflicts_with") for link in around.leading_away(kind)
    ]
    here = [(link, "needed_by", link.from_id) for link in around.leading_here("depends_on")]
    here += [(link, "conflicts_with", link.from_id) for link in around.leading_here("conflicts_with")]
    return tuple(_link(link, kind, other, around) for link, kind, other in (*away, *here))


def _link(link: AmendmentLink, kind: str, other: int, around: Around) -> LinkLine:
    """A link is taken away from the amendment it was made from."""
    may = link.from_id == around.row.id and around.is_open and may_link(around.entry, around.row)
    by = around.names.get(link.author_id, "") if link.author_id else ""
    marks = around.institutions
    at = marks.when(link.created_at, told=link.author_id is not None)
    return LinkLine(link.id, kind, around.other(other), marks.words(link.reason), by, at, may)


def linkable(around: Around) -> tuple[OtherLine, ...]:
    """The other amendments on the table, for whoever may link this one."""
    if not (around.is_open and may_link(around.entry, around.row) and can(around.entry.role, Action.PROPOSE)):
        return ()
    rows = sorted(around.rows.values(), key=lambda row: row.number)
    return tuple(around.other(row.id) for row in rows if State(row.state) in OPEN and row.id != around.row.id)


def offered_to(around: Around, counter_id: int) -> tuple[AnswerLine, ...]:
    """The answers to a counter-text. Those of amendments that were withdrawn are waited for no longer."""
    waiting = [
        link
        for link in around.leading_away("bridges", counter_id)
        if link.answer is not None or State(around.rows[link.to_id].state) is not State.WITHDRAWN
    ]
    return tuple(around.answer(link, link.to_id) for link in waiting)


def counter_texts(around: Around, lines: Mapping[int, AmendmentLine]) -> tuple[CounterText, ...]:
    """`lines` are the amendments by row id."""
    return tuple(
        CounterText(
            lines[link.from_id], offered_to(around, link.from_id), around.answer(link, around.row.id),
            around.mine and State(around.rows[link.from_id].state) in OPEN,
        )
        for link in around.leading_here("bridges")
    )  # fmt: skip


def sub_amendments(
    around: Around, lines: Mapping[int, AmendmentLine], edits: Mapping[int, tuple[Edit, ...]], law: Law
) -> tuple[SubAmendment, ...]:
    """Amendments to this one, with the difference of what the two would make of the text (`law`)."""
    return tuple(
        SubAmendment(
            lines[link.from_id], _differing(lines[around.row.id], lines[link.from_id], around, link, edits, law),
            around.answer(link, link.from_id), around.mine and State(around.rows[link.from_id].state) in OPEN,
        )
        for link in around.leading_here("amends")
    )  # fmt: skip


def _differing(
    own: AmendmentLine, other: AmendmentLine, around: Around, link: AmendmentLink,
    edits: Mapping[int, tuple[Edit, ...]], law: Law,
) -> tuple[Differing, ...]:  # fmt: skip
    """Clause by clause. Where the two start from different texts, only their words are compared."""
    humans = {change.clause_id or "": change.human for change in (*other.changes, *own.changes)}
    if own.base_version != other.base_version:
        texts = ({c.clause_id or "": c.after for c in one.changes} for one in (own, other))
    else:
        texts = (_results(law, edits.get(row_id, ()), humans) for row_id in (around.row.id, link.from_id))
    before, after = texts
    found = (
        Differing(id, humans.get(id, ""), diff(before.get(id, ""), after.get(id, "")))
        for id in dict.fromkeys((*before, *after))
        if before.get(id, "") != after.get(id, "")
    )
    return tuple(found)


def _results(law: Law, edits: tuple[Edit, ...], about: Iterable[str]) -> dict[str, str]:
    """What an amendment alone makes of the clauses spoken of, and the clauses it brings; whole, with their numbers."""
    try:
        amended = merge(law, [Amendment("A0", edits)]).amended
    except Refusal:
        return {}
    wanted = set(about)
    arrived = without_marks("".join(clause.source for id, clause in amended.items() if id not in law))
    kept = {id: (amended[id].lead + amended[id].body).strip() for id in law if id in wanted and id in amended}
    return {**kept, "": arrived} if arrived else kept

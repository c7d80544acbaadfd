"""What the range of a small group is: clauses, each with everything below it; and what touches it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.edits import Edit
from app.domain.lifecycle import OPEN, State
from app.domain.seats import Body, speaker
from app.services.colliding import touched
from app.services.texts import IssuedText, below
from app.store.amendments import AmendmentRow
from app.store.small_groups import SmallGroup


@dataclass(frozen=True, slots=True)
class Overlap:
    """A clause that another open group works on too."""

    group: int
    name: str
    human: str


def heads(text: IssuedText, clause_ids: Iterable[str]) -> tuple[str, ...]:
    """The clauses of a range in the order of the text, without those below others of it, and what left the text."""
    found: list[str] = []
    end = 0
    for at in sorted({text.places[id] for id in clause_ids if id in text.places}):
        if at >= end:
            found.append(text.lines[at].id)
            end = below(text, found[-1])[1]
    return tuple(found)


def covered(text: IssuedText, clause_ids: Iterable[str]) -> tuple[int, ...]:
    """The places in the text of all clauses in a range."""
    return tuple(at for id in heads(text, clause_ids) for at in range(*below(text, id)))


def overlaps(text: IssuedText, clause_ids: Iterable[str], others: Iterable[SmallGroup]) -> tuple[Overlap, ...]:
    """What of a range other groups work on too, by the clause that is whole in both."""
    ours = set(covered(text, clause_ids))
    found = []
    for group in others:
        common = [at for at in covered(text, group.clauses) if at in ours]
        for id in heads(text, (text.lines[at].id for at in common)):
            found.append(Overlap(group.number, group.name, text.human(id)))
    return tuple(found)


def speaking(members: Iterable[int], bodies: Mapping[int, Body], today: date) -> frozenset[int]:
    """The institutions of a group, with those that have taken their place."""
    return frozenset(id for member in members for id in (member, speaker(bodies, member, today) or member))


def proposed_by(
    members: Collection[int], rows: Sequence[AmendmentRow], together: Mapping[int, Collection[int]]
) -> tuple[AmendmentRow, ...]:
    """The amendments on the table that institutions propose, alone or with others. `together` by amendment id."""
    return tuple(
        row
        for row in rows
        if State(row.state) in OPEN
        and (row.institution_id in members or not set(members).isdisjoint(together.get(row.id, ())))
    )


def touches(text: IssuedText, clause_ids: Iterable[str], edits: Iterable[Edit]) -> bool:
    """Whether an amendment changes anything in a range, or puts something behind a clause of it."""
    changed = {text.places[id] for id in touched(edits) if id in text.places}
    return not changed.isdisjoint(covered(text, clause_ids))

"""Choosing many amendments at once: those that nothing stands against, of a body or a chapter, accepted bridges."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.lifecycle import State
from app.domain.permissions import Action, check_can
from app.services import filtering, showing, texts
from app.services.amending import table
from app.services.gathering import is_contested
from app.services.objecting import with_objections
from app.services.pages import AmendmentLine, VersionHead
from app.services.pages_held import Ways
from app.services.pages_overview import Asked
from app.store import amendments
from app.store.relations import relations

MET = frozenset({State.ADOPTED, State.ADOPTED_IN_PART})
"""The states in which an amendment that another depends on stands in the text already."""


ALL = Asked()


@dataclass(frozen=True, slots=True)
class Wish:
    """What to choose: `all`, `none`, `free` (of collisions), `agreed` (nothing stands against them), `bridges` (the
    counter-texts that all proposers accept, in place of what they bridge), `only` or `also` those `asked` for."""

    what: str
    asked: Asked = ALL


WISHES = ("all", "none", "free", "agreed", "bridges", "only", "also")


def pick(
    session: Session, *, slug: str, wish: Wish, chosen: frozenset[int], user_id: int | None, language: str,
    now: datetime,
) -> frozenset[int]:  # fmt: skip
    """The amendments that are chosen then; `now` is the time at the place of the group.

    Raises NoSuchDraft, RoleMayNot.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    on_table = table(session, entry, showing.contributors(session, entry, language))
    if wish.what == "agreed":
        on_table = with_objections(session, entry.draft, on_table, now)
    lines = [line for line in on_table.lines if line.number in on_table.mergeable]
    if wish.what == "bridges":
        accepted = _accepted(session, entry.draft.id) & {line.number for line in lines}
        return in_place_of_bridged(lines, chosen, accepted)
    if wish.what in ("only", "also"):
        found = filtering.narrowed(lines, wish.asked, filtering.headings_of(on_table.issued))
        numbers = frozenset(line.number for line in found)
        return numbers if wish.what == "only" else chosen | numbers
    return picked(lines, wish.what, frozenset(line.number for line in on_table.lines if State(line.state) in MET))


def ways(
    session: Session, *, slug: str, lines: Iterable[AmendmentLine], version: VersionHead, user_id: int | None
) -> Ways:
    """By what the amendments to a version may be chosen together. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    headings = filtering.headings_of(texts.issued(session, entry.draft, version))
    facets = filtering.facets(lines, Asked(), headings)
    states = tuple(value for value in facets["state"] if value.value != filtering.ON_TABLE)
    return Ways(facets["institution"], facets["within"], states)


def picked(lines: Iterable[AmendmentLine], what: str, met: Collection[int] = ()) -> frozenset[int]:
    """Of the amendments to choose from: `all`, `none`, those `free` of collisions, or those that are `agreed`."""
    lines = tuple(lines)
    if what == "agreed":
        return _depending_on_nothing_else([line for line in lines if nothing_against(line, lines)], met)
    return frozenset(line.number for line in lines if what == "all" or (what == "free" and not line.collides_with))


def nothing_against(line: AmendmentLine, on_table: Iterable[AmendmentLine]) -> bool:
    """Whether no collision, no conflict in substance and no objection stands against an amendment."""
    return not is_contested(line, {one.number for one in on_table})


def in_place_of_bridged(
    lines: Iterable[AmendmentLine], chosen: frozenset[int], accepted: Collection[int]
) -> frozenset[int]:
    """Accepted counter-texts with what was chosen, less what they bridge."""
    bridged = {number for line in lines if line.number in accepted for number in line.bridges}
    return (chosen - bridged) | frozenset(accepted)


def _depending_on_nothing_else(lines: Iterable[AmendmentLine], met: Collection[int]) -> frozenset[int]:
    """Without those that depend on an amendment which is neither among them nor in the text already."""
    left = {line.number: line for line in lines}
    while unmet := [n for n, line in left.items() if not all(one in left or one in met for one in line.depends_on)]:
        for number in unmet:
            del left[number]
    return frozenset(left)


def _accepted(session: Session, draft_id: int) -> frozenset[int]:
    """The counter-texts that everybody accepts whom they are offered to."""
    numbers = {row.id: row.number for row in amendments.all_of(session, draft_id)}
    offered: dict[int, list[str | None]] = {}
    for row_id, links in relations(session, draft_id).links_from.items():
        offered[numbers[row_id]] = [link.answer for link in links if link.kind == "bridges"]
    return frozenset(number for number, answers in offered.items() if answers and set(answers) == {"accepted"})

"""Open amendments carried across real reforms: none lost, none silently altered, what the reform did is recognised."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from app.domain.clauses import Clause, write
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    edits_between,
)
from app.domain.indexed import Index, indexed
from app.domain.reading import parse_fragment
from app.domain.rebase import Carried, carry_all
from tests.domain.drafting import Drafter
from tests.domain.meaning import Judge
from tests.domain.test_merge_real import NAMES, PAIRS, clauses, links
from tests.shared import needs_laws

Law = dict[str, Clause]
EACH, MORE = 8, {"words": 40, "several clauses": 14}
ON_THE_TABLE = (Carried.UNCHANGED, Carried.SHIFTED)


def laws(old: Path, new: Path) -> tuple[Law, Law]:
    """Both versions by shared ids: what stayed keeps its own."""
    back = links(old, new).back
    after = {f"{back[at]}" if at in back else f"new {at}": clause for at, clause in enumerate(clauses(new))}
    return {str(at): clause for at, clause in enumerate(clauses(old))}, after


@lru_cache(maxsize=2)
def versions(old: Path, new: Path) -> tuple[Index, Index]:
    before, after = laws(old, new)
    return indexed(before), indexed(after)


def reached(old: Index, new: Index) -> list[str]:
    """The clauses that a reform changed or took out, those behind which it put new ones, and what these stand in."""
    found = {id for id, clause in old.law.items() if id not in new.law or new.law[id].body != clause.body}
    last = ""
    for clause_id in new.law:
        last = clause_id if clause_id in old.law else last
        if last and clause_id not in old.law:
            found |= {last, old.tree.parent[last] or last}
    return sorted(found, key=old.places.__getitem__)


@needs_laws
@pytest.mark.parametrize(("old", "new"), PAIRS, ids=NAMES)
def test_an_amendment_of_any_kind_is_carried_as_it_was_meant_or_handed_to_its_author(old: Path, new: Path) -> None:
    before, after = versions(old, new)
    judge = Judge(before, after)
    amendments = Drafter(before, reached(before, after), seed=len(before.law)).amendments(EACH, MORE)
    carried = carry_all(amendments, before.law, after.law)
    assert [one.amendment.key for one in carried] == [amendment.key for amendment in amendments]
    for was, one in zip(amendments, carried, strict=True):
        if one.outcome in ON_THE_TABLE:
            judge.check_carried(was, one.amendment)
            continue
        assert one.amendment == was
        if one.outcome is Carried.INCORPORATED:
            assert all(judge.stands(edit) for edit in was.edits)
        else:
            assert one.colliding
            assert not all(judge.quiet(edit) for edit in was.edits)


@needs_laws
@pytest.mark.parametrize(("old", "new"), PAIRS, ids=NAMES)
def test_what_the_reform_did_itself_is_incorporated(old: Path, new: Path) -> None:
    before, after = laws(old, new)
    reform = [
        Amendment(f"{clause_id} {n}", (edit,))
        for clause_id in before
        if clause_id in after and after[clause_id].body != before[clause_id].body
        for n, edit in enumerate(edits_between(clause_id, before[clause_id].body, after[clause_id].body))
    ]
    outcomes = Counter(one.outcome for one in carry_all(reform, before, after))
    assert outcomes[Carried.UNCHANGED] == 0
    assert outcomes[Carried.INCORPORATED] >= 0.98 * len(reform)


def deeds(old: Index, new: Index) -> Iterator[Edit]:
    """What a reform did with whole clauses: those it brought, took out, moved, and numbered anew."""
    for clause_id, clause in old.law.items():
        above = old.tree.parent[clause_id]
        if clause_id not in new.law and (above is None or above in new.law):
            below = list(old.tree.below(clause_id))
            if not any(id in new.law for id in below):
                yield DeleteClause(clause_id, write(old.law[id] for id in below))
        elif clause_id in new.law and new.law[clause_id].lead != clause.lead:
            yield Relabel(clause_id, clause.lead, new.law[clause_id].lead)
    for above in (None, *old.law):
        anchor = above
        for clause_id in new.tree.children.get(above, ()):
            if old.tree.parent.get(clause_id, "") == above:
                anchor = clause_id
            elif clause_id in old.law and clause_id not in old.tree.path(anchor):
                yield MoveClause(clause_id, anchor, "inside" if anchor == above else "after")
            elif clause_id not in old.law:
                source = write(new.law[id] for id in new.tree.below(clause_id))
                depth = old.law[above].depth if above is not None else -1
                if read(old, anchor, source).depth == new.law[clause_id].depth > depth:
                    yield InsertClauses(anchor, source, "inside" if anchor == above else "after")


def read(law: Index, anchor: str | None, source: str) -> Clause:
    """What a text begins with where it is to stand: a section behind a section, though the reform put it into one."""
    return parse_fragment(source, [law.law[above] for above in law.tree.path(anchor)])[0]


@needs_laws
@pytest.mark.parametrize(("old", "new"), PAIRS, ids=NAMES)
def test_what_a_reform_did_with_clauses_is_incorporated_unless_it_set_those_around_in_another_order(
    old: Path, new: Path
) -> None:
    before, after = versions(old, new)
    done = [Amendment(f"A{n}", (edit,)) for n, edit in enumerate(deeds(before, after))]
    for was, one in zip(done, carry_all(done, before.law, after.law), strict=True):
        (edit,) = was.edits
        if one.outcome is not Carried.INCORPORATED:
            assert isinstance(edit, InsertClauses | MoveClause)
            assert reordered(before, after, edit)


def reordered(old: Index, new: Index, edit: InsertClauses | MoveClause) -> bool:
    """Whether the clauses around a place stand in another order than they did."""
    inside = edit.after is None or edit.place == "inside"
    above = edit.after if inside or edit.after is None else old.tree.parent[edit.after]
    both = [id for id in new.tree.children[above] if old.tree.parent.get(id, "") == above]
    return both != sorted(both, key=old.places.__getitem__)


@needs_laws
@pytest.mark.parametrize(("old", "new"), PAIRS, ids=NAMES)
def test_nothing_is_called_incorporated_that_only_resembles_what_the_reform_did(old: Path, new: Path) -> None:
    """The same clauses with a word more, and the same clauses at a place where the reform put others."""
    before, after = versions(old, new)
    judge = Judge(before, after)
    brought = [edit for edit in deeds(before, after) if isinstance(edit, InsertClauses)]
    brought = brought[:: len(brought) // 200 + 1]
    longer = [replace(edit, source=f"{edit.source.rstrip()} too.\n\n") for edit in brought]
    elsewhere = [replace(one, source=other.source) for one, other in pairwise(brought)]
    amendments = [Amendment(f"A{n}", (edit,)) for n, edit in enumerate((*longer, *elsewhere))]
    for one in carry_all(amendments, before.law, after.law):
        assert one.outcome is not Carried.INCORPORATED or judge.stands(one.amendment.edits[0])

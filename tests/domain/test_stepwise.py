"""A merge told one amendment after the other: each text on the way is that of a merge of the first ones."""

import random
from collections.abc import Sequence
from itertools import accumulate

import pytest

from app.domain.clauses import write
from app.domain.edits import Amendment, DeleteClause, Edit, InsertClauses, Law, MoveClause, Relabel, ReplaceWords
from app.domain.indexed import indexed
from app.domain.merge import Settlement, merge
from app.domain.reading import parse
from app.domain.stepwise import Stepwise, standing
from tests import sample
from tests.domain.reforming import proposals_of
from tests.shared import SHARED, needs_laws, text_of


def steps(law: Law, amendments: Sequence[Amendment]) -> list[str]:
    told = Stepwise(law, indexed(law), {})
    texts = []
    for amendment in amendments:
        told.join(amendment)
        texts.append(told.text)
    return texts


def prefixes(law: Law, amendments: Sequence[Amendment]) -> list[str]:
    return [merge(law, first).text for first in accumulate([one] for one in amendments)]


def test_every_step_of_the_sample_is_the_merge_of_the_first_amendments() -> None:
    law = sample.law()
    apart = [one for one in sample.amendments() if one.key in ("A1", "A4", "A7", "A8", "A9", "A10", "A14", "A15")]
    assert steps(law, apart) == prefixes(law, apart)


EDITS: tuple[Edit, ...] = (
    InsertClauses("art_13__para_1", "1-1. New words.\n\n"),
    InsertClauses("art_13__para_1", "1-2. More of them.\n\n"),
    ReplaceWords("art_13__para_1", 0, "", "Now "),
    DeleteClause("art_13__para_2", ""),
    MoveClause("art_14", "art_12"),
    InsertClauses("art_14", "Inside what moves.\n\n", "inside"),
    Relabel("art_15", "### Article 15. ", "### Article 15-1. "),
    ReplaceWords("art_15", 0, "", "Once more "),
)


def test_every_step_is_that_merge_whatever_comes_to_the_tree_and_in_whatever_order() -> None:
    law = sample.law()
    gone = write(clause for id, clause in law.items() if id == "art_13__para_2" or id.startswith("art_13__para_2__"))
    edits = [DeleteClause(one.clause_id, gone) if isinstance(one, DeleteClause) else one for one in EDITS]
    amendments = [Amendment(f"A{at}", (edit,)) for at, edit in enumerate(edits, 1)]
    shuffle = random.Random(7)  # noqa: S311
    for _ in range(5):
        shuffle.shuffle(amendments)
        assert steps(law, amendments) == prefixes(law, amendments)


@needs_laws
@pytest.mark.parametrize("pair", ["ua-pro-reklamu/v0001 v0002", "ee-jaatmeseadus/v0006 v0007"])
def test_every_step_of_a_real_reform_is_that_merge(pair: str) -> None:
    folder, _, names = pair.partition("/")
    old, new = (parse(text_of(SHARED / "corpora" / folder / f"{name}.md")).clauses for name in names.split())
    law = {str(at): clause for at, clause in enumerate(old)}
    amendments = [Amendment(f"A{at}", edits) for at, edits in enumerate(proposals_of(law, new, 30), 1)]
    assert steps(law, amendments) == prefixes(law, amendments)


def settled(settlement: Settlement | None = None) -> list[tuple[str, int]]:
    """What stands of A1, A2 and A3, which collide, and A15 beside them: how many edits of each."""
    law = sample.law()
    chosen = [one for one in sample.amendments() if one.key in ("A1", "A2", "A3", "A15")]
    (met,) = merge(law, chosen).collisions
    made = {} if settlement is None else {met.key: settlement}
    return [(one.key, len(one.edits)) for one in standing(merge(law, chosen, made), chosen, made)]


def test_of_a_collision_the_side_that_was_chosen_stands() -> None:
    assert settled(Settlement(amendment="A2")) == [("A2", 1), ("A15", 1)]


def test_of_a_collision_left_open_kept_in_brackets_or_settled_by_the_base_nothing_stands() -> None:
    assert settled() == settled(Settlement()) == settled(Settlement(bracket=True)) == [("A15", 1)]


def test_own_words_are_nobodys_unless_somebody_proposed_the_same() -> None:
    assert settled(Settlement(words="within eighteen hours")) == [("A15", 1)]
    assert settled(Settlement(words="within forty-eight hours")) == [("A2", 1), ("A15", 1)]

"""Real reforms proposed as many amendments: merged at once, or in two rounds of which the second is carried on."""

import random
from pathlib import Path

import pytest

from app.domain.clauses import write
from app.domain.edits import Amendment
from app.domain.merge import Fate, merge
from app.domain.rebase import Carried, carry_all
from tests.domain.reforming import proposals_of
from tests.domain.test_merge_real import PAIRS, clauses, law_of
from tests.shared import needs_laws

CONTRACTS = "fr-code-civil/v0002.md"  # the reform of contract law is the largest of them
CHOSEN = [pair for pair in PAIRS if "civil" not in str(pair[0]) or str(pair[0]).endswith(CONTRACTS)]


@needs_laws
@pytest.mark.parametrize(("old", "new"), CHOSEN, ids=[f"{old.parent.name}-{old.stem}" for old, _ in CHOSEN])
def test_a_reform_comes_out_byte_for_byte_at_once_and_in_two_rounds(old: Path, new: Path) -> None:
    law, wanted = law_of(old), write(clauses(new))
    edits = proposals_of(law, clauses(new), most=10_000)
    amendments = [Amendment(f"A{number}", one) for number, one in enumerate(edits)]
    merged = merge(law, amendments)
    assert merged.collisions == ()
    assert set(merged.fates.values()) == {Fate.ADOPTED}
    assert merged.text == wanted
    random.Random(len(amendments)).shuffle(amendments)  # noqa: S311
    first, second = amendments[::2], amendments[1::2]
    between = merge(law, first)
    carried = carry_all(second, law, between.amended, between.standing)
    assert {one.outcome for one in carried} <= {Carried.UNCHANGED, Carried.SHIFTED, Carried.NEEDS_AUTHOR}
    asked = [one.amendment.key for one in carried if one.outcome is Carried.NEEDS_AUTHOR]
    assert len(asked) <= max(1, 0.01 * len(second))
    if not asked:
        assert merge(between.amended, [one.amendment for one in carried]).text == wanted

"""A collision kept in brackets is put off and nothing else: settled a version later, it gives the same text."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.domain.collisions import Settlement
from app.domain.diff import tokens
from app.domain.edits import Amendment, ReplaceWords
from app.domain.keeping import rest_of
from app.domain.merge import Fate, Merged, merge
from app.domain.reading import parse
from app.domain.rebase import Carried, carry

LAW = {c.address: c for c in parse("### Article 1. A\n\n1. one two three four five six seven eight.\n").clauses}
PLACE = "art_1__para_1"
BODY = LAW[PLACE].body
WORDS = tokens(BODY)


def replacing(key: str, changes: dict[int, str]) -> Amendment:
    """Single words replaced, by their place."""
    edits = [
        ReplaceWords(PLACE, len("".join(WORDS[:at])), WORDS[at].strip(), new) for at, new in sorted(changes.items())
    ]
    return Amendment(key, tuple(edits))


CHANGES = st.dictionaries(st.integers(0, 6), st.sampled_from(["alpha", "beta", "gamma"]), min_size=1, max_size=4)


def chosen(met: Merged, key: str) -> dict[str, Settlement]:
    """Every collision settled: by one amendment's side where it has one, else by the first."""
    return {
        one.key: Settlement(next((key for side in one.sides if key in side.amendments), one.sides[0].amendments[0]))
        for one in met.collisions
    }


@given(st.lists(CHANGES, min_size=2, max_size=4))
def test_brackets_settled_a_version_later_give_the_text_of_settling_at_once(changes: Sequence[dict[int, str]]) -> None:
    amendments = [replacing(f"A{n}", change) for n, change in enumerate(changes)]
    met = merge(LAW, amendments)
    at_once = merge(LAW, amendments, chosen(met, "A1")).text
    settlements = {one.key: Settlement(bracket=True) for one in met.collisions}
    kept = merge(LAW, amendments, settlements)
    later = []
    for amendment in amendments:
        if kept.fates[amendment.key] is Fate.BRACKETED:
            rest = rest_of(LAW, amendment, met.collisions, settlements)
            carried = carry(Amendment(amendment.key, rest.edits), LAW, kept.amended, kept.standing)
            assert carried.outcome in (Carried.UNCHANGED, Carried.SHIFTED)
            said = [(e.old, e.new) for e in carried.amendment.edits if isinstance(e, ReplaceWords)]
            assert said == [(e.old, e.new) for e in rest.edits if isinstance(e, ReplaceWords)]
            later.append(carried.amendment)
    again = merge(kept.amended, later)
    assert len(again.collisions) == len(met.collisions)
    assert merge(kept.amended, later, chosen(again, "A1")).text == at_once


def test_a_contested_word_between_two_that_changed_is_still_found() -> None:
    one, other = replacing("A1", {2: "alpha", 3: "beta"}), replacing("A2", {3: "gamma", 4: "alpha"})
    met = merge(LAW, [one, other])
    kept = merge(LAW, [one, other], {met.collisions[0].key: Settlement(bracket=True)})
    assert kept.amended[PLACE].body == "one two alpha four alpha six seven eight."
    open_edit = Amendment("A1", one.edits[1:])
    assert carry(open_edit, LAW, kept.amended).outcome is Carried.NEEDS_AUTHOR
    carried = carry(open_edit, LAW, kept.amended, kept.standing)
    assert carried.outcome is Carried.SHIFTED or carried.outcome is Carried.UNCHANGED
    assert merge(kept.amended, [carried.amendment]).amended[PLACE].body == "one two alpha beta alpha six seven eight."

"""Open amendments carried across real reforms: none lost, none silently altered, what the reform did is recognised."""

import random
from collections import Counter
from pathlib import Path

import pytest

from app.domain.clauses import Clause
from app.domain.diff import tokens
from app.domain.edits import Amendment, ReplaceWords, edits_between
from app.domain.rebase import Carried, carry_all
from tests.domain.test_merge_real import NAMES, PAIRS, clauses, links
from tests.shared import needs_laws

Law = dict[str, Clause]


def laws(old: Path, new: Path) -> tuple[Law, Law]:
    """Both versions by shared ids: what stayed keeps its own."""
    back = links(old, new).back
    after = {f"{back[at]}" if at in back else f"new {at}": clause for at, clause in enumerate(clauses(new))}
    return {str(at): clause for at, clause in enumerate(clauses(old))}, after


def one_word_changed(law: Law, count: int) -> list[Amendment]:
    """Amendments that put another word in the place of one, in clauses and at words drawn by chance."""
    chance = random.Random(len(law))  # noqa: S311
    ids = [clause_id for clause_id, clause in law.items() if len(tokens(clause.body)) > 2]
    made = []
    for number, clause_id in enumerate(chance.sample(ids, min(count, len(ids)))):
        words = tokens(law[clause_id].body)
        at = chance.randrange(len(words))
        start = sum(map(len, words[:at]))
        word = words[at].rstrip()
        made.append(Amendment(f"A{number}", (ReplaceWords(clause_id, start, word, f"{word}X"),)))
    return made


@needs_laws
@pytest.mark.parametrize(("old", "new"), PAIRS, ids=NAMES)
def test_an_amendment_is_carried_to_the_same_words_or_handed_to_its_author(old: Path, new: Path) -> None:
    before, after = laws(old, new)
    amendments = one_word_changed(before, 300)
    carried = carry_all(amendments, before, after)
    assert [one.amendment.key for one in carried] == [amendment.key for amendment in amendments]
    for was, one in zip(amendments, carried, strict=True):
        edit, edit_was = one.amendment.edits[0], was.edits[0]
        assert isinstance(edit, ReplaceWords)
        assert isinstance(edit_was, ReplaceWords)
        assert (edit.clause_id, edit.old, edit.new) == (edit_was.clause_id, edit_was.old, edit_was.new)
        if one.outcome in (Carried.UNCHANGED, Carried.SHIFTED):
            assert after[edit.clause_id].body[edit.start : edit.start + len(edit.old)] == edit.old
        else:
            assert edit == edit_was
            changed = edit.clause_id not in after or after[edit.clause_id].body != before[edit.clause_id].body
            assert changed
    stayed = [a.edits[0] for a in amendments if after.get(a.edits[0].clause_id) == before[a.edits[0].clause_id]]  # type: ignore[union-attr,index]
    outcomes = Counter(one.outcome for one in carried)
    assert outcomes[Carried.UNCHANGED] >= len(stayed)


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

"""References inside real laws: how many are found, how few dangle, and that they follow real changes."""

from pathlib import Path
from time import process_time

import pytest

from app.domain.compare import compare
from app.domain.reading import parse
from app.domain.references import consequential, find, newly_dangling
from tests.domain.test_references import applied
from tests.shared import LAWS, needs_laws, text_of

FIGURES = {"ua-pro-reklamu": (10, 0.05), "ee-jaatmeseadus": (300, 0.2), "fr-code-civil": (700, 0.03)}
"""Of each real law: at least so many references, and at most this share dangling. (In the Estonian text many numbers
with a superscript lost it, `(1^1^)` reads `(1)`; the French cites repealed articles in its provisions on Mayotte.)"""


@needs_laws
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_real_laws_are_read_and_few_references_dangle(law: Path) -> None:
    for path in sorted(law.glob("v*.md"))[-1:]:
        clauses = parse(text_of(path)).clauses
        started = process_time()
        found = find(clauses)
        assert process_time() - started < 3
        least, share = FIGURES.get(law.name, (0, 1.0))
        assert len(found) >= least
        assert len([one for one in found if one.target is None]) <= share * len(found)


@needs_laws
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
@pytest.mark.parametrize("pair", ["first", "last"])
def test_real_changes_make_usable_edits(law: Path, pair: str) -> None:
    paths = sorted(law.glob("v*.md"))
    one, other = (paths[0], paths[1]) if pair == "first" else (paths[-2], paths[-1])
    before, after = parse(text_of(one)).clauses, parse(text_of(other)).clauses
    comparison = compare(before, after)
    was = {change.new: change.old for change in comparison.changes if change.old is not None}
    old = {f"c{at}": clause for at, clause in enumerate(before)}
    new = {f"c{was[at]}" if at in was else f"new{at}": clause for at, clause in enumerate(after)}
    result = applied(new, consequential(old, new))
    assert consequential(old, result) == ()
    newly_dangling(before, after, comparison)

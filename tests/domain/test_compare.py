"""Which clause is which: measured on real laws, and on what a drafter does."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause, Kind
from app.domain.compare import ChangeKind, Comparison, compare
from app.domain.reading import parse
from tests.shared import LAWS, needs_laws, text_of

LAW = """### Article 1. Aim

1. The Office shall register every allegation within 24 hours of its receipt.

2. Refusal to register an allegation is not permitted in any case.

### Article 2. Fee

1. No fee shall be charged and no form shall be compulsory.
"""


def kinds(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    one, other = parse(old).clauses, parse(new).clauses
    return [
        (
            change.kind.value,
            one[change.old].address if change.old is not None else None,
            other[change.new].address if change.new is not None else None,
        )
        for change in compare(one, other).changes
        if change.kind is not ChangeKind.KEPT
    ]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (LAW, []),
        (LAW.replace("24", "48"), [("edited", "art_1__para_1", "art_1__para_1")]),
        (LAW.replace("### Article 2.", "### Article 3."), [("renumbered", "art_2", "art_3")]),
        (
            LAW.replace("1. The Office", "1. Everybody may complain to whom they like.\n\n2. The Office").replace("2. Ref", "3. Ref"),
            [("inserted", None, "art_1__para_1"), ("renumbered", "art_1__para_1", "art_1__para_2"), ("renumbered", "art_1__para_2", "art_1__para_3")],
        ),
        (LAW[: LAW.index("2. Refusal")] + LAW[LAW.index("### Article 2") :], [("deleted", "art_1__para_2", None)]),
    ],
    ids=["same", "edited", "renumbered", "inserted", "deleted"],
)  # fmt: skip
def test_what_a_drafter_did_is_recognised(new: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert kinds(LAW, new) == expected


def once(comparison: Comparison, old: int, new: int) -> None:
    assert sorted(c.old for c in comparison.changes if c.old is not None) == list(range(old))
    assert [c.new for c in comparison.changes if c.new is not None] == list(range(new))


LINES = st.lists(
    st.sampled_from(["### Article 1", "### Article 2", "1. The same words as always here.", "2. Other words than before.",
                     "1) item;", "а) пункт;", "Text without a number.", "# Law"]),
    max_size=12,
).map("\n\n".join)  # fmt: skip


@settings(deadline=None)
@given(LINES, LINES)
def test_every_clause_of_both_texts_stands_once_and_differences_rebuild_them(old: str, new: str) -> None:
    one, other = parse(old).clauses, parse(new).clauses
    comparison = compare(one, other)
    once(comparison, len(one), len(other))
    for change in comparison.changes:
        if change.spans and change.old is not None and change.new is not None:
            assert "".join(s.text for s in change.spans if s.op != "+") == one[change.old].body
            assert "".join(s.text for s in change.spans if s.op != "-") == other[change.new].body


def number(clause: Clause) -> str:
    return re.sub(r"^(Article |Стаття |§ ?)", "", clause.label).rstrip(".")


def articles(old: tuple[Clause, ...], new: tuple[Clause, ...], comparison: Comparison) -> dict[str, str | None]:
    return {
        number(old[c.old]): number(new[c.new]) if c.new is not None else None
        for c in comparison.changes
        if c.old is not None and old[c.old].kind is Kind.ARTICLE
    }


@needs_laws
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_kept_and_renumbered_articles_of_real_laws_are_all_identified(law: Path) -> None:
    for path in sorted((law / "truth").glob("*.json")):
        truth = json.loads(path.read_text())
        old, new = (parse(text_of(law / truth[side])).clauses for side in ("from", "to"))
        comparison = compare(old, new)
        once(comparison, len(old), len(new))
        identity = articles(old, new, comparison)
        assert [n for n in truth["kept"] if identity[n] != n] == []
        same = [r for r in truth["renumbered"] if r["similarity"] == 1]
        assert [r for r in same if identity[str(r["from"])] != str(r["to"])] == []

"""Renumbering a law with all its references: the cases in tests/cases/renumbering, the sample and real laws."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clauses import Clause, Kind, write
from app.domain.edits import Amendment
from app.domain.merge import merge
from app.domain.numbering import backwards, duplicates, gaps
from app.domain.reading import parse
from app.domain.references import find
from app.domain.relabelling import numerals, with_number
from app.domain.renumbering import NOTHING_TO_DO, Renumbering, new_labels, renumbering
from tests.shared import LAWS, needs_laws, text_of

FILE = Path(__file__).parents[1] / "cases/renumbering/renumbering.md"
DRAFTS = Path(__file__).parents[2] / "drafts"
Law = dict[str, Clause]


@dataclass(frozen=True)
class Case:
    title: str
    law: str
    expected: str
    left: tuple[str, ...]


def cases() -> list[Case]:
    found = []
    for part in re.split(r"^## (?=[^\n]*\n~~~~)", text_of(FILE), flags=re.M)[1:]:
        texts = re.findall(r"~~~~\n(.*?)~~~~", part, re.DOTALL)
        found.append(Case(part.splitlines()[0], texts[0], texts[-1], tuple(re.findall(r"^left “(.*)”$", part, re.M))))
    return found


CASES = cases()


def read(text: str) -> Law:
    return {f"c{at}": clause for at, clause in enumerate(parse(text).clauses)}


def renumbered(law: Law, found: Renumbering) -> Law:
    merged = merge(law, [Amendment("renumbering", found.edits)] if found.edits else [])
    assert merged.collisions == ()
    return {one.id: one.clause for one in merged.clauses}


def leads(law: Law) -> dict[str, list[str | None]]:
    """The clauses that the references of each clause lead to."""
    ids = list(law)
    by_address = {clause.address: clause_id for clause_id, clause in law.items()}
    found: dict[str, list[str | None]] = {}
    for one in find(tuple(law.values())):
        found.setdefault(ids[one.clause], []).append(by_address.get(one.target or ""))
    return found


def check(law: Law) -> tuple[Renumbering, Law]:
    """What must hold of every renumbering."""
    found = renumbering(law)
    after = renumbered(law, found)
    assert list(after) == list(law)
    assert renumbering(after) == NOTHING_TO_DO
    reread = parse(write(after.values())).clauses
    assert reread == tuple(after.values())
    unfollowed = {one.clause_id for one in found.unfollowed}
    before, now = leads(law), leads(after)
    for clause_id, targets in before.items():
        assert clause_id in unfollowed or Counter(targets) == Counter(now.get(clause_id, [])), law[clause_id].body
    assert all(law[one.clause_id].body[one.start : one.end] == one.text for one in found.unfollowed)
    return found, after


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
    assert len({case.title for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_law_is_renumbered_as_a_lawyer_expects(case: Case) -> None:
    found, after = check(read(case.law))
    assert write(after.values()) == case.expected
    assert tuple(one.text for one in found.unfollowed) == case.left
    assert (found == NOTHING_TO_DO) == (case.law == case.expected)


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_the_sample_is_in_order_and_follows_when_an_article_goes(language: str) -> None:
    text = text_of(DRAFTS / f"torture-investigation.{language}.md")
    law = read(text)
    assert renumbering(law) == NOTHING_TO_DO
    heading = next(clause_id for clause_id, clause in law.items() if clause.address == "art_4")
    ids = list(law)
    end = next(at for at in range(ids.index(heading) + 1, len(ids)) if law[ids[at]].depth <= law[heading].depth)
    shorter = read(write([law[one] for one in ids if not ids.index(heading) <= ids.index(one) < end]))
    found, after = check(shorter)
    assert [one.code for one in (*gaps(after.values()), *duplicates(after.values()))] == []
    articles = sum(clause.kind is Kind.ARTICLE for clause in shorter.values())
    assert len(found.labels) == articles - 3
    numbers = [clause.address for clause in after.values() if clause.kind is Kind.ARTICLE]
    assert numbers == [f"art_{number}" for number in range(1, articles + 1)]


@needs_laws
@pytest.mark.parametrize("folder", LAWS, ids=lambda folder: folder.name)
def test_a_real_law_is_renumbered(folder: Path) -> None:
    """Its articles and items run on; what still stands twice are headings that an address cannot tell apart."""
    law = read(text_of(sorted(folder.glob("v*.md"))[-1]))
    found, after = check(law)
    assert found.labels
    by_address = {clause.address: clause for clause in after.values()}
    problems = [*gaps(after.values()), *duplicates(after.values()), *backwards(after.values())]
    items = [one for one in problems if by_address[one.address].kind in (Kind.ARTICLE, Kind.PARAGRAPH)]
    assert items == []
    assert len(found.unfollowed) <= len(list(find(tuple(law.values())))) // 50


LABELS = st.sampled_from(
    ["1.", "2.", "3.", "1-1.", "5.", "1)", "2)", "3)", "а)", "б)", "г)", "I.", "III.", "(a)", "(c)", "(aa)"]
)
HEADINGS = st.sampled_from(["## Глава 1. Г", "## Глава III. Д", "### Статья 1. А", "### Статья 2. Б", "### Статья 2-1. В",
                            "### Статья 7", "## Приложение 1"])  # fmt: skip
LINES = st.one_of(
    HEADINGS,
    st.tuples(st.sampled_from(["", "   ", "      "]), LABELS, st.sampled_from(
        ["слово;", "см. статью 2;", "часть 1 статьи 2;", "статьи 1-7;", "пункт 2 части 1:", "статья 2-1 и часть 3."]
    )).map(lambda parts: f"{parts[0]}{parts[1]} {parts[2]}"),
    st.sampled_from(["Текст.", "Согласно статье 2:", "абзац второй части 1."]),
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_of_any_law_the_second_renumbering_changes_nothing(lines: list[str]) -> None:
    law = read("".join(line + "\n\n" for line in lines))
    found = renumbering(law)
    after = renumbered(law, found)
    assert new_labels(after) == {}
    unfollowed = {one.clause_id for one in found.unfollowed}
    before, now = leads(law), leads(after)
    for clause_id, targets in before.items():
        assert clause_id in unfollowed or Counter(targets) == Counter(now.get(clause_id, []))


@pytest.mark.parametrize(
    ("label", "number", "expected"),
    [
        ("Article 12-1.", 13, "Article 13."),
        ("Статья 12¹.", 13, "Статья 13."),
        ("13-берене.", 14, "14-берене."),
        ("172-2-статья.", 3, "3-статья."),
        ("§ 26^12^.", 40, "§ 40."),
        ("§ 5", 6, "§ 6"),
        ("1°", 2, "2°"),
        ("5° bis", 6, "6°"),
        ("12A", 13, "13"),
        ("(1)", 4, "(4)"),
        ("1)", 4, "4)"),
        ("Article 1er", 1, "Article 1er"),
        ("Article 1er", 2, "Article 2"),
        ("Livre Ier", 1, "Livre Ier"),
        ("Livre Ier", 4, "Livre IV"),
        ("Глава IV.", 9, "Глава IX."),
        ("Розділ ІІ", 3, "Розділ ІІІ"),
        ("а)", 10, "к)"),
        ("Б)", 3, "В)"),
        ("(a)", 26, "(z)"),
        ("(a)", 27, None),
        ("§§ 5–7.", 8, "§§ 8–10."),
    ],
)
def test_a_label_keeps_its_form(label: str, number: int, expected: str | None) -> None:
    assert with_number(label, numerals(label)[0], number) == expected


@pytest.mark.parametrize("label", ["Часть первая", "Article L. 121-3", "Преамбула", "Annex"])
def test_some_labels_have_no_number_to_change(label: str) -> None:
    assert numerals(label) == ()

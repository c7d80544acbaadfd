"""The truth table of rules: tests/cases/agreement/rules.md, row by row."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.rules import Result, Rule, RuleKind, UnusableRule, Voice, decide, majority
from app.domain.scale import Meaning
from app.domain.seats import SeatKind

FILE = Path(__file__).parents[1] / "cases/agreement/rules.md"
SEATS = ("MVD", "GPO", "AKY", "CSO")
MEANINGS = {
    "support": Meaning.IN_FAVOUR,
    "can live with": Meaning.IN_FAVOUR,
    "reservation": Meaning.RESERVED,
    "abstain": Meaning.ABSTAINS,
    "needs discussion": Meaning.ASKS,
    "cannot accept": Meaning.OBJECTS,
    "silent": None,
}
RULES = {
    "consensus": Rule(RuleKind.CONSENSUS),
    "minus_one": Rule(RuleKind.MINUS_ONE),
    "silence": Rule(RuleKind.SILENCE),
    "majority 2/3": majority("2/3"),
    "majority 2/3 of seats": majority("2/3", of_seats=True),
    "majority more than 1/2": majority("1/2", more=True),
    "majority 3/4": majority("3/4"),
    "majority 1": majority("1"),
}


def rows() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    rule = ""
    for line in FILE.read_text().splitlines():
        rule = line.removeprefix("Rule: ") if line.startswith("Rule: ") else rule
        if line.startswith(("| over", "| running")):
            found.append((rule, [cell.strip() for cell in line.strip("|").split("|")]))
    return found


def voice(number: int, said: str) -> Voice:
    words, _, rest = said.partition(" (")
    facts = set(rest.rstrip(")").split(", ")) - {""}
    assert facts <= {"on an earlier text", "ad referendum", "received", "answered"}
    return Voice(
        number, SeatKind.FULL, MEANINGS[words], lapsed="on an earlier text" in facts,
        provisional="ad referendum" in facts, received="received" in facts, answered="answered" in facts,
    )  # fmt: skip


def named(institutions: tuple[int, ...]) -> str:
    return " ".join(SEATS[number] for number in institutions)


@pytest.mark.parametrize(
    ("rule", "row"), rows(), ids=lambda value: " ".join(value) if isinstance(value, list) else value
)
def test_a_group_agrees_as_the_table_says(rule: str, row: list[str]) -> None:
    time, *said, outcome, blocking, waiting, _why = row
    voices = [voice(number, words) for number, words in enumerate(said)]
    decision = decide(RULES[rule], voices, closed=time == "over")
    assert decision.result.value.replace("_", " ") == outcome
    assert (named(decision.blocking), named(decision.waiting)) == (blocking, waiting)


@pytest.mark.parametrize(
    ("rule", "row"), rows()[::7], ids=lambda value: " ".join(value) if isinstance(value, list) else value
)
def test_advisory_and_facilitating_seats_change_nothing(rule: str, row: list[str]) -> None:
    time, *said, _outcome, _blocking, _waiting, _why = row
    voices = [voice(number, words) for number, words in enumerate(said)]
    heard = [Voice(number, kind, meaning) for number, (kind, meaning) in enumerate(
        ((kind, meaning) for kind in (SeatKind.ADVISORY, SeatKind.FACILITATING) for meaning in MEANINGS.values()), start=9
    )]  # fmt: skip
    closed = time == "over"
    assert decide(RULES[rule], [*voices, *heard], closed=closed) == decide(RULES[rule], voices, closed=closed)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_table_without_full_seats_agrees_on_nothing(rule: Rule) -> None:
    for voices in ([], [Voice(1, SeatKind.ADVISORY, Meaning.IN_FAVOUR)]):
        assert decide(rule, voices, closed=True).result is Result.NOT_YET


def test_there_are_at_least_a_hundred_and_fifty_rows() -> None:
    table = ["|".join([rule, *row[:-1]]) for rule, row in rows()]
    assert len(table) >= 150
    assert len(set(table)) == len(table)


def test_shares_are_exact() -> None:
    seats = [Voice(number, meaning=Meaning.IN_FAVOUR) for number in range(2)] + [
        Voice(2, meaning=Meaning.OBJECTS, answered=True)
    ]
    third = Rule(RuleKind.MAJORITY, Fraction(2, 3))
    assert decide(third, seats, closed=True).result is Result.AGREED
    assert decide(replace(third, more=True), seats, closed=True).result is Result.CONTESTED
    just_more = replace(third, share=Fraction(2, 3) + Fraction(1, 10**30))
    assert decide(just_more, seats, closed=True).result is Result.CONTESTED


@pytest.mark.parametrize("share", ["", "two thirds", "1/3", "1/2", "2/0", "5/4", "-2/3", "0.5"])
def test_a_share_that_is_no_majority_is_refused_in_a_sentence(share: str) -> None:
    with pytest.raises(UnusableRule, match=re.escape(f"“{share}”")):
        majority(share)

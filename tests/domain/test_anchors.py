"""Where the words of a comment stand later: small cases, and every pair of successive versions of real laws."""

import random
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from app.domain.anchors import Detached, InPlace, occurrences, phrases, place
from app.domain.clauses import Clause
from app.domain.diff import WORDS, diff
from app.domain.matching import match
from app.domain.reading import parse
from tests.shared import LAWS, needs_laws, text_of

OLD = "The Office shall register every allegation within 24 hours of its receipt."
LONGER = OLD.replace("The Office", "The Special Office")
OTHER = LONGER.replace("24", "48")
AT = OLD.index("24 hours")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([(1, OLD)], InPlace(AT)),
        ([(1, OLD), (2, OLD)], InPlace(AT)),
        ([(1, OLD), (3, LONGER)], InPlace(AT + len("Special "))),
        ([(1, OLD), (3, LONGER), (4, OTHER)], Detached(4, deleted=False)),
        ([(1, OLD), (3, OTHER), (4, OLD)], Detached(3, deleted=False)),
        ([(1, OLD), (3, LONGER), (4, None)], Detached(4, deleted=True)),
        ([(1, OLD), (2, OTHER), (4, None)], Detached(4, deleted=True)),
        ([(1, OLD), (2, None), (4, LONGER)], InPlace(AT + len("Special "))),
        ([(1, OLD), (2, None), (4, OLD), (5, None), (6, None)], Detached(5, deleted=True)),
        ([(2, LONGER)], Detached(2, deleted=False)),
    ],
)
def test_words_stand_where_the_differences_say_or_are_detached(
    texts: list[tuple[int, str | None]], expected: InPlace | Detached
) -> None:
    assert place("24 hours", AT, texts) == expected


def test_what_is_said_on_a_whole_clause_stays_with_it_until_it_is_deleted() -> None:
    assert place("", 0, [(1, OLD), (2, "Wholly other words.")]) == InPlace(0)
    assert place("", 0, [(1, OLD), (2, None)]) == Detached(2, deleted=True)


def test_the_same_words_elsewhere_are_never_taken_for_those_that_were_changed() -> None:
    old, new = "First 24 hours, then 24 hours more.", "First 48 hours, then 24 hours more."
    assert place("24 hours", 6, [(1, old), (2, new)]) == Detached(2, deleted=False)
    assert place("24 hours", 21, [(1, old), (2, new)]) == InPlace(21)


@pytest.mark.parametrize(
    ("quote", "body", "expected"),
    [
        ("he", "The head, he said, of the office.", ((10, 12),)),
        ("24", "24 hours, and 24 again", ((0, 2), (14, 16))),
        ("hour", "24 hours", ((3, 7),)),
        ("Office shall", "The **Office** shall go", ((6, 20),)),
        ("а) орган", "а)  орган", ((0, 9),)),
        ("מילה", "זו מילה אחת", ((3, 7),)),
        ("twelve", "24 hours", ()),
        ("   ", "24 hours", ()),
        ("x" * 5000, "x", ()),
    ],
)
def test_words_are_found_whole_and_as_the_page_shows_them(
    quote: str, body: str, expected: tuple[tuple[int, int], ...]
) -> None:
    assert occurrences(quote, body) == expected


def test_a_clause_is_offered_in_phrases() -> None:
    assert phrases("**The Office** shall register, within 24.5 hours; and so on.\nLast") == (
        "The Office** shall register", "within 24.5 hours", "and so on", "Last",
    )  # fmt: skip


@cache
def clauses(path: Path) -> tuple[Clause, ...]:
    return parse(text_of(path)).clauses


def stayed(old: str, new: str) -> list[tuple[int, int, int]]:
    """Stretches that did not change: start and end in the old text, start in the new."""
    found, before, after = [], 0, 0
    for op, text in diff(old, new):
        if op == "=":
            found.append((before, before + len(text), after))
        before += len(text) if op != "+" else 0
        after += len(text) if op != "-" else 0
    return found


def judged(counts: Counter[str], kind: str, body: str, start: int, end: int, later: str | None) -> None:
    """Count one range of words as landed, detached or wrong."""
    found = place(body[start:end], start, [(1, body), (2, later)])
    counts[kind] += 1
    if isinstance(found, InPlace):
        assert later is not None
        same = later[found.start : found.start + end - start] == body[start:end]
        said = any(
            low <= start and end <= high and at + start - low == found.start for low, high, at in stayed(body, later)
        )
        counts["landed " + kind] += 1
        counts["wrong"] += not (same and said)
    else:
        untouched = later is not None and any(low <= start and end <= high for low, high, _ in stayed(body, later))
        counts["wrong"] += untouched or found.deleted != (later is None)


def words_in(body: str, chance: random.Random) -> tuple[int, int] | None:
    words = list(WORDS.finditer(body))
    if not words:
        return None
    first = chance.randrange(len(words))
    return words[first].start(), words[min(first + chance.randrange(8), len(words) - 1)].end()


def sampled(old: Sequence[Clause], new: Sequence[Clause], chance: random.Random, counts: Counter[str]) -> None:
    link = match(old, new).link
    everywhere = chance.sample(range(len(old)), 200)
    changed = [at for at, clause in enumerate(old) if at not in link or new[link[at]].body != clause.body]
    for at in everywhere:
        later = new[link[at]].body if at in link else None
        found = place("", 0, [(1, old[at].body), (2, later)])
        counts["whole clauses"] += 1
        counts["landed whole clauses"] += found == InPlace(0)
        counts["wrong"] += found != (InPlace(0) if at in link else Detached(2, deleted=True))
    worded = [at for at, clause in enumerate(old) if WORDS.search(clause.body)]
    for kind, among in (
        ("words", worded),
        ("words of changed clauses", [at for at in changed if WORDS.search(old[at].body)]),
    ):
        for at in chance.choices(among, k=200) if among else ():
            start, end = words_in(old[at].body, chance) or (0, 0)
            judged(counts, kind, old[at].body, start, end, new[link[at]].body if at in link else None)


@needs_laws
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_words_of_real_laws_land_on_the_same_words_or_are_detached(law: Path) -> None:
    """For every two successive versions 200 clauses and 200 ranges of one to eight words, and 200 more out of clauses
    that changed or went: none lands wrong, at least 80 % of all stay where they were."""
    counts: Counter[str] = Counter()
    chance = random.Random(law.name)  # noqa: S311
    for before, after in pairwise(sorted(law.glob("v????.md"))):
        sampled(clauses(before), clauses(after), chance, counts)
    shares = {
        kind: counts[f"landed {kind}"] / counts[kind] for kind in ("whole clauses", "words", "words of changed clauses")
    }
    print(law.name, {kind: f"{share:.1%}" for kind, share in shares.items()}, dict(counts))  # noqa: T201
    assert counts["wrong"] == 0
    assert counts["words"] >= 7 * 200
    assert shares["words"] >= 0.8
    assert shares["whole clauses"] >= 0.8

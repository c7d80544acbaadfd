"""How large words stand on a big screen, and where they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clauses import Clause, Kind
from app.domain.fitting import HEIGHT, SIZES, Block, Run, fit, height
from app.domain.reading import parse
from tests.shared import LAWS, needs_laws, text_of

WORDS = st.text(alphabet="аб cdШ.;ө\n ", max_size=900)
RUNS = st.lists(st.builds(Run, WORDS, st.sampled_from("=+-"), st.sampled_from([0.0, 9.0, 99.0])), max_size=4).map(tuple)
BLOCKS = st.lists(
    st.builds(Block, st.just("id"), st.sampled_from(["", "1.", "Article 12-1."]), RUNS, st.integers(0, 2), st.booleans()),
    max_size=8,
)  # fmt: skip


def words(blocks: tuple[Block[str], ...]) -> list[tuple[str, str]]:
    """Every letter and how it is shown."""
    return [(letter, run.mark) for block in blocks for run in block.runs for letter in run.text]


def article(*lengths: int) -> tuple[Block[str], ...]:
    """A heading and paragraphs of so many letters, a sentence of fifty after the other."""
    sentence = "The Office shall register every allegation there. "
    paragraphs = (Block(str(n), f"{n}.", (Run((sentence * 200)[:n], "="),)) for n in lengths)
    return (Block("head", "Article 13.", (Run("Registration", "="),), heading=True), *paragraphs)


@given(BLOCKS)
def test_the_words_of_all_parts_are_the_words(blocks: list[Block[str]]) -> None:
    fitted = fit(blocks)
    assert words(tuple(block for part in fitted.parts for block in part)) == words(tuple(blocks))
    assert fitted.size in SIZES
    assert all(fitted.parts) or not blocks


@given(BLOCKS)
def test_every_part_has_room_and_a_line_never_stands_alone_for_want_of_it(blocks: list[Block[str]]) -> None:
    fitted = fit(blocks)
    assert all(height(part, fitted.size) <= HEIGHT or is_not_to_be_cut(part) for part in fitted.parts)


def is_not_to_be_cut(part: tuple[Block[str], ...]) -> bool:
    """Hardly a letter, with headings above it or much set around it."""
    return sum(len(run.text) for run in part[-1].runs) <= 1


@pytest.mark.parametrize(
    ("lengths", "size", "parts"),
    [((250,), 56, 1), ((120, 250), 48, 1), ((300, 300), 40, 1), ((300, 400, 200), 32, 1), ((900, 900), 36, 2),
     ((2_000,), 32, 2), ((10_000,), 32, 9)],
)  # fmt: skip
def test_what_is_short_stands_large_and_what_is_too_long_is_cut(
    lengths: tuple[int, ...], size: int, parts: int
) -> None:
    fitted = fit(article(*lengths))
    assert (fitted.size, len(fitted.parts)) == (size, parts)


def test_a_clause_is_cut_only_where_it_has_no_room_and_then_behind_a_sentence() -> None:
    apart = fit(article(900, 900))
    assert [[block.key for block in part] for part in apart.parts] == [["head", "900"], ["900"]]
    first, second = fit(article(2_000)).parts
    assert (first[-1].runs[-1].text.endswith("there. "), second[0].begun, second[0].label) == (True, True, "2000.")


def articles(clauses: tuple[Clause, ...]) -> list[tuple[Block[str], ...]]:
    found: list[list[Clause]] = []
    for clause in clauses:
        if clause.kind is Kind.ARTICLE:
            found.append([clause])
        elif found and clause.depth > found[-1][0].depth:
            found[-1].append(clause)
    return [
        tuple(
            Block(one.address, one.label, (Run(one.body, "="),), 0, one.kind is Kind.ARTICLE) for one in article
        )
        for article in found
    ]  # fmt: skip


@needs_laws
def test_every_article_of_a_real_code_has_room_in_parts() -> None:
    code = next(law for law in LAWS if law.name == "fr-code-civil")
    for article in articles(parse(text_of(code / "v0001.md")).clauses):
        fitted = fit(article)
        assert [word for part in fitted.parts for word in words(part)] == words(article)
        assert all(height(part, fitted.size) <= HEIGHT for part in fitted.parts)

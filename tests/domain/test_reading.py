"""Reading a law into clauses: nothing lost, every unit found, labels as written."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.addresses import readdress
from app.domain.clauses import Kind, write
from app.domain.reading import parse, parse_fragment
from tests.shared import LAWS, needs_laws, text_of

DRAFTS = Path(__file__).parents[2] / "drafts"
SAMPLE = {language: DRAFTS / f"torture-investigation.{language}.md" for language in ("en", "ru", "ky")}
PIECES = st.sampled_from(
    ["# T", "### Статья 5. Цель", "Article 12-1.", "1. ", "2) ", "а) ", "(a) ", "(1) ", "«", "»", "\n", "\n\n", "\r\n", "\r",
     "---\n", "```\n", "| a |\n", "> q\n", "\ufeff", "\u00a0", "\u00ad", "й", "ң", "\x00", "\u2028", "§ 26^12^. ", "   ",
     "## Annex I\n", "#### Section 2\n", "## 3. T\n", "===\n", "“", "”", "„", '"', "- 1) ", "**§ 5.** ", "\\(1\\) ", "(i) ", "1.1. ",
     "I. – ", "aa) ", "1° ", "<!-- ", "-->", "<table>", "§§ 2 bis 4", ":", "9" * 5000, "³", "Ⅳ", "٣"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=40).map("".join)))
def test_any_text_is_given_back_byte_for_byte(text: str) -> None:
    assert write(parse(text).clauses) == text


@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=40).map("".join))
def test_addresses_are_unique_and_follow_from_kinds_depths_and_labels(text: str) -> None:
    clauses = parse(text).clauses
    assert readdress(clauses) == clauses
    assert len({clause.address for clause in clauses}) == len(clauses)


@given(st.text(), st.lists(PIECES, max_size=8).map("".join))
def test_a_fragment_is_given_back_byte_for_byte_wherever_it_stands(text: str, path: str) -> None:
    clauses = parse("### Article 1\n\n1. a\n\n" + path).clauses
    assert write(parse_fragment(text, clauses[-1:])) == text


@pytest.mark.parametrize(
    "piece",
    [
        "### Article 1\n\n1. a\n\n",
        "«a\n\n",
        "»\n\n",
        "(a) x\n\n(i) y\n\n",
        "- 1) x\n",
        "a\n===\n",
        "```\n",
        "<!-- a\n",
        "§ 1. (1) a\n\n",
    ],
)
def test_twice_the_text_is_twice_the_clauses(piece: str) -> None:
    once, twice = (len(parse(piece * count).clauses) for count in (400, 800))
    assert abs(twice - 2 * once) <= 2


@pytest.mark.parametrize(
    "text", ["[", "(", "«", "#", "1.", "**", "9", "I", "_", "\\", "§", "> ", "`", "<", "1.1", " ", "a)", "a" * 9 + "-"]
)
def test_a_long_run_of_one_mark_is_read_and_given_back(text: str) -> None:
    for before in ("", "### Article 1\n\n", "### Article "):
        assert write(parse(before + text * 50_000).clauses) == before + text * 50_000


@needs_laws
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_every_article_of_a_real_law_is_found_and_nothing_else(law: Path) -> None:
    pattern = re.compile(json.loads((law / "meta.json").read_text())["article_heading_regex"], re.MULTILINE)
    for path in sorted(law.glob("v*.md")):
        text = text_of(path)
        clauses = parse(text).clauses
        assert write(clauses) == text
        found = [clause.source for clause in clauses if clause.kind is Kind.ARTICLE]
        headings = [match[0] for match in pattern.finditer(text)]
        assert len(found) == len(headings)
        assert all(source.startswith(heading) for source, heading in zip(found, headings, strict=True))


def addresses(language: str) -> list[str]:
    clauses = parse(text_of(SAMPLE[language])).clauses
    return [clause.address for clause in clauses if clause.kind is not Kind.FRONT_MATTER]


def test_parallel_texts_have_the_same_addresses() -> None:
    english, russian, kyrgyz = map(addresses, ("en", "ru", "ky"))
    assert len(english) > 211
    assert russian == english
    assert kyrgyz == english[: len(kyrgyz)]
    assert len(kyrgyz) > 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### Article 5. Aim\n\n1. One.\n\n2. Two:\n\n   1) a;\n\n   2) b.\n\nClosing words.\n",
         "art_5 art_5__para_1 art_5__para_2 art_5__para_2__point_1 art_5__para_2__point_2 art_5__para_2__al_1"),
        ("# Закон\n\nСтатья 5. Цель\n1. Текст:\n1) один:\nа) раз;\nб) два;\nв) три.\n",
         "title art_5 art_5__para_1 art_5__para_1__point_1 art_5__para_1__point_1__subpoint_a"
         " art_5__para_1__point_1__subpoint_b art_5__para_1__point_1__subpoint_c"),
        ("##### § 26^12^. Nõuded\n\n(1) Üks.\n\n(2) Kaks\n1999. aastal.\n", "art_26-12 art_26-12__para_1 art_26-12__para_2"),
        ("###### Article L. 121-3\n\nTexte.\n\nTexte.\n", "art_l-121-3 art_l-121-3__al_1 art_l-121-3__al_2"),
        ("1-берене. Максаты\n\n1. Бир.\n\n172-2-статья. Эки\n", "art_1 art_1__para_1 art_172-2"),
        ("### Статья 12¹. Имя\n\n### Статья 12¹. Имя\n", "art_12-1 art_12-1.2"),
        ("### Article 1\n\n| a | b |\n|---|---|\n| 1. | 2 |\n\n```\nArticle 2\n```\n", "art_1 art_1__table_1 art_1__code_1"),
    ],
)  # fmt: skip
def test_units_are_addressed(text: str, expected: str) -> None:
    assert " ".join(clause.address for clause in parse(text).clauses) == expected


def test_a_line_that_begins_with_a_number_outside_an_article_is_no_unit() -> None:
    clauses = parse("# Law\n\n12. December 2014, Cholpon-Ata\n\n### Article 1. Aim\n\n1. Text.\n").clauses
    assert [clause.kind for clause in clauses] == [Kind.TITLE, Kind.INDENT, Kind.ARTICLE, Kind.PARAGRAPH]


def test_duplicate_numbers_and_gaps_are_reported_not_repaired() -> None:
    outline = parse("### Article 1\n\n1. A.\n\n1. B.\n\n### Article 4\n\n1. C.\n")
    assert [(problem.code, problem.address) for problem in outline.problems] == [
        ("duplicate_number", "art_1__para_1.2"),
        ("numbering_gap", "art_4"),
    ]
    assert [clause.label for clause in outline.clauses if clause.kind is Kind.PARAGRAPH] == ["1.", "1.", "1."]

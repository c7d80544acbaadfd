"""A clause named by somebody who wants to go there."""

import pytest

from app.domain.clauses import Clause
from app.domain.named import named
from app.domain.reading import parse
from tests.sample import DRAFTS

ESTONIAN = "# Jäätmeseadus\n\n## 1. peatükk Üldsätted\n\n### § 26^12^. Register\n\n(1) Esimene.\n\n(2) Teine.\n"


def law(language: str) -> tuple[Clause, ...]:
    return parse((DRAFTS / f"torture-investigation.{language}.md").read_text()).clauses


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
@pytest.mark.parametrize(
    "query",
    ["13(1)", "Article 13(1)", "article 13 (1)", "art. 13(1)", "ст. 13 ч. 1", "статья 13 часть 1",
     "13-берененин 1-бөлүгү", " 13(1) "],
)  # fmt: skip
def test_a_paragraph_is_named_in_any_language_in_which_one_thinks(language: str, query: str) -> None:
    clauses = law(language)
    at = named(clauses, query, language)
    assert at is not None and clauses[at].address == "art_13__para_1"


@pytest.mark.parametrize("query", ["13", "art 13", "art. 13", "Article 13", "§ 13", "ст 13", "ст. 13", "13-берене"])
def test_an_article_is_named(query: str) -> None:
    clauses = law("en")
    at = named(clauses, query, "en")
    assert at is not None and clauses[at].address == "art_13"


@pytest.mark.parametrize(
    ("query", "address"),
    [("§ 26^12^", "art_26-12"), ("26-12", "art_26-12"), ("§ 26^12^ lõige 2", "art_26-12__para_2")],
)
def test_an_inserted_unit_is_named(query: str, address: str) -> None:
    clauses = parse(ESTONIAN).clauses
    at = named(clauses, query, "et")
    assert at is not None and clauses[at].address == address


@pytest.mark.parametrize(
    "query",
    ["", "*", "999", "Article 999", "within 13 days", "Article 13 of the Constitution", "detention", "1" * 500],
)
def test_other_words_name_no_clause(query: str) -> None:
    assert named(law("en"), query, "en") is None


def test_a_heading_is_named_as_it_is_written() -> None:
    clauses = law("ru")
    at = named(clauses, "глава 3", "ru")
    assert at is not None and clauses[at].address == "chp_3"

"""Reading what somebody searches for."""

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.wanted import LONGEST_QUERY, MOST_TERMS, Term, beginning, match_fts5, match_tsquery, wanted

NASTY = st.text(st.sampled_from("ab1 \"'*()-:^{}+\\%_.,«»“”\0\n\ud800ңөүЁOR NOT AND NEAR|&!<>;"), max_size=60)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("Detention", (Term(("detention",)),)),
        ("two months", (Term(("two",)), Term(("months",)))),
        ('"two months"', (Term(("two", "months"), phrase=True),)),
        ("«эки ай» кыйноо", (Term(("эки", "ай"), phrase=True), Term(("кыйноо",)))),
        ("doctor -police", (Term(("doctor",)), Term(("police",), excluded=True))),
        ('doctor -"judicial police"', (Term(("doctor",)), Term(("judicial", "police"), phrase=True, excluded=True))),
        ("ill-treatment", (Term(("ill", "treatment"), phrase=True),)),
        ('"unbalanced words', (Term(("unbalanced",)), Term(("words",)))),
        ("a OR b", (Term(("a",)), Term(("or",)), Term(("b",)))),
        ("", ()),
        ("*", ()),
        ('""', ()),
        ("-only", ()),
        ("\0", ()),
        ("…!?", ()),
    ],
)
def test_a_query_is_words_phrases_and_words_to_leave_out(query: str, terms: tuple[Term, ...]) -> None:
    assert wanted(query) == terms


def test_what_is_read_of_a_query_is_bounded() -> None:
    assert len(wanted("a " * 10_000)) == MOST_TERMS
    assert wanted("x" * 10_000) == (Term(("x" * LONGEST_QUERY,)),)


@pytest.mark.parametrize(
    ("word", "language", "start"),
    [
        ("расследования", "ru", "расследован"),
        ("органами", "ru", "орган"),
        ("пытки", "ru", "пытк"),
        ("бөлүктөрүндө", "ky", "бөлүк"),
        ("берененин", "ky", "берене"),
        ("берене", "ky", "берене"),
        ("заявника", "uk", "заявник"),
        ("contrat", "fr", "contrat"),
        ("13", "ky", None),
        ("үч", "ky", None),
    ],
)
def test_a_word_of_a_language_without_a_stemmer_is_looked_for_by_its_beginning(
    word: str, language: str, start: str | None
) -> None:
    assert beginning(word, language) == start


@given(NASTY, st.sampled_from(["en", "ru", "ky", "und"]))
@example('" OR 1=1 --', "en")
@example("NEAR(a b)", "ky")
def test_whatever_is_typed_makes_a_query_that_fts5_understands(query: str, language: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
    terms = wanted(query)
    if terms:
        connection.execute("SELECT * FROM t WHERE t MATCH ?", [match_fts5(terms, language, stemmed=language == "en")])
    connection.close()


@given(NASTY)
def test_no_sign_of_a_query_language_is_left_in_a_term(query: str) -> None:
    for term in wanted(query):
        assert all(word.isalnum() for word in term.words)
        assert match_tsquery(term) == " <-> ".join(f"'{word}'" for word in term.words)

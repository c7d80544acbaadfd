"""Every parser of the domain takes any text: it says a value that keeps its promises, or a refusal in a sentence."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from app.domain import (
    anchors,
    brackets,
    checking,
    deadlines,
    everywhere,
    instructions,
    invited_words,
    labels,
    mail_addresses,
    mentions,
    numbering,
    ordering,
    ordinals,
    pasting,
    references,
    sign_in_names,
    wanted,
)  # fmt: skip
from app.domain.addresses import readdress
from app.domain.ballots import read_check, read_code
from app.domain.clauses import write
from app.domain.compare import compare
from app.domain.deriving import amendment_from
from app.domain.diff import diff
from app.domain.edits import edits_between
from app.domain.enumerators import begins_unit, enumerator
from app.domain.errors import Refusal
from app.domain.front_matter import KNOWN, read_front_matter
from app.domain.headings import named as heading_named
from app.domain.lazy_reading import read_lazily
from app.domain.marking import Range, weave
from app.domain.merge import merge
from app.domain.named import named
from app.domain.reading import parse, parse_fragment
from app.domain.render import render, render_document
from app.domain.renumbering import renumbering
from app.domain.rules import majority
from tests.fuzz.running import Broken, Take, Target, pure
from tests.fuzz.values import ANY_TEXT, DAY, LAW, LAW_TEXT, LAWLIKE, LONG, NUMBER, QUOTED, WILD

CLAUSES = parse(LAW).clauses
LANGUAGE = st.sampled_from(["en", "ru", "ky", "de", "xx", ""])
TEXTS = st.one_of(LAW_TEXT, LAW_TEXT, LAW_TEXT, LAW_TEXT, LONG)


def holds(fact: bool, sentence: str) -> None:
    if not fact:
        raise Broken(sentence)


def refusing(take: Callable[[Any], object]) -> Take:
    """The same, where a refusal with a sentence is an answer too."""

    def taking(value: Any) -> str:
        try:
            take(value)
        except Refusal as refusal:
            holds(bool(str(refusal).strip()), f"{type(refusal).__name__} says nothing")
            return type(refusal).__name__
        return "value"

    return taking


def reading(text: str) -> None:
    clauses = parse(text).clauses
    holds(write(clauses) == text, "a text does not come back byte for byte")
    holds(readdress(clauses) == clauses, "addresses do not follow from kinds, depths and labels")
    holds(len({clause.address for clause in clauses}) == len(clauses), "two clauses have one address")
    for clause in clauses[:40]:
        render(clause)


def lazily(text: str) -> None:
    law = read_lazily(text)
    holds(write(law.values()) == text, "a text read where it is asked for does not come back byte for byte")
    holds(list(law.values()) == list(parse(text).clauses), "a text read lazily is another one")


def fragments(text: str) -> None:
    holds(write(parse_fragment(text, CLAUSES[20:21])) == text, "a fragment does not come back byte for byte")


def front_matter(text: str) -> None:
    read_front_matter(f"---\n{text}\n---\n")


def enumerating(text: str) -> None:
    enumerator(text, 0), begins_unit(text), heading_named(text)


def labelling(text: str) -> None:
    labels.canonical(text), labels.reach(text), labels.order_of(text), labels.next_label(text), ordinals.ordinal(text)


def citing(value: tuple[str, str]) -> None:
    text, language = value
    clauses = parse(text).clauses
    references.find(clauses, language or None), checking.dangling_references(clauses, language or None)
    numbering.gaps(clauses), numbering.backwards(clauses), numbering.duplicates(clauses)


def naming(value: tuple[str, str]) -> None:
    found = named(CLAUSES, *value)
    holds(found is None or 0 <= found < len(CLAUSES), "a query names a clause that is not there")


def searching(value: tuple[str, str]) -> None:
    terms = wanted.wanted(value[0])
    for stemmed in (True, False):
        if terms:
            holds("\0" not in wanted.match_fts5(terms, value[1], stemmed=stemmed), "a null character is looked for")
    for term in terms:
        holds(
            bool(re.fullmatch(r"[^&|!():*<>\0]*( <-> [^&|!():*<>\0]*)*", wanted.match_tsquery(term))),
            "an operator in a query",
        )


def mentioning(text: str) -> None:
    parts = mentions.parts(text, ("civil", "facilitator", "Ünal", "a.b"))
    holds("".join(part.text for part in parts) == text, "mentions lose words")


def pasted(text: str) -> None:
    once = pasting.cleaned(text, pasting.indents_of(CLAUSES)).text
    holds(pasting.cleaned(once, pasting.indents_of(CLAUSES)).text == once, "cleaning twice is not cleaning once")
    pasting.as_typed(text, lambda: pasting.indents_of(CLAUSES))


def typed_names(text: str) -> None:
    sign_in_names.suggested(text), invited_words.column(text), invited_words.role(text), invited_words.language(text)


def mail(text: str) -> None:
    holds(mail_addresses.key_of(mail_addresses.check(text)) == mail_addresses.key_of(text), "an address has two keys")


def balloting(text: str) -> None:
    read_check(text), read_code(text)


def different(value: tuple[str, str]) -> None:
    old, new = value
    spans = diff(old, new)
    holds("".join(span.text for span in spans if span.op != "+") == old, "a difference does not give the old text")
    holds("".join(span.text for span in spans if span.op != "-") == new, "a difference does not give the new text")
    edits_between("one", old, new)


def comparing(value: tuple[str, str]) -> None:
    old, new = (parse(text).clauses for text in value)
    changes = compare(old, new).changes
    holds(sorted(c.old for c in changes if c.old is not None) == list(range(len(old))), "an old clause stands not once")
    holds(sorted(c.new for c in changes if c.new is not None) == list(range(len(new))), "a new clause stands not once")


def deriving(value: tuple[str, str]) -> None:
    old, new = value
    law = {clause.address: clause for clause in parse(old).clauses}
    amendment = amendment_from("A1", law, parse(new).clauses)
    holds(merge(law, [amendment]).text == new, "an amendment does not give the copy it was derived from")
    brackets.bracketed(law, [amendment])


def renumbered(text: str) -> None:
    law = {clause.address: clause for clause in parse(text).clauses}
    renumbering(law)


def instructing(value: tuple[str, str, instructions.Style]) -> None:
    old, new = (parse(text).clauses for text in value[:2])
    for one in instructions.instructions(old, new, compare(old, new), value[2]):
        holds(bool(one.sentence.strip()), "an instruction says nothing")


def replacing(value: tuple[str, str, bool]) -> None:
    words, new, case = value
    law = {clause.address: clause for clause in CLAUSES}
    everywhere.near_forms(law, words, match_case=case)
    everywhere.everywhere(law, words, new, match_case=case)


def anchoring(value: tuple[str, str, int]) -> None:
    quote, body, start = value
    for begin, end in anchors.occurrences(quote, body):
        holds(0 <= begin <= end <= len(body), "words stand outside their clause")
    anchors.place(quote, start, [(1, body), (2, body + quote)])
    anchors.phrases(body)


def marking(value: tuple[str, int, int]) -> None:
    body, start, length = value
    start = min(start, len(body))
    html = render_document(body)
    woven = weave(html, body, [Range(start, min(len(body), start + length), "")], "<mark>")
    holds(re.sub(r"</?mark>", "", woven) == re.sub(r"</?mark>", "", html), "marking changes the page")


def sorting(value: tuple[str, str]) -> None:
    low, high = sorted(value)
    keys = ordering.keys_between(low, high, 3)
    holds(keys == sorted(keys) and low < keys[0] and keys[-1] < high, "keys are not in order")


YAML = (
    "!!timestamp x", "!!bool x", "!!int ''", "!!float ''", "[" * 2000, "{" * 2000, "&a [*a]", "&a {*a : *a}", "!!binary %", "=", "<<: 1",
    "0x_", "0b_", "1:99:99", "-_", "._", "2026-13-45", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "!!set {a, b}",
    "!!omap [a: 1]", "!!pairs [a]", "|\n  a", ">", "%YAML 9.9", "'", '"\\xZZ"', '"\\uD800"',
)  # fmt: skip
AT = datetime(2026, 11, 28, tzinfo=UTC)


def periods(value: int) -> None:
    deadlines.check_silence(AT, deadlines.after_hours(AT, value))


HEADS = st.lists(
    st.builds(
        "{}: {}".format, st.sampled_from(KNOWN), st.one_of(QUOTED, LAWLIKE, NUMBER, DAY, st.sampled_from(YAML), LONG)
    ),
    max_size=4,
).map("\n".join)
KEYS = st.text("0123456789abcz", min_size=1, max_size=5).filter(lambda key: key[-1] not in "0")
PAIR = st.tuples(LAW_TEXT, LAW_TEXT)
LAW_AND_COPY = st.one_of(
    PAIR,
    st.builds(lambda text, cut, put: (text, text[:cut] + put + text[cut:]), LAW_TEXT, st.integers(0, 900), LAWLIKE),
)
IN_A_LANGUAGE = st.tuples(st.one_of(LAW_TEXT, WILD), LANGUAGE)
FIELD = st.one_of(WILD, LAWLIKE)
PARSERS: tuple[tuple[str, st.SearchStrategy[Any], Take, float], ...] = (
    ("reading", TEXTS, refusing(reading), 5),
    ("reading lazily", LAW_TEXT, refusing(lazily), 3),
    ("fragments", TEXTS, refusing(fragments), 2),
    ("front matter", st.one_of(HEADS, HEADS, LAWLIKE, LONG), refusing(front_matter), 4),
    ("enumerators", FIELD, refusing(enumerating), 2),
    ("labels", FIELD, refusing(labelling), 2),
    ("references", IN_A_LANGUAGE, refusing(citing), 4),
    ("clauses by name", st.tuples(FIELD, LANGUAGE), refusing(naming), 2),
    ("searches", st.tuples(FIELD, LANGUAGE), refusing(searching), 2),
    ("mentions", FIELD, refusing(mentioning), 1),
    ("pasting", TEXTS, refusing(pasted), 4),
    ("names of people", FIELD, refusing(typed_names), 1),
    ("mail addresses", st.one_of(FIELD, st.emails(), FIELD.map(lambda text: f"a@{text}.org")), refusing(mail), 2),
    ("ballots", st.one_of(FIELD, st.from_regex(r"[AC]\d{1,4}[-/ ]\d{1,4}[-/ ]\d{1,4} ?\w{0,6}")), refusing(balloting), 1),
    ("majorities", st.one_of(NUMBER, ANY_TEXT, st.from_regex(r"\d{1,3}/\d{1,3}")), refusing(majority), 1),
    ("differences", LAW_AND_COPY, refusing(different), 3),
    ("comparisons", LAW_AND_COPY, refusing(comparing), 2),
    ("amendments", LAW_AND_COPY, refusing(deriving), 2),
    ("renumbering", LAW_TEXT, refusing(renumbered), 2),
    ("instructions", st.tuples(LAW_TEXT, LAW_TEXT, st.sampled_from(list(instructions.Style))), refusing(instructing), 1),
    ("words everywhere", st.tuples(QUOTED, FIELD, st.booleans()), refusing(replacing), 2),
    ("quotations", st.tuples(QUOTED, LAW_TEXT, st.integers(0, 400)), refusing(anchoring), 2),
    ("marked words", st.tuples(LAW_TEXT, st.integers(0, 300), st.integers(0, 60)), refusing(marking), 2),
    ("keys in order", st.tuples(KEYS, KEYS).filter(lambda two: two[0] != two[1]), refusing(sorting), 1),
    ("periods", st.integers(-(2**33), 2**33), refusing(periods), 1),
)  # fmt: skip
TARGETS = [Target(name, inputs, pure(take), share) for name, inputs, take, share in PARSERS]

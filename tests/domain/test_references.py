"""References inside a law: found, resolved, reported when their unit is gone, followed when it is renumbered."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause, Kind
from app.domain.compare import compare
from app.domain.edits import Law, ReplaceWords, check
from app.domain.reading import parse
from app.domain.references import (
    Reason,
    consequential,
    dangling,
    find,
    newly_dangling,
    unresolved,
)
from tests.shared import text_of

CASES = Path(__file__).parents[1] / "cases/references"
DRAFTS = Path(__file__).parents[2] / "drafts"


@dataclass(frozen=True)
class Sentence:
    """A case of a `find.*.md` file: a sentence in a place of the law, and what it refers to."""

    name: str
    law: str
    place: str
    text: str
    expected: tuple[tuple[str, str], ...]


def sentences() -> Iterator[Sentence]:
    for path in sorted(CASES.glob("find.*.md")):
        head, *cases = re.split(r"^## (?=[^\n]*\n\w+: )", text_of(path), flags=re.MULTILINE)
        law = re.search(r"```law\n(.*?)```", head, re.DOTALL)
        assert law
        for case in cases:
            name, first, *lines = case.strip().splitlines()
            place, text = first.split(": ", 1)
            expected = tuple(tuple(line[2:].split(" → ")) for line in lines if line.startswith("- "))
            yield Sentence(f"{path.name}: {name}", law[1], place, text, expected)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", list(sentences()), ids=lambda case: case.name)
def test_a_sentence_refers_to_what_a_lawyer_reads_in_it(case: Sentence) -> None:
    clauses = parse(case.law).clauses
    at = next(number for number, clause in enumerate(clauses) if clause.address == case.place)
    clauses = (*clauses[:at], clauses[at]._replace(body=case.text), *clauses[at + 1 :])
    found = [(one.text, one.target or "dangling") for one in find(clauses) if one.clause == at]
    assert sorted(found) == sorted(one for one in case.expected if one[1] != "external")
    for words, leads in case.expected:
        assert words in case.text
        if leads == "external":
            assert not [text for text, _ in found if text == words]


def test_there_are_enough_cases() -> None:
    assert len(list(sentences())) + len(list(renumberings())) >= 150


@dataclass(frozen=True)
class Renumbering:
    """A case of a `renumbering.*.md` file: a law before and after, and what the consequential changes make of it."""

    name: str
    old: str
    new: str
    expected: str
    left: tuple[tuple[str, str], ...]


def renumberings() -> Iterator[Renumbering]:
    for path in sorted(CASES.glob("renumbering.*.md")):
        for case in re.split(r"^## ", text_of(path), flags=re.MULTILINE)[1:]:
            name = case.splitlines()[0]
            texts = re.findall(r"```(before|after|then)\n(.*?)```", case, re.DOTALL)
            by_name = dict(texts)
            left = tuple(re.findall(r"^- (.+) → left: (\w+)$", case, re.MULTILINE))
            yield Renumbering(
                f"{path.name}: {name}", by_name["before"], by_name["after"], by_name.get("then", by_name["after"]), left
            )


def versions(old: str, new: str) -> tuple[Law, Law]:
    """Two texts as versions of one law: a clause keeps its id where its words are the same, or nearly."""
    before = {f"c{at}": clause for at, clause in enumerate(parse(old).clauses)}
    after = parse(new).clauses
    ids: dict[int, str] = {}
    for likeness in (1.0, 0.6):
        for at, clause in enumerate(after):
            free = [one for one in before if one not in ids.values() and at not in ids]
            alike = [one for one in free if SequenceMatcher(None, before[one].body, clause.body).ratio() >= likeness]
            if alike:
                ids[at] = alike[0]
    return before, {ids.get(at, f"new{at}"): clause for at, clause in enumerate(after)}


def applied(law: Law, edits: tuple[ReplaceWords, ...]) -> Law:
    """The law with word edits made, from the last to the first."""
    if edits:
        check(law, edits)
    changed = dict(law)
    for edit in sorted(edits, key=lambda edit: -edit.start):
        clause = changed[edit.clause_id]
        body = clause.body[: edit.start] + edit.new + clause.body[edit.start + len(edit.old) :]
        changed[edit.clause_id] = clause._replace(body=body)
    return changed


def written(law: Law) -> str:
    return "".join(clause.source for clause in law.values())


@pytest.mark.parametrize("case", list(renumberings()), ids=lambda case: case.name)
def test_references_follow_their_units(case: Renumbering) -> None:
    old, new = versions(case.old, case.new)
    result = applied(new, consequential(old, new))
    assert written(result) == case.expected
    assert [(one.text, one.reason.value) for one in unresolved(old, new)] == list(case.left)
    assert consequential(old, result) == ()


FORMS = {
    "en": (
        "### Article {n}. Title {w}\n",
        ["Article {n}", "under Articles {n} and {m}", "Articles {n} to {m}", "paragraph 1 of Article {n}", "Article {n}(1)",
         "paragraph 1", "Article {n} of the Constitution", "Article {n} of this Law", "item 1 of part 1 of Article {n}"],
    ),
    "ru": (
        "### Статья {n}. Имя {w}\n",
        ["статьи {n}", "статьями {n} и {m}", "статьи {n}–{m}", "частью 1 статьи {n}", "частью первой статьи {n}", "части 1",
         "статьи {n} Уголовного кодекса", "статьёй {n} настоящего Закона", "пунктом 1 части 1 статьи {n}"],
    ),
    "ky": (
        "### {n}-берене. Аты {w}\n",
        ["{n}-беренеде", "{n}, {m}-беренелер", "{n}-{m}-беренелер", "{n}-берененин 1-бөлүгү", "1-бөлүгүндө", "Конституциянын {n}-беренесинде",
         "ушул Мыйзамдын {n}-беренесинде"],
    ),
    "uk": (
        "### Стаття {n}. Назва {w}\n",
        ["статті {n}", "статтями {n} та {m}", "частиною першою статті {n}", "статті {n} Закону України", "статті {n} цього Закону"],
    ),
    "fr": ("### Article {n}\n", ["article {n}", "articles {n} et {m}", "article {n} du code pénal", "article {n} du présent code"]),
    "et": ("### § {n}. Nimi {w}\n", ["§-s {n}", "§-des {n} ja {m}", "§ {n} lõige 1", "reklaamiseaduse § {n}", "käesoleva seaduse § {n}"]),
    "de": ("### § {n}. Name {w}\n", ["§ {n}", "§§ {n} und {m}", "§§ {n} bis {m}", "§ {n} Abs. 1", "§ {n} StGB", "§ {n} dieses Gesetzes"]),
    "cs": ("### § {n}. Název {w}\n", ["§ {n}", "§ {n} a {m}", "§ {n} odst. 1", "§ {n} trestního zákoníku", "§ {n} tohoto zákona"]),
}  # fmt: skip
ITEMS = {language: "(1) {}\n\n" if language in ("et", "de", "cs") else "1. {}\n\n" for language in FORMS}


@st.composite
def laws(draw: st.DrawFn) -> tuple[str, str, int, list[list[tuple[str, int, int]]]]:
    """A language, and for each article of a law the citations in its only paragraph; and where one is inserted."""
    language = draw(st.sampled_from(sorted(FORMS)))
    size = draw(st.integers(2, 9))
    number = st.integers(1, size)
    citation = st.tuples(st.sampled_from(FORMS[language][1]), number, number)
    articles = draw(st.lists(st.lists(citation, max_size=3), min_size=size, max_size=size))
    return language, draw(st.sampled_from(["; ", ". "])), draw(st.integers(0, size - 1)), articles


def built(language: str, joint: str, articles: list[list[tuple[str, int, int]]]) -> dict[str, Clause]:
    heading, _ = FORMS[language]
    text = ""
    for index, citations in enumerate(articles):
        words = joint.join(form.format(n=n, m=m) for form, n, m in citations)
        text += heading.format(n=index + 1, w=index) + "\n" + ITEMS[language].format(f"x {words} y.")
    return {str(at): clause for at, clause in enumerate(parse(text).clauses)}


def with_article_inserted(language: str, law: dict[str, Clause], at: int) -> dict[str, Clause]:
    """Another article before the one at `at`, which and all behind it get the next number."""
    heading, _ = FORMS[language]
    text, behind, articles = [], [], 0
    for clause_id, clause in law.items():
        if clause.kind is Kind.ARTICLE:
            if articles == at:
                text.append(heading.format(n=at + 1, w="new") + "\n" + ITEMS[language].format("z."))
                behind += ["new1", "new2"]
            articles += 1
            shifted = articles + (articles > at)
            text.append(clause.source.replace(clause.label, clause.label.replace(str(articles), str(shifted)), 1))
        else:
            text.append(clause.source)
        behind.append(clause_id)
    clauses = parse("".join(text)).clauses
    return dict(zip(behind, clauses, strict=True))


def meant(law: Law, language: str) -> list[tuple[str, str | None]]:
    """Each reference as the id of the clause it stands in and the id of the one it leads to."""
    ids = list(law)
    by_address = {clause.address: clause_id for clause_id, clause in law.items()}
    return [(ids[one.clause], by_address.get(one.target or "")) for one in find(tuple(law.values()), language)]


@settings(deadline=None)
@given(laws())
def test_after_an_insertion_every_reference_leads_to_the_clause_it_led_to(
    drawn: tuple[str, str, int, list[list[tuple[str, int, int]]]],
) -> None:
    language, joint, at, articles = drawn
    old = built(language, joint, articles)
    new = with_article_inserted(language, old, at)
    result = applied(new, consequential(old, new, language))
    assert meant(result, language) == meant(old, language)
    assert consequential(old, result, language) == ()
    assert unresolved(old, new, language) == ()


@settings(deadline=None)
@given(laws(), st.randoms(use_true_random=False))
def test_after_any_moves_and_deletions_a_reference_leads_where_it_led_or_is_reported(
    drawn: tuple[str, str, int, list[list[tuple[str, int, int]]]], chance: Random
) -> None:
    language, joint, _, articles = drawn
    old = built(language, joint, articles)
    units = [list(old.items())[at : at + 2] for at in range(0, len(old), 2)]
    kept = chance.sample(units, chance.randint(1, len(units)))
    text, ids = "", []
    for number, ((heading_id, heading), (body_id, body)) in enumerate(kept, 1):
        label = re.sub(r"\d+", str(number), heading.label, count=1)
        text += heading.source.replace(heading.label, label, 1) + body.source
        ids += [heading_id, body_id]
    new = dict(zip(ids, parse(text).clauses, strict=True))
    edits = consequential(old, new, language)
    result = applied(new, edits)
    left = {one.clause_id for one in unresolved(old, new, language)}
    for clause_id in new:
        before = [leads for stands, leads in meant(old, language) if stands == clause_id]
        after = [leads for stands, leads in meant(result, language) if stands == clause_id]
        led = [leads for leads in before if leads is not None]
        assert not Counter(led) - Counter(after) or clause_id in left
    assert consequential(old, result, language) == ()


PIECES = st.sampled_from(
    ["Article 5", "Articles 5, 7 and 12-1", "(1)", " of ", "paragraph 2", "this Article", "статьи 7", "часть 2 ", "частью второй",
     "13-берененин", " 1-бөлүгү", "§ 26^12^ ", "lõike 1", "1° ", "alinéa", "deuxième ", "1–3", "1-3", "Конституции", ", ", " и ", " and ",
     "«", "»", "ст. 5", "5", "VIII", "глава II", "§§ 5 bis 7", "odst. 2 písm. a) a b)", "12¹", "\n", "ё", "І"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(sorted(FORMS)))
def test_spans_read_their_text_and_never_overlap(body: str, language: str) -> None:
    law = parse("### Article 5. X\n\n1. y\n\n### § 7. Z\n\n1. z\n").clauses
    clauses = (*law[:1], law[1]._replace(body=body), *law[2:])
    end = 0
    for one in find(clauses, language):
        assert end <= one.start < one.end
        assert body[one.start : one.end] == one.text
        assert all(one.start <= number.start < number.end <= one.end for number in one.numbers)
        assert one.numbers == tuple(sorted(one.numbers, key=lambda number: number.start))
        end = one.end


@settings(deadline=None)
@given(st.text(), st.text(), st.sampled_from([None, *FORMS]))
def test_no_text_is_refused(one: str, other: str, language: str | None) -> None:
    before, after = parse(one).clauses, parse(other).clauses
    find(before, language)
    newly_dangling(before, after, compare(before, after), language)


@pytest.mark.parametrize("language", sorted(FORMS))
@pytest.mark.parametrize(
    "piece",
    [
        "Article 5, ",
        "5, ",
        "(1)",
        "статьи 5 ",
        "частью второй ",
        "1-бөлүгүнүн ",
        "§ 5 ",
        "1° ",
        "a",
        "1.1-",
        "« ",
        "второй ",
        " of the ",
    ],
)
def test_long_texts_take_linear_time(language: str, piece: str) -> None:
    law = parse("### Article 5. X\n\n1. y\n").clauses
    body = piece * (50_000 // len(piece))
    started = process_time()
    find((*law[:1], law[1]._replace(body=body)), language)
    assert process_time() - started < 5


def test_the_parallel_texts_refer_to_the_same_units() -> None:
    """The Kyrgyz text stops at Article 15: its reference to Article 33 leads nowhere, as long as the rest is missing."""
    found = {}
    for language in ("en", "ru", "ky"):
        clauses = parse(text_of(DRAFTS / f"torture-investigation.{language}.md")).clauses
        found[language] = [(clauses[one.clause].address, one.target) for one in find(clauses)]
    assert found["en"] == [
        ("art_6__para_1__point_4", "art_33"),
        ("art_36__para_2", "art_21"),
        ("art_38__para_2", "art_31"),
    ]
    assert found["ru"] == found["en"]
    assert found["ky"] == [("art_6__para_1__point_4", None)]


LAW = """### Article 1. Fees

The fee is ten.

### Article 2. Boats

A boat pays as Article 1 and Article 3 say.

### Article 3. Harbours

A harbour is open to everybody at all times.
"""


def test_a_deletion_makes_references_dangle() -> None:
    before, after = parse(LAW).clauses, parse(LAW[LAW.index("### Article 2") :]).clauses
    assert [one.text for one in dangling(after)] == ["Article 1"]
    assert [one.text for one in newly_dangling(before, after, compare(before, after))] == ["Article 1"]
    assert newly_dangling(before, before, compare(before, before)) == ()


def test_a_reference_dangles_also_where_another_unit_took_the_number() -> None:
    text = (
        LAW[LAW.index("### Article 2") :]
        .replace("### Article 2", "### Article 1")
        .replace("### Article 3", "### Article 2")
    )
    before, after = parse(LAW).clauses, parse(text).clauses
    found = newly_dangling(before, after, compare(before, after))
    assert [(one.text, one.target) for one in found] == [("Article 1", None)]


def test_numbers_stand_where_the_reference_says() -> None:
    law = parse("### Article 1. A\n\n1. b\n\n2. See Article 1(1) and paragraphs 1 and 2 of this Article.\n").clauses
    numbers = [[(law[2].body[n.start : n.end], n.address) for n in one.numbers] for one in find(law, "en")]
    assert numbers == [
        [("1", "art_1"), ("1", "art_1__para_1")],
        [("1", "art_1__para_1")],
        [("2", "art_1__para_2")],
    ]


def test_a_moved_paragraph_that_its_words_cannot_reach_is_left_to_a_person() -> None:
    text = "### Article 1. A\n\n1. One thing.\n\n2. Paragraph 1 is about one thing.\n\n### Article 2. B\n\n1. Other.\n"
    old = {str(at): clause for at, clause in enumerate(parse(text).clauses)}
    moved = parse(
        "### Article 1. A\n\n1. Paragraph 1 is about one thing.\n\n### Article 2. B\n\n1. Other.\n\n2. One thing.\n"
    )
    new = dict(zip(["0", "2", "3", "4", "1"], moved.clauses, strict=True))
    assert consequential(old, new) == ()
    assert [(one.text, one.reason) for one in unresolved(old, new)] == [("Paragraph 1", Reason.TARGET_MOVED)]

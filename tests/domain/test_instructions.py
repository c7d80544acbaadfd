"""Amending instructions: read against the old law, they give the new one. Case files show what a lawyer expects."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause
from app.domain.compare import compare
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    Law,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
)
from app.domain.instructing.citing import Role
from app.domain.instructing.kyrgyz_forms import ordinal as kyrgyz_ordinal
from app.domain.instructing.russian_forms import ordinal as russian_ordinal
from app.domain.instructions import Operation, Style, cite, grouped, instructions, opening
from app.domain.merge import merge
from app.domain.reading import parse
from tests.domain.interpreter import apply
from tests.sample import DRAFTS, amendments, law
from tests.shared import LAWS, needs_laws, text_of

CASES = Path(__file__).parents[1] / "cases/instructions"


def sentences(old: Sequence[Clause], new: Sequence[Clause], style: Style) -> list[str]:
    return [one.sentence for one in instructions(old, new, compare(old, new), style)]


def closes(old: Sequence[Clause], new: Sequence[Clause], style: Style) -> None:
    """Reading the instructions against the old law gives the new law."""
    said = sentences(old, new, style)
    assert apply(old, said, style) == [(clause.kind, clause.label, clause.body) for clause in new], said


def merged(base: Law, made: Sequence[Amendment]) -> list[Clause]:
    return [one.clause for one in merge(base, made).clauses]


STYLES = pytest.mark.parametrize("style", list(Style))


@STYLES
def test_the_demonstration_amendments_are_said_and_read_back(style: Style) -> None:
    base = law()
    old = list(base.values())
    for amendment in amendments():
        new = merged(base, [amendment])
        closes(old, new, style)
        closes(new, old, style)


@STYLES
def test_amendments_agreed_together_are_said_and_read_back(style: Style) -> None:
    base = law()
    agreed = [a for a in amendments() if a.key in {"A1", "A4", "A6", "A7", "A8", "A9", "A11", "A13", "A14", "A15"}]
    closes(list(base.values()), merged(base, agreed), style)


@needs_laws
@STYLES
@pytest.mark.parametrize("forth", [True, False], ids=["forth", "back"])
def test_every_change_of_a_real_law_is_said_and_read_back(style: Style, forth: bool) -> None:
    folder = next((path for path in LAWS if path.name == "ua-pro-reklamu"), None)
    if folder is None:
        pytest.skip("the Advertising Act is not beside the repository")
    versions = [parse(text_of(path)).clauses for path in sorted(folder.glob("v*.md"))]
    for old, new in pairwise(versions):
        closes(*((old, new) if forth else (new, old)), style)


# what a lawyer expects


def cases() -> Iterator[tuple[str, str, list[str], str, list[str]]]:
    """(style, title, lines of the old law, the change as a diff, the sentences) of every case file."""
    for path in sorted(CASES.glob("*/*.md")):
        law_text, _, rest = path.read_text().partition("```law\n")[2].partition("```\n")
        lines = [line for line in law_text.split("\n") if line]
        for case in re.split(r"^## ", rest, flags=re.MULTILINE)[1:]:
            title, change, quoted = re.fullmatch(r"(.+?)\n+```diff\n(.*?)```\n+(.*)", case, re.DOTALL).groups()  # type: ignore[union-attr]
            said = [re.sub(r"^> ?", "", one, flags=re.MULTILINE) for one in re.split(r"\n\n+(?=>)", quoted.strip())]
            yield path.parent.name, title, lines, change, said


def changed(lines: list[str], change: str) -> list[str]:
    """The law after a change: lines with `-` give way to lines with `+`; `…` stands between two places."""
    places: list[tuple[int, int, list[str]]] = []
    for place in change.strip("\n").split("\n…\n"):
        marked = [(line[:2], line[2:]) for line in place.split("\n")]
        old, new = ([text for mark, text in marked if mark in (own, "  ")] for own in ("- ", "+ "))
        (at,) = [n for n in range(len(lines)) if lines[n : n + len(old)] == old]
        places.append((at, at + len(old), new))
    made = list(lines)
    for start, end, new in sorted(places, reverse=True):
        made[start:end] = new
    return made


@pytest.mark.parametrize(
    ("style", "title", "lines", "change", "said"), [pytest.param(*case, id=f"{case[0]}: {case[1]}") for case in cases()]
)
def test_case(style: str, title: str, lines: list[str], change: str, said: list[str]) -> None:
    old, new = (parse("\n\n".join(text) + "\n").clauses for text in (lines, changed(lines, change)))
    assert sentences(old, new, Style(style)) == said
    closes(old, new, Style(style))


@pytest.mark.parametrize(("style", "least"), [("en-uk", 30), ("en-eu", 30), ("ru", 60), ("ky", 60)])
def test_there_are_cases_enough(style: str, least: int) -> None:
    assert sum(1 for case in cases() if case[0] == style) >= least


FIRST = """### {} 13. Registration

1. The Office shall register every allegation within 24 hours of its receipt.

2. Refusal to register an allegation is not permitted in any case.

3. The Office informs the person who submitted the allegation about it.
"""


@pytest.mark.parametrize(
    ("style", "word", "entry"),
    [
        (
            Style.UK,
            "Article",
            "in Article 13—\n(a) in paragraph (1), for “24” substitute “48”;\n(b) omit paragraph (2);\n"
            "(c) after paragraph (3) insert—“4. No fee is due.”",
        ),
        (
            Style.EU,
            "Article",
            "Article 13 is amended as follows:\n(a) in paragraph 1, the figure ‘24’ is replaced by the figure ‘48’;\n"
            "(b) paragraph 2 is deleted;\n(c) the following paragraph 4 is inserted: ‘4. No fee is due.’",
        ),
        (
            Style.RU,
            "Статья",
            "в статье 13:\n1) в части 1 цифры «24» заменить цифрами «48»;\n2) часть 2 признать утратившей силу;\n"
            "3) дополнить частью 4 следующего содержания: «4. No fee is due.»",
        ),
        (
            Style.KY,
            "Статья",
            "13-беренеде:\n1) 1-бөлүктө «24» деген сандар «48» деген сандар менен алмаштырылсын;\n"
            "2) 2-бөлүк күчүн жоготту деп таанылсын;\n"
            "3) төмөнкүдөй мазмундагы 4-бөлүк менен толукталсын: «4. No fee is due.»",
        ),
    ],
)
def test_several_changes_in_one_article_are_one_entry_with_a_list(style: Style, word: str, entry: str) -> None:
    text = FIRST.format(word)
    refusal = "2. Refusal to register an allegation is not permitted in any case.\n\n"
    new = text.replace("24", "48").replace(refusal, "") + "\n4. No fee is due.\n"
    old, other = parse(text).clauses, parse(new).clauses
    assert grouped(instructions(old, other, compare(old, other), style)) == (entry,)


CITED = """# Law

Opening.

## Chapter 2. Head

### Article 7. Name

1. First:

1) point:

а) sub-point.

Closing.

| a | b |
"""


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (Style.UK, ["the title", "the preamble", "Chapter 2", "Article 7", "Article 7(1)", "Article 7(1)(1)", "Article 7(1)(1)(а)",
                    "the unnumbered paragraph of Article 7(1)", "the table in Article 7(1)"]),
        (Style.EU, ["the title", "the preamble", "Chapter 2", "Article 7", "Article 7(1)", "Article 7(1), point 1",
                    "Article 7(1), point 1, point (а)", "Article 7(1), second subparagraph", "the table in Article 7(1)"]),
        (Style.RU, ["наименование Закона", "преамбула", "глава 2", "статья 7", "часть 1 статьи 7", "пункт 1 части 1 статьи 7",
                    "подпункт «а» пункта 1 части 1 статьи 7", "абзац второй части 1 статьи 7", "таблица части 1 статьи 7"]),
        (Style.KY, ["Мыйзамдын аталышы", "преамбула", "2-глава", "7-берене", "7-берененин 1-бөлүгү",
                    "7-берененин 1-бөлүгүнүн 1-пункту", "7-берененин 1-бөлүгүнүн 1-пунктунун «а» пунктчасы",
                    "7-берененин 1-бөлүгүнүн экинчи абзацы", "7-берененин 1-бөлүгүнүн таблицасы"]),
    ],
)  # fmt: skip
def test_every_kind_of_unit_has_its_citation(style: Style, expected: list[str]) -> None:
    clauses = parse(CITED).clauses
    assert [cite(clauses, at, style) for at in range(len(clauses))] == expected


def test_a_citation_is_declined_by_its_role() -> None:
    clauses = parse(CITED).clauses
    roles = (Role.SUBJECT, Role.POSSESSOR, Role.OBJECT, Role.PLACE, Role.MEANS)
    assert [cite(clauses, 4, Style.RU, role) for role in roles] == [
        "часть 1 статьи 7", "части 1 статьи 7", "часть 1 статьи 7", "части 1 статьи 7", "частью 1 статьи 7",
    ]  # fmt: skip
    roles = (Role.SUBJECT, Role.POSSESSOR, Role.PLACE, Role.ORIGIN)
    assert [cite(clauses, 5, Style.KY, role) for role in roles] == [
        "7-берененин 1-бөлүгүнүн 1-пункту", "7-берененин 1-бөлүгүнүн 1-пунктунун",
        "7-берененин 1-бөлүгүнүн 1-пунктунда", "7-берененин 1-бөлүгүнүн 1-пунктунан",
    ]  # fmt: skip


def test_two_units_of_one_number_are_told_apart() -> None:
    clauses = parse("### Article 7. Name\n\n1. First.\n\n1. Again.\n").clauses
    assert cite(clauses, 2, Style.UK) == "Article 7(1) (the second so numbered)"
    assert cite(clauses, 2, Style.RU) == "часть 1 (2-я по счету) статьи 7"


def test_the_list_is_opened_by_naming_the_law() -> None:
    assert opening("The Libraries Act", Style.UK) == "The Libraries Act is amended as follows—"
    assert opening("The Libraries Act", Style.EU) == "The Libraries Act is amended as follows:"
    assert opening("Закон «О библиотеках»", Style.RU) == "Внести в Закон «О библиотеках» следующие изменения:"
    ky = opening("«Китепканалар жөнүндө» Кыргыз Республикасынын Мыйзамы", Style.KY)
    assert ky == "«Китепканалар жөнүндө» Кыргыз Республикасынын Мыйзамына төмөнкүдөй өзгөртүүлөр киргизилсин:"


def test_an_instruction_names_its_operation_and_its_clauses() -> None:
    base = law()
    old = list(base.values())
    new = merged(base, [a for a in amendments() if a.key in ("A2", "A14")])
    made = instructions(old, new, compare(old, new), Style.UK)
    assert [one.operation for one in made] == [Operation.REPLACE_WORDS, Operation.ADD_UNIT]
    assert made[0].old is not None
    assert old[made[0].old].address == "art_13__para_1"
    assert made[1].old is None
    assert new[made[1].new or 0].address == "art_13__para_5"


def test_ordinals_are_declined_in_russian() -> None:
    locative, instrumental, accusative = 3, 4, 2
    assert russian_ordinal(2, "m", 0) == "второй"
    assert russian_ordinal(3, "m", locative) == "третьем"
    assert russian_ordinal(3, "f", accusative) == "третью"
    assert russian_ordinal(6, "m", 0) == "шестой"
    assert russian_ordinal(11, "m", instrumental) == "одиннадцатым"
    assert russian_ordinal(25, "m", locative) == "двадцать пятом"
    assert russian_ordinal(40, "m", 0) == "сороковой"
    assert russian_ordinal(100, "m", 1) == "сотого"
    assert russian_ordinal(112, "f", accusative) == "сто двенадцатую"


def test_ordinals_in_kyrgyz() -> None:
    assert [kyrgyz_ordinal(n) for n in (1, 2, 3, 9)] == ["биринчи", "экинчи", "үчүнчү", "тогузунчу"]
    assert [kyrgyz_ordinal(n) for n in (10, 11, 20, 25)] == ["онунчу", "он биринчи", "жыйырманчы", "жыйырма бешинчи"]
    assert [kyrgyz_ordinal(n) for n in (100, 134, 200)] == ["жүзүнчү", "жүз отуз төртүнчү", "эки жүзүнчү"]


# edits of our own on the Russian and the Kyrgyz law


def language(code: str) -> dict[str, Clause]:
    text = (DRAFTS / f"torture-investigation.{code}.md").read_bytes().decode()
    return {clause.address: clause for clause in parse(text).clauses}


def without(base: Law, address: str) -> DeleteClause:
    source = "".join(c.source for a, c in base.items() if a == address or a.startswith(f"{address}__"))
    return DeleteClause(address, source)


def edits_of_our_own(base: Law, paragraph: str) -> list[Edit]:
    """One edit of each sort, in places that every language version has."""
    words = base["art_13__para_1"].body.split(" ")
    first = f"{words[0]} {words[1]}"
    relabelled = base["art_14"].lead.replace("14", "14-1")
    return [
        ReplaceWords("art_13__para_1", 0, first, f"{first} 2026"),
        RestateClause("art_13__para_2", base["art_13__para_2"].body, paragraph),
        InsertClauses("art_13__para_4", f"5. {paragraph}\n\n"),
        InsertClauses("art_3__para_1__point_6", f"   7) {paragraph}\n\n"),
        without(base, "art_9__para_4"),
        without(base, "art_10"),
        MoveClause("art_8__para_3", "art_6__para_3"),
        Relabel("art_14", base["art_14"].lead, relabelled),
        RestateClause("art_11", base["art_11"].body, paragraph.rstrip(".")),
        InsertClauses("art_12", f"{base['art_12'].lead.replace('12', '12-1')}{paragraph[:-1]}\n\n1. {paragraph}\n\n"),
    ]


@pytest.mark.parametrize(
    ("style", "paragraph"),
    [
        (Style.RU, "Срок исчисляется со дня подачи заявления."),
        (Style.KY, "Мөөнөт арыз берилген күндөн тартып эсептелет."),
        (Style.UK, "The period runs from the day of the application."),
        (Style.EU, "The period runs from the day of the application."),
    ],
)
def test_every_sort_of_edit_is_said_and_read_back_in_its_own_language(style: Style, paragraph: str) -> None:
    base = language(style.value[:2])
    edits = edits_of_our_own(base, paragraph)
    old = list(base.values())
    for number, edit in enumerate(edits):
        closes(old, merged(base, [Amendment(str(number), (edit,))]), style)
    closes(old, merged(base, [Amendment("all", tuple(edits))]), style)


# random laws

WORDS = st.lists(
    st.sampled_from(
        [
            "fee",
            "office",
            "court",
            "day",
            "24",
            "48",
            "any",
            "of",
            "the",
            "in,",
            "not;",
            "shall.",
            "«law»",
            "“act”",
            "‘so’",
            "it’s",
        ]
    ),
    min_size=1,
    max_size=9,
)
BODY = st.one_of(WORDS.map(" ".join), WORDS.map("\n".join))
LINE = st.one_of(
    st.tuples(st.sampled_from(["### Article 1. ", "### Article 2. ", "### Article 2-1. ", "### Article 3. ", "## Chapter 1. ", "## Chapter 2. ",
                               "## Section I ", "# ", "1. ", "2. ", "3. ", "1) ", "2) ", "а) ", "б) ", "", "", "", "> ", "| ", "#### "]), BODY).map("".join),
)  # fmt: skip
TEXT = st.lists(LINE, max_size=14).map("\n\n".join)


@STYLES
@settings(deadline=None, max_examples=150)
@given(TEXT, TEXT)
def test_whatever_the_two_laws_the_instructions_make_the_one_of_the_other(style: Style, old: str, new: str) -> None:
    closes(parse(old).clauses, parse(new).clauses, style)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A law and the law after a few changes: words, lines gone, lines new, lines moved."""
    lines = draw(st.lists(LINE, min_size=2, max_size=16))
    new = list(lines)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(new) - 1)) if new else 0
        match draw(st.sampled_from(["words", "gone", "new", "moved"])):
            case "words" if new:
                words = new[at].split(" ")
                place = draw(st.integers(0, len(words) - 1))
                words[place : place + draw(st.integers(0, 2))] = draw(WORDS)
                new[at] = " ".join(words)
            case "gone" if new:
                del new[at]
            case "moved" if new:
                new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
            case _:
                new.insert(at, draw(LINE))
    return "\n\n".join(lines), "\n\n".join(new)


@STYLES
@settings(deadline=None, max_examples=200)
@given(edited())
def test_random_edits_of_random_laws_are_said_and_read_back(style: Style, texts: tuple[str, str]) -> None:
    closes(*(parse(text).clauses for text in texts), style)

"""Text pasted from a word processor or a PDF, made fit for a law's Markdown."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clauses import write
from app.domain.pasting import SENTENCES, Cleaned, Cleaning, as_typed, cleaned, indents_of
from app.domain.reading import parse
from tests.shared import text_of

LAW = parse(text_of(Path(__file__).parents[2] / "drafts/torture-investigation.ru.md")).clauses

PASTED = [
    ("a tab after a number is a space", "1.\tТекст.", "1. Текст.", ["tabs"]),
    ("carriage returns are line ends and no news", "1. Один;\r\n\r\n2. Два.\r\n", "1. Один;\n\n2. Два.", []),
    ("paragraphs of Word are clauses of their own", "1. Один.\n2. Два.\nБез номера.", "1. Один.\n\n2. Два.\n\nБез номера.", ["paragraphs"]),
    ("items without a full stop", "Владелец:\n1) ведёт;\n2) хранит", "Владелец:\n\n1) ведёт;\n\n2) хранит", ["paragraphs"]),
    ("lines broken inside a sentence", "The Office shall\nregister under art.\n5 of the Law.", "The Office shall register under art. 5 of the Law.", ["joined"]),
    ("a word divided at a line's end keeps its hyphen", "в течение двадцати-\nчетырёх часов", "в течение двадцати-четырёх часов", ["divided"]),
    ("a soft hyphen at a line's end does not divide", "рас\u00ad\nследование", "расследование", ["invisible"]),
    ("soft hyphens and zero-width characters", "рас\u00adсле\u200bдо\ufeffвание", "расследование", ["invisible"]),
    ("a no-break space between a number and its word stays", "статья\u00a05 и №\u00a07, 24\u00a0часа, 10\u00a0000", "статья\u00a05 и №\u00a07, 24\u00a0часа, 10\u00a0000", []),
    ("any other no-break space is a space", "в\u00a0статье", "в статье", ["spaces"]),
    ("French spaces stay", "Le droit\u00a0: «\u00a0dix\u00a0» est dû\u00a0;", "Le droit\u00a0: «\u00a0dix\u00a0» est dû\u00a0;", []),
    ("a no-break space behind an item's number is a space", "1)\u00a0один", "1) один", ["spaces"]),
    ("bullets of Word are dashes", "·\tодин;\n\uf0b7\tдва;\no\tтри;\n•четыре", "- один;\n\n- два;\n\n- три;\n\n- четыре", ["bullets", "paragraphs"]),
    ("a letter o is no bullet", "o children", "o children", []),
    ("characters of a symbol font go", "слово\uf0b0 другое", "слово другое", ["symbols"]),
    ("page breaks and line breaks of the word processor", "Один.\x0cДва.\x0bТри.", "Один.\n\nДва.\n\nТри.", ["breaks", "paragraphs"]),
    ("repeated spaces", "The  Office   shall", "The Office shall", ["spaces"]),
    ("quotation marks stay", "“Slow” — «быстро» ‘x’", "“Slow” — «быстро» ‘x’", []),
    ("a text with blank lines keeps its lines", "1. Один\nещё\n\n2. Два.\nТри.", "1. Один\nещё\n\n2. Два.\nТри.", []),
    ("tables, code and quotes stay", "| a | b |\n| --- | --- |\n| 1.\t| 2 |\n> 1. x\n> 2. y", "| a | b |\n| --- | --- |\n| 1.\t| 2 |\n> 1. x\n> 2. y", []),
    ("a table is a clause of its own", "Срок.\n| a | b |\n| --- | --- |", "Срок.\n\n| a | b |\n| --- | --- |", ["paragraphs"]),
    ("a heading and what stands below it", "Статья 5. Права\nКаждый вправе жаловаться", "Статья 5. Права\n\nКаждый вправе жаловаться", ["paragraphs"]),
    ("a number alone in its line belongs to the next", "1.\nТекст;\n2.\nЕщё.", "1. Текст;\n\n2. Ещё.", ["joined", "paragraphs"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "notes"), [case[1:] for case in PASTED], ids=[case[0] for case in PASTED])
def test_a_pasted_text_is_cleaned(text: str, expected: str, notes: list[str]) -> None:
    found = cleaned(text)
    assert found.text == expected
    assert [note.value for note in found.notes] == notes
    assert cleaned(expected).text == expected


def test_items_are_indented_as_in_the_law() -> None:
    found = cleaned("1.\tУправление:\n\t1)\tведёт:\n\t\tа)\tреестр;\n\t2)\tотчёт.\n2.\tОтказ.", indents_of(LAW))
    assert found.text == "1. Управление:\n\n   1) ведёт:\n\n      а) реестр;\n\n   2) отчёт.\n\n2. Отказ."
    assert Cleaning.INDENTED in found.notes


def test_an_item_beside_an_item_is_indented_like_it() -> None:
    beside = next(clause for clause in LAW if clause.address == "art_3__para_1__point_2")
    assert cleaned("3)\tновый;", indents_of(LAW, beside)).text == "   3) новый;"
    assert cleaned("3)\tновый;", indents_of(LAW)).text == "3) новый;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.\tТекст.\n2.\tЕщё.", "1. Текст.\n\n2. Ещё."),
        ("1. Владелец:\n1) ведёт;\n2) хранит", "1. Владелец:\n\n   1) ведёт;\n\n   2) хранит"),
        ("рас\u00adследование  и", "расследование и"),
        ("Typed by hand,\nin two lines,  with two spaces.", "Typed by hand,\nin two lines,  with two spaces."),
        ("  1) moved in otherwise", "  1) moved in otherwise"),
        ("", ""),
    ],
)
def test_only_what_bears_the_marks_of_a_word_processor_is_cleaned_where_it_is_typed(text: str, expected: str) -> None:
    found = as_typed(text, lambda: indents_of(LAW)).text
    assert found == expected
    assert as_typed(found, lambda: indents_of(LAW)) == Cleaned(found, ())


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_nothing_of_a_law_that_ships_is_changed_where_it_is_typed_again(language: str) -> None:
    clauses = parse(text_of(Path(__file__).parents[2] / f"drafts/torture-investigation.{language}.md")).clauses[1:]
    for at, clause in enumerate(clauses):
        following = range(at + 1, len(clauses))
        end = next((n for n in following if clauses[n].depth <= clause.depth), len(clauses))
        source = write(clauses[at:end]).strip("\n")
        assert as_typed(source, lambda: {}) == Cleaned(source, ())


def test_every_kind_of_cleaning_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Cleaning)


PIECES = st.sampled_from(
    ["1.", "1)", "а)", "(a)", " ", "  ", "\t", "\n", "\n", "\r\n", "\u00a0", "\u00ad", "\u200b", "\uf0b7", "·", "o\t", "-", "–", "Статья 5.",
     "текст", "Text", "§", "№", "5", ";", ".", ":", "»", "«", "|", ">", "```", "#", "### ", "\x0b", "\x0c", "\u2028", "\u2029", "I.", "—", "*",
     "~~~", " ;", "\u202f", "\u3000", "\ufeff", "ст."]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20).map("".join) | st.text(), st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, indented: bool) -> None:
    indents = indents_of(LAW) if indented else None
    once = cleaned(text, indents)
    assert cleaned(once.text, indents).text == once.text


@given(st.lists(PIECES.filter(lambda piece: piece != "o\t"), max_size=20).map("".join))
def test_letters_and_digits_are_never_changed(text: str) -> None:
    assert [one for one in cleaned(text).text if one.isalnum()] == [one for one in text if one.isalnum()]


@pytest.mark.parametrize("piece", ["a\n", "1. a\n", "\u00ad \n", "a\u00a0", "·", "-\n", "1)", "(", "|\n", "```\n"])
def test_long_texts_take_linear_time(piece: str) -> None:
    started = process_time()
    cleaned(piece * (100_000 // len(piece)))
    assert process_time() - started < 5

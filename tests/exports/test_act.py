"""The amending act: what it is called, how its list is numbered, and that its words make the new law out of the old."""

import io
import re
from collections.abc import Callable, Sequence

import docx as python_docx
import pytest

from app.domain.clauses import Clause, Kind, write
from app.domain.compare import compare
from app.domain.edits import Amendment
from app.domain.instructions import Style, grouped, instructions
from app.domain.reading import parse
from app.exports import act_docx
from app.exports.act_words import EN, KY, RU
from app.exports.document import Document
from app.services.exporting import Wanted, language_of
from tests.changed_law import changed, original
from tests.domain.interpreter import apply
from tests.domain.test_instructions import edits_of_our_own, language, merged
from tests.exports.papers import paper
from tests.exports.word_reader import misplaced

ACTS: dict[Style, Callable[[Document], bytes]] = {
    Style.UK: act_docx.in_english,
    Style.RU: act_docx.in_russian,
    Style.KY: act_docx.in_kyrgyz,
}
SENTENCES = {
    Style.UK: "The period runs from the day of the application.",
    Style.RU: "Срок исчисляется со дня подачи заявления.",
    Style.KY: "Мөөнөт арыз берилген күндөн тартып эсептелет.",
}
STYLES = pytest.mark.parametrize("style", list(ACTS))
OLD = "# О книгах\n\n### Статья 3. Выдача\n\n1. Книга выдается на 24 дня.\n\n2. Плата взимается.\n\n3. Срок продлевается.\n"
NEW = OLD.replace("24 дня", "30 дней").replace("2. Плата взимается.\n\n", "") + "\n### Статья 4. Книга\n\n1. Новая.\n"
IN_FORCE = "---\nstatus: in force\n---\n\n"


def body(data: bytes) -> list[tuple[str, str]]:
    return [(one.style.name, one.text) for one in python_docx.Document(io.BytesIO(data)).paragraphs]


def words(data: bytes) -> list[str]:
    return [text for _, text in body(data)]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def sentences(data: bytes, style: Style) -> list[str]:
    """The sentences of an act in which no article has a list of its own."""
    found: list[str] = []
    for name, text in body(data)[3:-1]:
        if name == "Paragraph":
            said = text.partition("\t")[2]
            found.append(said[0].upper() + said[1:])
        elif found[-1].endswith((":", "—")):
            found[-1] += ("" if style is Style.UK else " ") + text
        else:
            found[-1] += f"\n\n{text}"
    ends = "" if style is Style.UK else "."
    return [re.sub(r'(?<=[”»"“]);$', ends, one) if one[-2:-1] in '”»"“' else re.sub(";$", ".", one) for one in found]


def test_an_act_in_russian_reads_as_one_does() -> None:
    assert body(act_docx.in_russian(paper(OLD, NEW, language="ru"))) == [
        ("Subtitle", "Перечень изменений"),
        ("Title", "О внесении изменений в проект закона «О книгах»"),
        ("Unnumbered Paragraph", "Внести в проект закона «О книгах» следующие изменения:"),
        ("Paragraph", "1)\tв статье 3:"),
        ("Point", "а)\tв части 1 слова «24 дня» заменить словами «30 дней»;"),
        ("Point", "б)\tчасть 2 признать утратившей силу;"),
        ("Paragraph", "2)\tдополнить статьей 4 следующего содержания:"),
        ("Unnumbered Paragraph", "«Статья 4. Книга"),
        ("Unnumbered Paragraph", "1. Новая.»."),
        ("Colophon", f"Версия 1 от 23.11.2026 · SHA-256 текста: {'cd' * 32}\nВерсия 2 от 24.11.2026 · SHA-256 текста: {'ab' * 32}"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "kind", "title", "said"),
    [
        (Style.UK, "Amendment list", "Amendments to the draft Law “О книгах”", "The draft Law “О книгах” is amended as follows—"),
        (Style.RU, "Перечень изменений", "О внесении изменений в проект закона «О книгах»", "Внести в проект закона «О книгах» следующие изменения:"),
        (Style.KY, "Өзгөртүүлөрдүн тизмеси", "«О книгах» мыйзам долбооруна өзгөртүүлөрдү киргизүү жөнүндө", "«О книгах» мыйзам долбооруна төмөнкүдөй өзгөртүүлөр киргизилсин:"),
    ],
)  # fmt: skip
def test_changes_of_a_draft_are_a_list(style: Style, kind: str, title: str, said: str) -> None:
    assert words(ACTS[style](paper(OLD, NEW, language="ru")))[:3] == [kind, title, said]


@pytest.mark.parametrize(
    ("style", "title", "first", "second"),
    [
        (Style.UK, "Amendments to the Law “О книгах”", "Article 1. The Law “О книгах” is amended as follows—", "Article 2. This Law enters into force on ____________."),
        (Style.RU, "О внесении изменений в Закон «О книгах»", "Статья 1. Внести в Закон «О книгах» следующие изменения:", "Статья 2. Настоящий Закон вступает в силу ____________."),
        (Style.KY, "«О книгах» Мыйзамына өзгөртүүлөрдү киргизүү жөнүндө", "1-берене. «О книгах» Мыйзамына төмөнкүдөй өзгөртүүлөр киргизилсин:", "2-берене. Ушул Мыйзам ____________ күчүнө кирет."),
    ],
)  # fmt: skip
def test_a_law_in_force_is_amended_by_a_law_that_enters_into_force(
    style: Style, title: str, first: str, second: str
) -> None:
    found = words(ACTS[style](paper(IN_FORCE + OLD, NEW, language="ru")))
    assert (found[1], found[2], found[-2]) == (title, first, second)


@STYLES
def test_the_head_of_a_page_names_both_versions_and_their_fingerprints(style: Style) -> None:
    opened = python_docx.Document(io.BytesIO(ACTS[style](paper(OLD, NEW))))
    said = {
        Style.UK: "Law\nVersion 1 · cdcdcdcdcdcd → Version 2 · abababababab",
        Style.RU: "Law\nВерсия 1 · cdcdcdcdcdcd → Версия 2 · abababababab",
        Style.KY: "Law\n1-версия · cdcdcdcdcdcd → 2-версия · abababababab",
    }
    assert opened.sections[0].header.paragraphs[0].text == said[style]


@STYLES
def test_its_items_are_the_instructions_in_their_order(style: Style) -> None:
    data = ACTS[style](paper(original(), changed()))
    old, new = (_law(text) for text in (original(), changed()))
    said = [line for entry in grouped(instructions(old, new, compare(old, new), style)) for line in entry.split("\n")]
    numbers = re.compile(r"^(?:\([a-z0-9]+\)|\d+\)|[а-я]+\)|)\t")
    listed = re.compile(r"^(?:\([a-z]\) |\d+\) (?=\d-|стат|част|пункт|төм|в ))")
    made = "".join(bare(numbers.sub("", one)).removesuffix(";") for one in words(data)[3:-1])
    assert made.removesuffix(".") == "".join(bare(listed.sub("", line)).removesuffix(";") for line in said)
    assert misplaced(data) == []


def _law(text: str) -> list[Clause]:
    return [clause for clause in parse(text).clauses if clause.kind is not Kind.FRONT_MATTER]


@STYLES
def test_the_words_of_the_paper_make_the_new_law_out_of_the_old(style: Style) -> None:
    base = {address: one for address, one in language(style.value[:2]).items() if one.kind is not Kind.FRONT_MATTER}
    old, read = list(base.values()), 0
    for number, edit in enumerate(edits_of_our_own(base, SENTENCES[style])):
        new = merged(base, [Amendment(str(number), (edit,))])
        data = ACTS[style](paper(write(old), write(new), language=style.value[:2]))
        if "Point" not in {name for name, _ in body(data)}:
            assert apply(old, sentences(data, style), style) == _facts(new)
            read += 1
    assert read == 10


def _facts(law: Sequence[Clause]) -> list[tuple[Kind, str, str]]:
    return [(clause.kind, clause.label, clause.body) for clause in law]


def test_the_law_is_quoted_in_its_own_language() -> None:
    found = words(act_docx.in_kyrgyz(paper(OLD, NEW, language="ru")))
    assert "а)\t1-бөлүктө «24 дня» деген сөздөр «30 дней» деген сөздөр менен алмаштырылсын;" in found


def test_what_a_file_says_of_itself_is_not_amended() -> None:
    found = words(act_docx.in_russian(paper("---\nnote: a\n---\n\n" + OLD, "---\nnote: b\n---\n\n" + NEW)))
    assert found[:-1] == words(act_docx.in_russian(paper(OLD, NEW)))[:-1]


@pytest.mark.parametrize(("style", "said"), [(Style.UK, "Nothing differs."), (Style.RU, "Различий нет."), (Style.KY, "Айырма жок.")])  # fmt: skip
def test_of_two_texts_alike_it_says_that_nothing_differs(style: Style, said: str) -> None:
    assert words(ACTS[style](paper(OLD, OLD)))[2:-1] == [said]


def test_small_numbers_are_raised() -> None:
    old = OLD.replace("Статья 3.", "Статья 3^1^.")
    opened = python_docx.Document(io.BytesIO(act_docx.in_russian(paper(old, old.replace("24", "30")))))
    raised = [run.text for one in opened.paragraphs for run in one.runs if run.font.superscript]
    assert raised == ["1"]


@STYLES
def test_hostile_words_are_quoted_as_they_are(style: Style) -> None:
    hostile = '# A «“"\n\n1. <w:p> ]]> \x01 \u202e {{x}} \\ ' + "w" * 10_000 + "\n\n=1+1\n"
    data = ACTS[style](paper(OLD, hostile, title='"«\x00'))
    text = " ".join(words(data))
    assert "<w:p> ]]> \ufffd \u202e {{x}} \\ www" in text
    assert "=1+1" in text
    assert data == ACTS[style](paper(OLD, hostile, title='"«\x00'))


def test_letters_run_on_when_the_series_is_through() -> None:
    assert [EN.lettered(at) for at in (0, 25, 26)] == ["(a)", "(z)", "(aa)"]
    assert [RU.lettered(at) for at in (0, 6, 8, 27, 28)] == ["а)", "ж)", "и)", "я)", "аа)"]
    assert KY.lettered(1) == "б)"


@pytest.mark.parametrize(
    ("asked", "preferred", "taken"),
    [
        (None, "", "en"), (None, "ru", "ru"), (None, "ky", "en"), ("en", "ru", "en"), ("ky", "ru", "ky"),
    ],
)  # fmt: skip
def test_an_act_quotes_the_law_in_its_own_language_where_no_other_is_asked_for(
    asked: str | None, preferred: str, taken: str
) -> None:
    assert language_of(Wanted("law", language=asked, preferred=preferred), "en", ("en", "ru")) == taken

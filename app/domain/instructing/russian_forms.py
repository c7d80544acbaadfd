"""The Russian words of amending instructions: units in their cases, ordinal words, how words are quoted and counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.clauses import Kind
from app.domain.diff import WORDS
from app.domain.instructing.citing import runs_on

NOMINATIVE, GENITIVE, ACCUSATIVE, LOCATIVE, INSTRUMENTAL = range(5)


@dataclass(frozen=True, slots=True)
class Noun:
    """A unit's name: gender (`f`, `m`, `n`), then its five cases, then its plural in the same five."""

    gender: str
    one: tuple[str, ...]
    many: tuple[str, ...]


def _noun(gender: str, one: str, many: str) -> Noun:
    return Noun(gender, tuple(one.split(" ")), tuple(many.split(" ")))


ARTICLE = _noun("f", "статья статьи статью статье статьей", "статьи статей статьи статьях статьями")
PART = _noun("f", "часть части часть части частью", "части частей части частях частями")
POINT = _noun("m", "пункт пункта пункт пункте пунктом", "пункты пунктов пункты пунктах пунктами")
SUBPOINT = _noun("m", *(re.sub(r"(\w+)", r"под\1", " ".join(forms)) for forms in (POINT.one, POINT.many)))
ABZATS = _noun("m", "абзац абзаца абзац абзаце абзацем", "абзацы абзацев абзацы абзацах абзацами")
CHAPTER = _noun("f", "глава главы главу главе главой", "главы глав главы главах главами")
SECTION = _noun("m", "раздел раздела раздел разделе разделом", "разделы разделов разделы разделах разделами")
PARAGRAF = _noun(
    "m", "параграф параграфа параграф параграфе параграфом", "параграфы параграфов параграфы параграфах параграфами"
)
TABLE = _noun("f", "таблица таблицы таблицу таблице таблицей", "таблицы таблиц таблицы таблицах таблицами")
CITATION = _noun("f", "цитата цитаты цитату цитате цитатой", "цитаты цитат цитаты цитатах цитатами")
SET_OUT = _noun(
    "m",
    "выделенный_текст выделенного_текста выделенный_текст выделенном_тексте выделенным_текстом",
    "выделенные_тексты выделенных_текстов выделенные_тексты выделенных_текстах выделенными_текстами",
)
SUBHEADING = _noun(
    "m",
    "подзаголовок подзаголовка подзаголовок подзаголовке подзаголовком",
    "подзаголовки подзаголовков подзаголовки подзаголовках подзаголовками",
)
HEADING = _noun("n", "наименование наименования наименование наименовании наименованием", "")
CAPTION = _noun(
    "n",
    "обозначение_и_наименование обозначения_и_наименования обозначение_и_наименование"
    " обозначении_и_наименовании обозначением_и_наименованием",
    "",
)
PREAMBLE = _noun("f", "преамбула преамбулы преамбулу преамбуле преамбулой", "")
FRONT = _noun("m", "вводный_блок вводного_блока вводный_блок вводном_блоке вводным_блоком", "")
NOUNS = {
    Kind.PART: PART,
    Kind.SECTION: SECTION,
    Kind.CHAPTER: CHAPTER,
    Kind.SUBCHAPTER: PARAGRAF,
    Kind.ARTICLE: ARTICLE,
    Kind.PARAGRAPH: PART,
    Kind.POINT: POINT,
    Kind.SUBPOINT: SUBPOINT,
    Kind.INDENT: ABZATS,
    Kind.TABLE: TABLE,
    Kind.CODE: SET_OUT,
    Kind.QUOTE: CITATION,
    Kind.TITLE: HEADING,
    Kind.FRONT_MATTER: FRONT,
}
WORD = _noun("n", "слово слова слово слове словом", "слова слов слова словах словами")
FIGURE = _noun("f", "цифра цифры цифру цифре цифрой", "цифры цифр цифры цифрах цифрами")
MARK = _noun("m", "знак знака знак знаке знаком", "знаки знаков знаки знаках знаками")
SENTENCE = _noun(
    "n",
    "предложение предложения предложение предложении предложением",
    "предложения предложений предложения предложениях предложениями",
)

UNITS = ["перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят"]
TEENS = [
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
]
TENS = ["двадцат", "тридцат", "сороков", "пятидесят", "шестидесят", "семидесят", "восьмидесят", "девяност"]
ROUND = ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
HUNDREDS = ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]
HUNDREDTH = ["сот", "двухсот", "трехсот", "четырехсот", "пятисот", "шестисот", "семисот", "восьмисот", "девятисот"]
ENDINGS = {
    "m": ("ый", "ого", "ый", "ом", "ым"),
    "f": ("ая", "ой", "ую", "ой", "ой"),
    "n": ("ое", "ого", "ое", "ом", "ым"),
}
THIRD = {
    "m": ("ий", "ьего", "ий", "ьем", "ьим"),
    "f": ("ья", "ьей", "ью", "ьей", "ьей"),
    "n": ("ье", "ьего", "ье", "ьем", "ьим"),
}
STRESSED = ("втор", "шест", "седьм", "восьм", "сороков")
"""Ordinals stressed on the ending: второй, шестой."""


def ordinal(number: int, gender: str, case: int) -> str:
    """An ordinal word in a case, from 1 to 999: второй, двадцать третьей, сотым."""
    before, stem = "", ""
    hundreds, rest = divmod(number, 100)
    if rest == 0:
        stem = HUNDREDTH[hundreds - 1]
    else:
        before = HUNDREDS[hundreds - 1] + " " if hundreds else ""
        before, stem = _below_hundred(rest, before)
    endings = THIRD[gender] if stem == "трет" else ENDINGS[gender]
    ending = endings[case]
    if stem in STRESSED and ending == "ый":
        ending = "ой"
    return before + stem + ending


def _below_hundred(number: int, before: str) -> tuple[str, str]:
    if number <= 10:
        return before, UNITS[number - 1]
    if number < 20:
        return before, TEENS[number - 11]
    tens, units = divmod(number, 10)
    if not units:
        return before, TENS[tens - 2]
    return f"{before}{ROUND[tens - 2]} ", UNITS[units - 1]


def quoted(text: str) -> str:
    """In «…», quotations within in “…”. Words that have “…” of their own stand as they are between „…“."""
    if "“" in text or "”" in text:
        return f"„{text}“"
    return "«" + text.replace("«", "“").replace("»", "”") + "»"


def measured(text: str) -> tuple[str, bool]:
    """What quoted text is called (`word`, `figure`, `mark`) and whether it is one of them."""
    words = WORDS.findall(text)
    if not words:
        return "mark", len(text) <= 1
    if not any(character.isalpha() for character in text):
        return "figure", len(re.findall(r"\d", text)) == 1
    return "word", len(words) == 1


def listed_numbers(numbers: Sequence[str], conjunction: str) -> str:
    """`5`, `5 и 6`, `5–8` when they run on, else `5, 6 и 8`."""
    if runs_on(numbers):
        return f"{numbers[0]}–{numbers[-1]}"
    return f" {conjunction} ".join(part for part in (", ".join(numbers[:-1]), numbers[-1]) if part)


def number_written(number: str) -> str:
    """Letters stand in quotation marks: подпункт «а»."""
    return f"«{number}»" if number.isalpha() and not re.fullmatch(r"[IVXLCDM]+", number) else number

"""Reading Russian instructions: the deepest unit first, the chain in the genitive."""

import re

from app.domain.clauses import Kind
from tests.domain.interpreter import Cited, Law, NotUnderstood, Reading

STEMS = (
    (r"стать(?:я|и|ю|е|ей|ями|ях)|статей", Kind.ARTICLE), (r"част(?:ь|и|ью|ей|ями|ях)", Kind.PARAGRAPH),
    (r"подпункт\w*", Kind.SUBPOINT), (r"пункт\w*", Kind.POINT), (r"глав\w*", Kind.CHAPTER),
    (r"раздел\w*", Kind.SECTION), (r"параграф\w*", Kind.SUBCHAPTER),
)  # fmt: skip
COUNTED = (
    (r"таблиц\w*", Kind.TABLE), (r"цитат\w*", Kind.QUOTE), (r"выделенн\w+ текст\w*", Kind.CODE),
    (r"вводн\w+ блок\w*", Kind.FRONT_MATTER), (r"подзаголов\w*", Kind.SUBCHAPTER), (r"абзац\w*", Kind.INDENT),
)  # fmt: skip
ORDINALS = {
    "перв": 1, "втор": 2, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10,
    "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15, "шестнадцат": 16,
    "семнадцат": 17, "восемнадцат": 18, "девятнадцат": 19, "двадцат": 20, "тридцат": 30, "сороков": 40,
    "пятидесят": 50, "шестидесят": 60, "семидесят": 70, "восьмидесят": 80, "девяност": 90,
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70,
    "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200, "триста": 300, "сот": 100, "двухсот": 200,
}  # fmt: skip
ENDING = re.compile(r"(?:ый|ой|ий|ого|его|ому|ом|ем|ым|им|ая|яя|ую|юю|ое|ее|ья|ьей|ью|ьего|ьем|ьим|ей)$")
NUMBER = r"(«[^»]+»|[^\s:]+)"


def ordinal_value(word: str) -> int:
    """`второй` → 2, `двадцать` → 20, no ordinal → 0."""
    if word in ORDINALS:
        return ORDINALS[word]
    stems = [word[: m.start()] for m in (ENDING.search(word),) if m]
    stems += [word[:-length] for length in (2, 3, 4)]
    return next((ORDINALS[stem] for stem in stems if stem in ORDINALS), 0)


def take_ordinal(text: str) -> tuple[int, str]:
    """Ordinal words at the beginning of a text, and what is left."""
    value, rest = 0, text
    while rest:
        word, _, following = rest.partition(" ")
        found = ordinal_value(word)
        if not found:
            break
        value, rest = value + found, following
        if word not in ORDINALS:
            break
    return value, rest


def cited(law: Law, text: str) -> Cited:
    """Any citation, whatever its case."""
    text = text.strip()
    part = re.match(r"(обозначени\w+ и наименовани\w+|наименовани\w+) ?", text)
    if part:
        rest = text[part.end() :]
        if rest == "Закона":
            return Cited(next(at for at, c in enumerate(law.clauses) if c.kind is Kind.TITLE))
        at = cited(law, rest).at
        return Cited(at, "caption" if part[1].startswith("обозначени") else "heading")
    if re.fullmatch(r"преамбул\w*", text):
        return Cited(law.counted(Kind.INDENT, 0, None))
    steps = steps_of(text)
    at: int | None = None
    found = Cited(-1)
    for place, (kind, number, ordinal, turn) in enumerate(reversed(steps)):
        if number:
            found = Cited(law.numbered([kind], number, at, turn, bare=place == 0))
        elif kind is Kind.INDENT:
            found = law.abzats(ordinal, at)
        else:
            found = Cited(law.counted(kind, ordinal, at))
        at = found.at
    if not steps:
        raise NotUnderstood(text)
    return found


def steps_of(text: str) -> list[tuple[Kind, str, int, int]]:
    """(kind, number, ordinal, turn), the deepest first."""
    steps: list[tuple[Kind, str, int, int]] = []
    while text:
        numbered = next(
            (
                (m, kind)
                for stem, kind in STEMS
                if (m := re.match(rf"(?:{stem}) {NUMBER}(?: \((\d+)-\w по счету\))?(?: |$)", text))
            ),
            None,
        )
        if numbered:
            match, kind = numbered
            text = text[match.end() :]
            if text == "Закона" and kind is Kind.PARAGRAPH:
                kind, text = Kind.PART, ""
            steps.append((kind, match[1].strip("«»"), 0, int(match[2] or 0)))
            continue
        ordinal, rest = take_ordinal(text)
        counted = next(((m, kind) for stem, kind in COUNTED if (m := re.match(rf"(?:{stem})(?: |$)", rest))), None)
        if counted:
            match, kind = counted
            text = rest[match.end() :]
            if kind is Kind.INDENT:
                ordinal, text = take_ordinal(text)
            steps.append((kind, "", ordinal, 0))
        elif re.fullmatch(r"преамбулы", text) and steps:
            break
        else:
            raise NotUnderstood(text)
    return steps


Q = r"(?s:«[^«»]*»|„.*“)"
W = r"(?:слов\w*|цифр\w*|знак\w*)"


def unquoted(text: str) -> str:
    """«…» with “…” within for the marks of the law; „…“ as it stands."""
    inner = text[1:-1]
    return inner.replace("“", "«").replace("”", "»") if text[0] == "«" else inner


def read(reading: Reading, sentence: str) -> None:
    text = sentence[0].lower() + sentence[1:]
    for pattern, reader in (
        (rf"во? (.+?) {W} ({Q}) заменить {W} ({Q})\.", replace),
        (rf"во? (.+?) {W} ({Q}) исключить\.", omit),
        (rf"(.+?) (после|перед) {W} ({Q}) дополнить {W} ({Q})\.", insert),
        (rf"(.+?) дополнить предложени\w+ следующего содержания: ({Q})\.", end),
        (rf"(.+?) изложить в следующей редакции: ({Q})\.", restate),
        (rf"(.*?) ?дополнить (.+?) следующего содержания: ({Q})\.", add),
        (r"(.+) (?:исключить|признать утративш(?:ей|им) силу)\.", repeal),
        (r"(.+?) считать (?:соответственно )?(.+)\.", renumber),
        (r"(.+?) переместить (после|перед|в конец) (.+)\.", move),
    ):
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            reader(reading, found)
            return
    raise NotUnderstood(sentence)


def replace(reading: Reading, found: re.Match[str]) -> None:
    reading.replace(reading.words_of(cited(reading.law, found[1])), unquoted(found[2]), unquoted(found[3]))


def omit(reading: Reading, found: re.Match[str]) -> None:
    reading.delete(reading.words_of(cited(reading.law, found[1])), unquoted(found[2]))


def insert(reading: Reading, found: re.Match[str]) -> None:
    at = reading.words_of(cited(reading.law, found[1]))
    reading.insert(at, unquoted(found[3]), unquoted(found[4]), before=found[2] == "перед")


def end(reading: Reading, found: re.Match[str]) -> None:
    reading.append(reading.words_of(cited(reading.law, found[1])), unquoted(found[2]))


def restate(reading: Reading, found: re.Match[str]) -> None:
    reading.restate(cited(reading.law, found[1]), unquoted(found[2]), with_label=True)


def repeal(reading: Reading, found: re.Match[str]) -> None:
    reading.repeal(cited(reading.law, found[1]))


def named_units(text: str) -> tuple[Kind, str]:
    """`частями 5 и 6` → (PARAGRAPH, `5`): what comes, and the first number."""
    of_law, text = text.endswith(" Закона"), text.removesuffix(" Закона")
    for stem, kind in STEMS:
        found = re.match(rf"(?:{stem})(?: (.+))?$", text)
        if found and found[1]:
            number = re.split(r", | и |–", found[1])[0]
            return Kind.PART if of_law and kind is Kind.PARAGRAPH else kind, number.strip("«»")
    for stem, kind in (*COUNTED, (r"наименовани\w+", Kind.TITLE)):
        if re.match(stem, text):
            return kind, ""
    raise NotUnderstood(text)


def add(reading: Reading, found: re.Match[str]) -> None:
    law, where = reading.law, found[1]
    kind, number = named_units(found[2])
    beside = re.fullmatch(r"(?:(.+?) )?(после|перед) (.+)", where)
    if where in ("в начале", "в конце"):
        at = 0 if where == "в начале" else len(law.clauses)
    elif beside:
        other = cited(law, f"{beside[3]} {beside[1]}" if beside[1] else beside[3])
        at = spot(law, beside[2], other)
    elif where.endswith(" в конце"):
        at = law.end[cited(law, where.removesuffix(" в конце")).at]
    else:
        within = cited(law, where).at if where else None
        at = law.by_number(kind, number, within) if number else law.end[within] if within is not None else 0
    reading.add(at, unquoted(found[3]), kind, bare=kind is Kind.SUBCHAPTER and not number)


def spot(law: Law, where: str, found: Cited) -> int:
    if where == "перед":
        return found.at
    return found.at + 1 if found.part != "whole" else law.end[found.at]


def renumber(reading: Reading, found: re.Match[str]) -> None:
    number = re.search(rf" {NUMBER}(?: Закона)?$", found[2])
    row = re.match(r"(\w+) (\d+)–(\d+)(.*)", found[1])
    assert number, found[2]
    if row:
        first = cited(reading.law, f"{row[1]} {row[2]}{row[4]}").at
        reading.renumber(first, number[1].split("–")[0], row[3])
    else:
        reading.renumber(cited(reading.law, found[1]).at, number[1].strip("«»"))


def move(reading: Reading, found: re.Match[str]) -> None:
    law, other = reading.law, cited(reading.law, found[3])
    at = law.end[other.at] if found[2] == "в конец" else spot(law, found[2], other)
    reading.move(cited(law, found[1]), at)

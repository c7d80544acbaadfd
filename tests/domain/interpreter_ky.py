"""Reading Kyrgyz instructions: from the article down, all but the last in the genitive."""

import re

from app.domain.clauses import Kind
from tests.domain.interpreter import Cited, Law, NotUnderstood, Reading
from tests.domain.interpreter_ru import Q, spot, unquoted

NUMBERED = (
    (r"берене\w*", Kind.ARTICLE), (r"бөлү[кг]\w*", Kind.PARAGRAPH), (r"пунктча\w*", Kind.SUBPOINT),
    (r"пункт\w*", Kind.POINT), (r"глава\w*", Kind.CHAPTER), (r"бөлүм\w*", Kind.SECTION), (r"параграф\w*", Kind.SUBCHAPTER),
)  # fmt: skip
COUNTED = (
    (r"абзац\w*", Kind.INDENT), (r"таблица\w*", Kind.TABLE), (r"цитата\w*", Kind.QUOTE), (r"бөлүнгөн текст\w*", Kind.CODE),
    (r"кириш блог\w*", Kind.FRONT_MATTER), (r"кичи аталыш\w*", Kind.SUBCHAPTER), (r"аталыш\w*", Kind.TITLE),
)  # fmt: skip
STEMS = {
    "биринчи": 1, "экинчи": 2, "үчүнчү": 3, "төртүнчү": 4, "бешинчи": 5, "алтынчы": 6, "жетинчи": 7, "сегизинчи": 8,
    "тогузунчу": 9, "онунчу": 10, "жыйырманчы": 20, "отузунчу": 30, "кыркынчы": 40, "элүүнчү": 50, "алтымышынчы": 60,
    "жетимишинчи": 70, "сексенинчи": 80, "токсонунчу": 90, "жүзүнчү": 100, "он": 10, "жыйырма": 20, "отуз": 30,
    "кырк": 40, "элүү": 50, "алтымыш": 60, "жетимиш": 70, "сексен": 80, "токсон": 90, "жүз": 100,
}  # fmt: skip
HUNDREDS = {"эки жүз": 200, "үч жүз": 300}
NUMBER = r"(?:(«[^»]+»|[IVXLCDM]+) |(\S+?)-)"
TURN = r"(?: \(ушундай номердеги (\d+)-бирдик\))?"


def cited(law: Law, text: str) -> Cited:
    """Any citation, whatever its last case."""
    text = text.strip()
    within: int | None = None
    found = Cited(-1)
    of_law = text.startswith("Мыйзамдын ")
    text = text.removeprefix("Мыйзамдын ")
    if of_law and re.fullmatch(r"аталыш\w*", text):
        return Cited(next(at for at, c in enumerate(law.clauses) if c.kind is Kind.TITLE))
    if re.fullmatch(r"преамбула\w*", text):
        return Cited(law.counted(Kind.INDENT, 0, None))
    text = text.removeprefix("преамбуланын ")
    bare = True
    while text:
        if re.fullmatch(r"аталыш\w*", text) and within is not None:
            return Cited(within, "heading")
        if re.fullmatch(r"белгилениш\w* жана аталыш\w*", text) and within is not None:
            return Cited(within, "caption")
        found, text = step(law, within, text, bare, of_law)
        within, bare = found.at, False
    if within is None:
        raise NotUnderstood("an empty citation")
    return found


def step(law: Law, within: int | None, text: str, bare: bool, of_law: bool) -> tuple[Cited, str]:
    for stem, kind in NUMBERED:
        found = re.match(rf"{NUMBER}(?:{stem}){TURN}(?: |$)", text)
        if found:
            meant = Kind.PART if kind is Kind.PARAGRAPH and bare and of_law else kind
            number = (found[1] or found[2]).strip("«»")
            return Cited(law.numbered([meant], number, within, int(found[3] or 0), bare)), text[found.end() :]
    ordinal, rest = take_ordinal(text)
    for stem, kind in COUNTED:
        found = re.match(rf"(?:{stem})(?: |$)", rest)
        if found:
            at = law.abzats(ordinal, within) if kind is Kind.INDENT else Cited(law.counted(kind, ordinal, within))
            return at, rest[found.end() :]
    raise NotUnderstood(text)


def take_ordinal(text: str) -> tuple[int, str]:
    value = 0
    for words, amount in HUNDREDS.items():
        if text.startswith(words):
            value, text = amount, text.removeprefix(words).strip()
            if text.startswith("үнчү"):
                return value, text.removeprefix("үнчү").strip()
    while text:
        word, _, rest = text.partition(" ")
        if word not in STEMS:
            break
        value, text = value + STEMS[word], rest
    return value, text


W = r"деген (?:сөз|сан|белги)\w*"


def read(reading: Reading, sentence: str) -> None:
    text = sentence[0].lower() + sentence[1:] if re.match("(?!Мыйзамдын)[А-ЯӨҮҢ]", sentence) else sentence
    for pattern, reader in (
        (rf"(.+?) ({Q}) {W} ({Q}) {W} менен алмаштырылсын\.", replace),
        (rf"(.+?) ({Q}) {W} алып салынсын\.", omit),
        (rf"(.+?) ({Q}) {W} (кийин|мурда) ({Q}) {W} менен толукталсын\.", insert),
        (rf"(.+?) төмөнкүдөй мазмундагы сүйлөм\w* менен толукталсын: ({Q})\.", end),
        (rf"(.+?) төмөнкүдөй редакцияда баяндалсын: ({Q})\.", restate),
        (rf"(.*?) ?төмөнкүдөй мазмундагы (.+?) менен толукталсын: ({Q})\.", add),
        (r"(.+) (?:алып салынсын|күчүн жоготту деп таанылсын)\.", repeal),
        (r"(.+) деп эсептелсин\.", renumber),
        (r"(.+) (кийин|мурда|аягына) жайгаштырылсын\.", move),
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
    reading.insert(at, unquoted(found[2]), unquoted(found[4]), before=found[3] == "мурда")


def end(reading: Reading, found: re.Match[str]) -> None:
    reading.append(reading.words_of(cited(reading.law, found[1])), unquoted(found[2]))


def restate(reading: Reading, found: re.Match[str]) -> None:
    reading.restate(cited(reading.law, found[1]), unquoted(found[2]), with_label=True)


def repeal(reading: Reading, found: re.Match[str]) -> None:
    reading.repeal(cited(reading.law, found[1]))


def named_units(text: str) -> tuple[Kind, str]:
    """`5 жана 6-бөлүктөр` → (PARAGRAPH, `5`)."""
    of_law, text = text.startswith("Мыйзамдын "), text.removeprefix("Мыйзамдын ")
    for stem, kind in NUMBERED:
        found = re.fullmatch(rf"(.+?)[- ](?:{stem})", text)
        if found:
            number = re.split(r", | жана |–", found[1])[0]
            return Kind.PART if of_law and kind is Kind.PARAGRAPH else kind, number.strip("«»")
    for stem, kind in COUNTED:
        if re.match(stem, text):
            return kind, ""
    raise NotUnderstood(text)


def add(reading: Reading, found: re.Match[str]) -> None:
    law, where = reading.law, found[1]
    kind, number = named_units(found[2])
    beside = re.fullmatch(r"(.+) (кийин|мурда)", where)
    if where in ("башында", "аягында"):
        at = 0 if where == "башында" else len(law.clauses)
    elif beside:
        at = spot(law, "перед" if beside[2] == "мурда" else "после", cited(law, beside[1]))
    elif where.endswith(" аягында"):
        at = law.end[cited(law, where.removesuffix(" аягында")).at]
    else:
        within = cited(law, where).at if where else None
        at = law.by_number(kind, number, within) if number else law.end[within] if within is not None else 0
    reading.add(at, unquoted(found[3]), kind, bare=kind is Kind.SUBCHAPTER and not number)


def renumber(reading: Reading, found: re.Match[str]) -> None:
    text = found[1]
    row = re.fullmatch(r"(.* )?(\d+)–(\d+)-(\S+) тиешелүүлүгүнө жараша (\d+)–\d+-\S+", text)
    if row:
        first = cited(reading.law, f"{row[1] or ''}{row[2]}-{row[4]}").at
        reading.renumber(first, row[5], row[3])
        return
    new = re.search(r" (?:Мыйзамдын )?(?:(«[^»]+»|[IVXLCDM]+) |(\S+?)-)\w+$", text)
    assert new, text
    reading.renumber(cited(reading.law, text[: new.start()]).at, (new[1] or new[2]).strip("«»"))


def move(reading: Reading, found: re.Match[str]) -> None:
    """Two citations in a row; only one way of parting them makes two."""
    law, words = reading.law, found[1].split(" ")
    readings: list[tuple[Cited, Cited]] = []
    for place in range(1, len(words)):
        try:
            pair = cited(law, " ".join(words[:place])), cited(law, " ".join(words[place:]))
        except (AssertionError, IndexError):
            continue
        if not re.search(
            r"(?:нын|нин|нун|нүн|тын|түн|тун|дын|дүн)$", re.sub(r" \([^)]*\)$", "", " ".join(words[:place]))
        ):
            readings.append(pair)
    if len(readings) != 1:
        raise NotUnderstood(f"{found[0]}: {len(readings)} readings")
    (what, other), where = readings[0], found[2]
    at = law.end[other.at] if where == "аягына" else spot(law, "перед" if where == "мурда" else "после", other)
    reading.move(what, at)

"""Reading English instructions, in the two ways of writing them."""

import re

from app.domain.clauses import Kind
from tests.domain.interpreter import ITEMS, Cited, Law, NotUnderstood, Reading, standing

WORDS = {
    "Part": Kind.PART, "Section": Kind.SECTION, "Chapter": Kind.CHAPTER, "Subchapter": Kind.SUBCHAPTER,
    "Article": Kind.ARTICLE, "paragraph": Kind.PARAGRAPH, "point": Kind.POINT, "sub-point": Kind.SUBPOINT,
    "unnumbered paragraph": Kind.INDENT, "table": Kind.TABLE, "set-out text": Kind.CODE, "quoted text": Kind.QUOTE,
    "front matter": Kind.FRONT_MATTER, "title": Kind.TITLE, "subheading": Kind.SUBCHAPTER, "subparagraph": Kind.INDENT,
}  # fmt: skip
ORDINALS = dict(
    zip(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], range(1, 21), strict=True,
    )
)  # fmt: skip
TURN = r"(?: \(the (\w+) so numbered\))?"
PARTS = {"heading": "heading", "title": "heading", "opening words": "opening", "introductory wording": "opening",
         "number and heading": "caption", "number and title": "caption"}  # fmt: skip


def order(word: str | None) -> int:
    """`third` → 3, `21st` → 21, nothing → 0."""
    if not word:
        return 0
    return ORDINALS[word] if word in ORDINALS else int(re.sub(r"\D", "", word))


def the_title(law: Law) -> int:
    return next(at for at, clause in enumerate(law.clauses) if clause.kind is Kind.TITLE)


def cited_uk(law: Law, text: str) -> Cited:
    """`the opening words of Article 3(1)`."""
    part = re.fullmatch(r"the (heading|opening words|number and heading) of (.+)", text)
    if part:
        return Cited(unit_uk(law, part[2]), PARTS[part[1]])
    return Cited(unit_uk(law, text))


def unit_uk(law: Law, text: str) -> int:
    head, rest = [*re.split(" of | in ", text, maxsplit=1), ""][:2]
    if text == "the title":
        return the_title(law)
    if text == "the preamble":
        return law.counted(Kind.INDENT, 0, None)
    within = None if not rest or rest == "the preamble" else unit_uk(law, rest)
    counted = re.fullmatch(
        r"the (?:(\w+) )?(unnumbered paragraph|table|set-out text|quoted text|front matter|subheading)", head
    )
    if counted:
        return law.counted(WORDS[counted[2]], order(counted[1]), within)
    named = re.match(rf"(Article|Part|Section|Chapter|Subchapter) ([^ (]+){TURN}", head)
    if named:
        at = law.numbered([WORDS[named[1]]], named[2], within, order(named[3]), bare=within is None)
        return chain_uk(law, at, head[named.end() :])
    named = re.match(rf"(paragraph|point|sub-point) \(([^()]+)\){TURN}", head)
    if not named:
        raise NotUnderstood(text)
    at = law.numbered([WORDS[named[1]]], named[2], within, order(named[3]))
    return chain_uk(law, at, head[named.end() :])


def chain_uk(law: Law, at: int, rest: str) -> int:
    """The bracketed numbers behind an article or a unit."""
    while rest:
        step = re.match(rf"\(([^()]+)\){TURN}", rest)
        if not step:
            raise NotUnderstood(rest)
        turn = order(step[2])
        found = [p for p in law.below(at) if law.clauses[p].kind in ITEMS and law.number(p) == step[1]]
        at, rest = law.one(found, turn, step[0]), rest[step.end() :]
    return at


def unquoted_uk(text: str) -> str:
    """Straight marks: as it stands. Curly marks: single ones within are the double ones of the law."""
    if text[0] == text[-1] == '"':
        return text[1:-1]
    assert text[0] == "“", text
    assert text[-1] == "”", text
    inner = text[1:-1]
    return inner.replace("‘", "“").replace("’", "”") if "‘" in inner else inner


Q = r"(?s:“.*”|\".*\")"


def two(text: str, between: str, body: str) -> tuple[str, str]:
    """Two quotations; where they could be cut in two places, the first must occur in the words once."""
    cuts = [(text[: m.start() + 1], text[m.end() - 1 :]) for m in re.finditer(rf"[”\"]{between}(?=[“\"])(.)", text)]
    cuts = [c for c in cuts if {"“": "”", '"': '"'}.get(c[0][0]) == c[0][-1]]
    pairs = [(unquoted_uk(one), unquoted_uk(other)) for one, other in cuts]
    fitting = [pair for pair in pairs if len(standing(body, pair[0])) == 1]
    if len(fitting) != 1:
        raise NotUnderstood(f"{text}: {len(fitting)} readings")
    return fitting[0]


def read_uk(reading: Reading, sentence: str) -> None:
    text = sentence[0].lower() + sentence[1:]
    for pattern, reader in (
        (r"in (.+?), for ([“\"].*[”\"] substitute [“\"].*)\.", replace_uk),
        (rf"in (.+?), omit ({Q})\.", omit_uk),
        (r"in (.+?), (after|before) ([“\"].*[”\"] insert [“\"].*)\.", insert_uk),
        (rf"in (.+?), at the end insert ({Q})\.", end_uk),
        (rf"for (.+?) substitute—({Q})", restate_uk),
        (rf"for (.+?) substitute ({Q})\.", restate_uk),
        (r"omit ()(.+)\.", repeal_uk),
        (rf"(after|before|at the end of|at the beginning) ?(.*?) ?insert(?:, as (?:an? )?(.+?),)?—({Q})", add_uk),
        (r"renumber (.+?)(?: to \(?([^()]+?)\)?)? as (.+)\.", renumber_uk),
        (r"move (.+?) to (after|before|at the end of|at the beginning) ?(.*)\.", move_uk),
    ):
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            reader(reading, found)
            return
    raise NotUnderstood(sentence)


def replace_uk(reading: Reading, found: re.Match[str]) -> None:
    at = reading.words_of(cited_uk(reading.law, found[1]))
    reading.replace(at, *two(found[2], " substitute ", reading.law.clauses[at].body))


def omit_uk(reading: Reading, found: re.Match[str]) -> None:
    reading.delete(reading.words_of(cited_uk(reading.law, found[1])), unquoted_uk(found[2]))


def insert_uk(reading: Reading, found: re.Match[str]) -> None:
    at = reading.words_of(cited_uk(reading.law, found[1]))
    words, new = two(found[3], " insert ", reading.law.clauses[at].body)
    reading.insert(at, words, new, before=found[2] == "before")


def end_uk(reading: Reading, found: re.Match[str]) -> None:
    reading.append(reading.words_of(cited_uk(reading.law, found[1])), unquoted_uk(found[2]))


def restate_uk(reading: Reading, found: re.Match[str]) -> None:
    reading.restate(cited_uk(reading.law, found[1]), unquoted_uk(found[2]), with_label=False)


def repeal_uk(reading: Reading, found: re.Match[str]) -> None:
    reading.repeal(cited_uk(reading.law, found[2]))


def add_uk(reading: Reading, found: re.Match[str]) -> None:
    noun = re.match(r"(sub-point|point|unnumbered paragraph|paragraph|[A-Za-z-]+(?: text| matter)?)", found[3] or "")
    kind = WORDS[noun[1]] if noun else None
    reading.add(
        spot(reading.law, found[1], found[2], cited_uk),
        unquoted_uk(found[4]),
        kind,
        bare=bool(noun) and noun[1] == "subheading",
    )


def spot(law: Law, where: str, cited: str, read) -> int:  # type: ignore[no-untyped-def]
    """The position of `after Article 7(4)`, `at the end of Article 7`."""
    if where == "at the beginning":
        return 0
    found = read(law, cited)
    if where == "before":
        return found.at
    return found.at + 1 if found.part != "whole" else law.end[found.at]


def renumber_uk(reading: Reading, found: re.Match[str]) -> None:
    numbers = re.fullmatch(r"[A-Za-z-]+ \(?([^()]+?)\)?(?: to \(?([^()]+?)\)?)?", found[3])
    assert numbers, found[3]
    cited = re.sub(r"^(Article|Part|Section|Chapter|Subchapter)s ", r"\1 ", found[1])
    reading.renumber(cited_uk(reading.law, cited).at, numbers[1], found[2] or "")


def move_uk(reading: Reading, found: re.Match[str]) -> None:
    reading.move(cited_uk(reading.law, found[1]), spot(reading.law, found[2], found[3], cited_uk))


# the European Union's way


def cited_eu(law: Law, text: str) -> Cited:
    part = re.fullmatch(r"[Tt]he (title|introductory wording|number and title) of (.+)", text)
    if part:
        return Cited(unit_eu(law, part[2]).at, PARTS[part[1]])
    return unit_eu(law, text)


def unit_eu(law: Law, text: str) -> Cited:
    """Article 7(1), point 2, second subparagraph."""
    text = text[0].lower() + text[1:] if text.startswith(("The ", "Paragraph", "Point", "Sub-")) else text
    text = text[0].lower() + text[1:] if re.match(r"\w+ (?:sub)?paragraph", text) else text
    if text == "the title":
        return Cited(the_title(law))
    if text == "the preamble":
        return Cited(law.counted(Kind.INDENT, 0, None))
    opaque = re.fullmatch(r"the (?:(\w+) )?(table|set-out text|quoted text|front matter)(?: in (.+))?", text)
    if opaque:
        holder = None if opaque[3] in (None, "the preamble") else unit_eu(law, opaque[3]).at
        return Cited(law.counted(WORDS[opaque[2]], order(opaque[1]), holder))
    within: int | None = None
    first = re.match(rf"(Article|Part|Section|Chapter|Subchapter) ([^ (,]+){TURN}(?: of ([^,]+))?", text)
    rest = text
    if first:
        holder = unit_eu(law, first[4]).at if first[4] else None
        within = law.numbered([WORDS[first[1]]], first[2], holder, order(first[3]), bare=holder is None)
        rest = text[first.end() :]
        paragraph = re.match(rf"\(([^()]+)\){TURN}", rest)
        if paragraph:
            within = law.numbered([Kind.PARAGRAPH], paragraph[1], within, order(paragraph[2]))
            rest = rest[paragraph.end() :]
    rest = rest.removeprefix("the preamble").removeprefix(", ")
    cited = Cited(within if within is not None else -1)
    for step in rest.split(", ") if rest else []:
        cited = step_eu(law, None if cited.at < 0 else cited.at, step)
    return cited


def step_eu(law: Law, within: int | None, text: str) -> Cited:
    named = re.fullmatch(rf"(paragraph|point|sub-point) \(?([^() ]+)\)?{TURN}", text)
    if named:
        kinds = [WORDS[named[1]]]
        points = [Kind.POINT, Kind.SUBPOINT] if named[1] == "point" else kinds
        places = [p for p in law.below(within) if law.clauses[p].kind in points and law.number(p) == named[2]]
        if named[1] == "point" and not any(law.clauses[p].kind is Kind.POINT for p in places):
            kinds = [Kind.SUBPOINT]
        return Cited(law.numbered(kinds, named[2], within, order(named[3])))
    counted = re.fullmatch(r"(\w+) (?:sub)?paragraph", text)
    if counted:
        return law.abzats(order(counted[1]), within)
    other = re.fullmatch(r"the (?:(\w+) )?(subheading)", text)
    if other:
        return Cited(law.counted(WORDS[other[2]], order(other[1]), within))
    named = re.fullmatch(rf"(Subchapter|Section|Chapter) ([^ ]+){TURN}", text)
    if not named:
        raise NotUnderstood(text)
    return Cited(law.numbered([WORDS[named[1]]], named[2], within, order(named[3])))


NOUN = r"the (?:word|words|figure|figures|mark|marks) "


def read_eu(reading: Reading, sentence: str) -> None:
    text = (
        sentence[0].lower() + sentence[1:]
        if re.match(r"(?:In|After|Before|At|The following) ?", sentence)
        else sentence
    )
    for pattern, reader in (
        (rf"in (.+?), ({NOUN}‘.*’ (?:is|are) replaced by {NOUN}‘.*)’\.", replace_eu),
        (rf"in (.+?), {NOUN}‘(.*)’ (?:is|are) deleted\.", omit_eu),
        (rf"in (.+?), (after|before) ({NOUN}‘.*’, {NOUN}‘.*)’ (?:is|are) inserted\.", insert_eu),
        (r"in (.+?), the following sentences? (?:is|are) added: ‘(.*)’\.", end_eu),
        (
            r"(?:(in|after|before|at the end of|at the beginning) ?(.*?), )?the following (.+?) (?:is|are) inserted: ‘(.*)’\.",
            add_eu,
        ),
        (r"(.+?),? is replaced by the following: ‘(.*)’\.", restate_eu),
        (r"(.+?),? (?:is|are) deleted\.", repeal_eu),
        (r"(.+?)(?: to \(?([^()]+?)\)?)?,? (?:is|are) renumbered as (.+)\.", renumber_eu),
        (r"(.+?),? is moved (after|before|at the end of|at the beginning) ?(.*)\.", move_eu),
    ):
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            reader(reading, found)
            return
    raise NotUnderstood(sentence)


def cuts_eu(text: str, between: str, body: str) -> tuple[str, str]:
    text = re.sub(rf"^{NOUN}‘", "", text)
    pairs = [(text[: m.start()], text[m.end() :]) for m in re.finditer(between, text)]
    fitting = [pair for pair in pairs if len(standing(body, pair[0])) == 1]
    if len(fitting) != 1:
        raise NotUnderstood(f"{text}: {len(fitting)} readings")
    return fitting[0]


def replace_eu(reading: Reading, found: re.Match[str]) -> None:
    at = reading.words_of(cited_eu(reading.law, found[1]))
    reading.replace(at, *cuts_eu(found[2], rf"’ (?:is|are) replaced by {NOUN}‘", reading.law.clauses[at].body))


def omit_eu(reading: Reading, found: re.Match[str]) -> None:
    reading.delete(reading.words_of(cited_eu(reading.law, found[1])), found[2])


def insert_eu(reading: Reading, found: re.Match[str]) -> None:
    at = reading.words_of(cited_eu(reading.law, found[1]))
    words, new = cuts_eu(found[3], rf"’, {NOUN}‘", reading.law.clauses[at].body)
    reading.insert(at, words, new, before=found[2] == "before")


def end_eu(reading: Reading, found: re.Match[str]) -> None:
    reading.append(reading.words_of(cited_eu(reading.law, found[1])), found[2])


def restate_eu(reading: Reading, found: re.Match[str]) -> None:
    reading.restate(cited_eu(reading.law, found[1]), found[2], with_label=False)


def repeal_eu(reading: Reading, found: re.Match[str]) -> None:
    reading.repeal(cited_eu(reading.law, found[1]))


def add_eu(reading: Reading, found: re.Match[str]) -> None:
    where, cited, name, text = found.groups()
    name, of_paragraph = name.removesuffix(" of a paragraph"), name.endswith(" of a paragraph")
    noun, _, number = re.fullmatch(r"(set-out text|quoted text|front matter|[A-Za-z-]+?)(s?)(?: (.+))?", name).groups()  # type: ignore[union-attr]
    number = re.split(" to | and |, ", number or "")[0].strip("()")
    kind = WORDS[noun] if number else {"paragraph": Kind.INDENT, "subparagraph": Kind.INDENT}.get(noun, WORDS[noun])
    law = reading.law
    other = cited_eu(law, cited) if cited else None
    if noun == "point" and other and not of_paragraph:
        kind = point_kind(law.clauses[other.at].kind, beside=where in ("after", "before") and other.part == "whole")
    if where is None or where == "in":
        reading.add(law.by_number(kind, number, other.at if other else None), text, kind, bare=noun == "subheading")
    else:
        reading.add(spot(law, where, cited, cited_eu), text, kind, bare=noun == "subheading")


def point_kind(kind: Kind, beside: bool) -> Kind:
    """`point (a)` beside a point is one like it; inside a point it is a sub-point; else a point."""
    if beside:
        return kind if kind in (Kind.POINT, Kind.SUBPOINT) else Kind.POINT
    return Kind.SUBPOINT if kind is Kind.POINT else Kind.POINT


def renumber_eu(reading: Reading, found: re.Match[str]) -> None:
    numbers = re.fullmatch(r"[A-Za-z-]+ \(?([^()]+?)\)?(?: to \(?([^()]+?)\)?)?", found[3])
    assert numbers, found[3]
    first = re.sub(r"\b(Article|Part|Section|Chapter|Subchapter|paragraph|[Pp]oint)s ", r"\1 ", found[1])
    reading.renumber(cited_eu(reading.law, first).at, numbers[1], found[2] or "")


def move_eu(reading: Reading, found: re.Match[str]) -> None:
    reading.move(cited_eu(reading.law, found[1]), spot(reading.law, found[2], found[3], cited_eu))

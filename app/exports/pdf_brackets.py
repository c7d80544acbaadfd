"""PDF of a text with what is open about it in brackets, each with the amendments and institutions behind it."""

from collections.abc import Iterable, Iterator, Sequence

from app.domain.clauses import Kind
from app.domain.reading import parse
from app.exports import pdf
from app.exports.bracketed import Bracketed, Group, Note, Side
from app.exports.document import Line
from app.exports.inline import Piece, pieces, shown, words
from app.exports.pdf_law import Block, block, blocks
from app.exports.pdf_notes import described
from app.exports.pdf_pieces import Said, emphasised, marked, said, told
from app.exports.pdf_words import PrintedWords, printed_words


def brackets(value: Bracketed) -> bytes:
    document = value.document
    say = printed_words(document.language)
    found = list(_blocks(value, say))
    open_ones = [one for one in document.amendments if one.number in value.numbers()]
    legend = [[*_base([say.text])], [*_proposed("A1", [say.proposal])]] if open_ones else [list(said(say.nothing_open))]
    behind = (say.proposals, [described(one) for one in open_ones])
    return pdf.law(document, found, heading=_title(value, say), legend=legend, behind=behind)


def _blocks(value: Bracketed, say: PrintedWords) -> Iterator[Block]:
    yield from _behind(value.behind.get("", ()), 0, say)
    lines = value.document.lines
    titled = pdf.behind_title(value.document)
    if len(titled) < len(lines):
        yield from _behind(value.behind.get(lines[0].clause_id, ()), 0, say)
    for line, made in blocks(titled):
        has_brackets = line.clause_id in value.groups or line.clause_id in value.at
        yield {**block(line, made.get("level", 0), _words(value, line, say))} if has_brackets else made
        yield from _behind(value.behind.get(line.clause_id, ()), line.indent, say)


def _title(value: Bracketed, say: PrintedWords) -> list[Said]:
    first = next(iter(value.document.lines), None)
    if first is None or first.kind is not Kind.TITLE or first.clause_id not in {*value.groups, *value.at}:
        return pdf.title(value.document)
    return _words(value, first, say)


def _words(value: Bracketed, line: Line, say: PrintedWords) -> list[Said]:
    """The words of a clause with brackets around what is contested, and what is proposed for it as a whole."""
    found = list(_in_brackets(line, value.groups.get(line.clause_id, ()), say))
    for note in value.at.get(line.clause_id, ()):
        found += [" ", *_note(note, say)]
    return found


def _in_brackets(line: Line, groups: Sequence[Group], say: PrintedWords) -> Iterator[Said]:
    cuts = sorted({edge for group in groups for edge in (group.start, group.end)})
    found = pieces(line, cuts)
    at, is_glued = 0, False
    for group in groups:
        yield from _between(found, at, group.start)
        if is_glued and at == group.start and not group.before:
            yield " "
        yield from said(group.before)
        if line.new_body[group.start : group.end].strip():
            yield from _base(_between(found, group.start, group.end))
            yield " "
        yield from _sides(group.sides, line.kind, say)
        yield from said(group.after)
        at, is_glued = group.end, not group.after
    yield from _between(found, at, len(line.new_body) + 1)


def _between(found: Iterable[Piece], start: int, end: int) -> list[Said]:
    return marked(one for one in found if start <= one.start < end)


def _sides(sides: Sequence[Side], kind: Kind, say: PrintedWords) -> Iterator[Said]:
    for at, side in enumerate(sides):
        if at:
            yield " "
        names = ", ".join(map(str, side.by))
        yield from _proposed(names, told(shown(side.text, kind)) or [[say.without_these_words, "i"]])


def _base(inside: Iterable[Said]) -> Iterator[Said]:
    yield ["[", "b"]
    yield from inside
    yield ["]", "b"]


def _proposed(names: str, inside: Iterable[Said]) -> Iterator[Said]:
    yield from said(f"[{names}: ", "b")
    yield from inside
    yield ["]", "b"]


def _note(note: Note, say: PrintedWords) -> Iterator[Said]:
    kind = "first" if note.kind == "move" and not note.human else note.kind
    deed = say.notes[kind].format(unit=note.human)
    names = ", ".join(map(str, note.by))
    yield from _proposed(names, [[deed, "i"], *([" ", *emphasised(note.text)] if note.text else [])])


def _behind(notes: Sequence[Note], indent: int, say: PrintedWords) -> Iterator[Block]:
    """What is to come behind a clause: of a new one each of its clauses in a line of its own."""
    for note in notes:
        opening, *rest = _lines(note, say)
        for at, one in enumerate((opening, *rest)):
            closed: list[Said] = [*one, ["]", "b"]] if at == len(rest) else one
            yield {"as": "clause", "indent": min(indent, 5), "number": [], "wide": False, "words": closed}


def _lines(note: Note, say: PrintedWords) -> list[list[Said]]:
    if note.kind != "insert":
        return [list(_note(note, say))[:-1]]
    names = ", ".join(map(str, note.by))
    opening: list[Said] = [*said(f"[{names}: ", "b"), [say.notes["insert"], "i"]]
    found = [_clause(clause.label, words(clause.body, clause.kind)) for clause in parse(note.text).clauses]
    first, *others = [one for one in found if one] or [[]]
    return [[*opening, " ", *first], *others]


def _clause(label: str, body: str) -> list[Said]:
    return list(said(" ".join(part for part in (words(label), body.strip()) if part)))

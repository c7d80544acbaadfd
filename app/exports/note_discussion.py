"""How far the group came: how much is agreed, which objections remain, what is to be printed with the text."""

from collections import Counter
from collections.abc import Iterable, Iterator

from app.domain.agreement import State
from app.domain.scale import Meaning
from app.exports.document import Document, Party, Stated
from app.exports.note_words import NoteWords
from app.exports.paper import Block, Item, Paragraph
from app.exports.record_blocks import BULLET, escaped

STANDING = ("counts", "in_part")
Words = tuple[str, str, Party | None, str]
"""A reservation or an explanation: its kind, the clause, whose it is, what it says."""
COUNTED = (State.AGREED, State.AD_REFERENDUM, State.CONTESTED)


def discussion(document: Document, attached: Iterable[Words], words: NoteWords) -> Iterator[Block]:
    yield Paragraph(_reached(document, words))
    yield from _objections(document, words)
    yield from _reservations(document, list(attached), words)


def _reached(document: Document, words: NoteWords) -> str:
    """As the board counts: a heading about which nothing is said waits for nobody."""
    states = {one.clause_id: one.state for one in document.reached if one.clause_id is not None}
    counted = [line.clause_id for line in document.text() if line.clause_id in states or not line.level]
    found = Counter(states.get(clause_id, State.OPEN) for clause_id in counted)
    agreed, provisional, contested = (found[state] for state in COUNTED)
    other = len(counted) - agreed - provisional - contested
    return words.reached.format(
        total=len(counted), agreed=agreed, ad_referendum=provisional, contested=contested, other=other
    )


def _objections(document: Document, words: NoteWords) -> Iterator[Block]:
    if document.attribution == "unattributed":
        yield Paragraph(words.objection_count.format(count=_taken(document, Meaning.OBJECTS)))
        return
    found = list(_stating(document, Meaning.OBJECTS))
    yield Paragraph(f"{words.objections}{'' if found else f' {words.none}'}")
    for one in found:
        who = f"; {escaped(str(one.party))}" if one.party else ""
        yield Item(BULLET, words.objection.format(unit=escaped(_unit(one, words))) + who)
        yield from _quoted(one.reason)
        answers = [f"{words.answered}: {reply.text}" for reply in one.replies if reply.text.strip()]
        yield from (Item("", answer, 0) for answer in answers or [words.unanswered])


def _reservations(document: Document, attached: list[Words], words: NoteWords) -> Iterator[Block]:
    if document.attribution == "unattributed":
        count = _taken(document, Meaning.RESERVED) + len(attached)
        yield Paragraph(f"{words.reservations} {words.count.format(count=count)}")
        return
    said: list[Words] = [
        ("reserved", _unit(one, words), one.party, one.reason) for one in _stating(document, Meaning.RESERVED)
    ]
    yield Paragraph(f"{words.reservations}{'' if attached or said else f' {words.none}'}")
    for kind, unit, party, text in (*attached, *said):
        who = f"; {escaped(str(party))}" if party else ""
        yield Item(BULLET, f"{escaped(unit)}: {words.kinds_of_words[kind]}{who}")
        yield from _quoted(text)


def _stating(document: Document, meaning: Meaning) -> Iterator[Stated]:
    """The positions of a meaning that stand, in the order of the text."""
    for one in document.positions:
        if one.step is not None and one.step.meaning is meaning and one.standing in STANDING:
            yield one


def _taken(document: Document, meaning: Meaning) -> int:
    """On how many clauses and amendments a seat that counts says so."""
    steps = {step.number for step in document.scale if step.meaning is meaning}
    return sum(any(number in steps and count for number, count in one.counts) for one in document.reached)


def _unit(one: Stated, words: NoteWords) -> str:
    """What a position is about; the whole text is the draft."""
    return f"A{one.amendment}" if one.amendment is not None else one.human or words.draft


def _quoted(text: str) -> Iterator[Block]:
    yield from (Item("", line, 1) for line in text.splitlines() if line.strip())

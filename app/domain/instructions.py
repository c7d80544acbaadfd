"""Amending instructions, derived from a difference: what an amending act or an amendment list would say.

The law these sentences keep: read against the old law they give the new one. Every citation and every quotation is to
the old law as it stood, so the sentences take effect together. First words are changed and units restated, then units
move, then what is repealed goes (not what moved out of it), then new units come, several at one place in the order of
their sentences, then numbers change. Words are set off by one space, and by none before a closing mark.
Moves are said as moves, not as repeal and addition, because a draft is amended before it is law and the words stay.
Templates: domain notes, section 1.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.clauses import Clause, Kind
from app.domain.compare import Comparison
from app.domain.instructing.citing import Part, Role, Target, Units
from app.domain.instructing.derivation import Instructing
from app.domain.instructing.english_eu import EuropeanUnion
from app.domain.instructing.english_uk import UnitedKingdom
from app.domain.instructing.kyrgyz import Kyrgyz
from app.domain.instructing.orders import Add, Move, Order, Placed, Renumber, Repeal, Restate, Reword, Where, inside
from app.domain.instructing.russian import Russian
from app.domain.instructing.wording import Deed


class Style(StrEnum):
    """Whose way of writing."""

    UK = "en-uk"
    EU = "en-eu"
    RU = "ru"
    KY = "ky"


class Operation(StrEnum):
    """What an instruction does."""

    REPLACE_WORDS = "replace_words"
    DELETE_WORDS = "delete_words"
    INSERT_WORDS = "insert_words"
    RESTATE = "restate"
    RETITLE = "retitle"  # a heading is restated
    ADD_UNIT = "add_unit"
    REPEAL_UNIT = "repeal_unit"
    RENUMBER = "renumber"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One sentence. `old` and `new` are the positions of the clause it is about (of several: of the first).

    `article` opens the list of an article's changes (`in Article 13—`), `inside` is what stands in that list; both are
    empty where the instruction is not about the inside of one article.
    """

    operation: Operation
    sentence: str
    old: int | None
    new: int | None
    article: str = ""
    inside: str = ""
    alone: str = ""  # the sentence as one entry of a list: no capital, no full stop
    style: Style = Style.UK


class Voice(Protocol):
    """A way of writing instructions."""

    by_number: bool
    block_ends: str

    def say(self, order: Order) -> str: ...
    def cite(self, target: Target, role: Role = Role.SUBJECT) -> str: ...
    def group(self, article: Target) -> str: ...
    def opening(self, title: str) -> str: ...
    def listed(self, place: int) -> str: ...


VOICES: dict[Style, Voice] = {
    Style.UK: UnitedKingdom(),
    Style.EU: EuropeanUnion(),
    Style.RU: Russian(),
    Style.KY: Kyrgyz(),
}


def instructions(
    old: Sequence[Clause], new: Sequence[Clause], comparison: Comparison, style: Style
) -> tuple[Instruction, ...]:
    """The instructions that turn the old law into the new, in the order of the old law."""
    voice = VOICES[style]
    placed = Instructing(old, new, comparison, voice.by_number).run()
    return tuple(_instruction(voice, style, one) for one in placed)


def opening(title: str, style: Style) -> str:
    """The words before a list of instructions: `The Fees Act is amended as follows—`."""
    return VOICES[style].opening(title)


def cite(clauses: Sequence[Clause], at: int, style: Style, role: Role = Role.SUBJECT) -> str:
    """How the clause at this position is cited: `Article 13(1)(2)(a)`, «подпункт «а» пункта 2 части 1 статьи 13».

    Russian has no ending of its own for an origin (it takes the genitive), Kyrgyz none for object and means here (its
    sentences are in the passive, so the nominative stands); English shows no role.
    """
    return VOICES[style].cite(Units(clauses).target(at), role)


def grouped(made: Sequence[Instruction]) -> tuple[str, ...]:
    """The entries of an amendment list: several changes in one article become one entry with a list of its own."""
    entries: list[list[Instruction]] = []
    for one in made:
        if entries and one.article and entries[-1][0].article == one.article:
            entries[-1].append(one)
        else:
            entries.append([one])
    return tuple(_entry(entry) for entry in entries)


def _entry(entry: Sequence[Instruction]) -> str:
    if len(entry) == 1:
        return entry[0].alone
    voice = VOICES[entry[0].style]
    lines = [f"{voice.listed(place)}{one.inside}" for place, one in enumerate(entry)]
    return "\n".join([entry[0].article, *(f"{line};" for line in lines[:-1]), lines[-1]])


def _instruction(voice: Voice, style: Style, placed: Placed) -> Instruction:
    order = placed.order
    said = voice.say(order)
    is_block = isinstance(order, Add) or (isinstance(order, Restate) and order.target.part is Part.WHOLE)
    sentence = said[0].upper() + said[1:] + (voice.block_ends if is_block else ".")
    article = _article(order)
    return Instruction(
        _operation(order),
        sentence,
        placed.old,
        placed.new,
        voice.group(article) if article else "",
        voice.say(inside(order)) if article else "",
        said,
        style,
    )


def _article(order: Order) -> Target | None:
    """The article inside which an order does everything it does."""
    targets = [order.target] if isinstance(order, Reword | Restate | Repeal | Move) else []
    targets += [order.place.target] if isinstance(order, Add | Move) and order.place.target else []
    targets += [order.first] if isinstance(order, Renumber) else []
    articles = {target.steps[0] for target in targets}
    into = isinstance(order, Add) and order.place.where in (Where.BY_NUMBER, Where.AT_END)
    within = into or all(len(target.steps) > 1 or target.part in (Part.HEADING, Part.OPENING) for target in targets)
    if len(articles) != 1 or not within or not targets:
        return None
    first = articles.pop()
    return Target((first,)) if first.kind is Kind.ARTICLE else None


def _operation(order: Order) -> Operation:
    if isinstance(order, Reword):
        return {Deed.REPLACE: Operation.REPLACE_WORDS, Deed.DELETE: Operation.DELETE_WORDS}.get(
            order.wording.deed, Operation.INSERT_WORDS
        )
    if isinstance(order, Restate):
        return Operation.RETITLE if order.target.part is Part.HEADING else Operation.RESTATE
    operations: dict[type[Order], Operation] = {
        Repeal: Operation.REPEAL_UNIT,
        Add: Operation.ADD_UNIT,
        Renumber: Operation.RENUMBER,
        Move: Operation.MOVE,
    }
    return operations[type(order)]

"""The amending act: a version as instructions that make it out of its base, in English, Russian or Kyrgyz.

The act is written in its own language and quotes the law in the document's. Which clause is which is known by clause
ids, so nothing is guessed. Quoted words stand as they do in the source, marks of emphasis too: they are what is meant.
What the law's file says about itself at its head is no law, and not amended.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.domain.clauses import Clause, Kind
from app.domain.edits import Law
from app.domain.front_matter import BadFrontMatter, read_front_matter
from app.domain.instructions import Instruction, Operation, instructions, opening
from app.domain.known import compare_known
from app.exports.act_words import ActWords, Called
from app.exports.document import Document
from app.exports.inline import words

_PARAGRAPHS = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
IN_FORCE = "in force"
"""What a law's file has as its `status` when the law is in force."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is ordered, and the paragraphs that it quotes below: a whole unit begins a paragraph of its own."""

    said: str
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the list; below it stand `parts` where several changes are made in one article."""

    sentence: Sentence
    parts: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """An amending act. Sentences have no mark behind them; the last one gets `ending`. `is_law`: it is a law with
    articles of its own, which amends one in force."""

    words: ActWords
    called: Called
    title: str
    opening: str
    entries: tuple[Entry, ...]
    ending: str
    is_law: bool


def act(document: Document, said: ActWords) -> Act:
    """The act that makes a document out of its base."""
    old, new = _law(document.base_clauses), _law(document.clauses)
    made = instructions(tuple(old.values()), tuple(new.values()), compare_known(old, new), said.style)
    is_law = _is_in_force(document.base_clauses)
    called = said.enacted if is_law else said.listed
    name = said.quote(_title(old) or words(document.title))
    return Act(
        said,
        called,
        called.title.format(title=name),
        opening(called.law.format(title=name), said.style),
        tuple(_entries(made, said)),
        _ending(made),
        is_law,
    )


def _law(clauses: Law) -> Law:
    return {clause_id: clause for clause_id, clause in clauses.items() if clause.kind is not Kind.FRONT_MATTER}


def _is_in_force(law: Law) -> bool:
    first = next(iter(law.values()), None)
    if first is None or first.kind is not Kind.FRONT_MATTER:
        return False
    try:
        return str(read_front_matter(first.source).get("status", "")).replace("_", " ") == IN_FORCE
    except BadFrontMatter:
        return False


def _title(law: Law) -> str:
    """The name of the law as it stood."""
    found: Iterator[Clause] = (clause for clause in law.values() if clause.kind is Kind.TITLE)
    return next((words(clause.body) for clause in found if clause.body), "")


def _entries(made: Sequence[Instruction], said: ActWords) -> Iterator[Entry]:
    """Neighbouring changes in one article are one item with a list of its own."""
    for article, those in groupby(made, key=lambda one: one.article):
        found = list(those)
        if article and len(found) > 1:
            yield Entry(Sentence(article), tuple(_sentence(one, one.inside, said) for one in found))
        else:
            yield from (Entry(_sentence(one, one.alone, said)) for one in found)


def _sentence(one: Instruction, text: str, said: ActWords) -> Sentence:
    found = said.unit.fullmatch(text) if one.operation in (Operation.ADD_UNIT, Operation.RESTATE) else None
    if found is None:
        first, *rest = _PARAGRAPHS.split(text)
        return Sentence(first, tuple(rest))
    return Sentence(found[1], tuple(_PARAGRAPHS.split(found[2])))


def _ending(made: Sequence[Instruction]) -> str:
    """What the last sentence ends with: in English nothing behind a quoted unit."""
    return made[-1].sentence[len(made[-1].alone) :] if made else ""

"""What parts mean that somebody typed: targets named by their numbers, pasted clauses as the law writes its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.edits import Law
from app.domain.errors import Invalid
from app.domain.named import named
from app.domain.parts import LONGEST_TEXT, Part, UnusablePart, name_of
from app.domain.pasting import Cleaning, as_typed, indents_of
from app.services.showing import citations
from app.store.drafts import Draft

MOST_PARTS = 500


@dataclass(frozen=True, slots=True)
class Meant:
    """A part as it is meant, and what was done to text that came from a word processor."""

    part: Part
    notes: tuple[Cleaning, ...] = ()


class NamesNoClause(Invalid):
    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}” names no clause of this text: type its number, for instance 13(2).")


class TooManyParts(Invalid):
    def __init__(self) -> None:
        super().__init__(f"An amendment may have {MOST_PARTS} parts.")


def meant(law: Law, draft: Draft, parts: Sequence[Part]) -> tuple[Meant, ...]:
    """The parts with the clauses that their targets name, and with new clauses cleaned where they were pasted.

    Raises NamesNoClause, UnusablePart, TooManyParts.
    """
    if len(parts) > MOST_PARTS:
        raise TooManyParts
    found = []
    for number, part in enumerate(parts, 1):
        try:
            found.append(_meant(law, draft, part))
        except NamesNoClause as refusal:
            if len(parts) == 1 or part.clause_id not in law:
                raise
            raise UnusablePart(number, name_of(law[part.clause_id]), str(refusal)) from refusal
    return tuple(found)


def clause_called(law: Law, draft: Draft, typed: str) -> str:
    """The clause that somebody names: by its id, as pages cite it, or as people do. Raises NamesNoClause."""
    if typed in law:
        return typed
    cited = citations(list(law.values()))
    at = cited.index(typed) if cited.count(typed) == 1 else named(list(law.values()), typed, draft.language)
    if at is None:
        raise NamesNoClause(typed)
    return list(law)[at]


def _meant(law: Law, draft: Draft, part: Part) -> Meant:
    target = clause_called(law, draft, part.target) if part.operation == "move" and part.target else None
    part = replace(part, target=target)
    if part.operation != "insert" or "\0" in part.text or len(part.text) > LONGEST_TEXT:  # refused later
        return Meant(part)
    clean = as_typed(part.text, lambda: indents_of(law.values(), law.get(part.clause_id)))
    return Meant(replace(part, text=clean.text), clean.notes)

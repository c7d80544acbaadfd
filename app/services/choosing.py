"""What a facilitator chose to merge and how collisions are settled; what that makes of the latest text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.edits import Amendment
from app.domain.merge import Merged, Settlement, merge
from app.services.amending import Table


@dataclass(frozen=True, slots=True)
class Settled:
    """How a collision is settled: `base`, `own` (with `own_words`), or the number of a side's amendment."""

    choice: str
    own_words: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the facilitator chose: amendments by number, settlements by the collision's key, and whether the numbers of
    the law shall run on."""

    amendments: frozenset[int]
    settlements: Mapping[str, Settled]
    renumber: bool = False


def merge_chosen(on_table: Table, chosen: Sequence[Amendment], choice: Choice) -> Merged:
    return merge(on_table.text.law, chosen, settlements_of(choice), {one.id: one.origins for one in on_table.stored})


def settlements_of(choice: Choice) -> dict[str, Settlement]:
    """The settlements as merging takes them, by the collision's key."""
    return {key: _settlement(settled) for key, settled in choice.settlements.items()}


def _settlement(settled: Settled) -> Settlement:
    if settled.choice == "base":
        return Settlement()
    if settled.choice == "bracket":
        return Settlement(bracket=True)
    if settled.choice == "own":
        return Settlement(words=settled.own_words.replace("\r\n", "\n"))
    return Settlement(amendment=f"A{settled.choice}")

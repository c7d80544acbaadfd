"""What a facilitator chose to merge and how collisions are settled; what that makes of the latest text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.edits import Amendment
from app.domain.merge import Collision, Merged, Settlement, merge
from app.domain.provenance import Origins
from app.services.amending import Table
from app.services.indexes import index_of
from app.services.texts import IssuedText
from app.store.amendments import key_of, number_of

BASE, OWN, BRACKET = "base", "own", "bracket"


@dataclass(frozen=True, slots=True)
class Settled:
    """How a collision is settled: `base`, `own` (with `own_words`), `bracket`, or the number of a side's amendment;
    `also` are the numbers of sides that stand together with that one."""

    choice: str
    own_words: str = ""
    also: tuple[int, ...] = ()

    @property
    def number(self) -> int | None:
        """The amendment it is settled by."""
        return int(self.choice) if self.choice.isdecimal() else None

    def facts(self) -> list[object]:
        """As the record keeps it."""
        return [self.choice, self.own_words, list(self.also)]

    @classmethod
    def of_facts(cls, choice: str, own_words: str, also: Sequence[int] = ()) -> "Settled":
        """As the record keeps it; one from before the sides beside the chosen one were kept has none."""
        return cls(choice, own_words, tuple(also))


@dataclass(frozen=True, slots=True)
class Choice:
    """What the facilitator chose: amendments by number, settlements by the collision's key, and whether the numbers of
    the law shall run on."""

    amendments: frozenset[int]
    settlements: Mapping[str, Settled]
    renumber: bool = False


NOTHING_CHOSEN = Choice(frozenset(), {})


def merge_chosen(on_table: Table, chosen: Sequence[Amendment], choice: Choice) -> Merged:
    """Merge amendments into the latest text. Raises UnusableSettlement."""
    return _merge(on_table, chosen, choice.settlements)


def completed(on_table: Table, choice: Choice) -> Choice:
    """The choice with those amendments too that a collision is settled by and that were not chosen: counter-texts that
    are offered beside the sides. The collision is another one then, and settled by it."""
    new = {number for one in choice.settlements.values() if (number := _new(on_table, choice, one)) is not None}
    if not new:
        return choice
    usable = {key: one for key, one in choice.settlements.items() if _new(on_table, choice, one) is None}
    before = _merge(on_table, _chosen(on_table, choice.amendments), usable)
    asked = {met.key: choice.settlements[met.key] for met in before.collisions if met.key in choice.settlements}
    wanted = {one.number for one in asked.values()} & new
    if not wanted:
        return choice
    amendments = choice.amendments | {number for number in wanted if number is not None}
    after = _merge(on_table, _chosen(on_table, amendments), usable)
    settled = dict(_settled_by(after.collisions, wanted, usable))
    if not wanted <= {one.number for one in settled.values()}:
        return choice  # it settles nothing: merging says so
    return replace(choice, amendments=amendments, settlements={**usable, **settled})


def chosen_of(on_table: Table, choice: Choice) -> list[Amendment]:
    """The chosen amendments that are still on the table."""
    return _chosen(on_table, choice.amendments)


def settlements_of(choice: Choice) -> dict[str, Settlement]:
    """The settlements as merging takes them, by the collision's key."""
    return {key: _settlement(settled) for key, settled in choice.settlements.items()}


def _new(on_table: Table, choice: Choice, settled: Settled) -> int | None:
    number = settled.number
    return number if number in on_table.mergeable and number not in choice.amendments else None


def _settled_by(
    collisions: Iterable[Collision], numbers: Iterable[int | None], settlements: Mapping[str, Settled]
) -> Iterator[tuple[str, Settled]]:
    for met in collisions:
        sides = {number_of(key) for side in met.sides for key in side.amendments}
        by = [number for number in numbers if number in sides]
        if by and met.key not in settlements:
            yield met.key, Settled(str(by[0]))


def _chosen(on_table: Table, numbers: Iterable[int]) -> list[Amendment]:
    return [on_table.mergeable[number] for number in sorted(numbers) if number in on_table.mergeable]


def _merge(on_table: Table, chosen: Sequence[Amendment], settlements: Mapping[str, Settled]) -> Merged:
    made = {key: _settlement(settled) for key, settled in settlements.items()}
    return merge(on_table.text.law, chosen, made, OriginsOf(on_table.issued), index_of(on_table.issued))


def _settlement(settled: Settled) -> Settlement:
    if settled.choice == BASE:
        return Settlement()
    if settled.choice == BRACKET:
        return Settlement(bracket=True)
    if settled.choice == OWN:
        return Settlement(words=settled.own_words.replace("\r\n", "\n"))
    return Settlement(amendment=key_of(int(settled.choice)), also=tuple(map(key_of, settled.also)))


class OriginsOf(Mapping[str, Origins]):
    """Where the words of every clause of a text come from, looked up where it is asked for."""

    def __init__(self, text: IssuedText) -> None:
        self._text = text
        self._places = index_of(text).places

    def __getitem__(self, clause_id: str) -> Origins:
        return self._text.stored[self._places[clause_id]].origins

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

"""The citations of a law's own units in one body of text: parts joined (`point 1 of paragraph 2 of Article 7`), those
of other laws left out.

Better a citation missed than one wrongly claimed: where the words leave open whose unit is meant, none is claimed.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from app.domain.citations.groups import NEVER, Group, Groups, Number
from app.domain.citations.words import ARTICLE, BRACKETED, REACH, SENTENCE, Citation, Grammar, Item, Step

QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]|\"[^\"]*\"")
SENTENCE_END = re.compile(r"[.;!?]\s+(?=[^\W\d_a-zа-я])|;\s")


class Whose(Enum):
    """Whose unit a citation names."""

    OWN = "own"  # said in words: of this Law
    PLAIN = "plain"  # nothing said: this law's
    OTHER = "other"  # another law's, or left open


@dataclass(frozen=True, slots=True)
class _Chain:
    """Groups that make one citation, in the order of the text; `larger` are its outer units when it shares those of
    its neighbour (`part 1 and part 2 of Article 7`)."""

    groups: tuple[Group, ...]
    down: bool = False
    whose: Whose = Whose.PLAIN
    larger: tuple[Step, ...] = ()

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def inward(self) -> tuple[Group, ...]:
        """The groups, outermost first."""
        return tuple(sorted(self.groups, key=lambda group: group.unit.level))

    @property
    def top(self) -> int:
        return min(group.unit.level for group in self.groups)

    @property
    def depth(self) -> int:
        """The level of its last unit; a sentence is passed over, for German has it before the number (Satz 1 Nr. 2)."""
        return max((group.unit.level for group in self.groups if group.unit is not SENTENCE), default=ARTICLE.level)

    @property
    def complete(self) -> bool:
        """Whether it names its article, or *this* one."""
        return self.top <= ARTICLE.level or bool(self.larger) or any(not group.numbers for group in self.groups)


def cite(body: str, grammar: Grammar) -> tuple[Citation, ...]:
    """The citations of this law's own units in a body, in order."""
    groups = list(_reader(grammar).groups.find(body))
    return _reader(grammar).citations(body, groups) if groups else ()


@lru_cache(maxsize=32)
def _reader(grammar: Grammar) -> "_Reader":
    return _Reader(grammar)


class _Reader:
    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.groups = Groups(grammar)
        self.up, self.down = _pattern(rf"\)?(?:{grammar.up or NEVER})"), _pattern(rf"\)?(?:{grammar.down or NEVER})")
        self.inner_behind, self.outer_behind = _pattern(grammar.inner_behind), _exact(grammar.outer_behind)
        self.inner_before = _pattern(rf"(?:{grammar.inner_before})$" if grammar.inner_before else "")
        self.outer_before = _exact(rf"(?:{grammar.outer_before})$" if grammar.outer_before else "")
        self.apart = _pattern(grammar.apart)
        conjunctions, words = grammar.conjunctions or NEVER, grammar.prepositions or NEVER
        self.joined = _pattern(
            rf"\)?(?:\s*,\s*(?:(?:{conjunctions})\s+)?|\s+(?:{conjunctions})\s+)(?:(?:{words})\s*){{0,2}}"
        )

    def citations(self, body: str, groups: list[Group]) -> tuple[Citation, ...]:
        chains = [replace(chain, whose=self._whose(body, chain)) for chain in self._chains(body, groups)]
        chains = self._with_neighbours(body, chains)
        chains = self._with_antecedents(body, chains)
        quoted = [match.span() for match in QUOTED.finditer(body)] if chains else []
        return tuple(
            _citation(chain)
            for chain in chains
            if chain.whose is not Whose.OTHER and not _within(chain, quoted) and any(g.numbers for g in chain.groups)
        )

    def _chains(self, body: str, groups: list[Group]) -> list[_Chain]:
        """Groups joined where the words between them join them."""
        chains: list[_Chain] = []
        for index, group in enumerate(groups):
            if (
                chains
                and self._goes_down(body, chains[-1], group)
                and not self._belongs_on(body, groups, index, chains)
            ):
                chains[-1:] = _narrowed(chains[-1], group)
            elif chains and self._goes_up(body, chains[-1], group):
                chains[-1] = _widened(chains[-1], group)
            else:
                chains.append(_Chain((group,)))
        return chains

    def _goes_down(self, body: str, chain: _Chain, group: Group) -> bool:
        last = chain.groups[-1]
        if (len(chain.groups) > 1 and not chain.down) or group.unit.level <= chain.depth or group.other:
            return False
        gap = body[last.end : group.start]
        if len(gap) > 12 or not self.down.fullmatch(gap) or not group.numbers:
            return False
        return "," not in gap or (last.unit.level >= ARTICLE.level and not self.apart.match(body, group.end))

    def _belongs_on(self, body: str, groups: list[Group], index: int, chains: list[_Chain]) -> bool:
        """Whether a unit behind a comma belongs to the larger one behind it: `Article 5, paragraph 2 of Article 7`."""
        if "," not in body[chains[-1].end : groups[index].start] or index + 1 == len(groups):
            return False
        return self._goes_up(body, _Chain((groups[index],)), groups[index + 1])

    def _goes_up(self, body: str, chain: _Chain, group: Group) -> bool:
        last = chain.groups[-1]
        if chain.down or group.unit.level >= last.unit.level or not last.numbers:
            return False
        between = body[last.end : group.start]
        if not group.numbers:  # the words `this` or `that` stand between
            between = self.groups.without_pointer(between)
        return len(between) < 16 and self.up.fullmatch(between) is not None

    def _whose(self, body: str, chain: _Chain) -> Whose:
        if any(group.other for group in chain.groups) or not (chain.complete or all(g.alone for g in chain.groups)):
            return Whose.OTHER
        behind, before = body[chain.end : chain.end + REACH], body[max(0, chain.start - REACH) : chain.start]
        if self.inner_behind.match(behind) or self.inner_before.search(before):
            return Whose.OWN
        if self.outer_behind.match(behind) or self.outer_before.search(before):
            return Whose.OTHER
        if chain.groups[0].owned and not (len(chain.groups) > 1 and chain.groups[0].unit.level > ARTICLE.level):
            return Whose.OTHER
        return Whose.PLAIN

    def _with_neighbours(self, body: str, chains: list[_Chain]) -> list[_Chain]:
        """What neighbours in a list share: the law they cite, and the larger units named only once."""
        for index in range(len(chains) - 2, -1, -1):
            one, other = chains[index], chains[index + 1]
            if self.joined.fullmatch(body, one.end, other.start):
                chains[index] = self._like_next(one, other)
        for index in range(1, len(chains)):
            one, other = chains[index - 1], chains[index]
            if self.joined.fullmatch(body, one.end, other.start):
                chains[index] = self._like_last(one, other)
        return chains

    def _like_next(self, one: _Chain, other: _Chain) -> _Chain:
        alike = one.inward[0].unit is other.inward[0].unit
        if alike and other.whose is Whose.OTHER and one.whose is Whose.PLAIN and self.grammar.outer_behind:
            return replace(one, whose=Whose.OTHER)
        shares = not one.complete and any(group.unit.level == one.top for group in other.groups)
        if shares and other.whose is Whose.OTHER and one.whose is Whose.PLAIN:
            return replace(one, whose=Whose.OTHER)
        if one.complete or one.down or not other.complete or other.top == other.groups[0].unit.level:
            return one
        outer = tuple(step for step in _steps(other) if step.unit.level < one.top)
        if shares:
            return replace(one, larger=outer)
        return replace(one, whose=Whose.OTHER)

    def _like_last(self, one: _Chain, other: _Chain) -> _Chain:
        if not self.grammar.outer_behind or other.groups[0].owned:
            if one.whose is Whose.OTHER and other.whose is Whose.PLAIN:
                return replace(other, whose=Whose.OTHER)
            if one.whose is Whose.OWN and other.groups[0].owned:
                return replace(other, whose=Whose.OWN)
        if other.complete or not one.complete or not (one.down or one.larger):
            return other
        if any(step.unit.level == other.top for step in _steps(one)):
            shared = tuple(step for step in _steps(one) if step.unit.level < other.top)
            return replace(other, larger=shared, whose=one.whose)
        return replace(other, whose=Whose.OTHER)

    def _with_antecedents(self, body: str, chains: list[_Chain]) -> list[_Chain]:
        """A smaller unit alone, where the sentence has named another law before it (in some languages: any article),
        may be a unit of that one: it is not claimed."""
        named = -1
        for index, chain in enumerate(chains):
            if chain.complete:
                if chain.whose is Whose.OTHER or (self.grammar.needs_article and any(g.numbers for g in chain.groups)):
                    named = chain.end
            elif named >= 0 and SENTENCE_END.search(body, named, chain.start):
                named = -1
            elif named >= 0:
                named = chain.start
                chains[index] = replace(chain, whose=Whose.OTHER)
        return chains


def _narrowed(chain: _Chain, group: Group) -> list[_Chain]:
    """A smaller unit joined behind the chain. Behind a list it belongs to the last of it alone, behind a range to
    none of it that could be told."""
    last = chain.groups[-1]
    if len(last.numbers) < 2:
        return [_Chain((*chain.groups, group), True)]
    if last.numbers[-1].ranged:
        return [chain]
    head = replace(last, numbers=last.numbers[:-1], end=last.numbers[-2].end)
    tail = replace(last, numbers=last.numbers[-1:], start=last.numbers[-1].start)
    return [_Chain((*chain.groups[:-1], head), chain.down), _Chain((*chain.groups[:-1], tail, group), True)]


def _widened(chain: _Chain, group: Group) -> _Chain:
    """A larger unit joined behind the chain. A list of larger units leaves open which of them the smaller is of."""
    if len(group.numbers) > 1:
        return _Chain((group,))
    return _Chain((*chain.groups, group))


def _steps_of(group: Group, number: Number | None) -> tuple[Step, ...]:
    if number is None:
        return (Step(group.unit, group.word, None),)
    below = tuple(Step(BRACKETED, "", named) for named in number.below)
    return (Step(group.unit, group.word, number.named), *below)


def _steps(chain: _Chain) -> tuple[Step, ...]:
    """The steps of the last unit a chain cites, outermost first."""
    return (*chain.larger, *(step for group in chain.inward for step in _last_steps(group)))


def _last_steps(group: Group) -> tuple[Step, ...]:
    return _steps_of(group, group.numbers[-1] if group.numbers else None)


def _citation(chain: _Chain) -> Citation:
    """The chain as a citation: an item for each unit of its list, spans apart from each other."""
    listed = max(chain.groups, key=lambda group: (len(group.numbers), group.unit.level))
    level = listed.unit.level
    outer = tuple(step for group in chain.inward if group.unit.level < level for step in _last_steps(group))
    inner = tuple(step for group in chain.inward if group.unit.level > level for step in _last_steps(group))
    items: list[Item] = []
    for index, number in enumerate(listed.numbers):
        start = chain.start if index == 0 else number.start
        end = chain.end if index == len(listed.numbers) - 1 else number.end
        steps = (*chain.larger, *outer, *_steps_of(listed, number), *inner)
        items.append(Item(start, end, steps, number.ranged))
    return Citation(chain.start, chain.end, tuple(items))


def _within(chain: _Chain, spans: list[tuple[int, int]]) -> bool:
    """Whether a chain stands inside one of the spans (in order, none overlapping)."""
    at = bisect_left(spans, (chain.start, 0)) - 1
    return at >= 0 and chain.end <= spans[at][1]


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern or NEVER, re.IGNORECASE)


def _exact(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern or NEVER)

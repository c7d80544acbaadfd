"""Consequential changes: the references of a law follow their units when these get other numbers. Nothing is guessed:
what cannot be rewritten surely is reported."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby, pairwise

from app.domain.citations.cited import Cited, by_clause, cited_in, read, units_of, with_number
from app.domain.citations.languages import grammar_of
from app.domain.citations.numbers import written
from app.domain.citations.targets import Place, Unclear, Units
from app.domain.citations.words import ALINEA, ARTICLE, PARAGRAPH, Named, Step
from app.domain.clauses import Kind
from app.domain.diff import WORDS, cuts_a_word
from app.domain.edits import ClauseId, Law, ReplaceWords


class Reason(StrEnum):
    """Why a reference is left for a person."""

    TARGET_DELETED = "target_deleted"  # its unit is not in the new text any more
    RANGE_BROKEN = "range_broken"  # not everything that lay between the ends of a range still does
    TARGET_MOVED = "target_moved"  # its unit stands where these words cannot lead, however numbered
    NO_SURE_WORDING = "no_sure_wording"  # the place writes its number in a way that has no sure form for the new one
    WRITTEN_ANEW = "written_anew"  # new words, whose number names another unit now than it did in the old text


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference of the new text (characters of the clause's body) that a person must look at."""

    clause_id: ClauseId
    start: int
    end: int
    text: str
    reason: Reason


class CannotFollow(Exception):
    """A reference cannot be rewritten."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def consequential(old: Law, new: Law, language: str | None = None) -> tuple[ReplaceWords, ...]:
    """The edits on the new text that make every reference name the unit it named in the old text.

    A reference counts as that of the old text where its words stood in the same clause; new words are left alone.
    """
    return tuple(_follow(old, new, language).edits)


def unresolved(old: Law, new: Law, language: str | None = None) -> tuple[Unresolved, ...]:
    """The references of the new text that `consequential` leaves although their unit is gone, moved or in doubt."""
    return tuple(_follow(old, new, language).left)


def followed(
    old: Law, new: Law, language: str | None = None
) -> tuple[tuple[ReplaceWords, ...], tuple[Unresolved, ...]]:
    """What `consequential` and `unresolved` say, found in one go."""
    following = _follow(old, new, language)
    return tuple(following.edits), tuple(following.left)


Pair = tuple[Cited, Cited | None]
Changes = dict[tuple[int, int], str]  # characters of a body, and what is to stand there


@dataclass(slots=True)
class _Version:
    """One version of the law: its units, and the permanent id at each position."""

    law: Law
    units: Units
    ids: list[ClauseId]
    positions: dict[ClauseId, int]
    cited: dict[int, list[Cited]]


@dataclass(slots=True)
class _Following:
    old: _Version
    new: _Version
    edits: list[ReplaceWords] = field(default_factory=list)
    left: list[Unresolved] = field(default_factory=list)

    def clause(self, at: int) -> None:
        """Follow the references of one clause of the new text."""
        clause_id, cited = self.new.ids[at], self.new.cited[at]
        was = self.old.positions.get(clause_id)
        before = [] if was is None else self.old.cited.get(was, [])
        pairs = self._surely(partners(self.old.units, before, self.new.units, cited), before)
        changes: Changes = {}
        for _, those in groupby(pairs, key=lambda pair: pair[0].citation):
            self._citation(list(those), changes)
        self.edits += edits_of(clause_id, self.new.law[clause_id].body, changes)
        known = {self._old_id(other.target) for other in before}
        for one, partner in pairs:
            if partner is None and self._in_doubt(one, was, known):
                self._leave(one, Reason.WRITTEN_ANEW)

    def _surely(self, pairs: Iterable[Pair], before: Sequence[Cited]) -> list[Pair]:
        """Where a list was shortened or lengthened, a number that names a neighbour's unit may be read either way."""
        if len(before) == len(list(pairs := list(pairs))):
            return pairs
        known = {self._old_id(other.target): other for other in before}
        return [
            (one, None if known.get(self._new_id(one.target), partner) is not partner else partner)
            for one, partner in pairs
        ]

    def _citation(self, pairs: list[Pair], changes: Changes) -> None:
        """The changes to one citation; a number that two of its units need differently is left to a person."""
        wanted: dict[tuple[int, int], set[str]] = {}
        done: list[tuple[Cited, Changes]] = []
        broken = self._broken(pairs)
        for one, partner in pairs:
            if partner is None or partner.target is None:
                continue
            try:
                change = self._changes(one, partner)
                if one in broken and (broken[one] or self._alters(one, change)):
                    raise CannotFollow(Reason.RANGE_BROKEN)
            except CannotFollow as refusal:
                self._leave(one, refusal.reason)
                continue
            done.append((one, change))
            for place, text in change.items():
                wanted.setdefault(place, set()).add(text)
        for one, change in done:
            if any(len(wanted[place]) > 1 for place in change):
                self._leave(one, Reason.TARGET_MOVED)
            else:
                body = self.new.units.clauses[one.clause].body
                changes.update({place: text for place, text in change.items() if body[slice(*place)] != text})

    def _alters(self, one: Cited, change: Changes) -> bool:
        body = self.new.units.clauses[one.clause].body
        return any(body[slice(*place)] != text for place, text in change.items())

    def _broken(self, pairs: list[Pair]) -> dict[Cited, bool]:
        """The ends of ranges that cannot be followed: True where the units between no longer lie between, False where
        one end is new or led nowhere, or the range ran backwards before."""
        broken: dict[Cited, bool] = {}
        for (one, first), (other, last) in pairwise(pairs):
            if other.item.ranged:
                begin, end = first.target if first else None, last.target if last else None
                if not self._between(begin, end):
                    broken[one] = broken[other] = begin is not None and end is not None and begin <= end
        return broken

    def _between(self, first: int | None, last: int | None) -> bool:
        if first is None or last is None or first > last:
            return False
        kind = self.old.units.clauses[first].kind
        inside = [at for at in range(first, last + 1) if self.old.units.clauses[at].kind is kind]
        now = [self.new.positions.get(self.old.ids[at], -1) for at in inside]
        return now[0] >= 0 and all(now[0] <= at <= now[-1] for at in now)

    def _changes(self, one: Cited, partner: Cited) -> Changes:
        """What each number of a reference is to read.

        Raises: CannotFollow.
        """
        target = self.new.positions.get(self._old_id(partner.target) or "")
        if target is None:
            raise CannotFollow(Reason.TARGET_DELETED)
        changes: Changes = {}
        steps: tuple[Step, ...] = one.item.steps
        here: int | None = None
        for step, place in zip(units_of(one.item), partner.places, strict=True):
            here = self._now(place.clause, target, place is partner.places[-1])
            if step.number is not None:
                number = self._renumbered(step, step.number, here, one)
                changes[step.number.start, step.number.end] = number.text
                steps = with_number(steps, step, number)
        if self._leads(steps, one.clause) != target:
            raise CannotFollow(Reason.TARGET_MOVED)
        return changes

    def _now(self, was: int | None, target: int, last: bool) -> int:
        """Where the unit of one step stands now, seen from the target: around it, or one of its kind around it."""
        if last or was is None:
            return target
        around = self.new.units.upward(target)
        same = self.new.positions.get(self.old.ids[was])
        if same in around:
            return same
        kind = self.old.units.clauses[was].kind
        alike = [at for at in around if self.new.units.clauses[at].kind is kind]
        if not alike:
            raise CannotFollow(Reason.TARGET_MOVED)
        return alike[0]

    def _renumbered(self, step: Step, number: Named, at: int, one: Cited) -> Named:
        value = self._number(step, at, one)
        if value == number.value:
            return number
        clause = self.new.units.clauses[at]
        before = self.new.units.clauses[one.clause].body[max(0, number.start - 20) : number.start]
        text = written(number, value, clause.label, step.unit, self.new.units.grammar, before) if value else None
        if text is None:
            raise CannotFollow(Reason.NO_SURE_WORDING)
        return replace(number, text=text, value=value)

    def _number(self, step: Step, at: int, one: Cited) -> str:
        """The number by which a step of that unit leads to a clause of the new text."""
        units = self.new.units
        if step.unit is ALINEA or (step.unit is PARAGRAPH and units.clauses[at].kind is Kind.INDENT):
            above = self._counted_in(step, at)
            lines = units.lines(above) if step.unit is ALINEA else units.unnumbered(above)
            return str(lines.index(at) + 1) if at in lines else ""
        return units.numbers[at]

    def _counted_in(self, step: Step, at: int) -> int:
        """The unit whose lines are counted: the parent, or for the first line of a numbered unit that unit itself."""
        units = self.new.units
        if step.unit is ALINEA and units.grammar.counts_lines:
            return units.article_around(at) or at
        parent = units.parents[at]
        return at if parent is None or units.clauses[at].kind is not Kind.INDENT else parent

    def _leads(self, steps: Sequence[Step], at: int) -> int | None:
        try:
            return self.new.units.places(steps, at)[-1].clause
        except Unclear:
            return None

    def _in_doubt(self, one: Cited, was: int | None, known: set[ClauseId | None]) -> bool:
        """Whether new words name another unit than the same words did in the old text."""
        now = self._new_id(one.target)
        if now is not None and now in known:
            return False
        first = one.item.steps[0]
        if was is None and (first.number is None or first.unit.level > ARTICLE.level):
            return False
        meant = {self._old_id(other.target) for other in read(self.old.units, was or 0, one.citation, one.item)}
        return bool(meant - {None, now})

    def _leave(self, one: Cited, reason: Reason) -> None:
        start, end = one.item.start, one.item.end
        text = self.new.units.clauses[one.clause].body[start:end]
        self.left.append(Unresolved(self.new.ids[one.clause], start, end, text, reason))

    def _old_id(self, at: int | None) -> ClauseId | None:
        return None if at is None else self.old.ids[at]

    def _new_id(self, at: int | None) -> ClauseId | None:
        return None if at is None else self.new.ids[at]


def _follow(old: Law, new: Law, language: str | None) -> _Following:
    following = _Following(_version(old, language), _version(new, language))
    _read_as_before(following.old, following.new)
    for at in following.new.cited:
        following.clause(at)
    return following


def _read_as_before(old: _Version, new: _Version) -> None:
    """Where a clause says the same words, they cite the same units, although other numbers may let them be read
    otherwise now (`21-27` as a range)."""
    for was, cited in old.cited.items():
        at = new.positions.get(old.ids[was])
        if at is not None and new.units.clauses[at].body == old.units.clauses[was].body:
            new.cited[at] = [_reread(new.units, at, one) for one in cited]


def _reread(units: Units, at: int, one: Cited) -> Cited:
    """The same citation where it stands now; it leads nowhere where that is not clear any more."""
    try:
        places = units.places(one.item.steps, at)
    except Unclear:
        places = (Place(one.places[0].step, None),)
    return replace(one, clause=at, places=places)


def partners(before: Units, old: Sequence[Cited], after: Units, new: Sequence[Cited]) -> list[Pair]:
    """Each reference of a clause with the one of the same words in the old wording of that clause, None for new words.

    They are paired by their place where there are as many as before, else by their words where these stand once.
    """

    def says(units: Units, cited: Cited) -> tuple[str, tuple[tuple[str, str], ...]]:
        return units.clauses[cited.clause].body[cited.item.start : cited.item.end], cited.steps

    was, now = [says(before, one) for one in old], [says(after, one) for one in new]
    if len(was) == len(now):
        return [(one, other if a == b else None) for one, other, a, b in zip(new, old, now, was, strict=True)]
    often, by_words = (Counter(was), Counter(now)), dict(zip(was, old, strict=True))
    return [
        (one, by_words[words] if often[0][words] == often[1][words] == 1 else None)
        for one, words in zip(new, now, strict=True)
    ]


def edits_of(clause_id: ClauseId, body: str, changes: Changes) -> list[ReplaceWords]:
    """The changes as edits of whole words: `13` in `13-беренеде` is changed by changing all of `13-беренеде`."""
    edits: list[ReplaceWords] = []
    for (start, end), text in sorted(changes.items()):
        begin, close = _whole_words(body, start, end)
        last = edits[-1] if edits else None
        if last is not None and begin < last.start + len(last.old):
            close = max(close, last.start + len(last.old))
            shift = len(last.new) - len(last.old)
            words = last.new + body[last.start + len(last.old) : close]
            at = start - last.start + shift
            edits[-1] = ReplaceWords(
                clause_id, last.start, body[last.start : close], words[:at] + text + words[at + end - start :]
            )
        else:
            new = body[begin:start] + text + body[end:close]
            edits.append(ReplaceWords(clause_id, begin, body[begin:close], new))
    return edits


def _whole_words(body: str, start: int, end: int) -> tuple[int, int]:
    """The nearest ends that cut no word."""
    low = max(0, start - 200)
    words = [match.span() for match in WORDS.finditer(body, low, min(len(body), end + 200))]
    if cuts_a_word(body, start):
        start = next((begin for begin, close in words if begin < start < close), start)
    if cuts_a_word(body, end):
        end = next((close for begin, close in words if begin < end < close), end)
    return start, end


def _version(law: Law, language: str | None) -> _Version:
    clauses, ids = tuple(law.values()), list(law)
    grammar = grammar_of(clauses, language)
    units = Units(clauses, grammar) if grammar else Units((), grammar_of((), "en"))  # type: ignore[arg-type]
    positions = {clause_id: at for at, clause_id in enumerate(ids)}
    return _Version(law, units, ids, positions, by_clause(cited_in(units)))

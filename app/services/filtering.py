"""Which amendments of a list are wanted, and how many there are of what. Headings tell where in the text they stand."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.lifecycle import OPEN, State
from app.services.gathering import is_contested
from app.services.kept import Kept
from app.services.pages import AmendmentLine, ClauseLine
from app.services.pages_overview import FACETS, Asked, Choice
from app.services.texts import MOST, IssuedText

ON_TABLE = "open"
"""What the filter of states calls all open ones."""
GONE = "gone"
LONGEST_NAME = 60
IN_ORDER = {
    "state": (ON_TABLE, *State),
    "kind": ("amendment", "counter_text"),
    "against": ("agreed", "contested"),
    "deed": ("replace_words", "restate", "insert", "delete", "move", "relabel"),
    "needs_author": ("yes",),
}
Features = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Headings:
    """Where clauses stand: `above` are the places of the headings over a clause, nearest first, itself included."""

    lines: Sequence[ClauseLine]
    places: Mapping[str, int]
    above: Sequence[tuple[int, ...]]

    def over(self, clause_id: str | None) -> tuple[int, ...]:
        at = self.places.get(clause_id or "")
        return () if at is None else self.above[at]

    def chapter_of(self, line: AmendmentLine) -> str:
        """The id of the nearest heading above articles over the first clause it changes; empty where there is none, and
        `GONE` where that clause is no longer in the text."""
        changed = [change.clause_id for change in line.changes]
        places = [at for clause_id in changed if (at := self.places.get(clause_id or "")) is not None]
        if not places:
            return "" if None in changed or not changed else GONE
        over = self.above[min(places)]
        return next((self.lines[at].id for at in over if self.lines[at].kind != "article"), "")

    def named(self, clause_id: str) -> tuple[str, str]:
        """The label of a heading, and its words as HTML."""
        at = self.places.get(clause_id)
        return ("", "") if at is None else (self.lines[at].label, self.lines[at].html)

    def plainly(self, at: int) -> str:
        """A heading in one short line."""
        name = f"{self.lines[at].label} {self.lines[at].body}".strip()
        return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rpartition(' ')[0]} …"


_KEPT: Kept[Headings] = Kept(MOST)


def headings_of(text: IssuedText) -> Headings:
    return _KEPT.get(text.key, lambda: Headings(text.lines, text.places, _above(text.lines)))


def _above(lines: Sequence[ClauseLine]) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = []
    path: list[int] = []
    over: tuple[int, ...] = ()
    for at, line in enumerate(lines):
        if line.level > 1 or (path and line.depth <= lines[path[-1]].depth):
            while path and lines[path[-1]].depth >= line.depth:
                path.pop()
            path += [at] if line.level > 1 else []
            over = tuple(reversed(path))
        found.append(over)
    return tuple(found)


def narrowed(lines: Iterable[AmendmentLine], asked: Asked, headings: Headings) -> tuple[AmendmentLine, ...]:
    """The amendments that are as asked."""
    lines = tuple(lines)
    if not any(getattr(asked, name) for name in FACETS):
        return tuple(line for line in lines if _has_words(line, asked))
    on_table = _on_table(lines)
    return tuple(
        line for line in lines
        if _has_words(line, asked) and not _missing(_features(line, headings, on_table), asked)
    )  # fmt: skip


def facets(lines: Iterable[AmendmentLine], asked: Asked, headings: Headings) -> dict[str, tuple[Choice, ...]]:
    """Of every filter its values, each with how many amendments it would leave while the other filters stay."""
    lines = tuple(lines)
    on_table = _on_table(lines)
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    names: dict[str, str] = {}
    for line in lines:
        names.update((mark.code, mark.name) for mark in (line.institution, *line.sponsors) if mark)
        features = _features(line, headings, on_table)
        for name in FACETS:
            for value in features[name]:
                counts[name].setdefault(value, 0)
        if _has_words(line, asked):
            missing = _missing(features, asked)
            for name in FACETS if not missing else missing if len(missing) == 1 else ():
                for value in features[name]:
                    counts[name][value] += 1
    return {
        "institution": tuple(Choice(code, n, names[code]) for code, n in sorted(counts["institution"].items())),
        "within": _within(counts["within"], headings),
        **{
            name: tuple(Choice(value, counts[name][value]) for value in values if value in counts[name])
            for name, values in IN_ORDER.items()
        },
    }


def _within(counts: Mapping[str, int], headings: Headings) -> tuple[Choice, ...]:
    """The headings in the order of the text, below one another."""
    found = sorted((headings.places[clause_id], n) for clause_id, n in counts.items())
    return tuple(Choice(headings.lines[at].id, n, headings.plainly(at), len(headings.above[at]) - 1) for at, n in found)


def _missing(features: Features, asked: Asked) -> list[str]:
    """The filters that would leave this amendment out."""
    return [name for name in FACETS if (wanted := getattr(asked, name)) and wanted not in features[name]]


def _on_table(lines: Iterable[AmendmentLine]) -> Collection[int]:
    return {line.number for line in lines if State(line.state) in OPEN}


def _features(line: AmendmentLine, headings: Headings, on_table: Collection[int]) -> Features:
    is_open = line.number in on_table
    against = ("contested" if is_contested(line, on_table) else "agreed",) if is_open else ()
    over = {at for change in line.changes for at in headings.over(change.clause_id)}
    return {
        "institution": frozenset(mark.code for mark in (line.institution, *line.sponsors) if mark),
        "within": frozenset(headings.lines[at].id for at in over),
        "state": frozenset((line.state, ON_TABLE) if is_open else (line.state,)),
        "against": frozenset(against),
        "kind": frozenset((line.kind,)),
        "deed": frozenset(change.kind for change in line.changes),
        "needs_author": frozenset(("yes",) if is_open and line.carried == "needs_author" else ()),
    }


def _has_words(line: AmendmentLine, asked: Asked) -> bool:
    """Whether all words asked for stand in its number, its name, its reason, or the words it takes and gives."""
    wanted = asked.words.casefold().split()
    if not wanted:
        return True
    own = [span.text for change in line.changes for span in change.spans if span.op != "="]
    cited = [change.human for change in line.changes]
    there = " ".join((f"A{line.number}", line.title, line.rationale, *own, *cited)).casefold()
    return all(word in there for word in wanted)

"""What five hundred amendments of every kind cost on a law and on one ten times as long: merging, telling who collides,
carrying, showing what is open in brackets."""

from collections.abc import Callable, Iterator

from app.domain.brackets import bracketed
from app.domain.clauses import Clause, write
from app.domain.edits import Amendment, ReplaceWords
from app.domain.indexed import Index, indexed
from app.domain.merge import colliding_pairs, merge
from app.domain.reading import parse
from app.domain.rebase import carry_all
from tests.bench.long_law import COUNT, OLD, numbered, reform, ten_times
from tests.bench.measuring import Row, together
from tests.shared import text_of

TO_REACH = 1.3
CHOSEN = 100
Work = Callable[[Index], Callable[[], object]]


def rows() -> Iterator[Row]:
    """The reference of each figure is the same work on the long law's tenth. The indexes are those of texts that are
    kept, made before."""
    old, groups, new = reform()
    amendments = numbered(groups)
    one, ten = (_kept(clauses) for clauses in (old, parse(ten_times(text_of(OLD))).clauses))
    assert merge(one.law, amendments, index=one).text == write(new)
    words = [amendment for amendment in amendments if all(isinstance(e, ReplaceWords) for e in amendment.edits)]
    works: tuple[tuple[str, list[Amendment], Work], ...] = (
        ("merge", amendments, lambda index: lambda: merge(index.law, amendments, index=index)),
        ("merge, words only,", words, lambda index: lambda: merge(index.law, words, index=index)),
        ("tell who collides of", amendments, lambda index: lambda: colliding_pairs(index.law, amendments, index)),
        ("carry", amendments[CHOSEN:], lambda index: _carrying(index, amendments)),
        ("put in brackets", amendments, lambda index: lambda: bracketed(index.law, amendments, index)),
    )
    for name, those, work in works:
        taken, reference = together(work(ten), work(one))
        yield Row(f"{name} {len(those)} amendments on ten Codes civils", taken, "the same on one", reference, TO_REACH)


def _kept(clauses: tuple[Clause, ...]) -> Index:
    index = indexed({str(at): clause for at, clause in enumerate(clauses)})
    assert index.numbered is not None
    return index


def _carrying(index: Index, amendments: list[Amendment]) -> Callable[[], object]:
    """Those that were not chosen, over what the chosen ones made: merged anew each time, since a merge keeps its tree."""

    def work() -> None:
        merged = merge(index.law, amendments[:CHOSEN], index=index)
        carried = carry_all(amendments[CHOSEN:], index.law, merged.amended, merged.standing)
        assert len(carried) == COUNT - CHOSEN

    return work

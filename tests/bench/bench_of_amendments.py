"""What five hundred amendments cost on a law and on one ten times as long: merging, telling who collides, carrying."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from app.domain.clauses import Clause
from app.domain.edits import Amendment, Edit, InsertClauses, edits_between
from app.domain.indexed import indexed
from app.domain.matching import match
from app.domain.merge import colliding_pairs, merge
from app.domain.reading import parse
from app.domain.rebase import carry_all
from tests.bench.measuring import Row, together
from tests.shared import SHARED, text_of

CODE_CIVIL = SHARED / "corpora/fr-code-civil"
COUNT = 500
LONGER = 10
TO_REACH = 1.3
Law = dict[str, Clause]


def rows() -> Iterator[Row]:
    """The reference of each figure is the same work on the long law's tenth."""
    short, amendments = reform()
    long = {f"{id} {copy}" if copy else id: clause for copy in range(LONGER) for id, clause in short.items()}
    one, ten = indexed(short), indexed(long)
    first = amendments[0].edits[0]
    where = first.clause_id if not isinstance(first, InsertClauses) else None
    with_new = [*amendments, Amendment("N", (InsertClauses(where, "A new clause.\n\n", "after"),))]
    yield _row(
        "merge", amendments, lambda: merge(long, amendments, index=ten), lambda: merge(short, amendments, index=one)
    )
    yield _row(
        "merge, new clauses among them,",
        with_new,
        lambda: merge(long, with_new, index=ten),
        lambda: merge(short, with_new, index=one),
    )
    yield _row(
        "tell who collides of",
        amendments,
        lambda: colliding_pairs(long, amendments, ten),
        lambda: colliding_pairs(short, amendments, one),
    )
    long_new, short_new = merge(long, amendments[:50]).amended, merge(short, amendments[:50]).amended
    yield _row(
        "carry",
        amendments,
        lambda: carry_all(amendments, long, long_new),
        lambda: carry_all(amendments, short, short_new),
    )


def _row(work: str, amendments: Sequence[Amendment], long: Callable[[], object], short: Callable[[], object]) -> Row:
    taken, reference = together(long, short)
    name = f"{work} {len(amendments)} amendments on ten Codes civils"
    return Row(name, taken, "the same on one", reference, TO_REACH)


def reform() -> tuple[Law, list[Amendment]]:
    """A version of the Code civil, and amendments made of the words that the versions behind it changed."""
    for old_file, new_file in pairwise(sorted(CODE_CIVIL.glob("v*.md"))):
        old, new = parse(text_of(old_file)).clauses, parse(text_of(new_file)).clauses
        edits: list[Edit] = [
            edit
            for at, to in match(old, new).link.items()
            if old[at].body != new[to].body
            for edit in edits_between(str(at), old[at].body, new[to].body)
        ]
        if len(edits) >= COUNT:
            law = {str(at): clause for at, clause in enumerate(old)}
            return law, [Amendment(f"A{n}", (edit,)) for n, edit in enumerate(edits[:COUNT])]
    raise LookupError("No reform of the Code civil changed that many words.")

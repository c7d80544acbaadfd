"""What merging has to look up in a whole law, looked up once for a law that does not change."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from app.domain.edits import ClauseId, Law
from app.domain.numbered import Numbered
from app.domain.tree import Tree


class Index:
    """Nothing is computed before it is asked for. Merges share it and change nothing in it. `kept` tells that it is to
    serve many merges: what costs more than one walk through the law pays then."""

    def __init__(self, law: Law, *, kept: bool = False) -> None:
        self.law, self.kept = law, kept

    @cached_property
    def tree(self) -> Tree:
        return Tree(self.law)

    @cached_property
    def places(self) -> Mapping[ClauseId, int]:
        """The place of every clause in the order of the text."""
        return {clause_id: place for place, clause_id in enumerate(self.law)}

    @cached_property
    def last(self) -> ClauseId | None:
        """The last clause of the law."""
        return list(self.law)[-1] if self.law else None

    @cached_property
    def usual_space(self) -> str:
        """The white space that most clauses of the law have behind them; a blank line where there are none."""
        tails = Counter(clause.tail for clause in list(self.law.values())[:-1] if "\n" in clause.tail)
        return tails.most_common(1)[0][0] if tails else "\n\n"

    @cached_property
    def numbered(self) -> Numbered | None:
        """Who shares a name with whom; None where the addresses of the law are not what its clauses would be given,
        and where the index is not kept."""
        return Numbered.of(self.law, self.tree) if self.kept else None


def indexed(law: Law) -> Index:
    """The index of a law, to be kept beside it and handed to every merge."""
    return Index(law, kept=True)

"""What merging has to look up in a whole law, looked up once for a law that does not change."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from app.domain.edits import ClauseId, Law
from app.domain.tree import Tree


class Index:
    """Nothing is computed before it is asked for. Merges share it and change nothing in it."""

    def __init__(self, law: Law) -> None:
        self.law = law

    @cached_property
    def tree(self) -> Tree:
        return Tree(self.law)

    @cached_property
    def places(self) -> Mapping[ClauseId, int]:
        """The place of every clause in the order of the text."""
        return {clause_id: place for place, clause_id in enumerate(self.law)}

    @cached_property
    def usual_space(self) -> str:
        """The white space that most clauses of the law have behind them; a blank line where there are none."""
        tails = Counter(clause.tail for clause in list(self.law.values())[:-1] if "\n" in clause.tail)
        return tails.most_common(1)[0][0] if tails else "\n\n"


def indexed(law: Law) -> Index:
    """The index of a law, to be kept beside it and handed to every merge."""
    return Index(law)

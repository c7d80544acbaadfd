"""Amendments as a drafter proposes them, drawn by chance from a law: one maker for each way of amending."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count

from app.domain.clauses import Clause, Kind, write
from app.domain.diff import tokens
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
    edits_between,
)
from app.domain.indexed import Index

Edits = tuple[Edit, ...]
HEADINGS = (Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER)
LARGEST_DELETED = 60
"""Clauses that one deletion takes out at most: nobody strikes half a code."""


class Drafter:
    """Draws amendments to one law; every second one about a clause of those in `near`."""

    def __init__(self, index: Index, near: Sequence[str], seed: int) -> None:
        self.index, self.law, self.tree, self.near = index, index.law, index.tree, near
        self.ids = list(self.law)
        self.chance = random.Random(seed)  # noqa: S311
        self.numbers = count(1)

    def amendments(self, each: int, more: Mapping[str, int]) -> list[Amendment]:
        """So many tries of each kind, or as `more` says; the key begins with the kind."""
        return [
            Amendment(f"{kind} {number}", edits)
            for kind, make in MAKERS.items()
            for number in range(more.get(kind, each))
            if (edits := make(self))
        ]

    def clause(self, *kinds: Kind) -> str:
        """A clause, of these kinds if there are any of them."""
        drawn = [self.chance.choice(self.near if n % 2 and self.near else self.ids) for n in range(40)]
        if self.chance.random() < 0.5:
            drawn.reverse()
        return next((id for id in drawn if not kinds or self.law[id].kind in kinds), drawn[0])

    def word(self, body: str) -> tuple[int, int]:
        """Start and end of one to three words of a body, without the space behind them."""
        words = tokens(body)
        if not words:
            return 0, 0
        at = self.chance.randrange(len(words))
        run = "".join(words[at : at + self.chance.choice((1, 1, 3))])
        start = sum(map(len, words[:at]))
        return start, start + len(run.rstrip())

    def words(self) -> Edits:
        return self.words_of(self.clause())

    def words_of(self, clause_id: str) -> Edits:
        """Words replaced, taken out, or put before others."""
        body = self.law[clause_id].body
        start, end = self.word(body)
        new = self.chance.choice(("quite other words", f"{body[start:end]}X", ""))
        if self.chance.random() < 0.25:
            end, new = start, "more words "
        return (ReplaceWords(clause_id, start, body[start:end], new),) if body[start:end] != new else ()

    def restated(self) -> Edits:
        clause_id = self.clause()
        body = self.law[clause_id].body
        start, end = self.word(body)
        return (RestateClause(clause_id, body, f"{body[:start]}other words{body[end:]}"),) if body else ()

    def inserted(self) -> Edits:
        return self.insertion(self.clause(Kind.PARAGRAPH, Kind.POINT, Kind.INDENT))

    def insertion(self, clause_id: str) -> Edits:
        """One clause more, numbered as the one before it is."""
        clause = self.law[clause_id]
        return (InsertClauses(clause_id, f"{numbered(clause)}New words {next(self.numbers)}.\n\n"),)

    def inserted_inside(self) -> Edits:
        return (InsertClauses(self.clause(Kind.ARTICLE), "First of all, new words.\n\n", "inside"),)

    def inserted_article(self) -> Edits:
        article = self.clause(Kind.ARTICLE)
        return (InsertClauses(article, self.article_like(article)),)

    def article_like(self, article: str) -> str:
        return f"{numbered(self.law[article]).rstrip()}\n\nNew words {next(self.numbers)}.\n\nMore of them.\n\n"

    def inserted_chapter(self) -> Edits:
        chapter, article = self.clause(*HEADINGS), self.clause(Kind.ARTICLE)
        heading = f"{numbered(self.law[chapter])}New things\n\n"
        return (InsertClauses(chapter, heading + self.article_like(article)),)

    def deleted(self) -> Edits:
        clause_id = self.clause()
        return self.deletion(clause_id) if not self.tree.children[clause_id] else ()

    def deleted_whole(self) -> Edits:
        clause_id = self.clause(Kind.ARTICLE, Kind.PARAGRAPH, *HEADINGS)
        return self.deletion(clause_id) if self.tree.children[clause_id] else ()

    def deletion(self, clause_id: str) -> Edits:
        below = list(self.tree.below(clause_id))
        return (DeleteClause(clause_id, write(self.law[id] for id in below)),) if len(below) <= LARGEST_DELETED else ()

    def replaced(self) -> Edits:
        """A clause deleted and another one put in its place."""
        clause_id = self.clause(Kind.PARAGRAPH, Kind.POINT, Kind.INDENT)
        clause = self.law[clause_id]
        new = InsertClauses(clause_id, f"{clause.lead}Quite other words.\n\n")
        return (new, *self.deletion(clause_id))

    def moved(self) -> Edits:
        """To another place among the clauses beside it."""
        clause_id = self.clause(Kind.ARTICLE, Kind.PARAGRAPH, Kind.POINT, Kind.INDENT)
        return self.move(clause_id, self.tree.parent[clause_id])

    def moved_away(self) -> Edits:
        """To a place below another clause."""
        clause_id = self.clause(Kind.ARTICLE, Kind.PARAGRAPH, Kind.INDENT)
        return self.move(clause_id, self.tree.parent[self.clause(self.law[clause_id].kind)])

    def move(self, clause_id: str, above: str | None) -> Edits:
        row = self.tree.children[above]
        at = self.chance.randrange(len(row))
        if row[at] == clause_id or row[at + 1 : at + 2] == [clause_id] or clause_id in self.tree.path(row[at]):
            return ()
        return (MoveClause(clause_id, row[at]),)

    def renamed(self) -> Edits:
        clause_id = self.clause(*HEADINGS)
        clause = self.law[clause_id]
        start, end = self.word(clause.body)
        if clause.kind not in HEADINGS or not clause.body:
            return ()
        return edits_between(clause_id, clause.body, f"{clause.body[:start]}Of other things{clause.body[end:]}")

    def relabelled(self) -> Edits:
        clause_id = self.clause(Kind.ARTICLE, Kind.PARAGRAPH, Kind.POINT)
        lead = self.law[clause_id].lead
        return (
            (Relabel(clause_id, lead, numbered(self.law[clause_id])),) if numbered(self.law[clause_id]) != lead else ()
        )

    def several(self) -> Edits:
        """Two to four clauses of one article: words here, a clause more or less there."""
        article = self.clause(Kind.ARTICLE)
        below = [id for id in self.tree.below(article) if not self.tree.children[id]]
        drawn = sorted(self.chance.sample(below, min(len(below), self.chance.choice((2, 3, 4)))), key=below.index)
        ways = (self.words_of, self.words_of, self.insertion, self.deletion)
        return tuple(edit for clause_id in drawn for edit in self.chance.choice(ways)(clause_id))


def numbered(clause: Clause) -> str:
    """The lead of a clause that would stand right behind one: 12 becomes 12-1."""
    return re.sub(r"(\d+)(?=\D*$)", r"\1-1", clause.lead, count=1) if clause.label else clause.lead


MAKERS: dict[str, Callable[[Drafter], Edits]] = {
    "words": Drafter.words,
    "restated": Drafter.restated,
    "clause inserted": Drafter.inserted,
    "clause inserted inside": Drafter.inserted_inside,
    "article inserted": Drafter.inserted_article,
    "chapter inserted": Drafter.inserted_chapter,
    "clause deleted": Drafter.deleted,
    "deleted with all below": Drafter.deleted_whole,
    "replaced by another": Drafter.replaced,
    "moved": Drafter.moved,
    "moved away": Drafter.moved_away,
    "renamed": Drafter.renamed,
    "another number": Drafter.relabelled,
    "several clauses": Drafter.several,
}

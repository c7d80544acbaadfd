"""The state of a reading: the clauses so far, those still open for others below them, what addresses follow from."""

from dataclasses import dataclass, field

from app.domain.addresses import Addresses
from app.domain.clauses import Clause, Kind, Problem
from app.domain.headings import is_annex
from app.domain.nesting import ITEM_RANK, Level
from app.domain.profiles import Profile

TEXTS = (Kind.INDENT, Kind.QUOTE, Kind.TABLE, Kind.CODE)


@dataclass(slots=True)
class Reader:
    profile: Profile
    open: list[Level] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    addresses: Addresses = field(default_factory=Addresses)
    problems: list[Problem] = field(default_factory=list)
    titled: bool = False

    def add(self, level: Level, lead: str, body: str, tail: str) -> None:
        """Add a clause below the nearest open one of smaller rank."""
        opened, rank = self.open, level.rank
        while opened and opened[-1].rank >= rank:
            opened.pop()
        level.depth = opened[-1].depth + 1 if opened else 0
        address = self.addresses.of(level.kind, level.depth, level.label)
        self.clauses.append(Clause(level.kind, level.depth, level.label, address, lead, body, tail))
        opened.append(level)

    def add_text(self, kind: Kind, lead: str, body: str, tail: str) -> None:
        """Add a clause that has no label and nothing below it."""
        opened = self.open
        while opened and opened[-1].kind in TEXTS:  # only in the path of a fragment
            opened.pop()
        depth = opened[-1].depth + 1 if opened else 0
        address = self.addresses.of_text(kind, depth)
        self.clauses.append(Clause(kind, depth, "", address, lead, body, tail))

    def takes_items(self) -> bool:
        """Items stand in an article, in an annex, or anywhere in an act without articles."""
        if not self.profile.articles:
            return True
        for entry in reversed(self.open):
            if entry.kind is Kind.ARTICLE or (entry.kind is Kind.PART and is_annex(entry.label)):
                return True
            if entry.rank < ITEM_RANK and entry.rank // 100 in self.profile.levels and not entry.label:
                return True  # `Final provisions`, headed like an article
        return False

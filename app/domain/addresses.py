"""Addresses: the label path of a clause in ASCII, after the Akoma Ntoso naming convention (`art_13__para_1__point_2`).

An article has no chapter before it, since numbering runs through a law; only what numbers its own articles comes before
them (`annex_1__art_1`). A second clause with the same address gets `.2`, `.3`… behind it, and a problem is reported.
"""

from collections.abc import Iterable

from app.domain.clauses import Clause, Kind, Problem
from app.domain.headings import is_annex, names_article
from app.domain.labels import canonical

SEGMENTS = {
    Kind.PART: "part",
    Kind.SECTION: "sec",
    Kind.CHAPTER: "chp",
    Kind.SUBCHAPTER: "subchp",
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.POINT: "point",
    Kind.SUBPOINT: "subpoint",
    Kind.INDENT: "al",
    Kind.TABLE: "table",
    Kind.CODE: "code",
    Kind.QUOTE: "quote",
}
WITHOUT_PARENT = {Kind.ARTICLE, Kind.PART}
ANNEX = "annex"
_HEAD = ("", "title", "front_matter")
_TEXTS = (Kind.INDENT, Kind.QUOTE, Kind.TABLE, Kind.CODE)
_BELOW_PREAMBLE = (Kind.INDENT, Kind.PARAGRAPH, Kind.POINT, Kind.SUBPOINT)


class Addresses:
    """Gives each clause its address in reading order."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str, str]] = []  # of the open ancestors: depth, address, address before articles
        self._unnumbered: dict[tuple[str, str], int] = {}
        self._taken: dict[str, int] = {}
        self._labelled: set[str] = set()
        self.problems: list[Problem] = []

    def stand_below(self, clause: Clause) -> None:
        """Go on behind a clause that has its address, with what stands below it."""
        self._path.append((clause.depth, clause.address, clause.address))

    def of(self, kind: Kind, depth: int, label: str) -> str:
        """The address of the next clause."""
        if not label and kind in _TEXTS:
            return self.of_text(kind, depth)
        path = self._path
        while path and path[-1][0] >= depth:
            path.pop()
        owner = path[-1][2] if path else ""
        plain = self._plain(kind, label, path[-1][1] if path else "", owner)
        count = self._taken[plain] = self._taken.get(plain, 0) + 1
        address = plain if count == 1 else f"{plain}.{count}"
        if label:
            if count > 1 and plain in self._labelled:
                self._report(label, plain, address, count)
            self._labelled.add(plain)
        owns = kind is Kind.PART and label and (is_annex(label) or names_article(label))
        path.append((depth, address, address if owns or kind is Kind.ARTICLE else owner))
        return address

    def of_article_beside(self, label: str) -> str:
        """The same as `of` for an article of the same depth as the clause before, which is one too."""
        path = self._path
        depth = path[-1][0]
        owner = path[-2][2] if len(path) > 1 else ""
        plain = f"{owner}__art_{canonical(label)}" if owner else f"art_{canonical(label)}"
        count = self._taken[plain] = self._taken.get(plain, 0) + 1
        address = plain if count == 1 else f"{plain}.{count}"
        if count > 1 and plain in self._labelled:
            self._report(label, plain, address, count)
        self._labelled.add(plain)
        path[-1] = (depth, address, address)
        return address

    def of_text(self, kind: Kind, depth: int) -> str:
        """The address of the next clause, when it is one without a label and nothing below it."""
        path = self._path
        while path and path[-1][0] >= depth:
            path.pop()
        parent = path[-1][1] if path else ""
        if parent in _HEAD:
            parent = "preamble" if kind is Kind.INDENT else ""
        key = (parent, kind)
        count = self._unnumbered[key] = self._unnumbered.get(key, 0) + 1
        return f"{parent}__{SEGMENTS[kind]}_{count}" if parent else f"{SEGMENTS[kind]}_{count}"

    def _report(self, label: str, plain: str, address: str, count: int) -> None:
        sentence = f"There is more than one “{label[:60]}” at {plain}; this is number {count}."
        self.problems.append(Problem("duplicate_number", address, sentence))

    def _plain(self, kind: Kind, label: str, parent: str, owner: str) -> str:
        if kind in (Kind.TITLE, Kind.FRONT_MATTER):
            return kind.value
        parent, segment, number = parts_of(kind, label, parent, owner)
        if not number:
            key = (parent, segment)
            count = self._unnumbered[key] = self._unnumbered.get(key, 0) + 1
            number = str(count)
        return f"{parent}__{segment}_{number}" if parent else f"{segment}_{number}"


def parts_of(kind: Kind, label: str, parent: str, owner: str) -> tuple[str, str, str]:
    """What an address is made of: what comes before it, the segment, and the number (empty: they are counted).
    `parent` is the address of the clause above, `owner` the one that articles below it have before them."""
    segment, number = SEGMENTS[kind], canonical(label) if label else ""
    if kind is Kind.PART and label and is_annex(label):
        return "", ANNEX, number
    if kind in WITHOUT_PARENT:
        return owner, segment, number
    if parent in _HEAD:
        parent = "preamble" if kind in _BELOW_PREAMBLE else ""
    return parent, segment, number


def owns_numbering(clause: Clause) -> bool:
    """Whether a clause numbers the articles below it on its own: an annex, an `Artikel` that holds a whole law."""
    if clause.kind is Kind.ARTICLE:
        return True
    return clause.kind is Kind.PART and bool(clause.label) and (is_annex(clause.label) or names_article(clause.label))


def readdress(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The same clauses with their addresses made anew, for a law that was put together from parts."""
    addresses = Addresses()
    named = ((clause, addresses.of(clause.kind, clause.depth, clause.label)) for clause in clauses)
    return tuple(clause if clause.address == address else clause._replace(address=address) for clause, address in named)

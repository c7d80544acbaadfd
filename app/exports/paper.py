"""A paper that is no law: a record, a note. Blocks in order, which each format sets in its own way.

Texts are as people wrote them: marks of emphasis show as emphasis (`inline`). A line end in a paragraph or a cell is a
line end.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3, below the title of the paper."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: `label` is what stands before it (`1.`, `–`), `depth` the steps below the first level."""

    label: str
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: every row has as many cells as the header. `widths` are shares of the page (1, 2 is a third and two
    thirds); empty: equal ones. An empty `header` sets none."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


Block = Heading | Paragraph | Item | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """`at` is the date of the file, which must follow from its contents; `footer` stands at the foot of every page
    beside its number."""

    title: str
    language: str
    at: datetime
    blocks: tuple[Block, ...]
    footer: str = ""

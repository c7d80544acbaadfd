"""What the overview of amendments gives to its page: what was asked for, how many there are of what, and the groups."""

from dataclasses import dataclass

from app.services.pages import AmendmentLine, DraftHead

ORDERS = ("text", "agreed")
FACETS = ("institution", "within", "state", "against", "kind", "deed", "needs_author")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which amendments somebody wants to see; empty: all. `within` is the id of a heading, `deed` what an edit does,
    `against` whether those on the table are agreed (nothing stands against them) or contested,
    `words` stand in the amendment. In the order `agreed` what nobody contests comes first; `printed`: on one page."""

    institution: str = ""
    within: str = ""
    state: str = ""
    against: str = ""
    kind: str = ""
    deed: str = ""
    needs_author: str = ""
    words: str = ""
    order: str = "text"
    page: int = 1
    printed: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or any(getattr(self, name) for name in FACETS))


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to filter by and how many amendments it would leave. `name` is empty where the interface names it;
    `depth` says how far below the chapters a heading stands."""

    value: str
    count: int
    name: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """An amendment in its group. `same_as` are numbers of those that say exactly the same."""

    amendment: AmendmentLine
    contested: bool
    same_as: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Amendments that belong together: `identical`, `colliding` (through one another), `linked` (in substance, or by a
    counter-text), or one that is `free`. `left_out` counts those that the filters hide."""

    kind: str
    lines: tuple[OverviewLine, ...]
    left_out: int = 0

    @property
    def counter_texts(self) -> tuple[int, ...]:
        """The bridges that are offered in it."""
        return tuple(one.amendment.number for one in self.lines if one.amendment.kind == "counter_text")


@dataclass(frozen=True, slots=True)
class Chapter:
    """Groups below one heading of the text, with its label and its words as HTML; `id` is empty for what stands before
    the first, and `gone` for what is no longer in the text. `count` is of the whole list, not only of the page."""

    id: str
    label: str
    html: str
    count: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """`open`, or in the agreed order `agreed` and `contested`; then `drafts` and `closed`."""

    kind: str
    count: int
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The overview. `open` and `closed` are all that the filters leave, the parts only what stands on this page."""

    draft: DraftHead
    asked: Asked
    parts: tuple[Part, ...]
    facets: dict[str, tuple[Choice, ...]]
    open: tuple[AmendmentLine, ...]
    closed: tuple[AmendmentLine, ...]
    total: int
    found: int
    contested: int  # of the open ones found
    pages: int


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Everything that the filters leave, in the order of the text."""

    draft: DraftHead
    lines: tuple[AmendmentLine, ...]

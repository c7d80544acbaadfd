"""What the page shows on which words are replaced everywhere."""

from dataclasses import dataclass

from app.domain.everywhere import NearForm
from app.services.pages import AmendmentLine, DraftHead, VersionHead


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place: the clause it stands in, the words with what is around them, what is put in
    their place, whether they stay as they are."""

    clause_id: str
    start: int
    human: str
    before: str
    words: str
    new: str
    after: str
    left_out: bool

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.clause_id}:{self.start}"


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """The places of one article, or of a heading that stands above articles."""

    clause_id: str
    human: str
    title: str
    places: tuple[PlaceLine, ...]
    left_out: bool  # all of it

    @property
    def replaced(self) -> int:
        return sum(not place.left_out for place in self.places)


@dataclass(frozen=True, slots=True)
class EverywherePage:
    """`groups` are empty until words were looked for; `contested_by` are amendments about the words to be replaced."""

    draft: DraftHead
    version: VersionHead
    groups: tuple[PlaceGroup, ...] = ()
    near: tuple[NearForm, ...] = ()
    contested_by: tuple[AmendmentLine, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(group.places) for group in self.groups)

    @property
    def replaced(self) -> int:
        return sum(group.replaced for group in self.groups)

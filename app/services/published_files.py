"""Making the files of a publication: each format once, from the version as everybody outside may see it.

Nothing of the discussion is in them: no comments, no positions, no amendments but those that made the text, and of
these no person. Institutions stand behind changes as far as the draft's attribution allows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from sqlalchemy.orm import Session

from app.exports.akn_bill import Bill
from app.exports.document import Document, Line
from app.exports.formats import Takes, file_name, format_named, written
from app.services.delivering import GATHERED
from app.services.exporting import Wanted
from app.services.pages_publications import TitlePage
from app.services.published_formats import Former
from app.store.memberships import Entry


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file whose name waits for the publication's number."""

    language: str
    format: str
    media_type: str
    data: bytes

    def name(self, slug: str, number: int, former: int | None) -> str:
        return file_name(self.format, slug, number, self.language, former)


def make(
    session: Session,
    entry: Entry,
    version: int,
    formats: Mapping[str, tuple[str, ...]],
    title_pages: Mapping[str, TitlePage],
    former: Former | None,
    zone: tzinfo,
) -> tuple[MadeFile, ...]:
    """All of them, by language. What several formats are made of is read once. Raises what `delivering` raises."""
    return tuple(
        made
        for language, names in formats.items()
        for made in _in_language(session, entry, Wanted(entry.draft.slug, version, None, language, zone=zone),
                                 names, title_pages[language].title, former)
    )  # fmt: skip


def _in_language(
    session: Session, entry: Entry, wanted: Wanted, names: tuple[str, ...], title: str, former: Former | None
) -> Iterator[MadeFile]:
    gathered: dict[tuple[Takes, bool], Any] = {}
    for name in names:
        form = format_named(name)
        key = (form.takes, form.marked)
        if key not in gathered:
            against = former.line.version if form.marked and former else None
            asked = replace(wanted, against=against, marked=form.marked)
            gathered[key] = for_outside(GATHERED[form.takes](session, asked, entry), title)
        yield MadeFile(wanted.language or "", name, form.media_type, b"".join(written(gathered[key], name)))


def for_outside(value: Any, title: str) -> Any:
    """What a format takes without what was said about it, under the title as it is published."""
    if isinstance(value, Bill):
        return replace(value, document=for_outside(value.document, title))
    if not isinstance(value, Document):
        raise TypeError(f"nobody has said what of a {type(value).__name__} may leave the house")
    made_it = {number for line in value.lines for number in _credited(line)}
    amendments = tuple(replace(one, author="") for one in value.amendments if one.number in made_it)
    return replace(value, title=title, remarks=(), amendments=amendments, positions=(), reached=())


def _credited(line: Line) -> Iterator[int]:
    yield from line.backing.amendments
    for run in line.runs:
        yield from run.backing.amendments

"""Which formats a publication may have: those that tell nothing of the discussion, and what compares it with the
publication before it. A format that this installation does not have is not offered."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.exports.formats import FORMATS
from app.services.pages_publications import VISIBILITIES, Choice, FormatOffered
from app.store import publications
from app.store.publications import Line

ALONE = ("markdown", "html", "docx", "pdf", "akn")
COMPARING = ("docx-redline", "pdf-redline", "docx-comparison", "pdf-comparison", "act-en", "act-ru", "act-ky")
ALWAYS = "markdown"
"""The source is always among the files: all others are made of it."""


class NotOffered(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"A publication has no files of the format “{name}”.")
        self.name = name


class NothingToCompare(Invalid):
    def __init__(self, version: int, language: str) -> None:
        super().__init__(
            f"There is no publication in “{language}” before version {version} to compare it with: leave the "
            "comparisons out."
        )


class FormerIsHidden(Invalid):
    def __init__(self, former: int) -> None:
        super().__init__(
            f"Publication {former} may be read by fewer people, and comparisons tell its words: open it to the same "
            "readers first, or leave the comparisons out."
        )


@dataclass(frozen=True, slots=True)
class Former:
    """The publication that the next one is compared with, and its languages."""

    line: Line
    languages: frozenset[str]

    @property
    def number(self) -> int:
        return self.line.row.number


def former_of(session: Session, draft_id: int, version: int) -> Former | None:
    """The last publication of an earlier version that was not withdrawn. At most two statements."""
    found = next(
        (
            line for line in publications.of_draft(session, draft_id)
            if line.row.withdrawn_at is None and line.version < version
        ),
        None,
    )  # fmt: skip
    if found is None:
        return None
    texts = publications.texts_of(session, [found.row.id]).get(found.row.id, ())
    return Former(found, frozenset(text.language for text in texts))


def offered(languages: tuple[str, ...], former: Former | None) -> tuple[FormatOffered, ...]:
    """What may be chosen for a version that is written in these languages."""
    alone = tuple(FormatOffered(name, None, languages) for name in ALONE if name in FORMATS)
    if former is None:
        return alone
    comparable = tuple(one for one in languages if one in former.languages)
    marked = (FormatOffered(name, former.number, _in(name, comparable)) for name in COMPARING if name in FORMATS)
    return (*alone, *(one for one in marked if one.languages))


def _in(name: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages in which a format can be made: an amending act only in its own."""
    kind, _, own = name.partition("-")
    return languages if kind != "act" else tuple(one for one in languages if one == own)


def chosen(choice: Choice, version: int, former: Former | None) -> Mapping[str, tuple[str, ...]]:
    """The formats to be made by language. Raises NotOffered, NothingToCompare, FormerIsHidden."""
    for name in choice.formats:
        if name not in FORMATS or name not in (*ALONE, *COMPARING):
            raise NotOffered(name)
    names = tuple(dict.fromkeys((ALWAYS, *choice.formats)))
    known = {one.name: one.languages for one in offered(choice.languages, former)}
    comparing = [name for name in names if name in COMPARING]
    for name in comparing:
        if not known.get(name):
            raise NothingToCompare(version, _language_missing(name, choice.languages))
    if comparing and former and is_narrower(former.line.row.visibility, choice.visibility):
        raise FormerIsHidden(former.number)
    order = [name for name in (*ALONE, *COMPARING) if name in names]
    return {language: tuple(name for name in order if language in known[name]) for language in choice.languages}


def _language_missing(name: str, languages: tuple[str, ...]) -> str:
    own = name.partition("-")[2]
    return own if name.startswith("act-") else next(iter(languages), "")


def is_narrower(one: str, other: str) -> bool:
    """Whether fewer may read what has this visibility than what has the other."""
    return VISIBILITIES.index(one) > VISIBILITIES.index(other)

"""Bundling: a version in every format and language as one file for a USB stick."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Refusal
from app.exports.bundle import Bundle, LeftOut, Part
from app.exports.document import Issued
from app.exports.formats import FORMATS, Takes
from app.services import exporting, showing
from app.services.exporting import NotInLanguage, Wanted
from app.store import exported_files
from app.store.memberships import Entry

Progress = Callable[[int, int, str], None]
"""Hears how many files are made, of how many, and which format is made now."""
ONCE = frozenset({"git"})
"""What holds every language of a draft already."""
ACTS = ("en", "ru", "ky")
"""Languages in which an amending act can be written."""


class NoBrackets(Invalid):
    def __init__(self) -> None:
        super().__init__("Nothing stands in brackets: no amendment is open.")


class File(Protocol):
    """What a format was delivered as."""

    @property
    def file_name(self) -> str: ...

    @property
    def pieces(self) -> Iterable[bytes]: ...


def in_silence(_done: int, _total: int, _name: str) -> None:
    """Tells nobody."""


def bundle(
    session: Session, wanted: Wanted, entry: Entry, deliver: Callable[[Session, str, Wanted, Entry], File],
    told: Progress,
) -> Bundle:  # fmt: skip
    """Every format that applies to a version, each made by `deliver`; what does not apply is named with its reason.

    Raises NoSuchVersion, NotInLanguage.
    """
    head = showing.draft_head(session, entry)
    version, _base = exporting.chosen_versions(head, wanted)
    written_in = exported_files.text_sizes(session, entry.draft.id, version.number)
    first = wanted.language or head.language
    if first not in written_in:
        raise NotInLanguage(version.number, first, tuple(sorted(written_in)))
    languages = (first, *sorted({*written_in} - {first}))
    asked = list(_asked(languages))
    made: list[Part] = []
    left_out: list[LeftOut] = []
    for done, (name, language) in enumerate(asked):
        told(done, len(asked), name)
        form = FORMATS[name]
        own = replace(
            wanted, version=version.number, language=language, marked=form.marked,
            against=wanted.against if form.marked else None, plenary=False, record=None,
        )  # fmt: skip
        try:
            file = deliver(session, name, own, entry)
        except Refusal as refusal:
            left_out.append(LeftOut(name, language, type(refusal).__name__, str(refusal)))
        else:
            made.append(Part(name, language, f"{language}/{file.file_name}", b"".join(file.pieces)))
    told(len(asked), len(asked), "bundle")
    issued = Issued(version.number, version.created_at.astimezone(wanted.zone), version.sha256)
    return Bundle(head.slug, head.title, first, issued, languages, tuple(made), tuple(left_out))


def _asked(languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Which format in which language. Those made of the same value stand together, so that it is gathered once."""
    for at, language in enumerate(languages):
        names = [name for name, form in FORMATS.items() if form.takes is not Takes.BUNDLE]
        for name in sorted(names, key=lambda one: (FORMATS[one].takes, FORMATS[one].marked)):
            if (name in ONCE and at) or not _fits(name, language):
                continue
            yield name, language


def _fits(name: str, language: str) -> bool:
    """An amending act is bundled in the language of the text that it changes, where it can be written in that."""
    kind, _, act = name.partition("-")
    return kind != "act" or act == (language if language in ACTS else ACTS[0])

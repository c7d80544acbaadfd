"""Delivering: a version in one of the formats, as the file that leaves the house."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.exports.document import Document
from app.exports.formats import Takes, file_name, format_named, written
from app.services import exporting
from app.services.exporting import Wanted
from app.store.memberships import Entry

GATHERED: Mapping[Takes, Callable[[Session, Wanted, Entry], Any]] = {
    Takes.DOCUMENT: exporting.document,
}
"""How what a format takes is gathered, limited to what may leave the house."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file in pieces. Nothing of it needs the database any more."""

    file_name: str
    media_type: str
    pieces: Iterable[bytes]


def deliver(session: Session, name: str, wanted: Wanted, entry: Entry) -> Delivered:
    """Raises NoSuchFormat, NoSuchVersion, NotInLanguage, NothingBefore, and what a format needs and is not there."""
    form = format_named(name)
    value = GATHERED[form.takes](session, wanted, entry)
    return Delivered(_name_of(name, value), form.media_type, written(value, name))


def _name_of(name: str, value: Document) -> str:
    base = value.base.number if value.base else None
    return file_name(name, value.slug, value.version.number, value.language, base)

"""Delivering: a version in one of the formats, as the file that leaves the house."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.exports.akn_bill import Bill
from app.exports.bracketed import Bracketed
from app.exports.bundle import Bundle
from app.exports.document import Document
from app.exports.formats import FORMATS, Takes, file_name, format_named, written
from app.exports.history import History
from app.exports.note import Note
from app.exports.record import IssuedRecord
from app.services import (
    bundling,
    exported_bills,
    exported_brackets,
    exported_history,
    exported_note,
    exported_positions,
    exported_records,
    exporting,
)
from app.services.bundling import Progress, in_silence
from app.services.exporting import Wanted
from app.store.memberships import Entry

GATHERED: Mapping[Takes, Callable[[Session, Wanted, Entry], Any]] = {
    Takes.DOCUMENT: exporting.document,
    Takes.LISTED: exported_positions.with_positions,
    Takes.BRACKETS: exported_brackets.bracketed,
    Takes.BILL: exported_bills.bill,
    Takes.RECORD: exported_records.record,
    Takes.NOTE: exported_note.note,
    Takes.HISTORY: exported_history.history,
}
"""How what a format takes is gathered, limited to what may leave the house."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file in pieces. Nothing of it needs the database any more. `notes` are worked out when they are asked for."""

    file_name: str
    media_type: str
    pieces: Iterable[bytes]
    notes: Callable[[], Iterable[str]] = tuple  # what did not fit the format, in sentences


class NoPlenaryCopy(Invalid):
    def __init__(self, name: str) -> None:
        having = ", ".join(one for one, form in FORMATS.items() if form.plenary)
        super().__init__(f"There is no plenary copy of “{name}”, only of {having}.")
        self.name = name


def deliver(session: Session, name: str, wanted: Wanted, entry: Entry, told: Progress = in_silence) -> Delivered:
    """`told` hears how far it is, where a file is made of several others.

    Raises NoSuchFormat, NoPlenaryCopy, NoSuchVersion, NotInLanguage, NothingBefore, and what a format needs and is not
    there.
    """
    form = format_named(name)
    if wanted.plenary and not form.plenary:
        raise NoPlenaryCopy(name)
    wanted = replace(wanted, preferred=form.language)
    if form.takes is Takes.BUNDLE:
        value = bundling.bundle(session, wanted, entry, _Together().deliver, told)
    else:
        value = GATHERED[form.takes](session, wanted, entry)
    return Delivered(_name_of(name, value), form.media_type, written(value, name), partial(form.notes, value))


class _Together:
    """Delivers formats one after the other; what several in a row are made of is gathered once."""

    def __init__(self) -> None:
        self._last: tuple[object, Any] | None = None

    def deliver(self, session: Session, name: str, wanted: Wanted, entry: Entry) -> Delivered:
        form = format_named(name)
        asked = (form.takes, wanted)
        if self._last is None or self._last[0] != asked:
            self._last = None  # the one before need not stay in memory beside the next
            self._last = asked, GATHERED[form.takes](session, wanted, entry)
        value = self._last[1]
        if isinstance(value, Bracketed) and not (value.groups or value.at or value.behind):
            raise bundling.NoBrackets
        return Delivered(_name_of(name, value), form.media_type, written(value, name))


def _name_of(name: str, value: Document | Bracketed | Bill | Bundle | History | IssuedRecord | Note) -> str:
    if isinstance(value, IssuedRecord | Note):
        return f"{value.file_stem}.{format_named(name).extension}"
    of = value.document if isinstance(value, Bracketed | Bill) else value
    base = of.base.number if of.base else None
    is_plenary = isinstance(of, Document) and of.plenary
    return file_name(name, of.slug, of.version.number, of.language, base, plenary=is_plenary)

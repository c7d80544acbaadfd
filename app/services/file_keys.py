"""What a file is made of, as one key: the draft's record up to its last event, what people and institutions are called,
what was asked for, and the program itself. The same key, the same bytes.

Nothing of the reader is in it: a file is made for whoever may see least of a draft (`exporting.enter_as_operator`), so
that no file that is kept for one reader could show another one more than is theirs.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.exports.formats import Takes, format_named
from app.services import exporting, showing
from app.services.exported_brackets import BracketsNotInLanguage, BracketsNotInVersion
from app.services.exporting import NotInLanguage, Wanted
from app.services.pages import DraftHead
from app.store import events, exported_files
from app.store.drafts import Draft
from app.store.memberships import Entry

TIMELESS = frozenset({Takes.DOCUMENT, Takes.BRACKETS, Takes.BILL, Takes.RECORD, Takes.HISTORY})
"""What is made of these does not depend on the moment it is made at."""
JUDGED_EVERY = timedelta(minutes=5)
"""Positions are judged as of a moment this far back at the most, so that a file serves for as long (`judged_at`)."""
PROGRAM = Path(__file__).parents[1]
LIBRARIES = ("typst", "lxml", "xlsxwriter", "dulwich", "markdown-it-py", "pyyaml")


def exact(session: Session, entry: Entry, name: str, wanted: Wanted, now: datetime) -> Wanted:
    """What was asked for, with everything named that was meant without saying so.

    Raises NoSuchFormat, NoSuchVersion, NothingBefore, NotInLanguage.
    """
    head = showing.draft_head(session, entry)
    number = head.latest.number if wanted.version is None else wanted.version
    sizes, moment = exported_files.text_sizes(session, entry.draft.id, number), judged_at(session, entry.draft, now)
    return exact_in(head, sizes, name, wanted, moment)


def exact_in(head: DraftHead, written_in: Collection[str], name: str, wanted: Wanted, moment: datetime) -> Wanted:
    """The same where the draft's versions, and the languages of the one asked for, are read already, and it is known as
    of when positions are judged."""
    form = format_named(name)
    compares = form.marked or form.takes is Takes.BUNDLE
    marked = replace(wanted, marked=form.marked, against=wanted.against if compares else None)
    version, base = exporting.chosen_versions(head, marked)
    language = wanted.language or (form.language if form.language in written_in else head.language)
    if language not in written_in and form.takes is not Takes.RECORD:  # a record has a language of its own
        raise NotInLanguage(version.number, language, tuple(sorted(written_in)))
    if form.takes is Takes.BRACKETS:
        check_has_brackets(version.number, language, head)
    return replace(
        marked, version=version.number, against=base.number if base else None, language=language,
        now=None if form.takes in TIMELESS else moment,
    )  # fmt: skip


def check_has_brackets(number: int, language: str, head: DraftHead) -> None:
    """Raises BracketsNotInVersion, BracketsNotInLanguage."""
    if number != head.latest.number:
        raise BracketsNotInVersion(number, head.latest.number)
    if language != head.language:
        raise BracketsNotInLanguage(language, head.language)


def base_of(head: DraftHead, number: int) -> int | None:
    """The version with which a version is compared where none is named; None for the first."""
    try:
        _version, base = exporting.chosen_versions(head, Wanted(head.slug, number, marked=True))
    except exporting.NothingBefore:
        return None
    return base.number if base else None


def judged_at(session: Session, draft: Draft, now: datetime) -> datetime:
    """As of when positions are judged: never before the last thing that was recorded."""
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    last = events.last_moment(session, draft.id) or epoch
    return max(now - (now - epoch) % JUDGED_EVERY, last.astimezone(now.tzinfo))


def keys(session: Session, draft: Draft, asked: Mapping[str, Wanted]) -> dict[str, str]:
    """The key of each file, by format. A fixed number of statements."""
    last = events.last_number(session, draft.id)
    people, institutions = exported_files.names_behind(session, draft)
    behind = [
        program(), draft.id, last, events.hash_of(session, draft.id, last), draft.title, draft.attribution, draft.scale,
        draft.days_off, people, institutions,
    ]  # fmt: skip
    return {name: _hash([name, as_facts(wanted), behind]) for name, wanted in asked.items()}


def _hash(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()


def as_facts(wanted: Wanted) -> dict[str, Any]:
    """What was asked for as JSON holds it."""
    found = {one.name: getattr(wanted, one.name) for one in fields(wanted)}
    return {name: value if isinstance(value, bool | int | None) else str(value) for name, value in found.items()}


def from_facts(facts: Mapping[str, Any]) -> Wanted:
    """The same back from there."""
    moment = facts.get("now")
    zone, now = ZoneInfo(facts["zone"]), datetime.fromisoformat(moment) if moment else None
    return Wanted(**{**facts, "zone": zone, "now": now})


@cache
def program() -> str:
    """The fingerprint of the code that files are made by, and of the libraries it calls."""
    found = hashlib.sha256()
    for folder in ("domain", "exports", "services", "store"):
        for path in sorted((PROGRAM / folder).rglob("*.*")):
            if path.suffix != ".pyc":
                found.update(path.relative_to(PROGRAM).as_posix().encode() + path.read_bytes())
    found.update(repr([(name, installed(name)) for name in LIBRARIES]).encode())
    return found.hexdigest()

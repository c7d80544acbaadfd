"""The page of all files of a version: what there is, what is made already, and what somebody waits for."""

from datetime import datetime, tzinfo

from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.exports.formats import FORMATS, Takes
from app.services import exporting, fetching, file_keys, jobs, showing
from app.services.exported_records import NoRecordIssued
from app.services.exporting import NotInLanguage, Wanted
from app.services.pages import DraftHead
from app.services.pages_downloads import DownloadsPage, FormatLine
from app.store import exported_files, records
from app.store import jobs as stored_jobs
from app.store.exported_files import Made


def downloads(
    session: Session, *, slug: str, number: int, language_of_text: str | None, against: int | None, zone: tzinfo,
    user_id: int | None, language: str, now: datetime,
) -> DownloadsPage:  # fmt: skip
    """Every format of a version. A fixed number of statements, however many formats there are.

    Raises NoSuchDraft, RoleMayNot, NoSuchVersion, NotInLanguage.
    """
    entry = exporting.enter(session, slug, user_id)
    head = showing.draft_head(session, entry, showing.contributors(session, entry, language))
    asked = Wanted(slug, number, against, language_of_text, zone=zone)
    version, _ = exporting.chosen_versions(head, asked)
    sizes = exported_files.text_sizes(session, entry.draft.id, number)
    chosen = language_of_text or head.language
    if chosen not in sizes:
        raise NotInLanguage(number, chosen, tuple(sorted(sizes)))
    base = against if against is not None else file_keys.base_of(head, number)
    exact, refused = _asked(head, sizes, chosen, asked, file_keys.judged_at(session, entry.draft, now))
    refused |= _without_record(session, entry.draft.id, chosen, number)
    keys = file_keys.keys(session, entry.draft, exact)
    made = exported_files.made(session, tuple(keys.values()))
    lines = tuple(
        _line(name, exact.get(name), refused.get(name), made.get(keys.get(name, "")), max(sizes.values()), head)
        for name in FORMATS
    )
    rows = stored_jobs.of_person(session, entry.draft.id, entry.user_id)
    job_sizes = exported_files.byte_counts(session, [row.sha256 for row in rows])
    own = tuple(jobs.line_of(row, job_sizes.get(row.sha256 or "", 0)) for row in rows)
    return DownloadsPage(
        head, version, (head.language, *sorted({*sizes} - {head.language})), chosen, base, lines, own
    )  # fmt: skip


def _asked(
    head: DraftHead, sizes: dict[str, int], chosen: str, asked: Wanted, moment: datetime
) -> tuple[dict[str, Wanted], dict[str, Refusal]]:
    """What each format is made of, or why it cannot be."""
    exact: dict[str, Wanted] = {}
    refused: dict[str, Refusal] = {}
    for name, form in FORMATS.items():
        own = form.language if form.language in sizes else chosen
        wanted = Wanted(asked.slug, asked.version, asked.against, own, zone=asked.zone)
        try:
            exact[name] = file_keys.exact_in(head, sizes, name, wanted, moment)
        except Refusal as refusal:
            refused[name] = refusal
    return exact, refused


def _without_record(session: Session, draft_id: int, language: str, number: int) -> dict[str, Refusal]:
    """Formats of a record where none is issued in this language on this version."""
    for row in records.of_draft(session, draft_id):
        if row.issued_at is not None and (row.language, row.version) == (language, number):
            return {}
    refusal = NoRecordIssued(language, number)
    return {name: refusal for name, form in FORMATS.items() if form.takes is Takes.RECORD}


def _line(
    name: str, exact: Wanted | None, refusal: Refusal | None, made: Made | None, size: int, head: DraftHead
) -> FormatLine:
    form = FORMATS[name]
    long = made is None and fetching.is_long(name, size, len(head.versions))
    language = exact.language if exact and exact.language else head.language
    against = exact.against if exact else None
    return FormatLine(name, form.extension, language, against, form.marked, long, form.plenary, made, refusal)

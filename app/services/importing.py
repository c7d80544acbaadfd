"""Bringing a law's Markdown in: as a new draft, or as the next version of one."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.clauses import Clause, Kind, Problem
from app.domain.compare import compare
from app.domain.errors import Invalid
from app.domain.front_matter import read_front_matter
from app.domain.largest import check_read
from app.domain.provenance import Origin, after_change, whole
from app.domain.reading import parse
from app.imports.markdown import NotALaw, read_text
from app.services.carrying import carry_open_amendments, law_of, wordings
from app.store import events, versions
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.memberships import NoSuchDraft, find_draft
from app.store.versions import NewText, StoredClause


class SlugTaken(Invalid):
    def __init__(self, slug: str) -> None:
        super().__init__(f"There is a draft “{slug}” already. To add its next version say --draft {slug}.")


class SameText(Invalid):
    def __init__(self, slug: str, number: int) -> None:
        super().__init__(f"The file is the same, byte for byte, as version {number} of “{slug}”; nothing was imported.")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made. `clauses` counts them; `problems` are what a drafter should look at."""

    slug: str
    number: int
    sha256: str
    clauses: int
    problems: tuple[Problem, ...]


Progress = Callable[[str], None]


def import_draft(
    session: Session, *, data: bytes, slug: str, language: str | None, now: datetime, progress: Progress,
    admit: Callable[[Draft], None] = lambda _: None,
) -> Imported:  # fmt: skip
    """Make a draft of a file; `admit` lets its first member in. Raises NotALaw, LongerThanADraft, BadFrontMatter,
    SlugTaken; nothing is stored half."""
    clauses, problems, values = _read(data, progress)
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or len(slug) > 80:
        raise NotALaw(f"“{slug}” is no usable name for a draft: use small letters a–z, digits and hyphens.")
    begin_writing(session)
    try:
        find_draft(session, slug)
    except NoSuchDraft:
        pass
    else:
        raise SlugTaken(slug)
    title = str(values.get("title") or next((c.body for c in clauses if c.kind is Kind.TITLE and c.body), slug))
    draft = Draft(
        slug=slug,
        title=title,
        language=_language(language or values.get("language")),
        attribution="named",
        created_at=now,
    )
    session.add(draft)
    session.flush()
    admit(draft)
    progress(f"storing {len(clauses)} clauses")
    order = [NewText(secrets.token_hex(10), clause, whole(clause.body, Origin(1))) for clause in clauses]
    return _store(session, draft, order, problems, "Imported", now)


def import_version(
    session: Session, *, data: bytes, slug: str, message: str, now: datetime, progress: Progress
) -> Imported:
    """Make a file the next version of a draft; clauses keep their identity, open amendments are carried along.

    Raises NotALaw, LongerThanADraft, BadFrontMatter, NoSuchDraft, SameText; nothing is stored half.
    """
    clauses, problems, _ = _read(data, progress)
    begin_writing(session)
    draft = find_draft(session, slug)
    number = versions.latest_number(session, draft.id)
    standing = versions.clauses_of(session, draft.id, draft.language, number)
    if [stored.clause.source for stored in standing] == [clause.source for clause in clauses]:
        raise SameText(slug, number)
    progress(f"comparing with version {number}")
    order = _identified(standing, clauses, number + 1)
    progress(f"storing {len(clauses)} clauses")
    return _store(session, draft, order, problems, message or "Imported", now, standing)


def _store(
    session: Session,
    draft: Draft,
    order: Sequence[NewText],
    problems: tuple[Problem, ...],
    message: str,
    now: datetime,
    standing: Sequence[StoredClause] = (),
) -> Imported:
    """Write the version and carry what is open; `standing` is the text of the version before."""
    version, text = versions.add_version(
        session, draft, message=message, author_id=None, now=now, order=order, standing=standing
    )
    carried = carry_open_amendments(session, draft, version.number, old=law_of(standing), new=law_of(order))
    facts: dict[str, Any] = {"version": version.number, "sha256": text.sha256, "carried": carried}
    facts["wordings"] = wordings(session, draft, version.number)
    events.record(session, draft, "version_imported", now=now, user_id=None, **facts)
    imported = Imported(draft.slug, version.number, text.sha256, len(order), problems)
    session.commit()
    return imported


def _read(data: bytes, progress: Progress) -> tuple[tuple[Clause, ...], tuple[Problem, ...], dict[str, Any]]:
    text = read_text(data)
    progress("reading clauses")
    outline = parse(text)
    check_read(outline.clauses)
    front = [clause.source for clause in outline.clauses[:1] if clause.kind is Kind.FRONT_MATTER]
    return outline.clauses, outline.problems, dict(read_front_matter(front[0])) if front else {}


def _language(value: object) -> str:
    """A language tag of BCP 47; `und` (undetermined) where the file does not say."""
    language = str(value or "und")
    if not re.fullmatch(r"[a-z]{2,3}", language):
        raise NotALaw(f"“{language}” is no language code; use two or three small letters, for instance ky, ru or en.")
    return language


def _identified(standing: Sequence[StoredClause], clauses: Sequence[Clause], number: int) -> list[NewText]:
    """Give every clause of the new text its permanent id, through the comparison with the version before."""
    order: list[NewText] = []
    for change in compare([stored.clause for stored in standing], clauses).changes:
        if change.new is None:
            continue
        clause = clauses[change.new]
        source = change.old if change.old is not None else next(iter(change.possible), None)
        if source is None:
            order.append(NewText(secrets.token_hex(10), clause, whole(clause.body, Origin(number))))
            continue
        before = standing[source]  # words come from where they stood, also where the identity of the clause is open
        origins = after_change(before.clause.body, before.origins, clause.body, Origin(number))
        order.append(NewText(before.id if change.old is not None else secrets.token_hex(10), clause, origins))
    return order

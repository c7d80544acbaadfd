"""Exporting: a version of a draft as the one value that every format is made of, limited to what may leave the house.

The draft's attribution is honoured here, once for all formats: in *institution only* no person is named, in
*unattributed* neither person nor institution nor the time of a contribution.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from sqlalchemy.orm import Session

from app.domain.clauses import Clause, write
from app.domain.errors import Invalid
from app.domain.lifecycle import State
from app.domain.permissions import Role
from app.domain.provenance import Origins
from app.exports.document import Backing, Document, Issued, Line
from app.services import amending, showing
from app.services.attributing import Attribution
from app.services.crediting import Credits, taken_up
from app.services.exported_lines import lines_between, lines_of
from app.services.exported_talk import proposed, remarks
from app.services.pages import AmendmentLine, DraftHead, VersionHead
from app.store import threads, versions
from app.store.drafts import Draft
from app.store.exported import languages_of
from app.store.memberships import Entry, find_draft
from app.store.sides import sides


class NotInLanguage(Invalid):
    def __init__(self, number: int, language: str, known: tuple[str, ...]) -> None:
        super().__init__(f"Version {number} is not written in “{language}”, only in {', '.join(known)}.")
        self.number, self.language, self.known = number, language, known


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported. `version` None: the latest; `language` None: the draft's own; `against`: the version it
    is marked up against; `marked` asks for the one before where none is named; `zone` is where its dates are read;
    `now` is when positions are judged, the present moment where none is named; `record` the number of a record;
    `plenary` asks for a wide edge and numbered lines."""

    slug: str
    version: int | None = None
    against: int | None = None
    language: str | None = None
    marked: bool = False
    zone: tzinfo = UTC
    now: datetime | None = None
    record: int | None = None
    preferred: str = ""  # the language that is taken where none is named, if the version is written in it
    plenary: bool = False


class NothingBefore(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(f"Version {number} is the first one: there is nothing before it to compare it with.")
        self.number = number


def enter(session: Session, slug: str, user_id: int | None) -> Entry:
    """For somebody who may read the draft. Raises NoSuchDraft."""
    return showing.enter_to_read(session, slug, user_id)


def enter_as_operator(session: Session, slug: str) -> Entry:
    """For the command line: no person is signed in there, and the operator may see every draft; what is somebody's own
    only, an amendment not yet submitted, is not theirs. Raises NoSuchDraft."""
    return Entry(find_draft(session, slug), Role.OBSERVER, 0, None)


def language_of(wanted: Wanted, own: str, written_in: Collection[str]) -> str:
    """The language of the text: the one asked for; else the preferred one, if it is written in it; else the draft's."""
    return wanted.language or (wanted.preferred if wanted.preferred in written_in else own)


def attribution_of(session: Session, draft: Draft) -> Attribution:
    """Who may be named in what leaves a draft. Two statements."""
    known = threads.addressees(session, draft.id)
    people = tuple(one.name for one in known if one.user_id is not None)
    return Attribution(draft.attribution, people, tuple(one.name for one in known if one.user_id is None))


@dataclass(frozen=True, slots=True)
class _Texts:
    old: Mapping[str, Clause]
    new: Mapping[str, Clause]
    origins: Mapping[str, Origins]


def document(session: Session, wanted: Wanted, entry: Entry) -> Document:
    """A version of a draft. A fixed number of statements, whatever was said about it.

    Raises NoSuchVersion, NotInLanguage, NothingBefore.
    """
    draft = entry.draft
    head = showing.draft_head(session, entry)
    version, base = chosen_versions(head, wanted)
    found = languages_of(session, draft.id, version.number)
    language = language_of(wanted, draft.language, found)
    if language not in found:
        raise NotInLanguage(version.number, language, tuple(sorted(found)))
    before = languages_of(session, draft.id, base.number) if base else {}
    attribution = attribution_of(session, draft)
    institutions = showing.institution_marks(session, language)
    table = amending.table(session, entry, institutions, head)
    lines = [line for line in table.lines if State(line.state) is not State.DRAFT]
    texts = _texts(session, draft.id, language, version, base)
    return Document(
        draft.slug,
        draft.title,
        language,
        draft.attribution,
        _issued(version, found[language], wanted.zone, attribution),
        _issued(base, before.get(language, ""), wanted.zone, attribution) if base else None,
        write(texts.new.values()),
        _front_matter(texts.new),
        _lines(texts, head, version, base, lines, attribution),
        remarks(session, entry, institutions, language, version.number, attribution),
        proposed(lines, version.number, attribution),
        texts.new,
        texts.old if base else {},
        texts.origins,
        plenary=wanted.plenary,
    )


def chosen_versions(head: DraftHead, wanted: Wanted) -> tuple[VersionHead, VersionHead | None]:
    """The version, and the one it is marked up against. Raises NoSuchVersion, NothingBefore."""
    heads = {one.number: one for one in head.versions}
    number = head.latest.number if wanted.version is None else wanted.version
    for asked in (number, wanted.against):
        if asked is not None and asked not in heads:
            raise versions.NoSuchVersion(head.slug, asked)
    version = heads[number]
    if wanted.against is not None:
        return version, heads[wanted.against]
    if not wanted.marked:
        return version, None
    before = version.made_from or number - 1
    if before not in heads:
        raise NothingBefore(number)
    return version, heads[before]


def _issued(version: VersionHead, sha256: str, zone: tzinfo, attribution: Attribution) -> Issued:
    message = attribution.words(version.message)
    return Issued(version.number, version.created_at.astimezone(zone), sha256, message)


def _texts(session: Session, draft_id: int, language: str, version: VersionHead, base: VersionHead | None) -> _Texts:
    if base is not None and base.number != version.number:
        both = sides(session, draft_id, language, base.number, version.number, html=False)
        return _Texts(both.old, both.new, both.origins)
    stored = versions.clauses_of(session, draft_id, language, version.number)
    law = {one.id: one.clause for one in stored}
    return _Texts(law, law, {one.id: one.origins for one in stored})


def _front_matter(law: Mapping[str, Clause]) -> tuple[tuple[str, str], ...]:
    first = next(iter(law.items()), None)
    return showing.front_matter([versions.StoredClause(first[0], first[1], (), "")]) if first else ()


def _lines(
    texts: _Texts,
    head: DraftHead,
    version: VersionHead,
    base: VersionHead | None,
    amendments: list[AmendmentLine],
    attribution: Attribution,
) -> tuple[Line, ...]:
    if base is None:
        return lines_of(texts.new)
    dates = {one.number: one.created_at for one in head.versions}
    backings = {line.number: attribution.backing(line) for line in amendments}
    asked = taken_up(amendments, base.number, version.number)
    otherwise = Backing((), (), version.created_at, version.number)
    return lines_between(texts.old, texts.new, texts.origins, Credits(backings, asked, dates, otherwise))

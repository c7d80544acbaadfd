"""Reading: the library, a version of a law, one clause with everything said about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import Around, State
from app.domain.anchors import phrases
from app.domain.errors import NotFound
from app.domain.lifecycle import OPEN
from app.domain.lifecycle import State as Life
from app.services import clause_history, showing, showing_positions, tabling, texts, threads, viewing
from app.services.agreeing import agreement
from app.services.amending import Table, table
from app.services.draft_wide import said_by_clause
from app.services.pages import AmendmentLine, ClausePage, CommentLine, DraftHead, LibraryLine, VersionHead
from app.services.pages_reading import Reading
from app.services.tabling import Tabled
from app.services.texts import IssuedText
from app.store import explanations, versions
from app.store.library import counts as library_counts
from app.store.memberships import Entry, entries


class NothingAtAddress(NotFound):
    def __init__(self, address: str, number: int) -> None:
        super().__init__(f"Nothing stands at “{address}” in version {number}.")
        self.address, self.number = address, number


def library(session: Session, *, user_id: int | None, language: str) -> tuple[LibraryLine, ...]:
    """The drafts this person may enter."""
    if user_id is None:
        return ()
    entered = entries(session, user_id)
    counts = library_counts(session, [entry.draft.id for entry in entered])
    return tuple(
        LibraryLine(
            entry.draft.slug,
            entry.draft.title,
            entry.draft.language,
            showing.version_head(counts[entry.draft.id].latest, entry.draft.attribution),
            entry.role,
            counts[entry.draft.id].open_amendments,
            counts[entry.draft.id].comments,
        )
        for entry in entered
        if entry.draft.id in counts
    )


def read(
    session: Session,
    *,
    slug: str,
    number: int | None,
    user_id: int | None,
    language: str,
    now: datetime,
    view: str = "clean",
    against: int | None = None,
    chapter: str | None = None,
) -> Reading:
    """A version of a law (None: the latest) in a view; `against` is the version of a redline (None: the one before);
    `now` the time at the place of the group.

    Raises NoSuchDraft, NoSuchVersion, NoSuchClause (for a chapter that is not in it).
    """
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.contributors(session, entry, language)
    draft = showing.draft_head(session, entry, institutions)
    version = _version(draft, number)
    text = texts.issued(session, entry.draft, version)
    newest = text if version == draft.latest else texts.issued(session, entry.draft, draft.latest)
    table = tabling.tabled(session, entry.draft.id, draft.latest.number, newest, institutions)
    said = said_by_clause(session, entry.draft)
    page = replace(
        _clean(draft, version, text, table, said, chapter),
        open_brackets=viewing.brackets_of(newest, table).total,
        kept=viewing.kept_brackets(session, entry.draft.id, text, table),
        states=_states(session, entry, newest, table, said, now),
        explanations=explanations.count(session, entry.draft.id),
    )
    if view == "brackets" and version == draft.latest:
        return replace(page, view=view, brackets=viewing.in_brackets(text, table, page.clauses))
    if view == "provenance":
        return replace(page, view=view, provenance=viewing.traced(text, table))
    if view == "redline":
        other = _version(draft, against or version.made_from or max(version.number - 1, 1))
        old = texts.issued(session, entry.draft, other)
        part = {line.id for line in page.clauses} if page.chapter else None
        return replace(page, view=view, against=other, redline=viewing.marked_up(old, text, part))
    return page


def _states(
    session: Session,
    entry: Entry,
    newest: IssuedText,
    table: Tabled,
    said: Mapping[str, tuple[int, bool]],
    now: datetime,
) -> dict[str, str]:
    """How far the clauses of the latest text are, those that are not simply open."""
    found = agreement(session, entry.draft, newest, now, now.date()).states(tabling.around(table, said))
    return {clause_id: state.value for clause_id, state in found.items() if state is not State.OPEN}


def _version(draft: DraftHead, number: int | None) -> VersionHead:
    wanted = draft.latest.number if number is None else number
    found = next((head for head in draft.versions if head.number == wanted), None)
    if found is None:
        raise versions.NoSuchVersion(draft.slug, wanted)
    return found


def _clean(
    draft: DraftHead,
    version: VersionHead,
    text: IssuedText,
    table: Tabled,
    said: Mapping[str, tuple[int, bool]],
    chapter: str | None,
) -> Reading:
    """The lines of a text, or of one chapter, with what was said about each: how many comments, whether one is open."""
    counts = {clause_id: count for clause_id, (count, _) in said.items() if count}
    start, end = _part(text, chapter)
    lines = list(text.lines[start:end])
    active = sorted(
        text.places[clause_id] - start
        for clause_id in {*counts, *table.touching, *table.contested}
        if start <= text.places.get(clause_id, -1) < end
    )
    for at in active:
        at_id = lines[at].id
        lines[at] = lines[at].counted(counts.get(at_id, 0), table.touching.get(at_id, 0), at_id in table.contested)
    head = lines[0] if chapter and lines else None
    key = (text.key, start, end)
    return Reading(draft, version, "clean", key, lines, tuple(active), showing.front_matter(text.stored), head)


def _part(text: IssuedText, chapter: str | None) -> tuple[int, int]:
    """Where in the lines what is to be shown begins and ends. Raises NoSuchClause."""
    if not chapter:
        return 0, len(text.lines)
    if chapter not in text.places:
        raise showing.NoSuchClause
    return texts.below(text, chapter)


def clause_at(session: Session, *, slug: str, number: int | None, address: str, user_id: int | None) -> str:
    """The id of the clause at an address of a version (None: the latest).

    Raises NoSuchDraft, NoSuchVersion, NothingAtAddress.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    version = _version(showing.draft_head(session, entry), number)
    found = texts.at_address(texts.issued(session, entry.draft, version), address)
    if found is None:
        raise NothingAtAddress(address, version.number)
    return found


def clause(
    session: Session, *, slug: str, clause_id: str, user_id: int | None, language: str, now: datetime
) -> ClausePage:
    """A clause in the latest version that has it, and everything said about it. Raises NoSuchDraft, NoSuchClause."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.contributors(session, entry, language)
    draft = showing.draft_head(session, entry, institutions)
    history = versions.history_of(session, clause_id, draft.language)
    if not history or history[-1].draft_id != entry.draft.id:
        raise showing.NoSuchClause
    last = history[-1].last_version
    number = draft.latest.number if last is None else last
    on_table = table(session, entry, institutions, draft, around=clause_id)
    text = on_table.issued
    if number != draft.latest.number:
        text = texts.issued(session, entry.draft, _version(draft, number))
    at = text.places.get(clause_id)
    if at is None:  # the block at the head of the file is no clause to speak about
        raise showing.NoSuchClause
    shown = text.lines
    said = threads.on_clause(session, entry, institutions, clause_id, history, draft.latest.number)
    discussed = said_by_clause(session, entry.draft)
    amended = tuple(line for line in on_table.lines if any(change.clause_id == clause_id for change in line.changes))
    return ClausePage(
        draft,
        next(head for head in draft.versions if head.number == number),
        shown[at],
        last + 1 if last is not None else None,
        said,
        amended,
        clause_history.history(history, text, draft.versions, on_table.lines),
        shown[at - 1].id if at else None,
        shown[at + 1].id if at + 1 < len(shown) else None,
        threads.commented(said),
        threads.addressees(session, entry, institutions),
        phrases(history[-1].body),
        showing_positions.on_clause(
            session, entry, institutions, draft, history,
            lambda linked: {**_elsewhere(on_table, discussed, linked), clause_id: _around(amended, said)}, now,
        ),
    )  # fmt: skip


def _elsewhere(on_table: Table, said: Mapping[str, tuple[int, bool]], clause_ids: Collection[str]) -> dict[str, Around]:
    """What is open about each of some clauses."""
    about = {number: found for number, ids in on_table.open_about.items() if (found := ids.intersection(clause_ids))}
    amended = frozenset[str]().union(*about.values())
    colliding = {id for number, ids in about.items() if on_table.others.get(number) for id in ids}
    return {id: Around(id in colliding, id in amended, said.get(id, (0, False))[1]) for id in clause_ids}


def _around(amended: Sequence[AmendmentLine], said: Sequence[CommentLine]) -> Around:
    """What is open about a clause beside positions. A thread that is resolved is no discussion any more."""
    open_ones = [line for line in amended if Life(line.state) in OPEN]
    colliding = any(line.collides_with for line in open_ones)
    return Around(colliding, bool(open_ones), any(_is_open(thread) for thread in said))


def _is_open(thread: CommentLine) -> bool:
    said = thread.withdrawn_at is None or any(reply.withdrawn_at is None for reply in thread.replies)
    return said and thread.resolved is None

"""One amendment and everything that was said and decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.attribution import Mode
from app.domain.diff import diff
from app.domain.edits import Amendment, Edit
from app.domain.instructions import Style
from app.domain.permissions import Action, can
from app.services import connecting, saying, showing, showing_positions, texts, threads
from app.services.amending import Text, changes_of, line_of, past, text_as_issued, without_marks
from app.services.colliding import colliding_of
from app.services.connecting import Around
from app.services.draft_wide import relations_of, said_of_amendments
from app.services.kept import Kept
from app.services.marks import Marks
from app.services.owning import may_know, may_take_out
from app.services.pages import AmendmentLine, DraftHead
from app.services.pages_amendment import AmendmentPage, MovedOn
from app.services.pages_saying import Said
from app.services.proposed import proposed
from app.services.recounting import step_lines
from app.services.relating import Relating
from app.services.saying import LONGEST_UNASKED, said_of_amendment, style_for
from app.services.sponsoring import seated
from app.services.texts import IssuedText
from app.store import amendments, fates, steps
from app.store.amendments import AmendmentRow
from app.store.memberships import Entry

_SAID: Kept[Said] = Kept(1_000)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page reads once: the amendment with all that is around it, and the words of those it shows in full."""

    head: DraftHead
    around: Around
    edits: Mapping[int, tuple[Edit, ...]]  # by row id
    issued: IssuedText  # the latest text
    bases: Mapping[int, Text]  # the texts that what is shown starts from
    lines: Mapping[int, AmendmentLine]  # by row id


def read_amendment(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime,
    sentences: bool = False,
) -> AmendmentPage:  # fmt: skip
    """One amendment and what was said about it. Of a very long law the sentences of change are made when they are
    asked for. Raises NoSuchDraft, NoSuchAmendment."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.contributors(session, entry, language)
    shown = _shown(session, entry, institutions, number)
    around, row = shown.around, shown.around.row
    line, base = shown.lines[row.id], shown.bases[row.base_version].law
    by_number = {one.number: one for one in shown.lines.values()}
    offered = {around.rows[id].number for id in connecting.linked_ids(around)}  # shown with their answers
    amendment = Amendment(amendments.key_of(number), shown.edits.get(row.id, ()))
    return AmendmentPage(
        shown.head,
        line,
        threads.on_amendment(session, entry, institutions, row.id),
        threads.addressees(session, entry, institutions),
        _said(shown, row.base_version, amendment, style_for(entry.draft.language, language), sentences),
        mine=around.mine,
        may_take_out=around.is_open and not around.mine and may_take_out(entry, row),
        may_link=bool(linkable := connecting.linkable(around)),
        may_bridge=around.is_open and can(entry.role, Action.CONSOLIDATE),
        may_amend=around.is_open and can(entry.role, Action.PROPOSE) and not around.mine,
        sponsoring=connecting.sponsoring(around, _invitable(session, entry, row, now)),
        rivals=tuple(by_number[other] for other in line.collides_with if other not in offered),
        links=connecting.links(around),
        linkable=linkable,
        offered_to=connecting.offered_to(around, row.id),
        counter_texts=connecting.counter_texts(around, shown.lines),
        amends=next((around.answer(link, link.to_id) for link in around.leading_away("amends")), None),
        sub_amendments=connecting.sub_amendments(around, shown.lines, shown.edits, base),
        steps=step_lines(
            steps.steps(session, entry.draft.id, number), fates.of_amendment(session, row.id), number, institutions,
            shown.issued,
        ),
        moved_on=_moved_on(line, shown.issued) if line.carried == "needs_author" else (),
        positions=showing_positions.on_amendment_page(
            session, entry, institutions, row.id, shown.edits.get(row.id, ()), is_open=around.is_open,
            colliding=bool(line.collides_with), now=now,
        ),
    )  # fmt: skip


def _said(shown: _Shown, number: int, amendment: Amendment, style: Style, asked: bool) -> Said:
    """The sentences of change, kept for a while: they follow from the amendment and the text that it starts from."""
    if len(shown.bases[number].law) > LONGEST_UNASKED and not asked:
        return saying.said((), shown.head.title, style, left_out=True)
    base = next((one.sha256, one.created_at) for one in shown.head.versions if one.number == number)
    key = (shown.issued.key, number, base, amendment, shown.head.title, style)
    return _SAID.get(key, lambda: said_of_amendment(shown.bases[number].law, amendment, shown.head.title, style))


def _invitable(session: Session, entry: Entry, row: AmendmentRow, now: datetime) -> tuple[int, ...]:
    """Who can be asked to propose it too; nobody where no names are put to it."""
    if entry.attribution is Mode.UNATTRIBUTED:
        return ()
    return seated(session, entry.draft, row.institution_id, now)


def _shown(session: Session, entry: Entry, institutions: Marks, number: int) -> _Shown:
    """A fixed number of statements, however many amendments there are; only those shown in full are worked out."""
    row = amendments.find(session, entry.draft.id, number)
    if not may_know(entry, row):
        raise amendments.NoSuchAmendment(number)
    head = showing.draft_head(session, entry, institutions)
    every = proposed(session, entry.draft)
    rows = {one.id: one for one in every.known_to(entry)}
    edits, found = every.edits, relations_of(session, entry.draft)
    issued = texts.issued(session, entry.draft, head.latest)
    others = colliding_of(issued, every).others
    authors = {one.author_id for one in rows.values() if one.author_id}
    linkers = {link.author_id for link in (*found.links_from.get(row.id, ()), *found.links_to.get(row.id, ()))}
    names = showing.people(session, entry, authors | {author for author in linkers if author})
    around = Around(entry, row, rows, found, institutions, names)
    rivals = {one.id for one in rows.values() if one.number in others.get(number, ())}
    full = {id: rows[id] for id in (row.id, *rivals, *connecting.linked_ids(around))}
    bases = _bases(session, entry, head, issued, {one.base_version for one in full.values()})
    relating = Relating(found, every.numbers_for(entry), institutions)
    counts, _ = said_of_amendments(session, entry.draft)
    lines = {
        id: line_of(one, changes_of(edits.get(id, ()), bases[one.base_version]), relating, names, counts, others)
        for id, one in full.items()
    }
    return _Shown(head, around, edits, issued, bases, lines)


def _bases(
    session: Session, entry: Entry, head: DraftHead, issued: IssuedText, numbers: set[int]
) -> Mapping[int, Text]:
    """The texts that amendments start from: the latest as it is kept, older ones in one statement."""
    older = past(session, entry, head, numbers - {issued.number})
    return {**older, issued.number: text_as_issued(issued)} if issued.number in numbers else older


def _moved_on(line: AmendmentLine, issued: IssuedText) -> tuple[MovedOn, ...]:
    """The clauses an amendment is about as it found them, beside the text as it stands."""
    found = []
    for change in line.changes:
        clause = issued.law.get(change.clause_id or "")
        if change.clause_id is None or (clause is not None and change.kind in ("insert", "move")):
            continue
        if clause is None:
            found.append(MovedOn(change.clause_id, change.human, change.spans, None))
        else:
            spans = diff(change.before, _now(change.clause_id, change.kind, issued))
            found.append(MovedOn(change.clause_id, issued.human(change.clause_id), change.spans, spans))
    return tuple(found)


def _now(clause_id: str, kind: str, issued: IssuedText) -> str:
    """What stands where a change of this kind would be made: the words, the number, the clause with all below it."""
    clause = issued.law[clause_id]
    if kind == "relabel":
        return clause.lead
    if kind != "delete":
        return clause.body
    start, end = texts.below(issued, clause_id)
    return without_marks("".join(issued.law[line.id].source for line in issued.lines[start:end]))

"""From positions to what pages show of them: a line per seat, in the order of the table."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.agreement import Around, State, fingerprint_of_edits, state
from app.domain.edits import Edit
from app.domain.permissions import Action, can
from app.domain.rules import Decision
from app.domain.scale import step
from app.domain.seats import Place, SeatKind
from app.services import confirming, showing, showing_calls, showing_closing, texts
from app.services.agreeing import Agreement, Bound, Spoken, agreement, last_word, on_amendment, spoken
from app.services.confirming import in_setting_only, lapsed_in_setting
from app.services.marks import Marks
from app.services.pages import DraftHead
from app.services.pages_closing import NOTHING, Closing
from app.services.pages_positions import OwnLine, OwnPositions, PositionLine, PositionsShown, SeatLine
from app.services.positioning import ENTERING, Subject, barred, seated_in, words_of
from app.services.texts import IssuedText
from app.store import explanations
from app.store.drafts import ClauseText
from app.store.memberships import Entry
from app.store.positions import Position, Reopening


@dataclass(frozen=True, slots=True)
class _Showing:
    """What the lines of one page are made from. `words` is the fingerprint of the text as it stands; `in_setting` says
    of a position and what it is bound to whether that text differs in its setting only; `place` cites a clause."""

    entry: Entry
    said: Spoken
    institutions: Marks
    names: Mapping[int, str]
    words: str
    reopened: Reopening | None
    now: datetime
    in_setting: Callable[[Bound], bool]
    place: Callable[[str], str]


def on_clause(
    session: Session,
    entry: Entry,
    institutions: Marks,
    head: DraftHead,
    history: Sequence[ClauseText],
    around_of: Callable[[Collection[str]], Mapping[str, Around]],
    now: datetime,
) -> PositionsShown:
    """The positions on a clause, of which `history` are the texts; on one that is gone, those that were given on it.
    `around_of`: what else is open about each of some clauses: this one, and those it is linked with."""
    clause_id = history[0].clause_id
    text = texts.issued(session, entry.draft, head.latest)
    found = agreement(session, entry.draft, text, now, now.date(), entry.institution_id)
    here = clause_id in text.places
    rows = found.said_of(clause_id) if here else _given_on(found.spoken, entry, clause_id)
    body = text.law[clause_id].body if here else ""

    def in_setting(pair: Bound) -> bool:
        return here and in_setting_only(_body_in(history, pair[0].version), pair[1], body)

    words = found.fingerprints[clause_id] if here else ""
    printed = explanations.of_clause(session, clause_id)
    names = _names(session, entry, rows, showing_closing.authors(found.spoken, printed))
    shown = _Showing(
        entry, found.spoken, institutions, names, words, found.spoken.reopenings.get(clause_id), now, in_setting,
        text.human,
    )  # fmt: skip
    below = words_of(text, Subject("below", clause_id, "")) if here and _has_below(text, clause_id) else ""
    linked = found.linked_with(clause_id)
    around = around_of(linked)
    states = found.states(around, linked)
    known = states[clause_id] if here else state(None, around[clause_id])
    closing = showing_closing.closing(
        entry, institutions, text, found, states, clause_id, printed, names, lambda number: _body_in(history, number)
    )
    made = _shown(shown, rows, found.decisions.get(clause_id), known, below, closing=closing)
    return replace(made, asked=showing_calls.asking(found.spoken, words, now, clause_id=clause_id))


def on_amendment_page(
    session: Session, entry: Entry, institutions: Marks, amendment_id: int, edits: Iterable[Edit], *,
    is_open: bool, colliding: bool, now: datetime,
) -> PositionsShown:  # fmt: skip
    """The positions on an amendment (its row id). Its state is that of agreement alone."""
    said = spoken(session, entry.draft, now.date())
    words = fingerprint_of_edits(edits)
    rows = tuple(
        (row, row.text_sha256) for row in said.shown_to(entry.institution_id) if row.amendment_id == amendment_id
    )
    _, decision = on_amendment(said, amendment_id, words, now)
    names = _names(session, entry, rows, showing_closing.authors(said, ()))
    shown = _Showing(entry, said, institutions, names, words if is_open else "", None, now, lambda _: False, str)
    made = _shown(shown, rows, decision, state(decision, Around(colliding=colliding)), "", words)
    return replace(made, asked=showing_calls.asking(said, words, now, amendment_id=amendment_id))


def own(session: Session, *, slug: str, user_id: int | None, language: str, now: datetime) -> OwnPositions:
    """What one's own institution has to do about its positions, and what is said about the whole latest version.

    Raises NoSuchDraft, RoleMayNot.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, institutions)
    text = texts.issued(session, entry.draft, head.latest)
    found = agreement(session, entry.draft, text, now, now.date(), entry.institution_id)
    words = words_of(text, Subject("version", "", ""))
    rows = tuple(
        (row, row.text_sha256)
        for row in found.spoken.shown_to(entry.institution_id)
        if row.about == "version"
    )  # fmt: skip
    ours = entry.institution_id or 0
    place = next((one for one in found.spoken.places if one.institution == ours), None)
    spoken_by = place or Place(ours, SeatKind.FULL)  # a former seat's positions are still to be read
    words_of_ours = {id: last_word(found.spoken, spoken_by, pairs) for id, pairs in found.positions.items()}
    standing = {id: pair for id, pair in words_of_ours.items() if pair}
    names = _names(session, entry, (*rows, *standing.values()), showing_closing.authors(found.spoken, ()))
    in_setting = lapsed_in_setting(session, entry, text, found, spoken_by)
    whole = _Showing(
        entry, found.spoken, institutions, names, words, None, now, lambda _: False, text.human
    )  # fmt: skip
    lines = [
        _own_line(whole, found, text, id, pair, in_setting)
        for id, pair in sorted(standing.items(), key=lambda one: text.places[one[0]])
    ]
    of_all = confirming.count_unchanged(session, entry, text, found, now) if entry.role in ENTERING else 0
    return OwnPositions(
        head,
        _shown(whole, rows, None, State.OPEN, ""),
        tuple(line for line in lines if line.position.lapsed),
        tuple(line for line in lines if not line.position.lapsed and line.position.is_provisional),
        tuple(line for line in lines if _waits_for_us(line.position)),
        of_all,
    )


def _waits_for_us(position: PositionLine) -> bool:
    """Whether the group answered an objection to which the institution has not said anything since."""
    return position.objects and not position.lapsed and any(one.maintained_at is None for one in position.answers[-1:])


def _own_line(
    whole: _Showing, found: Agreement, text: IssuedText, clause_id: str, pair: Bound, in_setting: Collection[str]
) -> OwnLine:
    here = _Showing(
        whole.entry, whole.said, whole.institutions, whole.names, found.fingerprints[clause_id],
        whole.said.reopenings.get(clause_id), whole.now, lambda _: clause_id in in_setting, text.human,
    )  # fmt: skip
    return OwnLine(clause_id, text.human(clause_id), _line(here, pair))


def _given_on(said: Spoken, entry: Entry, clause_id: str) -> tuple[Bound, ...]:
    return tuple(
        (row, row.text_sha256) for row in said.shown_to(entry.institution_id) if row.clause_id == clause_id
    )  # fmt: skip


def _body_in(history: Sequence[ClauseText], version: int) -> str | None:
    return next(
        (row.body for row in history
         if row.first_version <= version and (row.last_version is None or version <= row.last_version)),
        None,
    )  # fmt: skip


def _has_below(text: IssuedText, clause_id: str) -> bool:
    start, end = texts.below(text, clause_id)
    return end - start > 1


def _names(
    session: Session, entry: Entry, rows: Iterable[Bound], others: Collection[int] = ()
) -> Mapping[int, str]:  # fmt: skip
    return showing.people(session, entry, {*others, *(row.author_id for row, _ in rows if row.author_id)})


def _shown(
    shown: _Showing, rows: Sequence[Bound], decision: Decision | None, known: State, below: str,
    bound_to: str = "", closing: Closing = NOTHING,
) -> PositionsShown:  # fmt: skip
    at_table = [place for place in shown.said.places if place.kind is not SeatKind.FACILITATING]
    seated = seated_in(at_table)
    entering, marks = shown.words and shown.entry.role in ENTERING, shown.institutions
    judged = shown if not bound_to else _bound_to(shown, bound_to)
    return PositionsShown(
        known.value,
        _seats(judged, at_table, rows),
        shown.said.scale,
        shown.words,
        below,
        barred(shown.entry, seated),
        tuple(marks.seats[id] for id in seated) if entering else (),
        marks.those(decision.blocking if decision else ()),
        marks.those(decision.waiting if decision else ()),
        marks.those(decision.lapsed if decision else ()),
        marks.those(decision.unanswered if decision else ()),
        can(shown.entry.role, Action.CALL),
        closing,
    )


def _bound_to(shown: _Showing, words: str) -> _Showing:
    """The same, judged by words on which nobody may state a position any more."""
    return _Showing(
        shown.entry, shown.said, shown.institutions, shown.names, words, shown.reopened, shown.now, shown.in_setting,
        shown.place,
    )  # fmt: skip


def _seats(shown: _Showing, at_table: Sequence[Place], rows: Sequence[Bound]) -> tuple[SeatLine, ...]:
    """In the order of the table. Where institutions are not told, one's own and then what the others said, each without
    what it said before, in an order that says nothing of whose it is."""
    lines = tuple(_seat(shown, place, rows) for place in at_table)
    if not shown.institutions.hides:
        return lines
    untold = (replace(line, kind="", inherited=None, history=()) for line in lines if not line.ours)
    return (*(line for line in lines if line.ours), *sorted(untold, key=_said_first))


def _said_first(line: SeatLine) -> tuple[int, str]:
    """What needs attention first, then by its words."""
    said = line.position
    return (-said.step.number, said.reason) if said and said.step else (0, said.reason if said else "")


def _seat(shown: _Showing, place: Place, rows: Sequence[Bound]) -> SeatLine:
    """What speaks for a seat: its own last position, or what it inherited from those that were merged into it."""
    those = (place.institution, *place.formerly)
    own_rows = [pair for pair in rows if pair[0].institution_id in those]
    standing = last_word(shown.said, place, rows)
    former = standing[0].institution_id if standing else place.institution
    inherited = shown.institutions.get(former) if former != place.institution else None
    ours = place.institution == shown.entry.institution_id
    return SeatLine(
        (shown.institutions.seats if ours else shown.institutions)[place.institution],
        place.kind.value,
        _line(shown, standing) if standing else None,
        inherited,
        tuple(_line(shown, pair) for pair in reversed(own_rows) if pair is not standing),
        ours,
    )


def _line(shown: _Showing, pair: Bound) -> PositionLine:
    row, marks = pair[0], shown.institutions
    return PositionLine(
        row.id,
        step(shown.said.scale, row.step) if row.step else None,
        row.reason if row.institution_id == shown.entry.institution_id else marks.words(row.reason),
        shown.names.get(row.author_id or 0, ""),
        row.entered_for and not marks.hides,
        marks.when(row.created_at),
        row.version,
        row.about,
        shown.place(row.clause_id) if row.about == "below" and row.clause_id else "",
        _lapsed(shown, pair) if row.step else "",
        row.confirm_until,
        marks.when(row.confirmed_at) if row.confirmed_at else None,
        _is_hidden(shown, row),
        showing_closing.answer_lines(shown.said.answers.get(row.id, ()), shown.names, marks),
    )


def _is_hidden(shown: _Showing, row: Position) -> bool:
    return row.call_id is not None and row not in shown.said.visible


def _lapsed(shown: _Showing, pair: Bound) -> str:
    """Why a position does not count; empty where it does."""
    row, words = pair
    if words != shown.words:
        return "setting" if shown.in_setting(pair) else "text"
    if shown.reopened is not None and row.created_at < shown.reopened.created_at:
        return "reopened"
    unconfirmed = row.confirm_until is not None and row.confirmed_at is None and row.confirm_until <= shown.now
    return "unconfirmed" if unconfirmed else ""

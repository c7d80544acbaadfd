"""What institutions said about a version and how far agreement on it is, for the formats that list it.

What was chosen in a call that is not revealed yet never leaves the house, not even towards the institution itself.
Where nobody may be named no single position leaves it either: how many took which step is all that is told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from sqlalchemy.orm import Session

from app.domain.agreement import Around, State, fingerprint_of_edits, speaking, state
from app.domain.scale import step
from app.domain.seats import SeatKind
from app.exports.document import Document, Line, Reached, Reply, Stated
from app.services import exporting, showing, tabling
from app.services.agreeing import Agreement, Bound, agreement, last_word, on_amendment, standing
from app.services.attributing import NAMED, UNATTRIBUTED, Attribution
from app.services.board_cells import STANDING, cells_of, speaking_places, steps_in
from app.services.draft_wide import said_by_clause
from app.services.exporting import Wanted
from app.services.marks import Marks
from app.services.texts import IssuedText, issued
from app.store import amendments, users
from app.store.memberships import Entry
from app.store.positions import Answered, Position, Reopening

COUNTS, IN_PART = "counts", "in_part"
REASONS = ("text", "reopened", "unconfirmed", "replaced", "no_seat", "taken_back")
"""Why a position does not count; of several, on several clauses, the first one is told."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """All that is told from. `said` are the positions, the hidden ones left out; by the row ids of amendments `numbers`
    are theirs, `words` what positions on them are bound to."""

    document: Document
    found: Agreement
    said: tuple[Position, ...]
    institutions: Marks
    attribution: Attribution
    numbers: Mapping[int, int]
    words: Mapping[int, str]
    names: Mapping[int, str]
    now: datetime
    zone: tzinfo


def with_positions(session: Session, wanted: Wanted, entry: Entry) -> Document:
    """A version with the positions on it. A fixed number of statements, however much was said.

    Raises NoSuchVersion, NotInLanguage, NothingBefore.
    """
    document = exporting.document(session, wanted, entry)
    institutions = showing.institution_marks(session, document.language)
    head = showing.draft_head(session, entry, institutions)
    version = next(one for one in head.versions if one.number == document.version.number)
    text = issued(session, entry.draft, version)
    heard = _heard(session, entry, document, institutions, text, wanted)
    states = heard.found.states(_around(session, entry, institutions, text))
    reached = (*_on_clauses(heard, states), *_on_amendments(heard))
    stated = () if heard.attribution.mode == UNATTRIBUTED else tuple(_stated(heard))
    return replace(document, scale=heard.found.spoken.scale, positions=stated, reached=reached)


def _heard(
    session: Session, entry: Entry, document: Document, institutions: Marks, text: IssuedText, wanted: Wanted
) -> _Heard:
    now = wanted.now or datetime.now(UTC)
    found = agreement(session, entry.draft, text, now, now.astimezone(wanted.zone).date())
    said = tuple(row for row in found.spoken.visible if row.version <= text.number)
    attribution = exporting.attribution_of(session, entry.draft)
    edits = amendments.edits_of(session, entry.draft.id)
    numbers = {row.id: row.number for row in amendments.all_of(session, entry.draft.id)}
    known = {one.number for one in document.amendments}
    named = {row.author_id for row in said if row.author_id} if attribution.mode == NAMED else set()
    return _Heard(
        document, found, said, institutions, attribution,
        {id: number for id, number in numbers.items() if number in known},
        {id: fingerprint_of_edits(edits.get(id, ())) for id in numbers},
        users.full_names(session, named), now, wanted.zone,
    )  # fmt: skip


def _around(session: Session, entry: Entry, institutions: Marks, text: IssuedText) -> Mapping[str, Around]:
    table = tabling.tabled(session, entry.draft.id, text.number, text, institutions)
    return tabling.around(table, said_by_clause(session, entry.draft))


def _on_clauses(heard: _Heard, states: Mapping[str, State]) -> Iterator[Reached]:
    """In the order of the text."""
    cells = cells_of(heard.found)
    full = [at for at, place in enumerate(speaking_places(heard.found)) if place.kind is SeatKind.FULL]
    for line in heard.document.text():
        if line.clause_id in states:
            own = cells.get(line.clause_id, ())
            taken = Counter(number for at in full if own for number in steps_in(own[at], STANDING))
            yield Reached(line.clause_id, None, line.human, line.address, states[line.clause_id].value, _counts(taken))


def _on_amendments(heard: _Heard) -> Iterator[Reached]:
    """By number, those of which somebody spoke or was asked."""
    rows = {number: id for id, number in heard.numbers.items()}
    said = _by_amendment(heard)
    for one in heard.document.amendments:
        pairs = said.get(rows[one.number], [])
        spoken = replace(heard.found.spoken, visible=tuple(row for row, _ in pairs))
        voices, decision = on_amendment(spoken, rows[one.number], heard.words[rows[one.number]], heard.now)
        if decision is None:
            continue
        counted = {voice.institution for voice in voices if voice.meaning is not None and not voice.lapsed}
        last = [
            last_word(spoken, place, pairs)
            for place in spoken.places
            if place.kind is SeatKind.FULL and place.institution in counted
        ]
        taken = Counter(pair[0].step for pair in last if pair is not None and pair[0].step is not None)
        reached = state(decision, Around(colliding=bool(one.collides_with)))
        yield Reached(None, one.number, "", "", reached.value, _counts(taken))


def _by_amendment(heard: _Heard) -> Mapping[int, list[Bound]]:
    """The positions on amendments, by the row id of these."""
    found: dict[int, list[Bound]] = defaultdict(list)
    for row in heard.said:
        if row.amendment_id is not None:
            found[row.amendment_id].append((row, row.text_sha256))
    return found


def _counts(taken: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(taken.items()))


def _stated(heard: _Heard) -> list[Stated]:
    """What is about the whole version, then in the order of the text, then about what is gone, then on amendments."""
    lines = {line.clause_id: line for line in heard.document.text()}
    places = {clause_id: at for at, clause_id in enumerate(lines)}
    standings = _standings(heard)

    def place(one: Stated) -> tuple[int, int, int]:
        at = -1 if one.about == "version" else places.get(one.clause_id or "", len(places))
        return at, one.amendment or 0, one.id

    told = [row for row in heard.said if row.amendment_id is None or row.amendment_id in heard.numbers]
    return sorted((_one(heard, row, lines, standings[row.id]) for row in told), key=place)


def _one(heard: _Heard, row: Position, lines: Mapping[str, Line], told: Iterable[str]) -> Stated:
    spoken, attribution = heard.found.spoken, heard.attribution
    line = lines.get(row.clause_id or "")
    call = next((call.number for call in spoken.calls if call.id == row.call_id), None)
    place = next((place for place in spoken.places if place.institution == row.institution_id), None)
    return Stated(
        row.id, row.about, row.clause_id, heard.numbers.get(row.amendment_id or 0), line.human if line else "",
        line.address if line else "", call, attribution.party(heard.institutions.get(row.institution_id)),
        place.kind.value if place else "", step(spoken.scale, row.step) if row.step else None,
        attribution.words(row.reason), _summed(row, told), row.version,
        attribution.person(heard.names.get(row.author_id or 0, "")), row.entered_for,
        attribution.time(row.created_at.astimezone(heard.zone)), _moment(heard, row.confirm_until),
        _moment(heard, row.confirmed_at), tuple(_reply(heard, one) for one in spoken.answers.get(row.id, ())),
    )  # fmt: skip


def _moment(heard: _Heard, at: datetime | None) -> datetime | None:
    return None if at is None else heard.attribution.time(at.astimezone(heard.zone))


def _reply(heard: _Heard, one: Answered) -> Reply:
    told = one.amendment if one.amendment in heard.numbers.values() else None
    return Reply(
        heard.attribution.words(one.row.text), told, one.row.version, one.counts, one.row.maintained_at is not None
    )


def _summed(row: Position, told: Iterable[str]) -> str:
    """One word for what a position is on all that it is about."""
    found = set(told)
    if not found:
        return "taken_back" if row.step is None else "gone"
    if COUNTS in found:
        return COUNTS if found == {COUNTS} else IN_PART
    return min(found, key=REASONS.index)


def _standings(heard: _Heard) -> Mapping[int, set[str]]:
    """By id of a position what it is on each clause that it speaks of. What was said of many clauses at once is looked
    at once."""
    found: dict[int, set[str]] = defaultdict(set)
    known: set[object] = set()
    for clause_id, pairs in heard.found.positions.items():
        words, reopened = heard.found.fingerprints[clause_id], heard.found.spoken.reopenings.get(clause_id)
        key = (tuple((row.id, bound == words) for row, bound in pairs), reopened and reopened.id)
        if key not in known:
            known.add(key)
            _add(found, heard, pairs, words, reopened)
    for amendment_id, own in _by_amendment(heard).items():
        _add(found, heard, own, heard.words[amendment_id], None)
    return found


def _add(
    found: dict[int, set[str]], heard: _Heard, pairs: Sequence[Bound], words: str, reopened: Reopening | None
) -> None:
    places = heard.found.spoken.places
    seated = {id for place in places for id in (place.institution, *place.formerly)}
    last = {row.institution_id: row.id for row, _ in pairs}
    given = {one.institution: one for one in standing(pairs, ())}
    words_of = [speaking(place, given, heard.found.spoken.scale) for place in places]
    heard_now = {last[one.institution] for one in words_of if one is not None}
    for row, bound in pairs:
        if row.step is None:
            told = "taken_back"
        elif row.institution_id not in seated:
            told = "no_seat"
        elif row.id not in heard_now:
            told = "replaced"
        else:
            told = _lapsed(row, bound == words, reopened, heard.now) or COUNTS
        found[row.id].add(told)


def _lapsed(row: Position, same: bool, reopened: Reopening | None, now: datetime) -> str:
    """Why the last word of an institution does not count; empty where it does."""
    if not same:
        return "text"
    if reopened is not None and row.created_at < reopened.created_at:
        return "reopened"
    unconfirmed = row.confirm_until is not None and row.confirmed_at is None and row.confirm_until <= now
    return "unconfirmed" if unconfirmed else ""

"""Where agreement stands in a draft: what every seat says about the text as it stands, and what the rules make of it.

What was given in a hidden call counts for nobody before it is revealed, and shows to nobody but the institution itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.agreement import Around, Asked, Given, State, fingerprint, speaking, state, together, voices
from app.domain.grouping import connected
from app.domain.rules import Decision, Rule, Voice, decide
from app.domain.scale import DEFAULT, Scale, scale_of
from app.domain.seats import Place, places
from app.services.by_record import ByRecord
from app.services.kept import Kept
from app.services.texts import IssuedText, below
from app.store import calls, institutions, packages, positions, versions
from app.store.calls import CALLED_OFF, Call, CallItem
from app.store.drafts import Draft
from app.store.packages import Package
from app.store.positions import Answered, Position, Reopening

Bound = tuple[Position, str]
"""A position and the fingerprint of the words of a clause on which it was given; empty where they were not there."""

_FINGERPRINTS: Kept[Mapping[str, str]] = Kept(8)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Everything said about agreement in a draft, as it is stored. `visible` leaves out what is hidden still."""

    given: tuple[Position, ...]
    visible: tuple[Position, ...]
    answers: Mapping[int, list[Answered]]
    reopenings: Mapping[str, Reopening]
    packages: Mapping[int, tuple[Package, tuple[str, ...]]]
    calls: tuple[Call, ...]
    items: Mapping[int, list[CallItem]]
    receipts: Mapping[int, frozenset[int]]
    answered: Collection[int]  # the objections, by the id of their position, that have their answer
    places: tuple[Place, ...] = ()
    scale: Scale = DEFAULT

    def shown_to(self, institution_id: int | None) -> tuple[Position, ...]:
        """What an institution sees: what everybody sees, its own, and that of those which were merged into it."""
        open_to_all = {row.id for row in self.visible}
        ours = {institution_id}.union(*(one.formerly for one in self.places if one.institution == institution_id))
        return tuple(row for row in self.given if row.id in open_to_all or row.institution_id in ours)


@dataclass(frozen=True, slots=True)
class Agreement:
    """By clause id, for clauses about which somebody spoke or was asked: what the seats say, what follows, the call
    that decides (the last one about the text as it stands), and the positions that were given on it or on what it
    stands in, in their order; among these the reader's own that are hidden from others and count for nothing yet."""

    spoken: Spoken
    fingerprints: Mapping[str, str]
    voices: Mapping[str, tuple[Voice, ...]]
    decisions: Mapping[str, Decision]
    calls: Mapping[str, Call]
    positions: Mapping[str, tuple[Bound, ...]]
    packages: Mapping[int, tuple[str, ...]]  # the clauses that are agreed together, those that still stand

    def states(self, around: Mapping[str, Around], among: Collection[str] | None = None) -> dict[str, State]:
        """The state of every clause that is not simply open; `among` these alone, with whatever they are linked with
        among them (`linked_with`)."""
        linked = {clause_id for clause_ids in self.packages.values() for clause_id in clause_ids}
        known = {*around, *self.decisions, *self.spoken.reopenings, *linked} if among is None else set(among)
        alone = {
            clause_id: state(self.decisions.get(clause_id), self._around(clause_id, around))
            for clause_id in known & self.fingerprints.keys()
        }
        return together(alone, self.packages.values())

    def linked_with(self, clause_id: str) -> set[str]:
        """The clause, and those that are agreed together with it, directly or through others."""
        ties = [(*clause_ids, *self.packages[id]) for id, (_, clause_ids) in self.spoken.packages.items()]
        return next(group for group in connected([*ties, (clause_id,)]) if clause_id in group)

    def said_of(self, clause_id: str) -> tuple[Bound, ...]:
        """The positions that speak of a clause."""
        return self.positions.get(clause_id, ())

    def _around(self, clause_id: str, around: Mapping[str, Around]) -> Around:
        known = around.get(clause_id, Around())
        return Around(known.colliding, known.amended, known.discussed, clause_id in self.spoken.reopenings)


def _read(session: Session, draft_id: int) -> Spoken:
    """A fixed number of statements, however much was said; less where nothing was. Who speaks is not read."""
    all_calls = tuple(calls.of_draft(session, draft_id))
    items = calls.items_of(session, draft_id) if all_calls else {}
    unheard = {call.id for call in all_calls if is_hidden(call) and is_called_off(items.get(call.id, ()))}
    given = tuple(row for row in positions.of_draft(session, draft_id) if row.call_id not in unheard)
    hidden = {call.id for call in all_calls if is_hidden(call)}
    answers = positions.answers_of(session, draft_id) if given else {}
    return Spoken(
        given,
        tuple(position for position in given if position.call_id not in hidden),
        answers,
        positions.reopenings_of(session, draft_id),
        packages.packages_of(session, draft_id),
        all_calls,
        items,
        calls.receipts_of(session, draft_id) if all_calls else {},
        {id for id, those in answers.items() if any(answer.counts for answer in those)},
    )


_SAID = ByRecord(
    _read, "calls", "call_items", "receipts", "positions", "objection_answers", "amendments", "reopenings", "packages",
    "package_clauses",
)  # fmt: skip


def spoken(session: Session, draft: Draft, today: date) -> Spoken:
    """Who speaks is read anew; what was said, when something was (services.by_record)."""
    here = places(institutions.bodies(session), institutions.seats_of(session, draft.id), today)
    return replace(_SAID.of(session, draft), places=here, scale=scale_for(draft))


def is_hidden(call: Call) -> bool:
    """Whether what is chosen in a call is still nobody's business but each institution's own."""
    return call.hidden and call.revealed_at is None


def is_called_off(items: Iterable[CallItem]) -> bool:
    """Whether a call was called off. It decides nothing, and what was hidden in it stays so."""
    return any(item.result == CALLED_OFF for item in items)


def is_over(call: Call, now: datetime) -> bool:
    """Whether the time to speak is over."""
    return call.closed_at is not None or (call.deadline is not None and call.deadline <= now)


def scale_for(draft: Draft) -> Scale:
    """The scale of a draft."""
    return scale_of([(name, meaning) for name, meaning in draft.scale]) if draft.scale else DEFAULT


def agreement(
    session: Session, draft: Draft, text: IssuedText, now: datetime, today: date, reader: int | None = None
) -> Agreement:
    """Where agreement on the clauses of a text stands. `today` is the day at the place of the group; `reader` the
    institution of whoever looks."""
    said = spoken(session, draft, today)
    words = fingerprints(text)
    shown = by_clause(session, draft, text, said.shown_to(reader), words)
    given = _counted(shown, said)
    deciding = _deciding(said, words)
    heard = _heard(said, words, given, deciding, now)
    bound = {id: tuple(pairs) for id, pairs in shown.items()}
    return Agreement(
        said, words, {id: voices for id, (voices, _) in heard.items()}, {id: made for id, (_, made) in heard.items()},
        deciding, bound, _linked(said, text),
    )  # fmt: skip


def _heard(
    said: Spoken,
    words: Mapping[str, str],
    given: Mapping[str, list[Bound]],
    deciding: Mapping[str, Call],
    now: datetime,
) -> dict[str, tuple[tuple[Voice, ...], Decision]]:
    """What the seats say of each clause, and what follows. What was said of many clauses at once is weighed once."""
    known: dict[object, tuple[tuple[Voice, ...], Decision]] = {}
    found: dict[str, tuple[tuple[Voice, ...], Decision]] = {}
    for clause_id in {*given, *deciding}:
        call, now_words = deciding.get(clause_id), words[clause_id]
        same = tuple((id(row), bound == now_words) for row, bound in given.get(clause_id, ()))
        key = (same, call.id if call else None, clause_id if clause_id in said.reopenings else "")
        if key not in known:
            heard = _voices(said, clause_id, words, given, deciding, now)
            known[key] = heard, decided(call, heard, now)
        found[clause_id] = known[key]
    return found


def _linked(said: Spoken, text: IssuedText) -> dict[int, tuple[str, ...]]:
    """The clauses of every package with all that stands below them. One that was deleted holds nothing up any more."""
    found: dict[int, tuple[str, ...]] = {}
    for package_id, (_, clause_ids) in said.packages.items():
        spans = (below(text, clause_id) for clause_id in clause_ids if clause_id in text.places)
        found[package_id] = tuple(dict.fromkeys(line.id for start, end in spans for line in text.lines[start:end]))
    return found


def _counted(shown: Mapping[str, list[Bound]], said: Spoken) -> Mapping[str, list[Bound]]:
    """Those that everybody sees."""
    hidden = {row.id for row in said.given} - {row.id for row in said.visible}
    if not hidden:
        return shown
    kept = {id: [pair for pair in pairs if pair[0].id not in hidden] for id, pairs in shown.items()}
    return {id: pairs for id, pairs in kept.items() if pairs}


def fingerprints(text: IssuedText) -> Mapping[str, str]:
    """What positions on the clauses of a text are bound to."""
    return _FINGERPRINTS.get(text.key, lambda: {id: fingerprint(clause.body) for id, clause in text.law.items()})


def by_clause(
    session: Session, draft: Draft, text: IssuedText, rows: Iterable[Position], words: Mapping[str, str]
) -> dict[str, list[Bound]]:
    """The positions that speak of each clause, in the order they were given: on this version or an earlier one."""
    rows = tuple(row for row in rows if row.about != "amendment" and row.version <= text.number)
    earlier = {row.version for row in rows if row.about != "clause"} - {text.number}
    then = versions.bodies_in(session, draft.id, draft.language, earlier) if earlier else {}
    bound = {number: {id: fingerprint(body) for id, body in bodies.items()} for number, bodies in then.items()}
    about: dict[tuple[str, str | None], tuple[str, ...]] = {}
    found: dict[str, list[Bound]] = {}
    for row in rows:
        subject = (row.about, row.clause_id)
        if subject not in about:
            about[subject] = tuple(_about(text, row))
        then_words = words if row.version == text.number else bound.get(row.version, {})
        own = row.text_sha256 if row.about == "clause" else None
        for clause_id in about[subject]:
            found.setdefault(clause_id, []).append((row, then_words.get(clause_id, "") if own is None else own))
    return found


def _about(text: IssuedText, row: Position) -> Iterable[str]:
    """The clauses that a position is about, those that are still in the text."""
    if row.about == "version":
        return text.places
    clause_id = row.clause_id or ""
    if clause_id not in text.places:
        return ()
    if row.about == "clause":
        return (clause_id,)
    start, end = below(text, clause_id)
    return (line.id for line in text.lines[start:end])


def _deciding(said: Spoken, words: Mapping[str, str]) -> dict[str, Call]:
    """The last call about each clause, where it asked about the text as it stands and nothing was reopened since."""
    found: dict[str, Call] = {}
    for call in said.calls:
        for item in asking_items(said, call):
            clause_id = item.clause_id or ""
            reopened = said.reopenings.get(clause_id)
            if item.text_sha256 == words.get(clause_id) and not (reopened and call.opened_at < reopened.created_at):
                found[clause_id] = call
    return found


def asking_items(said: Spoken, call: Call) -> Sequence[CallItem]:
    """What a call asks about; nothing where it was called off."""
    items = said.items.get(call.id, ())
    return () if is_called_off(items) else items


def _voices(
    said: Spoken,
    clause_id: str,
    words: Mapping[str, str],
    given: Mapping[str, list[Bound]],
    deciding: Mapping[str, Call],
    now: datetime,
) -> tuple[Voice, ...]:
    reopened = said.reopenings.get(clause_id)
    call = deciding.get(clause_id)
    received = said.receipts.get(call.id, frozenset()) if call else frozenset()
    asked = Asked(words[clause_id], now, reopened.created_at if reopened else None, received)
    return voices(said.places, standing(given.get(clause_id, ()), said.answered), said.scale, asked)


def standing(rows: Iterable[Bound], answered: Collection[int]) -> tuple[Given, ...]:
    """The last word of every institution, in the order they were given; `answered`: the objections that were."""
    last: dict[int, Given] = {}
    for row, words in rows:
        last.pop(row.institution_id, None)
        last[row.institution_id] = Given(
            row.institution_id, row.step, words, row.created_at, row.confirm_until, row.confirmed_at is not None,
            row.id in answered,
        )  # fmt: skip
    return tuple(last.values())


def last_of(pairs: Sequence[Bound], institution_id: int) -> Bound | None:
    """The last of an institution's positions."""
    return next((pair for pair in reversed(pairs) if pair[0].institution_id == institution_id), None)


def last_word(said: Spoken, place: Place, pairs: Sequence[Bound]) -> Bound | None:
    """The position that speaks for a seat: its own, or one that it inherited; None where there is none that stands."""
    given = {one.institution: one for one in standing(pairs, ())}
    found = speaking(place, given, said.scale)
    return last_of(pairs, found.institution) if found else None


def decided(call: Call | None, heard: Sequence[Voice], now: datetime) -> Decision:
    """What the rule of a call makes of what was said; without one consensus, for which everybody must have spoken."""
    if call is None:
        return decide(Rule(), heard, closed=False)
    return decide(calls.rule_of(call), heard, closed=is_over(call, now) and not is_hidden(call))


def on_amendment(
    said: Spoken, amendment_id: int, words: str, now: datetime
) -> tuple[tuple[Voice, ...], Decision | None]:
    """What the seats say about an amendment (its row id; `words`: the fingerprint of its edits), and what follows; None
    where nobody spoke or was asked."""
    rows = [(row, row.text_sha256) for row in said.visible if row.amendment_id == amendment_id]
    asking = [
        call
        for call in said.calls
        for item in asking_items(said, call)
        if item.amendment_id == amendment_id and item.text_sha256 == words
    ]
    call = asking[-1] if asking else None
    received = said.receipts.get(call.id, frozenset()) if call else frozenset()
    heard = voices(said.places, standing(rows, said.answered), said.scale, Asked(words, now, None, received))
    return heard, decided(call, heard, now) if rows or call else None

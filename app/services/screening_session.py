"""A session as the room sees it: the big screen, and the page on which everybody follows.

Both are looked at by hundreds of people at once, each time something happens. What is the same for all of them follows
from the record up to its last event, and is made once for each event and language and kept by the process; what is a
reader's own (their turn, whether their institution has answered) is added to it. No answer in a hidden call is in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import fitting
from app.domain.fitting import Fitted
from app.domain.permissions import ALLOWED, Action, can
from app.domain.seats import SeatKind
from app.domain.sitting import Show
from app.services import showing, showing_session, tabling, texts
from app.services.agreeing import spoken
from app.services.hearing import at_table
from app.services.kept import Kept
from app.services.marks import Marks
from app.services.pages import InstitutionMark
from app.services.pages_screen import CallAnswers, Followed, Manner, Screen, Words
from app.services.pages_session import AgendaLine, FloorLine, SessionPage, TurnLine
from app.services.positioning import ENTERING, barred, seated_in
from app.services.screening_call import call_answers
from app.services.screening_words import Table, words_of
from app.services.sittings import is_presiding
from app.store import events
from app.store.memberships import Entry

FRESH = 10
"""Seconds for which what is kept is looked at: the end of a call and of a day come without an event."""
LINES = 9
"""Items of the agenda that stand on the screen at once."""
SAID_SIZE, MOST_SAID = 28, 0.3
"""Pixels of the sentences of change on the big screen, and the share of its height that they may take."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What is the same for everybody who may read the draft."""

    page: SessionPage
    marks: Marks
    words: Words | None
    call: CallAnswers | None
    seated: tuple[tuple[int, SeatKind], ...]
    answered: Mapping[int, tuple[int, ...]]  # the ordinals of what each seat answered in the call


_KEPT: Kept[_Shared] = Kept(16)


def screen(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime
) -> Screen:  # fmt: skip
    """What stands on the big screen of a session. Raises NoSuchDraft, NoSuchSession."""
    entry = showing.enter_to_read(session, slug, user_id)
    shared = _shared(session, entry, slug, number, language, now)
    page, show = _own(shared, entry), _on_screen(shared)
    words = shared.words if show in ("text", "brackets", "redline") else None
    if words is not None:
        fitted = _fitted(words)
        part = min(page.part, len(fitted.parts) - 1)
        return Screen(
            page, words.show, part, len(fitted.parts), fitted.size, fitted.parts[part], words, shared.call, ()
        )  # fmt: skip
    lines, part, parts = _agenda(page) if show == "agenda" else ((), 0, 1)
    return Screen(page, show, part, parts, _size_of_answers(shared.call), (), None, shared.call, lines)


def follow(
    session: Session, *, slug: str, number: int, user_id: int | None, language: str, now: datetime
) -> Followed:  # fmt: skip
    """Everybody's page of a session. Raises NoSuchDraft, NoSuchSession."""
    entry = showing.enter_to_read(session, slug, user_id)
    shared = _shared(session, entry, slug, number, language, now)
    page = _own(shared, entry)
    seated, call = dict(shared.seated), shared.call
    open_call = call is not None and call.call.state == "open"
    return Followed(
        page, shared.words, call, barred(entry, seated), shared.answered.get(entry.institution_id or 0, ()),
        tuple(shared.marks.seats[id] for id in seated) if open_call and entry.role in ENTERING else (),
        next((turn.number for turn in page.speakers if turn.ours), None),
        page.floor is not None and page.floor.turn.ours,
    )  # fmt: skip


def _shared(session: Session, entry: Entry, slug: str, number: int, language: str, now: datetime) -> _Shared:
    draft = entry.draft
    key = (
        str(session.get_bind().engine.url), draft.id, number, events.hash_of(session, draft.id, entry.recorded),
        language, draft.attribution, int(now.timestamp()) // FRESH,
    )  # fmt: skip
    return _KEPT.get(key, lambda: _made(session, entry, slug, number, language, now))


def _made(session: Session, entry: Entry, slug: str, number: int, language: str, now: datetime) -> _Shared:
    page = showing_session.session_page(
        session, slug=slug, number=number, user_id=entry.user_id, language=language, now=now
    )
    marks = showing.contributors(session, entry, language)
    text = texts.issued(session, entry.draft, page.draft.latest)
    said = spoken(session, entry.draft, now.date())
    words = None
    if page.current is not None:
        tabled = tabling.tabled(session, entry.draft.id, text.number, text, marks)
        show = page.show if page.show in (Show.TEXT, Show.BRACKETS, Show.REDLINE) else Show.BRACKETS
        words = words_of(
            session, Table(entry, page.draft, text, tabled, language), page.current, show, page.session.version
        )
    call: CallAnswers | None = None
    answered: Mapping[int, tuple[int, ...]] = {}
    if page.calls:
        call, answered = call_answers(
            session, entry.draft, page.draft, text, said, page.calls[0].number, marks, now
        )  # fmt: skip
    return _Shared(page, marks, words, call, tuple(seated_in(at_table(said)).items()), answered)


def _own(shared: _Shared, entry: Entry) -> SessionPage:
    """The page as this reader sees it, whoever it was made for."""
    mark = shared.marks.seats.get(entry.institution_id or 0)
    page = shared.page
    return replace(
        page,
        draft=replace(
            page.draft,
            role=entry.role,
            institution=mark,
            actions=ALLOWED[entry.role],
            recorded=entry.recorded,
            sitting=entry.sitting,
        ),
        speakers=tuple(_turn(turn, mark) for turn in page.speakers),
        floor=FloorLine(_turn(page.floor.turn, mark), page.floor.since) if page.floor else None,
        undo=None,
        presiding=is_presiding(entry),
        here=any(seat.since is not None and seat.institution == mark for seat in page.seats),
        may_speak=can(entry.role, Action.POSITION) and mark is not None,
    )


def _turn(turn: TurnLine, mark: InstitutionMark | None) -> TurnLine:
    return replace(turn, ours=mark is not None and turn.institution == mark)


def _on_screen(shared: _Shared) -> str:
    """What the session's state says, or what there is instead."""
    page = shared.page
    if page.session.state == "paused":
        return "break"
    if page.show == Show.BLANK:
        return "blank"
    if page.show == Show.AGENDA or page.current is None:
        return "agenda"
    if page.show == Show.POSITIONS and shared.call is not None:
        return "positions"
    return page.show if page.show != Show.POSITIONS else Show.BRACKETS.value


def _fitted(words: Words) -> Fitted[Manner]:
    room = float(fitting.HEIGHT)
    if words.said:
        room -= min(_said_height(words.said), MOST_SAID * room)
    return fitting.fit(words.clauses, room)


def _size_of_answers(call: CallAnswers | None) -> int:
    """Where a seat said several things about several texts, there is less room for each."""
    most = max((len(seat.steps) for seat in call.seats), default=1) if call else 1
    return fitting.SIZES[min(2 * max(most - 1, 0), len(fitting.SIZES) - 1)]


def _said_height(sentences: tuple[str, ...]) -> float:
    em = SAID_SIZE + fitting.TIGHTER
    lines = sum(1 + int(fitting.width(sentence) * em / fitting.WIDTH * 1.08) for sentence in sentences)
    return (lines * 1.4 + 0.8) * em


def _agenda(page: SessionPage) -> tuple[tuple[AgendaLine, ...], int, int]:
    """A part of the agenda: the first one is that in which the current item stands, the others come round behind it."""
    parts = max(1, -(-len(page.agenda) // LINES))
    at = page.agenda.index(page.current) // LINES if page.current else 0
    part = page.part % parts
    start = (at + part) % parts * LINES
    return page.agenda[start : start + LINES], part, parts

"""What was answered in a call, as a room may see it: while it is hidden, who has answered and never what."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.scale import Step, step
from app.domain.seats import Place
from app.services.agreeing import Spoken, is_hidden, last_word
from app.services.hearing import Heard, answered_by, at_table, heard
from app.services.marks import Marks
from app.services.pages import DraftHead
from app.services.pages_screen import Asked, CallAnswers, SeatAnswer
from app.services.showing_calls import head_of
from app.services.texts import IssuedText
from app.store import amendments
from app.store.calls import Call
from app.store.drafts import Draft


def call_answers(
    session: Session, draft: Draft, head: DraftHead, text: IssuedText, said: Spoken, number: int, marks: Marks,
    now: datetime,
) -> tuple[CallAnswers, Mapping[int, tuple[int, ...]]]:  # fmt: skip
    """What everybody may know of the call of a number; nobody's own answer stands out. With it, by institution, the
    ordinals of what each answered, for what a page tells an institution of itself."""
    call = next(one for one in said.calls if one.number == number)
    found = heard(session, draft, text, head.versions, said, call, now=now)
    numbers = _numbers(session, draft, found)
    answered = answered_by(said, call, found)
    shown = CallAnswers(
        head_of(call, said.items.get(call.id, []), {}, now),
        tuple(_asked(one, call, text, numbers) for one in found),
        _in_order(
            [
                SeatAnswer(marks[place.institution], place.kind.value, tuple(sorted(answered[place.institution])),
                           _steps(said, call, place, found))
                for place in at_table(said)
            ],
            marks,
        ),
        said.scale,
    )  # fmt: skip
    return shown, {id: tuple(sorted(ordinals)) for id, ordinals in answered.items()}


def _in_order(seats: list[SeatAnswer], marks: Marks) -> tuple[SeatAnswer, ...]:
    """That of the table; where institutions are not told, one that says nothing of whose answer is which."""
    if not marks.hides:
        return tuple(seats)
    untold = (replace(seat, kind="") for seat in seats)
    return tuple(
        sorted(untold, key=lambda seat: ([-step.number for step, _ in seat.steps], seat.answered), reverse=True)
    )


def _numbers(session: Session, draft: Draft, found: tuple[Heard, ...]) -> Mapping[int, int]:
    """The numbers of the amendments that are asked about, by their row ids."""
    if not any(one.item.amendment_id for one in found):
        return {}
    return {row.id: row.number for row in amendments.all_of(session, draft.id)}


def _asked(one: Heard, call: Call, text: IssuedText, numbers: Mapping[int, int]) -> Asked:
    number = numbers.get(one.item.amendment_id or 0)
    stands = one.decision is not None and not one.void and call.closed_at is None
    return Asked(
        one.item.ordinal, f"A{number}" if number else text.human(one.item.clause_id or ""), one.item.clause_id, number,
        one.differs, one.decision.result.value if stands and one.decision else "", one.item.result or "",
    )  # fmt: skip


def _steps(said: Spoken, call: Call, place: Place, found: tuple[Heard, ...]) -> tuple[tuple[Step, int], ...]:
    """What a seat said, and of how many texts, the most against first. What lapsed says nothing."""
    if is_hidden(call):
        return ()
    counts: Counter[int] = Counter()
    for one in found:
        pair = last_word(said, place, one.pairs)
        voice = next((voice for voice in one.voices if voice.institution == place.institution), None)
        lapsed = pair is None or pair[1] != one.item.text_sha256 or bool(voice and voice.lapsed)
        if pair is not None and pair[0].step is not None and not lapsed:
            counts[pair[0].step] += 1
    return tuple((step(said.scale, number), counts[number]) for number in sorted(counts, reverse=True))

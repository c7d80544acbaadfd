"""How agreement on a clause went on: its state at any moment that has passed, from what had been said by then.

The same rules as for the present (`agreement`, `rules`), asked of the past. What amendments stood against one another
then is not asked: a clause is contested here where somebody objected.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.agreement import Around, Asked, Given, State, state, voices
from app.domain.rules import Rule, decide
from app.domain.scale import Scale
from app.domain.seats import InstitutionId, Place


@dataclass(frozen=True, slots=True)
class Word:
    """A position in time. Everybody sees it `since`; `step` None: the former was taken back."""

    institution: InstitutionId
    step: int | None
    words: str
    given_at: datetime
    since: datetime
    confirm_until: datetime | None = None
    confirmed_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call about a text (`words`) by a rule; `over_at` None: not over yet."""

    words: str
    rule: Rule
    opened_at: datetime
    over_at: datetime | None = None
    received: frozenset[InstitutionId] = frozenset()


@dataclass(frozen=True, slots=True)
class Story:
    """All that was said of a clause in time. `wordings` say since when it reads how; empty words: it is not there."""

    wordings: tuple[tuple[datetime, str], ...]
    said: tuple[Word, ...] = ()
    calls: tuple[Call, ...] = ()
    reopened: tuple[datetime, ...] = ()

    def turns(self) -> set[datetime]:
        """When its state may have changed."""
        return set(self._turns())

    def _turns(self) -> Iterator[datetime]:
        yield from (since for since, _ in self.wordings)
        yield from self.reopened
        for word in self.said:
            times = (word.since, word.confirm_until, word.confirmed_at, word.answered_at)
            yield from (time for time in times if time is not None)
        for call in self.calls:
            yield call.opened_at
            if call.over_at is not None:
                yield call.over_at


def course(
    story: Story, moments: Sequence[datetime], tables: Sequence[tuple[Place, ...]], scale: Scale
) -> tuple[State | None, ...]:
    """The state of a clause at each of some moments, of which every one has its table of seats; None: it was not in the
    text then. `moments` rise. It is weighed anew only where something happened since the last."""
    turns = sorted(story.turns())
    found: list[State | None] = []
    passed = -1
    for at, (moment, places) in enumerate(zip(moments, tables, strict=True)):
        before, passed = passed, next((n for n, turn in enumerate(turns) if turn > moment), len(turns))
        same = at and passed == before and places == tables[at - 1]
        found.append(found[-1] if same else state_at(story, moment, places, scale))
    return tuple(found)


def state_at(story: Story, moment: datetime, places: Sequence[Place], scale: Scale) -> State | None:
    """The state at one moment."""
    words = next((words for since, words in reversed(story.wordings) if since <= moment), "")
    if not words:
        return None
    reopened = max((at for at in story.reopened if at <= moment), default=None)
    call = next(
        (
            one for one in reversed(story.calls)
            if one.opened_at <= moment and one.words == words and not (reopened and one.opened_at < reopened)
        ),
        None,
    )  # fmt: skip
    said = [_given(word, moment) for word in story.said if word.since <= moment]
    around = Around(reopened=reopened is not None)
    if not said and call is None:
        return state(None, around)
    last = {one.institution: one for one in said}
    heard = voices(places, last.values(), scale, Asked(words, moment, reopened, call.received if call else frozenset()))
    closed = call is not None and call.over_at is not None and call.over_at <= moment
    return state(decide(call.rule if call else Rule(), heard, closed=closed), around)


def _given(word: Word, moment: datetime) -> Given:
    confirmed = word.confirmed_at is not None and word.confirmed_at <= moment
    answered = word.answered_at is not None and word.answered_at <= moment
    return Given(word.institution, word.step, word.words, word.given_at, word.confirm_until, confirmed, answered)

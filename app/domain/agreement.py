"""Where agreement on a clause stands: computed from positions bound to its exact text, by a rule fixed beforehand.

A position counts only for the text it was given on. When the text changes it has lapsed, and is shown so, until it is
confirmed. "Nothing is agreed until everything is agreed": linked clauses become agreed only together.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.edits import ClauseId, Edit
from app.domain.grouping import connected
from app.domain.rules import Decision, Result, Voice
from app.domain.scale import Scale, step
from app.domain.seats import InstitutionId, Place


def fingerprint(body: str) -> str:
    """What binds a position to the words of a clause. Its number is no part of them: renumbering lapses nothing."""
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint_of_edits(edits: Iterable[Edit]) -> str:
    """What binds a position to an amendment: all it changes and says, wherever in their clauses the words stand now."""
    facts = [{"kind": type(edit).__name__, **asdict(edit), "start": None} for edit in edits]
    return fingerprint(json.dumps(facts, sort_keys=True, ensure_ascii=False))


class State(StrEnum):
    OPEN = "open"
    DISCUSSED = "discussed"
    AD_REFERENDUM = "ad_referendum"
    AGREED = "agreed"
    CONTESTED = "contested"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Given:
    """A position as it was given: a step of the scale (None: the former was taken back), on a text (its SHA-256).
    `confirm_until`: given ad referendum, to be confirmed until then; `confirmed` once it was."""

    institution: InstitutionId
    step: int | None
    text_sha256: str
    given_at: datetime
    confirm_until: datetime | None = None
    confirmed: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What positions are about, and when: the text as it stands, since when it counts anew, who confirmed receipt."""

    text_sha256: str
    now: datetime
    reopened_at: datetime | None = None
    received: frozenset[InstitutionId] = frozenset()


def voices(places: Iterable[Place], given: Iterable[Given], scale: Scale, asked: Asked) -> tuple[Voice, ...]:
    """What every seat says about the text as it stands. `given` in the order they were given: the last one counts."""
    last: dict[InstitutionId, Given] = {position.institution: position for position in given}
    return tuple(_voice(place, speaking(place, last, scale), scale, asked) for place in places)


def speaking(place: Place, last: Mapping[InstitutionId, Given], scale: Scale) -> Given | None:
    """A seat's own position; where it has none, that of the institutions that were merged into it, if they were of one
    mind. Of several minds nothing is guessed; and what a seat took back does not leave it with what was inherited,
    unless that was said later."""
    own = last.get(place.institution)
    if own is not None and own.step is not None:
        return own
    inherited = [last[former] for former in place.formerly if former in last]
    since = [position for position in inherited if own is None or position.given_at > own.given_at]
    meanings = {step(scale, position.step).meaning for position in since if position.step is not None}
    return next(position for position in reversed(since) if position.step is not None) if len(meanings) == 1 else None


def _voice(place: Place, position: Given | None, scale: Scale, asked: Asked) -> Voice:
    received = bool(asked.received & {place.institution, *place.formerly})
    if position is None or position.step is None:
        return Voice(place.institution, place.kind, received=received)
    return Voice(
        place.institution,
        place.kind,
        step(scale, position.step).meaning,
        lapsed=_lapsed(position, asked),
        provisional=position.confirm_until is not None and not position.confirmed,
        received=received,
        answered=position.answered,
    )


def _lapsed(position: Given, asked: Asked) -> bool:
    """Given on another text, before the clause was reopened, or ad referendum and never confirmed in time."""
    if position.text_sha256 != asked.text_sha256:
        return True
    if asked.reopened_at is not None and position.given_at < asked.reopened_at:
        return True
    return position.confirm_until is not None and not position.confirmed and position.confirm_until <= asked.now


@dataclass(frozen=True, slots=True)
class Around:
    """What else is known of a clause: do amendments collide in it, is anything open about it, was it reopened."""

    colliding: bool = False
    amended: bool = False
    discussed: bool = False
    reopened: bool = False


def state(decision: Decision | None, around: Around) -> State:
    """The state of a clause. `decision` None: nobody was asked and nobody spoke."""
    result = decision.result if decision else Result.NOT_YET
    if around.colliding or result is Result.CONTESTED:
        return State.CONTESTED
    if result is Result.AGREED:
        return State.AGREED
    if result is Result.AD_REFERENDUM:
        return State.AD_REFERENDUM
    if around.reopened:
        return State.REOPENED
    return State.DISCUSSED if decision or around.amended or around.discussed else State.OPEN


def overall(states: Collection[State]) -> State:
    """The state of a part from those of its clauses: what most needs attention, and agreed only when all of it is."""
    if not states:
        return State.OPEN
    for worst in (State.CONTESTED, State.REOPENED):
        if worst in states:
            return worst
    agreed = {State.AGREED, State.AD_REFERENDUM}
    if agreed.issuperset(states):
        return State.AD_REFERENDUM if State.AD_REFERENDUM in states else State.AGREED
    return State.OPEN if all(one is State.OPEN for one in states) else State.DISCUSSED


def together(states: Mapping[ClauseId, State], packages: Iterable[Sequence[ClauseId]]) -> dict[ClauseId, State]:
    """The states with linked clauses taken together: while one of a package is not agreed, those that are stay agreed
    ad referendum. A package that shares a clause with another is one with it."""
    found = dict(states)
    for package in connected(packages):
        known = [clause_id for clause_id in package if clause_id in found]
        if any(states[clause_id] is not State.AGREED for clause_id in known):
            for clause_id in known:
                if states[clause_id] is State.AGREED:
                    found[clause_id] = State.AD_REFERENDUM
    return found

"""Rules by which a group agrees, fixed before it is asked: pure functions of who sits there and what they said.

An objection is answered before a clause closes, whatever the rule: by a reply in which the group says why, or by a
change of the text (after which it is another text and everybody is asked again). Fractions are exact.
Sources: consensus and consensus minus one as facilitators use them; the silence procedure after United Nations General
Assembly decision 74/544 (at least 72 hours, broken by anyone), here never against the absent.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from app.domain.errors import Invalid
from app.domain.scale import Meaning
from app.domain.seats import InstitutionId, SeatKind


class RuleKind(StrEnum):
    CONSENSUS = "consensus"  # nobody cannot accept it
    MINUS_ONE = "minus_one"  # one objection, answered, does not stop it
    SILENCE = "silence"  # no objection until the deadline, receipt confirmed
    MAJORITY = "majority"  # a share of the votes, or of the seats


@dataclass(frozen=True, slots=True)
class Rule:
    """`share` and `of_seats` belong to a majority: at least that share of those who vote for or against, or with
    `of_seats` of all full seats; `more` asks for more than the share. `quorum`: the least share of full seats that must
    have taken part."""

    kind: RuleKind = RuleKind.CONSENSUS
    share: Fraction = Fraction(2, 3)
    more: bool = False
    of_seats: bool = False
    quorum: Fraction = Fraction(1, 2)


class UnusableRule(Invalid):
    """A rule that no vote could follow."""


WRITTEN = re.compile(r"[0-9]{1,9}(?:[/.][0-9]{1,9})?")
"""A share as people write it. Python would also take `1e999999999`, and count its zeros for hours."""


def majority(share: str, *, more: bool = False, of_seats: bool = False) -> Rule:
    """A majority from a share as people write it: `2/3`, `3/4`, `1/2` (with `more`). Raises UnusableRule."""
    written = share.replace(" ", "")
    try:
        if WRITTEN.fullmatch(written) is None:
            raise ValueError(written)
        asked = Fraction(written)
    except (ValueError, ZeroDivisionError):
        raise UnusableRule(f"“{share}” is no share: write it like 2/3.") from None
    if not Fraction(1, 2) <= asked <= 1 or (asked == 1 and more) or (asked == Fraction(1, 2) and not more):
        raise UnusableRule(f"A majority is more than 1/2 and at most all; “{share}” is not.")
    return Rule(RuleKind.MAJORITY, asked, more, of_seats)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one seat said. `meaning` None: nothing. What was given on an earlier text, or before a reopening, is passed
    as `lapsed` and does not count. `provisional`: given ad referendum and not confirmed yet. `received`: receipt of the
    call was confirmed. `answered`: the objection has its reply."""

    institution: InstitutionId
    kind: SeatKind = SeatKind.FULL
    meaning: Meaning | None = None
    lapsed: bool = False
    provisional: bool = False
    received: bool = False
    answered: bool = False

    @property
    def says(self) -> Meaning | None:
        """What counts of it."""
        return None if self.lapsed else self.meaning


class Result(StrEnum):
    AGREED = "agreed"
    AD_REFERENDUM = "ad_referendum"  # the rule is met, some have yet to confirm
    NOT_YET = "not_yet"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Decision:
    """`blocking` object and hold it up; `unanswered` of them still wait for a reply; `asking` need discussion;
    `waiting` have yet to speak or to confirm; `reserved` are printed with it; `lapsed` spoke on an earlier text."""

    result: Result
    blocking: tuple[InstitutionId, ...] = ()
    unanswered: tuple[InstitutionId, ...] = ()
    asking: tuple[InstitutionId, ...] = ()
    waiting: tuple[InstitutionId, ...] = ()
    reserved: tuple[InstitutionId, ...] = ()
    lapsed: tuple[InstitutionId, ...] = ()
    votes: tuple[int, int] = field(default=(0, 0))  # for, and of how many


def decide(rule: Rule, voices: Sequence[Voice], *, closed: bool) -> Decision:
    """Where a text stands. `closed`: the time to speak is over (the call was closed, or its deadline has passed); until
    then those who have not spoken are waited for.

    Only full seats count. Without one nothing can be agreed.
    """
    counted = [voice for voice in voices if voice.kind is SeatKind.FULL]
    table = _Table(rule, counted, closed)
    return Decision(
        table.result(),
        table.blocking(),
        table.those(lambda voice: voice.says is Meaning.OBJECTS and not voice.answered),
        table.those(lambda voice: voice.says is Meaning.ASKS),
        table.waiting(),
        table.those(lambda voice: voice.says is Meaning.RESERVED),
        table.those(lambda voice: voice.lapsed and voice.meaning is not None),
        table.votes(),
    )


class _Table:
    """What was said, under one rule."""

    def __init__(self, rule: Rule, voices: Sequence[Voice], closed: bool) -> None:
        self.rule, self.voices, self.closed = rule, voices, closed
        self.said = [voice.says for voice in voices]
        self.objections = self.said.count(Meaning.OBJECTS)

    def those(self, question: Callable[[Voice], bool]) -> tuple[InstitutionId, ...]:
        return tuple(voice.institution for voice in self.voices if question(voice))

    def result(self) -> Result:
        if any(voice.says is Meaning.OBJECTS and not voice.answered for voice in self.voices):
            return Result.CONTESTED
        match self.rule.kind:
            case RuleKind.CONSENSUS | RuleKind.SILENCE:
                return Result.CONTESTED if self.objections else self._without_objection()
            case RuleKind.MINUS_ONE:
                return Result.CONTESTED if self.objections > 1 else self._without_objection()
            case RuleKind.MAJORITY:
                return self._by_votes()
        assert_never(self.rule.kind)

    def _without_objection(self) -> Result:
        """Nobody stops it: is everybody ready, and has everybody who must speak spoken?"""
        silence = self.rule.kind is RuleKind.SILENCE
        if Meaning.ASKS in self.said or not self._quorate() or (silence and not self.closed):
            return Result.NOT_YET
        if not silence and not self._favoured():
            return Result.NOT_YET
        if not self.waiting():
            return Result.AGREED
        return Result.AD_REFERENDUM if self.closed or not self._silent() else Result.NOT_YET

    def _by_votes(self) -> Result:
        if not self._quorate() or (not self.closed and self._silent()):
            return Result.NOT_YET
        if not self._reached(self.votes()[0]):
            return Result.CONTESTED if self.objections else Result.NOT_YET
        return Result.AGREED if self._reached(self._firm()) else Result.AD_REFERENDUM

    def votes(self) -> tuple[int, int]:
        """How many are in favour, and of how many by this rule's count."""
        for_it = sum(said in (Meaning.IN_FAVOUR, Meaning.RESERVED) for said in self.said)
        return for_it, len(self.voices) if self.rule.of_seats else for_it + self.objections

    def _firm(self) -> int:
        favoured = (Meaning.IN_FAVOUR, Meaning.RESERVED)
        return sum(voice.says in favoured and not voice.provisional for voice in self.voices)

    def _reached(self, for_it: int) -> bool:
        of = self.votes()[1]
        if not of:
            return False
        return Fraction(for_it, of) > self.rule.share if self.rule.more else Fraction(for_it, of) >= self.rule.share

    def _quorate(self) -> bool:
        """Whether enough full seats took part: they spoke, or under the silence rule at least confirmed receipt."""
        silence = self.rule.kind is RuleKind.SILENCE
        took_part = sum(voice.says is not None or (silence and voice.received) for voice in self.voices)
        return bool(took_part) and Fraction(took_part, len(self.voices)) >= self.rule.quorum

    def _favoured(self) -> bool:
        return any(said in (Meaning.IN_FAVOUR, Meaning.RESERVED) for said in self.said)

    def _silent(self) -> bool:
        return None in self.said

    def blocking(self) -> tuple[InstitutionId, ...]:
        """Who holds it up by objecting."""
        outvoted = self.rule.kind is RuleKind.MAJORITY and self._reached(self.votes()[0])
        borne = self.rule.kind is RuleKind.MINUS_ONE and self.objections == 1
        return self.those(lambda voice: voice.says is Meaning.OBJECTS and not ((outvoted or borne) and voice.answered))

    def waiting(self) -> tuple[InstitutionId, ...]:
        """Who has yet to speak, or to confirm what was given ad referendum. Under a majority nobody waits for those
        who did not vote; under the silence rule not for those who confirmed receipt, once the time is over."""
        by_votes = self.rule.kind is RuleKind.MAJORITY and self.closed
        bound = self.rule.kind is RuleKind.SILENCE and self.closed

        def waits(voice: Voice) -> bool:
            if voice.says is None:
                return not by_votes and not (bound and voice.received)
            return voice.provisional and voice.says is not Meaning.OBJECTS

        return self.those(waits)

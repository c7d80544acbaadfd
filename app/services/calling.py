"""Opening a call: the group is asked for its positions, by a rule and until a moment that are fixed beforehand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.deadlines import after_days, after_hours, check_silence
from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.permissions import Action, check_can
from app.domain.rules import Rule, RuleKind, majority
from app.services.asking_about import Wanted, as_items, asked_by, check_askable
from app.services.positioning import latest_text
from app.services.sittings import NoSuchItem, SessionNotOpen, held
from app.store import calls, events
from app.store.calls import Call
from app.store.drafts import Draft
from app.store.memberships import Entry, enter_to_write

LONGEST_QUESTION = 2_000
UNITS = ("days", "working_days", "hours")
MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Period:
    """How long: an amount of days (the last one ends at midnight), of working days, or of hours. None: without end."""

    amount: int | None = None
    unit: str = "days"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is fixed when a call is opened. `share` is what a majority must reach, as people write it (`2/3`);
    `confirm_days`: how long after the end what is given ad referendum may be confirmed."""

    question: str = ""
    rule: str = RuleKind.CONSENSUS.value
    share: str = "2/3"
    more: bool = False
    of_seats: bool = False
    period: Period = Period()
    confirm_days: int | None = None
    hidden: bool = False


class UnknownRule(Invalid):
    def __init__(self, rule: str) -> None:
        super().__init__(f"“{rule}” is no rule by which a group agrees.")
        self.rule = rule


class UnknownUnit(Invalid):
    def __init__(self, unit: str) -> None:
        super().__init__(f"“{unit}” is no unit of time: days, working days or hours.")
        self.unit = unit


class SilenceWithoutEnd(Invalid):
    def __init__(self) -> None:
        super().__init__("Silence means something only until a deadline: say how long the call is open.")


class SilenceInHiding(Invalid):
    """Whoever speaks while the others keep silent has told everybody already that they do not let it pass."""

    def __init__(self) -> None:
        super().__init__(
            "A call by silence is open: whoever breaks the silence shows it by speaking. Choose another rule to hide "
            "the answers."
        )


class NewVersion(Outdated):
    def __init__(self, latest: int) -> None:
        super().__init__(
            f"Version {latest} was issued while you wrote this call. Look at its text below, then open the call."
        )
        self.latest = latest


def open_call(
    session: Session, *, slug: str, wanted: Wanted, terms: Terms, version: int, user_id: int | None, now: datetime,
    zone: ZoneInfo, at: tuple[int, int] | None = None,
) -> int:  # fmt: skip
    """Open a call on clauses and amendments as they stand in a version, the latest; its number. `at`: the session and
    the item of its agenda in which it is opened.

    Raises NewVersion, what `asked_by` and `check_askable` raise, UnknownRule, UnusableRule, UnusablePeriod,
    SilenceWithoutEnd, SilenceInHiding, Unstorable.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CALL)
    text = latest_text(session, entry)
    if version != text.number:
        raise NewVersion(text.number)
    asked = asked_by(session, entry, text, wanted)
    check_askable(session, entry, text, asked)
    call = _call(session, entry, terms, now, zone)
    call.version = text.number
    items = as_items(session, entry, text, asked)
    where = _place(session, entry, at) if at else {}
    calls.add(session, call, items)
    events.record(
        session, entry.draft, "call_opened", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        call=call.number, question=call.question, version=call.version, **_facts(call),
        clauses=list(asked.clauses), amendments=[row.number for row in asked.amendments],
        words=[item.text_sha256 for item in items], **where,
    )  # fmt: skip
    number = call.number
    session.commit()
    return number


def _place(session: Session, entry: Entry, at: tuple[int, int]) -> dict[str, int]:
    """Where in a session the call belongs, as the record says it. Raises NoSuchSession, SessionNotOpen, NoSuchItem."""
    number, item = at
    found = held(session, entry, number)
    if not found.sitting.is_open:
        raise SessionNotOpen(number)
    if item not in found.agenda:
        raise NoSuchItem
    return {"session": number, "item": item}


def _call(session: Session, entry: Entry, terms: Terms, now: datetime, zone: ZoneInfo) -> Call:
    rule, question = rule_of(terms), terms.question.strip()
    if len(question) > LONGEST_QUESTION or "\0" in question:
        raise Unstorable(LONGEST_QUESTION)
    deadline = ends(now, terms.period, zone, days_off(entry.draft))
    if rule.kind is RuleKind.SILENCE:
        _check_silence(terms, now, deadline)
    return Call(
        draft_id=entry.draft.id, number=calls.next_number(session, entry.draft.id), question=question,
        rule=rule.kind.value, share_numerator=rule.share.numerator, share_denominator=rule.share.denominator,
        share_exceeded=rule.more, of_seats=rule.of_seats, hidden=terms.hidden, opened_by=entry.user_id, opened_at=now,
        deadline=deadline, confirm_until=_confirm_until(terms, deadline or now, zone, days_off(entry.draft)),
    )  # fmt: skip


def rule_of(terms: Terms) -> Rule:
    """Raises UnknownRule, UnusableRule."""
    if terms.rule not in [kind.value for kind in RuleKind]:
        raise UnknownRule(terms.rule)
    if terms.rule == RuleKind.MAJORITY:
        return majority(terms.share, more=terms.more, of_seats=terms.of_seats)
    return Rule(RuleKind(terms.rule))


def ends(begins: datetime, period: Period, zone: ZoneInfo, off: Collection[date]) -> datetime | None:
    """When a period that begins at a moment is over; None where it has no end. Raises UnknownUnit, UnusablePeriod."""
    if period.unit not in UNITS:
        raise UnknownUnit(period.unit)
    if period.amount is None:
        return None
    if period.unit == "hours":
        return after_hours(begins, period.amount)
    return after_days(begins, period.amount, zone, working=period.unit == "working_days", days_off=off)


def days_off(draft: Draft) -> frozenset[date]:
    """The holidays at the place of the group."""
    return frozenset(date.fromisoformat(day) for day in draft.days_off or ())


def _check_silence(terms: Terms, now: datetime, deadline: datetime | None) -> None:
    if deadline is None:
        raise SilenceWithoutEnd
    if terms.hidden:
        raise SilenceInHiding
    check_silence(now, deadline)


def _confirm_until(terms: Terms, end: datetime, zone: ZoneInfo, off: Collection[date]) -> datetime | None:
    """Counted from the day on which the call ends; a day that ends at midnight is the day before it."""
    if terms.confirm_days is None:
        return None
    return after_days(end - MOMENT, terms.confirm_days, zone, days_off=off)


def _facts(call: Call) -> dict[str, object]:
    """The rule and the end as the record keeps them."""
    majority_of = {
        "share": f"{call.share_numerator}/{call.share_denominator}",
        "more": call.share_exceeded,
        "of_seats": call.of_seats,
    }
    return {
        "rule": call.rule,
        **(majority_of if call.rule == RuleKind.MAJORITY else {}),
        "hidden": call.hidden,
        "deadline": call.deadline.isoformat() if call.deadline else None,
        "confirm_until": call.confirm_until.isoformat() if call.confirm_until else None,
    }

"""What records are made of in words: formal language of protocols, in English, Russian and Kyrgyz.

A record's words follow its own language, not that of whoever looks at it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class RecordWords:
    """Those with names in braces are templates for `str.format`. Keys of mappings are values of the domain."""

    months: tuple[str, ...]
    date: str  # {day}, {month}, {year}
    span: str  # {first}, {last}
    conjunction: str  # between the last two of a list
    quoted: str  # {0}

    titles: Mapping[str, str]  # {number}, {title}
    short_titles: Mapping[str, str]  # {number}
    on_draft: str  # {draft}
    session: str  # {number}, {title}
    place: str
    held_on: str
    begun: str  # {at}
    ended: str  # {at}
    going_on: str
    breaks: str
    text_discussed: str  # {version}
    none: str

    participants: str
    seats: Mapping[str, str]
    seat_counts: Mapping[str, str]  # {count}
    arrived: str  # {at}
    for_institution: str
    others: str

    agenda: str
    readings: Mapping[int, str]
    statuses: Mapping[str, str]

    decisions: str
    outcomes: Mapping[str, str]
    by: str  # {rule}
    rules: Mapping[str, str]
    in_call: str  # {number}
    on_text: str  # {version}
    fingerprint: str  # {fingerprint}

    calls: str
    call: str  # {number}, {about}
    call_states: Mapping[str, str]
    results: Mapping[str, str]
    until: str  # {at}

    agreed: str
    agreed_count: str  # {count}
    whole_text: str  # {agreed}, {ad_referendum}, {contested}, {other}, {total}
    provisional: str  # {clauses}
    to_confirm: str  # {party}
    an_institution: str

    brackets: str
    contested: str
    colliding: str
    amendment: str  # {number}

    objections: str
    objects: str  # {party}
    objection_count: str  # {count}
    stands: Mapping[bool, str]
    answered: str
    unanswered: str

    printed: str
    printed_kinds: Mapping[str, str]
    printed_count: str  # {count}

    proposed: str
    groups: str
    group_range: str
    group_members: str
    member_count: str  # {count}
    group_brought: str
    no_report: str

    matters: str
    matter: str  # {number}, {words}
    owner: str
    settled: str
    next_steps: str
    step_settle: str  # {number}, {words}
    step_answer: str  # {number}
    step_confirm: str  # {party}, {clauses}
    to_be_written: str
    signatures: tuple[str, ...]

    communique: "CommuniqueWords"


@dataclass(frozen=True, slots=True)
class CommuniqueWords:
    """The sentences of a communiqué; what depends on a number is asked for with it."""

    met: str  # {draft}, {where}, {when}, {sessions}
    where: str  # {places}
    on_day: str  # {day}
    sessions: Callable[[int], str]
    took_part: str  # {names}
    took_part_count: Callable[[int], str]
    discussed: str  # {version}, {clauses}
    clauses: Callable[[int], str]
    agreed: Callable[[int], str]
    provisional: Callable[[int], str]
    left: Callable[[int], str]
    nothing_left: str
    matters: Callable[[int], str]
    thanks: str


def day(words: RecordWords, at: date) -> str:
    """A date as documents write it."""
    return words.date.format(day=at.day, month=words.months[at.month - 1], year=at.year)


def clock(at: datetime) -> str:
    return f"{at:%H:%M}"


def moment(words: RecordWords, at: datetime) -> str:
    return f"{day(words, at)}, {clock(at)}"


def listed(words: RecordWords, those: Sequence[str]) -> str:
    """A list in a sentence: `A, B and C`."""
    return f"{', '.join(those[:-1])} {words.conjunction} {those[-1]}" if len(those) > 1 else "".join(those)

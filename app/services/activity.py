"""Everything that happened to a draft, for whoever may read it: newest first, narrowed by filters, and as files.

Who sees what stands in `domain.activity`; the attribution is honoured as on every page (`services.marks`). A hash is
told where it can tell nobody's name: where persons are named, or where it covers digests whose salt is kept. Of other
events somebody could find whose name it hides by trying one after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby

from sqlalchemy.orm import Session

from app.domain import activity as table
from app.domain.activity import Group
from app.domain.named import named
from app.domain.permissions import Action, check_can
from app.services import activity_lines, showing
from app.services.activity_lines import Telling
from app.services.attributing import NAMED, UNATTRIBUTED
from app.services.pages import DraftHead, InstitutionMark
from app.services.pages_activity import ActivityDay, ActivityLine, ActivityPage, Asked, ChainLine
from app.store import activity, search
from app.store.activity import Reader, Recorded, Wanted
from app.store.memberships import Entry

PER_PAGE = 100
PER_BATCH = 1000
"""Events that a file is made of at a time."""
LONGEST_NUMBER = 9
"""Digits of the number of an amendment."""


class _Look:
    """One reader at the record of a draft, with what they ask for."""

    def __init__(
        self, session: Session, slug: str, user_id: int | None, language: str, zone: tzinfo, asked: Asked
    ) -> None:
        self.session, self.zone, self.asked = session, zone, asked
        self.entry = entry = showing.enter_to_read(session, slug, user_id)
        marks = showing.contributors(session, entry, language)
        self.head = showing.draft_head(session, entry, marks)
        outline = search.outlines(session, {entry.draft.id}).get(entry.draft.id, [])
        self.telling = Telling(session, entry, marks, outline, zone)
        self.reader = _reader(session, entry)
        self.offered = self._offered()
        self.wanted, self.unread = self._read()

    def _offered(self) -> dict[str, tuple[int, InstitutionMark]]:
        """The institutions to choose from, by code: none where they are not told."""
        marks = self.telling.marks
        if marks.mode == UNATTRIBUTED:
            return {}
        known = activity.institutions(self.session, self.entry.draft.id)
        found = {marks[id].code: (id, marks[id]) for id in known if id in marks}
        return dict(sorted(found.items()))

    def _read(self) -> tuple[Wanted, tuple[str, ...]]:
        """What was typed as what is wanted, and the names of the filters that cannot be read."""
        wanted, unread = Wanted(), []
        for name, typed in self.asked.typed.items():
            read = getattr(self, f"_with_{name}")(wanted, typed.strip())
            if read is None:
                unread.append(name)
            wanted = read or wanted
        if wanted.since and wanted.until and wanted.since >= wanted.until:
            unread.append("until")
        return wanted, tuple(unread)

    def _with_group(self, wanted: Wanted, typed: str) -> Wanted | None:
        return replace(wanted, kinds=table.kinds_of(Group(typed))) if typed in set(Group) else None

    def _with_institution(self, wanted: Wanted, typed: str) -> Wanted | None:
        found = self.offered.get(typed.upper()) or self.offered.get(typed)
        return replace(wanted, institution_id=found[0]) if found else None

    def _with_clause(self, wanted: Wanted, typed: str) -> Wanted | None:
        """The clause with all that stands below it."""
        rows = self.telling.outline
        clauses = [row.clause for row in rows]
        at = named(clauses, typed, self.entry.draft.language)
        if at is None:
            return None
        end = next((n for n in range(at + 1, len(rows)) if clauses[n].depth <= clauses[at].depth), len(rows))
        return replace(wanted, clause_ids=frozenset(row.clause_id for row in rows[at:end]))

    def _with_amendment(self, wanted: Wanted, typed: str) -> Wanted | None:
        """`A12`, `12`, also with the Cyrillic letter."""
        digits = typed.lstrip("AaАа").strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER):
            return None
        return replace(wanted, amendment=int(digits))

    def _with_since(self, wanted: Wanted, typed: str) -> Wanted | None:
        day = _day(typed)
        return replace(wanted, since=self._begins(day)) if day else None

    def _with_until(self, wanted: Wanted, typed: str) -> Wanted | None:
        day = _day(typed)
        return replace(wanted, until=self._begins(day + timedelta(days=1))) if day else None

    def _begins(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)

    def rows(self, *, before: int = 0, after: int = 0, limit: int) -> list[Recorded]:
        if self.unread:
            return []
        return activity.page(
            self.session, self.entry.draft.id, self.reader, self.wanted, before=before, after=after, limit=limit
        )

    def batches(self) -> Iterator[list[Recorded]]:
        """All that is asked for, some at a time."""
        before = 0
        while rows := self.rows(before=before, limit=PER_BATCH):
            yield rows
            before = rows[-1].happened.number
            if len(rows) < PER_BATCH or before == 1:
                return


def read(
    session: Session, *, slug: str, asked: Asked, user_id: int | None, language: str, zone: tzinfo
) -> ActivityPage:
    """A page of what happened. Raises NoSuchDraft, RoleMayNot."""
    look = _Look(session, slug, user_id, language, zone, asked)
    before, after = (max(0, min(number, 2**31 - 1)) for number in (asked.before, asked.after))
    rows = look.rows(before=before, after=after, limit=PER_PAGE + 1)
    forward = bool(after and not before)
    is_more = len(rows) > PER_PAGE
    shown = (rows[1:] if forward else rows[:PER_PAGE]) if is_more else rows
    numbers = [row.happened.number for row in shown]
    ends = activity.ends(session, look.entry.draft.id)
    return ActivityPage(
        look.head,
        asked,
        look.unread,
        tuple(mark for _, mark in look.offered.values()),
        _days(look.telling.lines(shown), zone),
        0 if look.unread else activity.count(session, look.entry.draft.id, look.reader, look.wanted),
        newer=numbers[0] if numbers and (before or (forward and is_more)) else 0,
        older=numbers[-1] if numbers and (is_more or forward) else 0,
        first_day=ends.first_at.astimezone(zone).date() if ends else None,
        last_number=look.entry.recorded,
        last_hash=ends.last_hash if ends and activity_lines.tells_hash(look.entry, ends.is_salted) else "",
        may_export_chain=table.leads(look.entry.role),
    )


def _days(lines: Sequence[ActivityLine], zone: tzinfo) -> tuple[ActivityDay, ...]:
    by_day = groupby(lines, key=lambda line: line.at.astimezone(zone).date())
    return tuple(ActivityDay(day, tuple(those)) for day, those in by_day)


def export(
    session: Session, *, slug: str, asked: Asked, user_id: int | None, language: str, zone: tzinfo
) -> tuple[DraftHead, tuple[str, ...], Iterator[ActivityLine]]:
    """The draft, the filters that cannot be read, and all events asked for, newest first, read some at a time.

    Raises NoSuchDraft, RoleMayNot.
    """
    look = _Look(session, slug, user_id, language, zone, asked)
    return look.head, look.unread, (line for rows in look.batches() for line in look.telling.lines(rows))


def export_chain(
    session: Session, *, slug: str, asked: Asked, user_id: int | None, language: str, zone: tzinfo
) -> tuple[DraftHead, tuple[str, ...], Iterator[ChainLine]]:
    """The same with what the record holds of each event. Raises NoSuchDraft, RoleMayNot."""
    look = _Look(session, slug, user_id, language, zone, asked)
    check_can(look.entry.role, Action.CONSOLIDATE)
    return look.head, look.unread, (line for rows in look.batches() for line in _chained(look, rows))


def _chained(look: _Look, rows: Sequence[Recorded]) -> Iterator[ChainLine]:
    """What may be told where persons, or institutions, are hidden: no ids of them, no names in facts, and no hash that
    could be tried."""
    mode = look.entry.draft.attribution
    names = mode == NAMED
    for row, line in zip(rows, look.telling.lines(rows), strict=True):
        yield ChainLine(
            line,
            row.user_id if names else None,
            None if mode == UNATTRIBUTED else row.happened.institution_id,
            table.told_facts(line.kind, row.happened.facts, names=names),
            row.previous_hash if names else "",
        )


def _reader(session: Session, entry: Entry) -> Reader:
    ours = frozenset({*((entry.institution_id,) if entry.institution_id else ()), *entry.formerly})
    hidden = activity.hidden(session, entry.draft.id, entry.user_id, ours)
    return Reader(entry.user_id, ours, table.leads(entry.role), hidden)


def _day(typed: str) -> date | None:
    """A day as fields of dates give it. The first and last ones that there are have no day before and behind."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 9000 else None

"""Events of the record as lines of the page of activity: what their sentences are made of.

Those that the news speak of are made as these are (`services.news_lines`), but as everybody reads them: nothing in them
says `your`. The others say who did something, and what it is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from app.domain.activity import Group, kinds_of
from app.services import news_lines, showing
from app.services.attributing import NAMED
from app.services.marks import Marks
from app.services.pages_activity import ActivityLine
from app.services.pages_news import Cited, NewsLine
from app.store import activity, concerning
from app.store.activity import Recorded
from app.store.memberships import Entry
from app.store.search import Standing

OF_NEWS = frozenset(concerning.OF_ALL) - {*concerning.OF_MEMBERS, concerning.EDITED, concerning.REMINDED}
"""Kinds with a sentence among the news that is true for every reader."""
OF_BODIES = frozenset({"seat_given", "seat_taken", "institution_abolished", "institution_period_set"})
"""Their institution is the one that it was done to."""
GROUPS: Mapping[str, str] = {kind: group.value for group in Group for kind in kinds_of(group)}
NUMBERS = ("amendment", "comment", "version", "publication", "call", "session")
"""Facts that are numbers of what an event is about."""


def tells_hash(entry: Entry, is_salted: bool) -> bool:
    """Whether the hash of an event may be shown: nobody can try who stands in it."""
    return is_salted or entry.draft.attribution == NAMED


@dataclass
class Telling:
    """What the lines of one draft are told with. `outline` are the clauses of its latest version."""

    session: Session
    entry: Entry
    marks: Marks
    outline: Sequence[Standing]
    zone: tzinfo

    @cached_property
    def cited(self) -> Mapping[str, str]:
        humans = showing.citations([row.clause for row in self.outline])
        return {row.clause_id: human for row, human in zip(self.outline, humans, strict=True)}

    def lines(self, rows: Sequence[Recorded]) -> tuple[ActivityLine, ...]:
        """The events in their order."""
        news = self._news(rows)
        people = showing.people(self.session, self.entry, {id for row in rows if (id := _member(row))})
        asked = {row.happened.facts["amendment"] for row in rows if row.happened.facts.get("amendment")}
        gone = activity.discarded(self.session, self.entry.draft.id, asked)
        return tuple(self._line(row, news, people, gone) for row in rows)

    def _news(self, rows: Sequence[Recorded]) -> dict[int, NewsLine]:
        told = [row.happened for row in rows if row.happened.kind in OF_NEWS]
        drafts = news_lines.read(self.session, [self.entry], told, self.entry.user_id, self.marks.seats, self.zone)
        found = [line for draft in drafts for day in draft.days for line in day.lines]
        return {line.number: _for_everybody(line) for line in found}

    def _line(
        self, row: Recorded, news: Mapping[int, NewsLine], people: Mapping[int, str], gone: set[int]
    ) -> ActivityLine:
        one = row.happened
        line = news.get(one.number) or self._other(row)
        about = one.institution_id if one.kind in OF_BODIES else one.facts.get("institution")
        return ActivityLine(
            one.number, one.kind, GROUPS[one.kind], line, one.number in news,
            row.hash if tells_hash(self.entry, row.is_salted) else "",
            people.get(_member(row) or 0, ""),
            self.marks.get(about) if isinstance(about, int) else None,
            one.facts["record"] if isinstance(one.facts.get("record"), int) else 0,
            one.facts.get("amendment") in gone,
        )  # fmt: skip

    def _other(self, row: Recorded) -> NewsLine:
        """An event that is no news: who did it, when, and what it is about."""
        one, marks = row.happened, self.marks
        told = news_lines.told(one, marks)
        said = one.facts
        ids = said.get("clauses") or ((said["clause"],) if said.get("clause") else ())
        some = ids[: news_lines.MOST_CLAUSES]
        role = said.get("role")
        return NewsLine(
            one.kind, one.number, told.happened_at, told.user,
            None if one.kind in OF_BODIES else marks.get(one.institution_id or 0),
            False, tuple(Cited(id, self.cited.get(id, "")) for id in some), len(ids) - len(some),
            role=role if isinstance(role, str) else "", until=_until(said), **_numbers(said),
        )  # fmt: skip


def _for_everybody(line: NewsLine) -> NewsLine:
    kind = "commented" if line.kind in ("replied", "named", "named_us") else line.kind
    return replace(line, kind=kind, ours=False, words="", became=())


def _member(row: Recorded) -> int | None:
    """Whom an event about people is about."""
    found = row.happened.facts.get("to") or row.happened.facts.get("member")
    return found if isinstance(found, int) else None


def _numbers(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in NUMBERS if isinstance(said.get(name), int)}


def _until(said: Mapping[str, Any]) -> datetime | None:
    return datetime.fromisoformat(said["deadline"]) if isinstance(said.get("deadline"), str) else None

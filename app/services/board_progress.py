"""How agreement went on, day by day: of the whole law and of each chapter, how many clauses were how far.

What is hidden still is left out, and what was revealed counts from then on: nobody learns from the curve what was
chosen before, neither then nor later.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.domain.agreement import State, fingerprint, together
from app.domain.clauses import Kind
from app.domain.progress import Call, Story, Word, course
from app.domain.seats import Place, places
from app.services import showing, texts
from app.services.agreeing import Spoken, asking_items, is_hidden, spoken
from app.services.board_blocking import shown_since
from app.services.filtering import headings_of
from app.services.pages import ClauseLine, DraftHead
from app.services.pages_board import ProgressDay, ProgressPage, ProgressPart
from app.services.texts import IssuedText
from app.store import calls as stored_calls
from app.store import institutions, wordings
from app.store.positions import Position
from app.store.wordings import Wording

MOST_DAYS = 60
"""How many days are told at most; of more, every second, every third…"""
HEADINGS = frozenset(kind.value for kind in showing.LEVELS)
Courses = Mapping[str, tuple[State | None, ...]]


def progress(session: Session, *, slug: str, user_id: int | None, language: str, now: datetime) -> ProgressPage:
    """A fixed number of statements. `now` is the time at the place of the group. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    draft = showing.draft_head(session, entry, showing.contributors(session, entry, language))
    text = texts.issued(session, entry.draft, draft.latest)
    said = spoken(session, entry.draft, now.date())
    rows = [row for row in wordings.wordings(session, entry.draft.id, draft.language)
            if row[4] != Kind.FRONT_MATTER.value]  # fmt: skip
    reopened = wordings.reopened(session, entry.draft.id)
    stories = _Told(draft, said, rows, reopened).stories()
    bodies, seats = institutions.bodies(session), institutions.seats_of(session, entry.draft.id)
    days = _days(stories.values(), draft, now)
    tables = [places(bodies, seats, day) for day in days]
    courses = _courses(stories, said, text, days, tables, now)
    headings = {row[0] for row in rows if row[4] in HEADINGS}
    whole = ProgressPart(None, _counted(days, courses, courses, headings))
    chapters = tuple(ProgressPart(line, _counted(days, courses, below, headings)) for line, below in _chapters(text))
    issued = [(head.created_at.astimezone(now.tzinfo).date(), head.number) for head in reversed(draft.versions)]
    return ProgressPage(draft, whole, chapters, tuple(issued))


class _Version:
    """The rows of one version, in the order of its text."""

    def __init__(self, rows: Sequence[Wording]) -> None:
        self._rows = rows
        self._places = {one[0]: at for at, one in enumerate(rows)}

    def about(self, row: Position) -> Sequence[Wording]:
        """What a position on a part, or on all, was about."""
        if row.about == "version":
            return self._rows
        start = self._places.get(row.clause_id or "")
        if start is None:
            return ()
        depth = self._rows[start][5]
        ends = (at for at in range(start + 1, len(self._rows)) if self._rows[at][5] <= depth)
        return self._rows[start : next(ends, len(self._rows))]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the stories of clauses are made from."""

    draft: DraftHead
    said: Spoken
    rows: Sequence[Wording]
    reopened: Mapping[str, tuple[datetime, ...]]

    def stories(self) -> dict[str, Story]:
        """By clause, of all that ever stood in the text."""
        prints = {(row[0], row[1]): fingerprint(row[6]) for row in self.rows}
        by_clause: dict[str, list[Wording]] = {}
        for row in self.rows:
            by_clause.setdefault(row[0], []).append(row)
        said, asked = self._said(prints), self._asked()
        return {
            clause_id: Story(
                self._wordings(sorted(those, key=lambda row: row[1]), prints), tuple(said.get(clause_id, ())),
                tuple(asked.get(clause_id, ())), self.reopened.get(clause_id, ()),
            )
            for clause_id, those in by_clause.items()
        }  # fmt: skip

    def _wordings(
        self, rows: Iterable[Wording], prints: Mapping[tuple[str, int], str]
    ) -> tuple[tuple[datetime, str], ...]:
        issued = {head.number: head.created_at for head in self.draft.versions}
        found: list[tuple[datetime, str]] = []
        for clause_id, first, last, *_ in rows:
            if found and found[-1][0] == issued[first]:  # it went and came back at once: it never was away
                found.pop()
            if not found or found[-1][1] != prints[clause_id, first]:
                found.append((issued[first], prints[clause_id, first]))
            if last is not None:
                found.append((issued[last + 1], ""))
        return tuple(found)

    def _said(self, prints: Mapping[tuple[str, int], str]) -> dict[str, list[Word]]:
        calls = {call.id: call for call in self.said.calls}
        then: dict[int, _Version] = {}
        found: dict[str, list[Word]] = {}
        for row in self.said.visible:
            if row.about == "amendment":
                continue
            since = shown_since(calls, row)
            if row.about == "clause":
                found.setdefault(row.clause_id or "", []).append(self._word(row, row.text_sha256, since))
                continue
            if row.version not in then:
                then[row.version] = _Version([one for one in self.rows if _stands(one, row.version)])
            for one in then[row.version].about(row):
                found.setdefault(one[0], []).append(self._word(row, prints[one[0], one[1]], since))
        return found

    def _word(self, row: Position, words: str, since: datetime) -> Word:
        counting = [answer.row.created_at for answer in self.said.answers.get(row.id, ()) if answer.counts]
        return Word(
            row.institution_id, row.step, words, row.created_at, since, row.confirm_until, row.confirmed_at,
            min(counting, default=None),
        )  # fmt: skip

    def _asked(self) -> dict[str, list[Call]]:
        found: dict[str, list[Call]] = {}
        for call in self.said.calls:
            ends = [at for at in (call.closed_at, call.deadline) if at is not None]
            over = None if is_hidden(call) else min(ends, default=None)
            if over is not None and call.revealed_at is not None and call.hidden:
                over = max(over, call.revealed_at)
            received = self.said.receipts.get(call.id, frozenset())
            for item in asking_items(self.said, call):
                asked = Call(item.text_sha256, stored_calls.rule_of(call), call.opened_at, over, received)
                found.setdefault(item.clause_id or "", []).append(asked)
        return found


def _stands(row: Wording, version: int) -> bool:
    return row[1] <= version and (row[2] is None or version <= row[2])


def _days(stories: Iterable[Story], draft: DraftHead, now: datetime) -> list[date]:
    """The days at whose end something was different, up to today."""
    turns = {turn for story in stories for turn in story.turns()}
    today = now.date()
    days = sorted({turn.astimezone(now.tzinfo).date() for turn in turns if turn <= now} | {today})
    first = draft.versions[-1].created_at.astimezone(now.tzinfo).date()
    days = [day for day in days if day >= first or day == today]
    every = -(-len(days) // MOST_DAYS)
    return [*days[-1::-every]][::-1]


def _courses(
    stories: Mapping[str, Story],
    said: Spoken,
    text: IssuedText,
    days: Sequence[date],
    tables: Sequence[tuple[Place, ...]],
    now: datetime,
) -> Courses:
    """The state of every clause at the end of each day; what is the same of many is weighed once."""
    moments = [min(datetime.combine(day + timedelta(1), time(), now.tzinfo), now) for day in days]
    known: dict[Story, tuple[State | None, ...]] = {}
    found: dict[str, tuple[State | None, ...]] = {}
    for clause_id, story in stories.items():
        if story not in known:
            known[story] = course(story, moments, tables, said.scale)
        found[clause_id] = known[story]
    return _linked(found, said, text, moments)


def _linked(courses: dict[str, tuple[State | None, ...]], said: Spoken, text: IssuedText,
            moments: Sequence[datetime]) -> Courses:  # fmt: skip
    """The same with packages taken together, from the moment that each was tied."""
    spans = {
        package.id: (package.created_at, [line.id for clause_id in clauses if clause_id in text.places
                                          for line in text.lines[slice(*texts.below(text, clause_id))]])
        for package, clauses in said.packages.values()
    }  # fmt: skip
    bound = {clause_id for _, clauses in spans.values() for clause_id in clauses if clause_id in courses}
    for at, moment in enumerate(moments):
        states = {clause_id: state for clause_id in bound if (state := courses[clause_id][at]) is not None}
        tied = together(states, [clauses for since, clauses in spans.values() if since <= moment])
        for clause_id, state in tied.items():
            if state is not states[clause_id]:
                own = courses[clause_id]
                courses[clause_id] = (*own[:at], state, *own[at + 1 :])
    return courses


def _chapters(text: IssuedText) -> list[tuple[ClauseLine, list[str]]]:
    """The uppermost headings of the law that it has several of, each with what stands below it."""
    headings = headings_of(text)
    tops = [at for at, line in enumerate(text.lines)
            if line.level == 2 and headings.above[at] and headings.above[at][-1] == at]  # fmt: skip
    return [
        (text.lines[at], [line.id for line in text.lines[slice(*texts.below(text, text.lines[at].id))]]) for at in tops
    ]


def _counted(
    days: Sequence[date], courses: Courses, clauses: Iterable[str], headings: frozenset[str] | set[str]
) -> tuple[ProgressDay, ...]:
    """How many of these clauses were how far at the end of each day. A heading of which nothing was said waits for
    nobody."""
    counts: list[Counter[str]] = [Counter() for _ in days]
    for (is_heading, told), number in Counter((id in headings, courses[id]) for id in clauses if id in courses).items():
        for count, state in zip(counts, told, strict=True):
            if state is not None and not (is_heading and state is State.OPEN):
                count[state.value] += number
    return tuple(
        ProgressDay(day, count["agreed"], count["ad_referendum"], count["contested"],
                    count["open"] + count["discussed"] + count["reopened"])
        for day, count in zip(days, counts, strict=True)
    )  # fmt: skip

"""What is new for somebody since they last marked the news as seen. Opening the page does not count as seeing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from sqlalchemy.orm import Session

from app.services import showing
from app.services.pages_news import Became, Cited, NewsDay, NewsLine, NewsOfDraft, NewsPage
from app.services.showing import Marks
from app.store import concerning, follows, news, search
from app.store.amendments import key_of, number_of
from app.store.db import begin_writing
from app.store.memberships import Entry, entries
from app.store.news import Happened, MadeAmendment, SaidComment
from app.store.search import Standing

MOST_LINES = 200
MOST_CLAUSES = 6
LONGEST_WORDS = 200


def count(session: Session, *, user_id: int) -> int:
    """How many things are new, in one statement; 100 stands for that many or more."""
    return news.count(session, user_id)


def of_draft(session: Session, *, slug: str, user_id: int | None, language: str, zone: tzinfo) -> NewsPage:
    """What is new in one draft. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.institution_marks(session, language)
    head = showing.draft_head(session, entry, institutions)
    drafts, cut = _read(session, [entry], entry.draft.id, entry.user_id, institutions, zone)
    return NewsPage(head, drafts, cut)


def of_all(session: Session, *, user_id: int | None, language: str, zone: tzinfo) -> NewsPage:
    """What is new in all drafts of a person; nothing for strangers."""
    if user_id is None:
        return NewsPage(None, (), False)
    institutions = showing.institution_marks(session, language)
    drafts, cut = _read(session, entries(session, user_id), None, user_id, institutions, zone)
    return NewsPage(None, drafts, cut)


def mark_seen(session: Session, *, slug: str, up_to: int | None, user_id: int | None, now: datetime) -> None:
    """Everything of a draft up to an event (None: its last) was seen. Raises NoSuchDraft, RoleMayNot."""
    begin_writing(session)
    entry = showing.enter_to_read(session, slug, user_id)
    _mark(session, entry.user_id, {entry.draft.id: up_to}, now)
    session.commit()


def mark_all_seen(session: Session, *, up_to: Mapping[str, int], user_id: int | None, now: datetime) -> None:
    """The same for several drafts, by their names; names of drafts that the person is not in are passed over."""
    begin_writing(session)
    if user_id is not None:
        mine = {entry.draft.id: up_to.get(entry.draft.slug) for entry in entries(session, user_id)}
        _mark(session, user_id, {id: number for id, number in mine.items() if number is not None}, now)
    session.commit()


def _mark(session: Session, user_id: int, up_to: Mapping[int, int | None], now: datetime) -> None:
    last = news.last_numbers(session, up_to)
    seen = {id: last[id] if number is None else min(max(number, 0), last[id]) for id, number in up_to.items()}
    follows.set_visits(session, user_id, seen, now)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the events of a page speak of."""

    institutions: Marks
    comments: Mapping[int, SaidComment]
    amendments: Mapping[tuple[int, int], MadeAmendment]
    ours: frozenset[tuple[int, int]]
    cited: Mapping[tuple[int, str], str]
    changed: Mapping[tuple[int, int], Sequence[str]]  # by draft and version: the followed clauses that changed


def _read(
    session: Session, entered: Sequence[Entry], draft_id: int | None, user_id: int, institutions: Marks, zone: tzinfo
) -> tuple[tuple[NewsOfDraft, ...], bool]:
    """The news by draft, the draft with the newest first; every kind of fact is read in one statement."""
    happened = news.happened(session, user_id, draft_id, MOST_LINES + 1)
    shown = happened[:MOST_LINES]
    facts = _facts(session, shown, user_id, institutions)
    last = news.last_numbers(session, {one.draft_id for one in shown})
    drafts = {one.draft.id: one.draft for one in entered}
    by_draft: dict[int, list[tuple[Happened, NewsLine]]] = {}
    for one in shown:
        by_draft.setdefault(one.draft_id, []).append((one, _line(one, facts)))
    return tuple(
        NewsOfDraft(drafts[id].slug, drafts[id].title, drafts[id].language, last[id], _days(lines, zone))
        for id, lines in by_draft.items()
    ), len(happened) > MOST_LINES


def _days(lines: Sequence[tuple[Happened, NewsLine]], zone: tzinfo) -> tuple[NewsDay, ...]:
    by_day = groupby((line for _, line in lines), key=lambda line: line.at.astimezone(zone).date())
    return tuple(NewsDay(day, tuple(those)) for day, those in by_day)


def _facts(session: Session, shown: Sequence[Happened], user_id: int, institutions: Marks) -> _Facts:
    drafts = {one.draft_id for one in shown}
    comments = news.comments(session, {one.facts["comment"] for one in shown if "comment" in one.facts}, user_id)
    keys = {(one.draft_id, one.facts["amendment"]) for one in shown if one.facts.get("amendment")}
    amendments = news.amendments(session, keys)
    versions = {(one.draft_id, one.facts["version"]) for one in shown if one.kind in concerning.OF_NEW_VERSIONS}
    outlines = search.outlines(session, drafts)
    cited = {
        (draft_id, row.clause_id): human
        for draft_id, rows in outlines.items()
        for row, human in zip(rows, showing.citations([row.clause for row in rows]), strict=True)
    }
    followed = follows.followed(session, user_id, drafts)
    below = {draft_id: _with_below(rows, followed.get(draft_id, set())) for draft_id, rows in outlines.items()}
    changed = {
        (draft_id, number): [clause_id for clause_id in ids if clause_id in below.get(draft_id, ())]
        for (draft_id, number), ids in news.reworded(session, versions).items()
    }
    ours = frozenset(news.ours(session, user_id, drafts))
    return _Facts(institutions, comments, amendments, ours, cited, changed)


def _with_below(rows: Sequence[Standing], followed: set[str | None]) -> set[str]:
    """The clauses followed, with all below them; also those that left the text."""
    found = {clause_id for clause_id in followed if clause_id is not None}
    depth: int | None = 0 if None in followed else None  # of the followed clause that the next ones stand below
    for row in rows:
        clause = row.clause
        if None in followed or (depth is not None and clause.depth > depth):
            found.add(row.clause_id)
        else:
            depth = clause.depth if row.clause_id in followed else None
    return found


def _line(one: Happened, facts: _Facts) -> NewsLine:
    mark = facts.institutions.get(one.institution_id or 0)
    if one.kind in concerning.OF_COMMENTS:
        return _of_comment(one, facts, facts.comments[one.facts["comment"]])
    if one.kind in concerning.OF_POSITIONS:
        return _of_position(one, facts)
    if one.kind in (*concerning.OF_CALLS, concerning.REMINDED):
        return _of_call(one, facts)
    if one.kind in concerning.OF_SESSIONS:
        return _of_session(one, facts)
    if one.kind in concerning.OF_AMENDMENTS:
        return _of_amendment(one, facts)
    version = one.facts["version"]
    clauses, more = _cited(one.draft_id, facts.changed.get((one.draft_id, version), ()) if version > 1 else (), facts)
    return NewsLine(
        one.kind.removeprefix("version_"), one.number, one.happened_at, one.user, mark, False, clauses, more,
        version=version, words=one.facts.get("message", ""), publication=one.facts.get("publication", 0),
        became=_became(one, facts), revokes=one.facts.get("revokes", 0),
    )  # fmt: skip


def _of_amendment(one: Happened, facts: _Facts) -> NewsLine:
    """Something done to an amendment: by its proposer, by those who were asked, by who linked it."""
    said, number = one.facts, int(one.facts["amendment"])
    made = facts.amendments[one.draft_id, number]
    clauses, more = _cited(one.draft_id, made.clause_ids, facts)
    others = (said.get(name) for name in ("offered_to", "other", "accepted", "declined"))
    return NewsLine(
        "linked" if one.kind == "amendments_linked" else one.kind.removeprefix("amendment_"), one.number,
        one.happened_at, one.user, facts.institutions.get(one.institution_id or 0),
        (one.draft_id, number) in facts.ours, clauses, more, number, made.title, words=_short(said.get("reason") or ""),
        other=next((other for other in others if isinstance(other, int)), 0), sponsor=said.get("sponsor", ""),
        link=said.get("link_kind", ""),
    )  # fmt: skip


def _of_position(one: Happened, facts: _Facts) -> NewsLine:
    """What an institution said on a clause, a part, a version, an amendment, of a hidden call that it spoke; or what
    was done to close a clause, or to take it up again."""
    said, number = one.facts, one.facts.get("amendment") or 0
    ids = said.get("clauses") or ((said["clause"],) if said.get("clause") else ())
    clauses, more = _cited(one.draft_id, ids, facts)
    return NewsLine(
        one.kind, one.number, one.happened_at, one.user, facts.institutions.get(one.institution_id or 0),
        (one.draft_id, number) in facts.ours, clauses, more, number, version=said.get("version", 0),
        words=_short(said.get("reason") or ""), stance=said.get("stance") or "", change=said.get("change") or "",
        objector=facts.institutions.get(said.get("objector") or 0), attached=said.get("attached") or "",
    )  # fmt: skip


def _of_call(one: Happened, facts: _Facts) -> NewsLine:
    """What was done with a call for positions."""
    said = one.facts
    clauses, more = _cited(one.draft_id, said.get("clauses") or (), facts)
    until = said.get("deadline")
    return NewsLine(
        one.kind, one.number, one.happened_at, one.user, facts.institutions.get(one.institution_id or 0), False,
        clauses, more, words=_short(said.get("question") or said.get("reason") or ""), call=said["call"],
        until=datetime.fromisoformat(until) if until else None,
    )  # fmt: skip


def _of_session(one: Happened, facts: _Facts) -> NewsLine:
    """That a session is planned, moved, called off or begins."""
    said = one.facts
    at = said.get("planned_for")
    return NewsLine(
        one.kind, one.number, one.happened_at, one.user, facts.institutions.get(one.institution_id or 0), False,
        title=said.get("title", ""), words=_short(said.get("reason") or ""), session=said["session"],
        until=datetime.fromisoformat(at) if at else None,
    )  # fmt: skip


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS].rpartition(' ')[0]} …"


def _of_comment(one: Happened, facts: _Facts, said: SaidComment) -> NewsLine:
    """The most personal of the reasons why a comment concerns somebody."""
    kinds = {"thread_resolved": "resolved", "thread_reopened": "reopened"}
    named = "named" if said.names_me else "named_us" if said.names_us else ""
    answers_me = said.answers_me and one.kind != concerning.EDITED
    kind = kinds.get(one.kind) or ("replied" if answers_me else named or "commented")
    number = said.amendment or 0
    clauses, more = _cited(one.draft_id, (said.clause_id,) if said.clause_id else (), facts)
    return NewsLine(
        kind, one.number, one.happened_at, one.user, facts.institutions.get(one.institution_id or 0),
        (one.draft_id, number) in facts.ours, clauses, more, number, comment=one.facts["comment"],
        words=_short(said.body),
    )  # fmt: skip


def _cited(draft_id: int, clause_ids: Sequence[str], facts: _Facts) -> tuple[tuple[Cited, ...], int]:
    """The first clauses to name, and how many more there are."""
    some = clause_ids[:MOST_CLAUSES]
    return tuple(Cited(id, facts.cited.get((draft_id, id), "")) for id in some), len(clause_ids) - len(some)


def _became(one: Happened, facts: _Facts) -> tuple[Became, ...]:
    """What a version made of the amendments of one's own institution: decided, or carried."""
    carried, fates = one.facts.get("carried", {}), one.facts.get("fates", {})
    own = sorted(number for number in map(number_of, {**carried, **fates}) if (one.draft_id, number) in facts.ours)
    return tuple(
        Became(number, fates.get(key_of(number)) or carried[key_of(number)], key_of(number) not in fates)
        for number in own
    )

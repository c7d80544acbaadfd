"""What is new for somebody since they last marked the news as seen. Opening the page does not count as seeing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from sqlalchemy.orm import Session

from app.services import news_lines, showing
from app.services.pages import InstitutionMark
from app.services.pages_news import NewsOfDraft, NewsPage
from app.store import follows, news
from app.store.db import begin_writing
from app.store.memberships import Entry, entries

MOST_LINES = 200


def count(session: Session, *, user_id: int) -> int:
    """How many things are new, in one statement; 100 stands for that many or more."""
    return news.count(session, user_id)


def of_draft(session: Session, *, slug: str, user_id: int | None, language: str, zone: tzinfo) -> NewsPage:
    """What is new in one draft. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.institution_marks(session, language)
    head = showing.draft_head(session, entry, institutions)
    drafts, cut = _read(session, [entry], entry.draft.id, entry.user_id, institutions.seats, zone)
    return NewsPage(head, drafts, cut)


def of_all(session: Session, *, user_id: int | None, language: str, zone: tzinfo) -> NewsPage:
    """What is new in all drafts of a person; nothing for strangers."""
    if user_id is None:
        return NewsPage(None, (), False)
    institutions = showing.institution_marks(session, language)
    drafts, cut = _read(session, entries(session, user_id), None, user_id, institutions.seats, zone)
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


def _read(
    session: Session, entered: Sequence[Entry], draft_id: int | None, user_id: int,
    seats: Mapping[int, InstitutionMark], zone: tzinfo,
) -> tuple[tuple[NewsOfDraft, ...], bool]:  # fmt: skip
    """The news by draft, and whether there is more than a page shows."""
    happened = news.happened(session, user_id, draft_id, MOST_LINES + 1)
    drafts = news_lines.read(session, entered, happened[:MOST_LINES], user_id, seats, zone)
    return drafts, len(happened) > MOST_LINES

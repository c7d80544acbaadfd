"""A draft's feed for one person, at an address that nobody else knows: what their news would show of it, seen or not.

The address is all that a feed reader has; it is shown once, and only its hash is kept. It ends with the membership.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.notices import withheld_since
from app.services import news_lines, showing, tokens
from app.services.notifying import NoSuchNotices
from app.services.pages_news import NewsOfDraft
from app.store import events, news, notices
from app.store.db import begin_writing
from app.store.memberships import NoSuchDraft
from app.store.users import User

MOST_ENTRIES = 50


class NoSuchFeed(NotFound):
    """Ended, forged, or of somebody who may not see the draft any more: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("There is no feed at this address.")


@dataclass(frozen=True, slots=True)
class DraftFeed:
    """`id` and `entry_id` are permanent, whatever the address; `news` is none where nothing happened yet."""

    id: str
    slug: str
    title: str
    language: str
    made_at: datetime
    news: NewsOfDraft | None
    first: str

    def entry_id(self, number: int) -> str:
        return _urn(self.first, str(number))


def make(session: Session, *, slug: str, user_id: int | None, now: datetime) -> str:
    """The token of a new private address; a former one ends. Raises NoSuchNotices, NoSuchDraft, RoleMayNot."""
    begin_writing(session)
    _check_is_person(session, user_id)
    entry = showing.enter_to_read(session, slug, user_id)
    token = tokens.new_token()
    notices.make_feed(session, entry.user_id, entry.draft.id, tokens.hash_of_token(token), now)
    session.commit()
    return token


def end(session: Session, *, slug: str, user_id: int | None) -> None:
    """Raises NoSuchNotices, NoSuchDraft, RoleMayNot."""
    begin_writing(session)
    _check_is_person(session, user_id)
    entry = showing.enter_to_read(session, slug, user_id)
    notices.end_feed(session, entry.user_id, entry.draft.id)
    session.commit()


def is_there(session: Session, *, slug: str, user_id: int | None) -> bool:
    """Whether a person has a feed of a draft. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    return notices.feed_of(session, entry.user_id, entry.draft.id) is not None


def read(session: Session, *, token: str, language: str, zone: ZoneInfo, now: datetime) -> DraftFeed:
    """Without signing in. Raises NoSuchFeed."""
    found = notices.feed_at(session, tokens.hash_of_token(token))
    if found is None:
        raise NoSuchFeed
    feed, slug = found
    try:
        entry = showing.enter_to_read(session, slug, feed.user_id)
    except NoSuchDraft as refusal:
        raise NoSuchFeed from refusal
    draft, first = entry.draft, events.hash_of(session, entry.draft.id, 1)
    tellable = news.tellable(session, entry.user_id, withheld_since(now.astimezone(zone)))
    up_to = {id: number for id, number in tellable.items() if id == draft.id}
    happened = news.latest(session, entry.user_id, up_to, MOST_ENTRIES)
    seats = showing.institution_marks(session, language).seats
    told = news_lines.read(session, [entry], happened, entry.user_id, seats, zone)
    return DraftFeed(
        _urn(first, feed.token_hash),
        slug,
        draft.title,
        draft.language,
        feed.created_at,
        told[0] if told else None,
        first,
    )


def language_of(session: Session, *, token: str) -> str | None:
    """The language that whoever has a feed has chosen for letters. Raises NoSuchFeed."""
    found = notices.feed_at(session, tokens.hash_of_token(token))
    if found is None:
        raise NoSuchFeed
    person = session.get(User, found[0].user_id)
    return person.language if person else None


def _urn(*facts: str) -> str:
    """A name that is the same for ever, and tells nothing of what it was made from (RFC 9562, 5.5)."""
    name: UUID = uuid5(NAMESPACE_URL, " ".join(("kelishim", *facts)))
    return name.urn


def _check_is_person(session: Session, user_id: int | None) -> None:
    person = session.get(User, user_id) if user_id is not None else None
    if person is None or person.kind != "person":
        raise NoSuchNotices

"""Telling people by letter what is new for them: at once, daily, or never. What they saw meanwhile is not repeated, and
nothing is told twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import new as keyed
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.domain.notices import Frequency, next_letter, withheld_since
from app.services import news_lines, showing, tokens
from app.services.pages_news import NewsOfDraft
from app.store import letters, news, notices
from app.store.db import begin_writing
from app.store.letters import Letter
from app.store.memberships import entries
from app.store.notices import Due
from app.store.users import User

MOST_LINES = 30
"""How much a letter tells; of the rest it says how much it is."""


class NoSuchNotices(NotFound):
    """Only people with an account of their own are told by letter."""

    def __init__(self) -> None:
        super().__init__("There is no such page.")


class NoSuchStop(NotFound):
    """The address in a letter that ends letters is forged, or of an account that never had any."""

    def __init__(self) -> None:
        super().__init__("This address ends no letters. Copy it whole out of a letter, or sign in and choose “never”.")


class UnknownFrequency(Invalid):
    def __init__(self, frequency: str) -> None:
        super().__init__(f"“{frequency}” is no answer to how often letters are to come.")
        self.frequency = frequency


class AddressNotConfirmed(Invalid):
    def __init__(self) -> None:
        super().__init__("Letters go to a confirmed e-mail address only: enter yours and confirm it first.")


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """`address` is empty where none is confirmed; `feeds`: the drafts, by name and title, and whether there is one."""

    frequency: Frequency
    address: str
    feeds: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What a letter tells somebody. `stop` is the token that ends such letters; `more` is not told, only counted."""

    address: str
    language: str | None
    drafts: tuple[NewsOfDraft, ...]
    more: int
    stop: str


Write = Callable[[Digest], Letter]
Language = Callable[[str | None], str]
"""The language of somebody's letters, by the one they have chosen, if any."""


def show(session: Session, *, user_id: int | None) -> NoticesPage:
    """Raises NoSuchNotices for strangers and guests."""
    person = _person(session, user_id)
    wish, having = notices.wish_of(session, person.id), notices.feeds_of(session, person.id)
    drafts = tuple((one.draft.slug, one.draft.title, one.draft.slug in having) for one in entries(session, person.id))
    frequency = Frequency(wish.frequency) if wish else Frequency.NEVER
    return NoticesPage(frequency, person.email or "" if person.email_confirmed_at else "", drafts)


def choose(session: Session, *, user_id: int | None, frequency: str, now: datetime, zone: ZoneInfo) -> None:
    """How often letters come. They begin with what happens from now on. Raises NoSuchNotices, UnknownFrequency,
    AddressNotConfirmed."""
    begin_writing(session)
    person = _person(session, user_id)
    if frequency not in tuple(Frequency):
        raise UnknownFrequency(frequency)
    wanted = Frequency(frequency)
    if wanted is not Frequency.NEVER and person.email_confirmed_at is None:
        raise AddressNotConfirmed
    wish = notices.wish_of(session, person.id)
    if wanted is not Frequency.NEVER and (wish is None or wish.frequency == Frequency.NEVER):
        here = now.astimezone(zone)
        notices.note_told(session, person.id, news.tellable(session, person.id, withheld_since(here)))
    notices.set_wish(session, person.id, wanted, next_letter(wanted, now.astimezone(zone)))
    session.commit()


def check_stop(session: Session, *, token: str) -> None:
    """Raises NoSuchStop."""
    if notices.wish_stopped_by(session, tokens.hash_of_token(token)) is None:
        raise NoSuchStop


def stop(session: Session, *, token: str) -> None:
    """No more letters about news; also when it is said again. Raises NoSuchStop."""
    begin_writing(session)
    wish = notices.wish_stopped_by(session, tokens.hash_of_token(token))
    if wish is None:
        raise NoSuchStop
    notices.set_wish(session, wish.user_id, Frequency.NEVER, None)
    session.commit()


def notify_next(
    session: Session, write: Write, *, secret: str, language_of: Language, zone: ZoneInfo, now: datetime
) -> bool:
    """Look for whoever has waited longest, and put a letter into the outbox if something is new for them; whether
    there was anybody. `secret` makes the token that ends the letters,
    the same in each, so that an old one ends them too."""
    session.rollback()
    due = notices.next_due(session, now)
    if due is None:
        return False
    here = now.astimezone(zone)
    up_to = news.tellable(session, due.user_id, withheld_since(here))
    drafts, count = _untold(session, due, up_to, language_of(due.language), zone)
    token = stop_token(secret, due.user_id)
    told = sum(len(day.lines) for draft in drafts for day in draft.days)
    letter = write(Digest(due.address, due.language, drafts, count - told, token)) if drafts else None
    begin_writing(session)
    next_at = next_letter(Frequency(due.frequency), here)
    if notices.claim(session, due, next_at, tokens.hash_of_token(token)):
        notices.note_told(session, due.user_id, up_to)
        if letter is not None:
            letters.put(session, letter, now)
    session.commit()
    return True


def stop_token(secret: str, user_id: int) -> str:
    """Nobody can guess it who has not the secret."""
    return keyed(secret.encode(), f"no more letters to {user_id}".encode(), sha256).hexdigest()


def _untold(
    session: Session, due: Due, up_to: dict[int, int], language: str, zone: ZoneInfo
) -> tuple[tuple[NewsOfDraft, ...], int]:
    happened, count = news.untold(session, due.user_id, up_to, MOST_LINES)
    if not happened:
        return (), 0
    seats = showing.institution_marks(session, language).seats
    return news_lines.read(session, entries(session, due.user_id), happened, due.user_id, seats, zone), count


def _person(session: Session, user_id: int | None) -> User:
    person = session.get(User, user_id) if user_id is not None else None
    if person is None or person.kind != "person":
        raise NoSuchNotices
    return person

"""Contributing: a reader says something on a published text, signed in, or by an e-mail address that they confirm.

How often an address was written to, and whether it has contributed, is told to nobody: the answer is the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain import mail_addresses
from app.domain.attribution import day_of
from app.domain.consulting import Standing, State
from app.domain.errors import Invalid, NotFound, Outdated, Unstorable
from app.services import attempting
from app.services.consult_letters import Post, ask_to_confirm
from app.services.consult_standing import KEPT, Consulted, account_key, address_key, find_consulted
from app.services.published_access import Address
from app.services.showing import NoSuchClause
from app.services.tokens import hash_of_token, new_token
from app.store import consultations, events, users
from app.store.consultations import Contribution
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.memberships import draft_to_write
from app.store.publications import Publication

LONGEST = 5000
LONGEST_NAME = 80
LINK_LASTS = timedelta(days=3)
MOST_WAITING = 20
MOST_LETTERS = 3
"""A day and address, for contributions that nobody confirmed."""
MOST_FROM_ONE_PLACE, WITHIN = 60, timedelta(hours=1)
"""Contributions by e-mail from one network address: many sit behind that of a ministry."""


class NothingSaid(Invalid):
    def __init__(self) -> None:
        super().__init__("Write your contribution first: it is empty.")


class ContributionTooLong(Invalid):
    def __init__(self, length: int) -> None:
        super().__init__(f"The contribution has {length} characters; the longest possible has {LONGEST}.")
        self.length = length


class NotOpen(Outdated):
    """Somebody read the page while it was open, or is early."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(
            "The consultation has not begun yet." if standing is Standing.COMING else "The consultation has ended."
        )
        self.standing = standing


class TooManyWaiting(Invalid):
    def __init__(self) -> None:
        super().__init__(
            f"{MOST_WAITING} contributions of yours wait to be looked at: no more can be taken until some of them are."
        )


class NoSuchLink(NotFound):
    def __init__(self) -> None:
        super().__init__("This link was used already, or it has run out: it is good for three days.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a reader typed. `clause_id` is empty for the whole text, `shown_name` for a contribution without a name;
    `email` is of whoever is not signed in; `wants_answer`: whoever is signed in wants letters to their address."""

    body: str
    clause_id: str = ""
    shown_name: str = ""
    email: str = ""
    wants_answer: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What a contribution is taken with: the installation's secret, its post, and the language of the reader."""

    secret: str
    post: Post
    language: str
    came_from: str = ""  # the network address, of which a keyed hash is counted by and forgotten


def contribute(session: Session, *, at: Address, typed: Typed, desk: Desk, user_id: int | None, now: datetime) -> State:
    """Take a contribution: WAITING from an account, UNCONFIRMED with a letter on its way from an address (which gets
    no more than MOST_LETTERS a day, however often it is typed). `now` is the time at the place of the group.

    Raises NoSuchPublication, NoSuchConsultation, NotOpen, NothingSaid, ContributionTooLong, Unstorable, NoSuchClause,
    TooManyWaiting, TooManyAttempts, NoAddress.
    """
    body, shown_name = _checked(typed)
    email = mail_addresses.check(typed.email) if user_id is None else ""
    if user_id is None:
        attempting.count(
            session, key_parts=("contribution", desk.came_from), secret=desk.secret, most=MOST_FROM_ONE_PLACE,
            within=WITHIN, now=now,
        )  # fmt: skip
    begin_writing(session)
    consultations.forget(session, now, (now - KEPT).date())
    found = find_consulted(session, at, user_id, now.date())
    if found.standing is not Standing.OPEN:
        raise NotOpen(found.standing)
    if typed.clause_id and not consultations.stands_in(session, found.publication.version_id, typed.clause_id):
        raise NoSuchClause
    row = Contribution(
        consultation_id=found.row.id, clause_id=typed.clause_id or None, body=body, shown_name=shown_name,
        language=desk.language, made_on=now.date(),
    )  # fmt: skip
    if user_id is None:
        _await(session, found, row, email, desk, now)
    else:
        row.reader_key = account_key(desk.secret, user_id)
        row.email = _address_of(session, user_id) if typed.wants_answer else ""
        _arrive(session, found.reader.draft, found.publication, row, now)
    session.commit()
    return State.WAITING if user_id is not None else State.UNCONFIRMED


def confirm(session: Session, *, token: str, now: datetime) -> tuple[str, int, str | None]:
    """The address of a contribution is that of whoever wrote it: let it arrive. It was made in time if it was made
    while the consultation was open. Where it was said: draft, number of the publication, token of its own link.

    Raises NoSuchLink, TooManyWaiting.
    """
    begin_writing(session)
    row = consultations.with_token(session, hash_of_token(token), now)
    if row is None:
        raise NoSuchLink
    draft, publication, _consultation = consultations.with_contribution(session, row)
    draft_to_write(session, draft.slug)
    session.refresh(row)
    if row.token_hash is None:
        raise NoSuchLink
    _arrive(session, draft, publication, row, now)
    where = (draft.slug, publication.number, publication.token if publication.visibility == "link" else None)
    session.commit()
    return where


def _checked(typed: Typed) -> tuple[str, str]:
    body, shown_name = typed.body.replace("\r\n", "\n").strip(), " ".join(typed.shown_name.split())
    if not body:
        raise NothingSaid
    if len(body) > LONGEST:
        raise ContributionTooLong(len(body))
    if "\0" in body:
        raise Unstorable(LONGEST)
    if len(shown_name) > LONGEST_NAME or not shown_name.isprintable():
        raise Unstorable(LONGEST_NAME)
    return body, shown_name


def _await(session: Session, found: Consulted, row: Contribution, email: str, desk: Desk, now: datetime) -> None:
    """Keep it until the link in a letter is used; unless too many letters went there today that nobody answered."""
    row.reader_key = address_key(desk.secret, mail_addresses.key_of(email))
    if consultations.unconfirmed_on(session, row.reader_key, row.made_on) >= MOST_LETTERS:
        return
    token = new_token()
    row.email, row.state = email, State.UNCONFIRMED.value
    row.token_hash, row.confirm_until = hash_of_token(token), now + LINK_LASTS
    consultations.add(session, row)
    ask_to_confirm(session, desk.post, found.reader.draft, found.publication, row, token, now)


def _arrive(session: Session, draft: Draft, publication: Publication, row: Contribution, now: datetime) -> None:
    """Into the queue of whoever may publish. The event tells the day, and nothing of the reader."""
    draft_to_write(session, draft.slug)
    if consultations.pending_of(session, row.reader_key) >= MOST_WAITING:
        raise TooManyWaiting
    number = consultations.next_number(session, row.consultation_id)
    row.number, row.state, row.token_hash, row.confirm_until = number, State.WAITING.value, None, None
    consultations.add(session, row)
    events.record(
        session, draft, "contribution_made", now=day_of(now), user_id=None, publication=publication.number,
        contribution=row.number,
    )  # fmt: skip


def _address_of(session: Session, user_id: int) -> str:
    user = users.of_id(session, user_id)
    return user.email or "" if user.email_confirmed_at is not None else ""

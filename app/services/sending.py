"""Sending what lies in the outbox. A letter is taken, handed over, and then noted as sent: whoever is killed in between
sends it again, with the same Message-ID; so it may come twice, and is never lost."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import new as keyed

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.services import mail_messages
from app.services.administering import check_administrator
from app.services.mail_connection import Connection, Later, Never, Unreachable
from app.store import letters
from app.store.db import begin_writing
from app.store.letters import GIVEN_UP, WAITING, LetterLine, Taken
from config import MailServer

LOG = logging.getLogger(__name__)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 16
"""After 1, 2, 4 … minutes, then every 6 hours: 15 waits are 44.5 hours, so that a weekend's repair is in time."""
MOST_LINES = 100
BROKEN = "Something went wrong on our side while the letter was written."
Clock = Callable[[], datetime]


class MailNotConfigured(Invalid):
    def __init__(self) -> None:
        super().__init__("No mail server is configured, so no letters are sent: print slips, or hand over links.")


@dataclass(frozen=True, slots=True)
class Outbox:
    """What an administrator sees: counts, and what waits or was given up, without addresses and texts."""

    counts: Mapping[str, int]
    lines: tuple[LetterLine, ...]


def is_possible(server: MailServer) -> bool:
    """Whether letters are sent at all. Where they are not, pages offer slips to print."""
    return bool(server.host)


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether there is a letter to send, in one statement."""
    return letters.is_any_due(session, now)


def wait_after(tries: int) -> timedelta:
    """How long a letter waits that was tried so often."""
    return min(timedelta(minutes=2 ** min(tries - 1, 20)), LONGEST_WAIT)


def send_all(session: Session, server: MailServer, secret: str, clock: Clock) -> int:
    """Send what is due until nothing is left or the server takes nothing; how many were sent. `secret` makes
    Message-IDs that tell nothing. Raises MailNotConfigured."""
    if not is_possible(server):
        raise MailNotConfigured
    sent = 0
    with Connection(server) as connection:
        while (taken := _take(session, clock())) is not None:
            try:
                _hand_over(connection, server, secret, taken, clock())
            except Never as refusal:
                _give_up(session, taken, clock(), str(refusal))
            except Later as refusal:
                _put_back(session, taken, clock(), str(refusal))
                if isinstance(refusal, Unreachable):
                    break
            else:
                _note_sent(session, taken, clock())
                sent += 1
    return sent


def _hand_over(connection: Connection, server: MailServer, secret: str, taken: Taken, now: datetime) -> None:
    try:
        sender = mail_messages.sender_of(server.sender)
        message = mail_messages.write(
            taken.letter, sender=server.sender, message_id=message_id(taken, secret, sender.domain), now=now
        )
        address = mail_messages.addressee_of(taken.letter.address).addr_spec
    except mail_messages.NoMailAddress as refusal:
        raise Never(str(refusal)) from refusal
    except Exception as error:
        LOG.exception("Letter %s cannot be written.", taken.id)
        raise Later(BROKEN) from error
    connection.hand_over(message, sender.addr_spec, address)


def message_id(taken: Taken, secret: str, domain: str) -> str:
    """The same for every try of a letter (RFC 5322, 3.6.4), and tells nobody how many letters there are."""
    letter = taken.letter
    said = "\0".join((str(taken.id), letter.address, letter.subject, letter.text))
    return f"{keyed(secret.encode(), said.encode('utf-8', 'surrogatepass'), sha256).hexdigest()[:40]}@{domain}"


def _take(session: Session, now: datetime) -> Taken | None:
    begin_writing(session)
    taken = letters.take(session, now)
    session.commit()
    return taken


def _note_sent(session: Session, taken: Taken, now: datetime) -> None:
    begin_writing(session)
    letters.note_sent(session, taken, now)
    session.commit()


def _put_back(session: Session, taken: Taken, now: datetime, problem: str) -> None:
    if taken.tries >= MOST_TRIES:
        _give_up(session, taken, now, problem)
        return
    begin_writing(session)
    letters.put_back(session, taken, now + wait_after(taken.tries), problem)
    session.commit()


def _give_up(session: Session, taken: Taken, now: datetime, problem: str) -> None:
    LOG.warning("Letter %s is given up: %s", taken.id, problem)
    begin_writing(session)
    letters.give_up(session, taken, now, problem)
    session.commit()


def retry(session: Session, *, now: datetime) -> int:
    """What waits for another try is due at once; how many these are."""
    begin_writing(session)
    count = letters.hasten(session, now)
    session.commit()
    return count


def outbox(session: Session) -> Outbox:
    """For the command line."""
    return Outbox(letters.counts(session), tuple(letters.newest(session, (WAITING, GIVEN_UP), MOST_LINES)))


def show_outbox(session: Session, *, user_id: int | None) -> Outbox:
    """For a page. Raises NoSuchPage for whoever is no administrator of the installation."""
    check_administrator(session, user_id)
    return outbox(session)


def retry_now(session: Session, *, user_id: int | None, now: datetime) -> int:
    """`retry`, from a page. Raises NoSuchPage."""
    check_administrator(session, user_id)
    return retry(session, now=now)

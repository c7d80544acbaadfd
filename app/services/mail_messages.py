"""A letter as mail servers take it: plain text and HTML side by side, headers that nobody can write into (RFC 5322).

Only ASCII goes over the wire, so that the oldest server on the way changes nothing, unless the address itself needs
more (RFC 6531).
"""

import re
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from email.utils import format_datetime, parseaddr

from app.domain.errors import Invalid
from app.store.letters import Letter

WORDS_BEFORE_AT = re.compile(r"[^\s\x00-\x20\x7f()<>\[\]:;@\\,\"]+")
SENDER_NAME = "Kelishim"


class NoMailAddress(Invalid):
    """An address that no letter can be sent to. The sentence does not repeat it: it is kept when the letter is not."""

    def __init__(self) -> None:
        super().__init__("The letter has no address that mail can be sent to.")


class Unfolded(UnstructuredHeader):
    """A header on one line whatever its length: an address in it must not be broken."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]  # the registry mixes it in


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Unfolded)  # type: ignore[arg-type]
HEADERS.map_to_type("message-id", Unfolded)  # type: ignore[arg-type]
POLICY = policy.SMTP.clone(cte_type="7bit", header_factory=HEADERS)


def write(letter: Letter, *, sender: str, message_id: str, now: datetime) -> EmailMessage:
    """The message. Raises NoMailAddress."""
    message = EmailMessage(policy=POLICY)
    message["From"] = sender_of(sender)
    message["To"] = addressee_of(letter.address)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{message_id}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers it
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


def sender_of(sender: str) -> Address:
    """The configured sender; it may have a name before it. Raises NoMailAddress."""
    name, address = parseaddr(sender)
    known = addressee_of(address)
    return Address(name or SENDER_NAME, known.username, known.domain)


def addressee_of(address: str) -> Address:
    """An address for a header and for the server, its domain in ASCII (RFC 5891). Raises NoMailAddress."""
    local, _, domain = address.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
        if local.isascii():
            return Address(addr_spec=f"{local}@{domain}")
        if domain and WORDS_BEFORE_AT.fullmatch(local):
            return Address(username=local, domain=domain)
    except (ValueError, MessageError, IndexError) as error:  # what the parser says of what it cannot read
        raise NoMailAddress from error
    raise NoMailAddress

"""E-mail addresses: which can be written to, and when two are the same.

RFC 5321 and 6531: any letters before the @, a domain name after it (IDNA, RFC 5891). Nothing that could begin another
line of a letter's head.
"""

import re
import unicodedata

from app.domain.errors import Invalid

LONGEST, LONGEST_LOCAL, LONGEST_LABEL = 254, 64, 63  # octets: RFC 5321, 4.5.3.1, with the angle brackets of a path
ATOM = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


class NoAddress(Invalid):
    """What was typed is no e-mail address; the sentence says why."""


def check(typed: str) -> str:
    """The address as it is kept and written to. Raises NoAddress."""
    address = unicodedata.normalize("NFC", typed.strip())
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp", "Cs") for letter in address):
        raise NoAddress("An e-mail address has no line breaks and no invisible characters in it.")
    if re.search(r"\s", address):
        raise NoAddress("An e-mail address has no spaces in it.")
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        raise NoAddress("An e-mail address looks like name@example.org.")
    if len(address.encode()) > LONGEST or len(local.encode()) > LONGEST_LOCAL:
        raise NoAddress("This is longer than an e-mail address can be: 64 characters before the @, 254 in all.")
    if not ATOM.fullmatch(local):
        raise NoAddress("Before the @ of an e-mail address stand letters, digits and signs like . - _ + alone.")
    if not _is_domain(domain):
        raise NoAddress("After the @ of an e-mail address stands a domain like example.org.")
    return address


def key_of(address: str) -> str:
    """How addresses are compared: what differs in capitals, in composed letters or in the spelling of the domain alone
    is the same. Raises NoAddress."""
    local, _, domain = check(address).rpartition("@")
    return f"{unicodedata.normalize('NFC', local.casefold())}@{_ascii(domain)}"


def _is_domain(domain: str) -> bool:
    labels = _ascii(domain).split(".")
    return len(labels) > 1 and all(len(one) <= LONGEST_LABEL and LABEL.fullmatch(one) for one in labels)


def _ascii(domain: str) -> str:
    """As name servers know it; empty where they cannot."""
    try:
        return domain.encode("idna").decode().lower()
    except UnicodeError:
        return ""

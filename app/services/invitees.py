"""Whom an invitation is for, read from what somebody typed or from a line of a list: every fault a sentence."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.domain import invited_words, mail_addresses
from app.domain.errors import Invalid
from app.domain.permissions import Role

LONGEST_NAME = 200
Read = TypeVar("Read")


class NobodyInvited(Invalid):
    def __init__(self) -> None:
        super().__init__("Say who is invited: the name is missing.")


class NameTooLong(Invalid):
    def __init__(self, length: int) -> None:
        super().__init__(f"A name has at most {LONGEST_NAME} characters; this one has {length}.")


class NameUnprintable(Invalid):
    def __init__(self) -> None:
        super().__init__("The name has a character in it that cannot be printed.")


class NoSuchRole(Invalid):
    def __init__(self, word: str) -> None:
        super().__init__(
            f"“{word}” is no role; there are observer, commenter, representative, facilitator and administrator."
        )


class NoSuchPart(Invalid):
    def __init__(self, word: str) -> None:
        super().__init__(f"“{word}” is no part in a delegation; there are head, authorised and member.")


class NoSuchLanguage(Invalid):
    def __init__(self, word: str) -> None:
        super().__init__(f"“{word}” is no language that letters are written in; there are en, ru and ky.")


class UnknownInstitution(Invalid):
    def __init__(self, word: str) -> None:
        super().__init__(f"No institution is called “{word}” here: write its code, or make it known first.")


class NoInstitution(Invalid):
    def __init__(self) -> None:
        super().__init__("A representative speaks for an institution: name it.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, each still a word."""

    name: str
    email: str = ""
    institution: str = ""
    role: str = ""
    part: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Invitee:
    """`email_key` is the address as it is compared; empty where there is none."""

    full_name: str
    email: str
    email_key: str
    language: str
    role: Role
    institution_id: int | None
    part: str


def read(typed: Typed, institutions: Mapping[str, int]) -> Invitee:
    """Whom it is for; `institutions` by code and name, in the letters of `invited_words.bare`.

    Raises Invalid with the first fault."""
    invitee, faults = read_all(typed, institutions)
    if invitee is None:
        raise faults[0]
    return invitee


def read_all(typed: Typed, institutions: Mapping[str, int]) -> tuple[Invitee | None, tuple[Invalid, ...]]:
    """The same with every fault; nobody where there is one."""
    faults: list[Invalid] = []

    def tried(reading: Callable[[], Read], otherwise: Read) -> Read:
        try:
            return reading()
        except Invalid as fault:
            faults.append(fault)
            return otherwise

    name = tried(lambda: full_name(typed.name), "")
    email, key = tried(lambda: address(typed.email), ("", ""))
    institution = tried(lambda: _institution(typed.institution, institutions), None)
    role = tried(lambda: _role(typed.role, institution), Role.OBSERVER)
    part = tried(lambda: _part(typed.part), "head")
    language = tried(lambda: _language(typed.language), "en")
    if role is Role.REPRESENTATIVE and not typed.institution.strip():
        faults.append(NoInstitution())
    return (None if faults else Invitee(name, email, key, language, role, institution, part)), tuple(faults)


def full_name(typed: str) -> str:
    """A person's name with single spaces. Raises NobodyInvited, NameTooLong, NameUnprintable."""
    name = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not name:
        raise NobodyInvited
    if len(name) > LONGEST_NAME:
        raise NameTooLong(len(name))
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") for sign in name):
        raise NameUnprintable
    return name


def address(typed: str) -> tuple[str, str]:
    """An e-mail address and as what it is compared; both empty where there is none. Raises Invalid."""
    if not typed.strip():
        return "", ""
    checked = mail_addresses.check(typed)
    return checked, mail_addresses.key_of(checked)


def _institution(typed: str, known: Mapping[str, int]) -> int | None:
    if not typed.strip():
        return None
    found = known.get(invited_words.bare(typed))
    if found is None:
        raise UnknownInstitution(_short(typed))
    return found


def _role(typed: str, institution_id: int | None) -> Role:
    """Who speaks for an institution is its representative, unless something else is said."""
    if not typed.strip():
        return Role.REPRESENTATIVE if institution_id else Role.OBSERVER
    found = invited_words.role(typed)
    if found is None:
        raise NoSuchRole(_short(typed))
    return found


def _part(typed: str) -> str:
    found = invited_words.part(typed) if typed.strip() else "head"
    if found is None:
        raise NoSuchPart(_short(typed))
    return found


def _language(typed: str) -> str:
    found = invited_words.language(typed)
    if found is None:
        raise NoSuchLanguage(_short(typed))
    return found


def _short(word: str) -> str:
    word = " ".join(word.replace("\0", "�").split())
    return word if len(word) <= 60 else f"{word[:59]}…"

"""Passwords: which can be used, how they are kept, whether one matches.

Long ones of any characters, none that everybody tries first, no rules of composition (NIST SP 800-63B, 5.1.1.2). Kept
by argon2id (RFC 9106).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.errors import Invalid

SHORTEST, LONGEST = 10, 1000
HASHER = PasswordHasher()  # argon2id with the library's parameters (RFC 9106, low memory)
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$p2BGH3gixXH8HiRgzFBURQ$GFEwA6c6x94uYcZFaZXYl2Lx3iie4MMqZkeB0+FqTgo"
"""Checked where there is no account, so that the answer takes as long; made by HASHER, which no start must wait for."""
RUSSIAN_KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`")
"""What stands on the same keys: “йцукен” is as common as “qwerty”."""
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Hashing:
    """How passwords are kept: `nobody` is a hash that costs as much to check as the others."""

    hasher: PasswordHasher
    nobody: str


USUAL = Hashing(HASHER, NOBODY)
QUICK = Hashing(
    PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
    "$argon2id$v=19$m=8,t=1,p=1$Uc4OUH76soC4ZylvCbF0ww$aQDZNBQqvTnregYPyrSMm5h+OT5xsPz1wugqiebzuYM",
)
"""For a thousand tests that sign in; keeps nothing secret."""


class PasswordTooShort(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A password needs at least {SHORTEST} characters.")


class PasswordTooLong(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A password has at most {LONGEST} characters.")


class PasswordTooCommon(Invalid):
    def __init__(self) -> None:
        super().__init__("Everybody tries this password first. Choose another one: several words do well.")


class PasswordIsName(Invalid):
    def __init__(self) -> None:
        super().__init__("This password is your own name. Choose another one: several words do well.")


def check_usable(password: str, *names: str) -> None:
    """Whether somebody of these names may choose it. Raises PasswordTooShort, PasswordTooLong, PasswordTooCommon,
    PasswordIsName."""
    password = _composed(password)
    if len(password) < SHORTEST:
        raise PasswordTooShort
    if len(password) > LONGEST:
        raise PasswordTooLong
    tried = _said_plainly(password)
    if any(one in _common() for one in tried) or len(set(password.casefold())) < 3:
        raise PasswordTooCommon
    if tried & _variations(names):
        raise PasswordIsName


def hashed(password: str, hashing: Hashing = USUAL) -> str:
    """What is kept of a password."""
    return hashing.hasher.hash(_composed(password))


def matches(password_hash: str, password: str, hashing: Hashing = USUAL) -> bool:
    """Whether it is the password. Takes as long where there is none to compare it with: an empty hash never matches."""
    composed = _composed(password[: LONGEST + 1])
    try:
        found = hashing.hasher.verify(password_hash or hashing.nobody, composed)
    except (VerificationError, InvalidHashError):
        return False
    return found and bool(password_hash) and len(composed) <= LONGEST


def is_outdated(password_hash: str, hashing: Hashing = USUAL) -> bool:
    """Whether it was made with other parameters than are used now, so that it is to be made again."""
    return hashing.hasher.check_needs_rehash(password_hash)


def _composed(password: str) -> str:
    """The same from every keyboard (NFKC, as NIST SP 800-63B advises)."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


def _said_plainly(password: str) -> frozenset[str]:
    """What it comes to without capitals, without digits and signs behind it, said once, and on Latin keys."""
    small = password.casefold()
    found = {small, small.translate(RUSSIAN_KEYS)}
    found |= {re.sub(r"[\W\d_]+$", "", one) for one in found}
    found |= {once[1] for one in found if (once := re.fullmatch(r"(.+?)\1+", one))}
    return frozenset(found - {""})


def _variations(names: tuple[str, ...]) -> frozenset[str]:
    """Names as people make passwords of them: whole, run together in any order, and each word that is long enough."""
    found = set()
    for name in names:
        small = unicodedata.normalize("NFKC", name).casefold().strip()
        words = re.findall(r"\w+", small)
        found |= {small, "".join(words), "".join(reversed(words)), *words}
    return frozenset(one for one in found if len(one) >= SHORTEST_NAME)


@cache
def _common() -> frozenset[str]:
    """The passwords that are found most often in stolen lists, as zxcvbn ships them; read when first asked for."""
    return frozenset(import_module("zxcvbn.frequency_lists").FREQUENCY_LISTS["passwords"])

"""Links and codes that let somebody in: long enough that nobody guesses one, kept only as hashes."""

import secrets
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit or for another one."""
MISREAD = str.maketrans("OIL", "011")
GROUPS, LETTERS = 3, 4
"""A code for paper has 12 letters in three groups: 60 bits."""


def new_token() -> str:
    """For an address: 256 bits, 43 letters that need no escaping."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """For paper, as `7KQ2-M4XD-09RT`."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def hash_of_token(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def hash_of_code(typed: str) -> str:
    """The same for small and capital letters, with hyphens and spaces or without, with O for 0 and I or L for 1."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(MISREAD)
    return hash_of_token(letters)

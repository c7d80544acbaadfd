"""Which passwords can be used, and when one matches."""

import pytest
from argon2 import PasswordHasher

from app.domain.errors import Invalid
from app.services import passwords
from app.services.passwords import (
    QUICK,
    USUAL,
    Hashing,
    PasswordIsName,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
    check_usable,
    hashed,
    is_outdated,
    matches,
)

NAMES = ("cholpon", "Чолпон Асанова", "cholpon.asanova@example.org", "cholpon.asanova")
REFUSED = [
    ("", PasswordTooShort),
    ("123456789", PasswordTooShort),
    ("а" * 9, PasswordTooShort),
    ("x" * 1001, PasswordTooLong),
    ("1234567890", PasswordTooCommon),
    ("password123", PasswordTooCommon),
    ("Password2026!", PasswordTooCommon),
    ("QWERTYUIOP", PasswordTooCommon),
    ("dragon19751975", PasswordTooCommon),
    ("йцукенгшщз", PasswordTooCommon),
    ("Йцукен123456", PasswordTooCommon),
    ("пароль2026", PasswordTooCommon),
    ("passwordpassword", PasswordTooCommon),
    ("aaaaaaaaaaaa", PasswordTooCommon),
    ("abababababab", PasswordTooCommon),
    ("cholpon123", PasswordIsName),
    ("CholponAsanova".replace("CholponAsanova", "Чолпон Асанова"), PasswordIsName),
    ("ЧолпонАсанова1", PasswordIsName),
    ("асановачолпон", PasswordIsName),
    ("cholpon.asanova@example.org", PasswordIsName),
    ("cholpon.asanova7", PasswordIsName),
    ("CholponCholpon", PasswordIsName),
]  # fmt: skip
USED = [
    "kelishim-demo", "three little words", "              .", "десять букв", "жети уктап калган", "9381640275",
    "😀😃😄😁😆😅😂🤣🥲😊", "Cholpon likes tea", "x" * 998 + "yz", "correct horse", "a b c d e f",
]  # fmt: skip


@pytest.mark.parametrize(("password", "refusal"), REFUSED)
def test_what_everybody_tries_first_cannot_be_chosen(password: str, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        check_usable(password, *NAMES)


@pytest.mark.parametrize("password", USED)
def test_nothing_else_is_asked_of_a_password(password: str) -> None:
    if len(set(password)) >= 3:
        check_usable(password, *NAMES)
        assert matches(hashed(password, QUICK), password, QUICK)


def test_a_password_matches_itself_alone() -> None:
    kept = hashed("three little words", QUICK)
    assert matches(kept, "three little words", QUICK)
    for other in ("", "Three little words", "three little words ", "three little words\0", "three little word"):
        assert not matches(kept, other, QUICK)
    for none in ("", "no hash at all", "$argon2id$v=19$m=8,t=1,p=1$broken"):
        assert not matches(none, "three little words", QUICK)
        assert not matches(none, "", QUICK)


def test_no_password_matches_the_dummy() -> None:
    assert not matches("", "kelishim-demo", QUICK)  # whose hash it is


def test_a_password_is_the_same_however_its_letters_are_composed() -> None:
    assert matches(hashed("зо\u0451 тело \u00e9t\u00e9", QUICK), "зо\u0435\u0308 тело e\u0301te\u0301", QUICK)


def test_lone_surrogates_and_null_characters_break_nothing() -> None:
    kept = hashed("\ud800\0 three words", QUICK)
    assert matches(kept, "\ud800\0 three words", QUICK)


def test_nothing_is_computed_of_a_text_that_no_password_can_be() -> None:
    kept = hashed("x" * 1001, QUICK)
    assert not matches(kept, "x" * 1001, QUICK)
    assert not matches(kept, "x" * 16_000_000, QUICK)


@pytest.mark.parametrize("hashing", [USUAL, QUICK])
def test_the_dummy_costs_as_much_as_a_stored_hash(hashing: Hashing) -> None:
    assert not is_outdated(hashing.nobody, hashing)


def test_a_hash_made_with_other_parameters_is_to_be_made_again() -> None:
    older = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash("three little words")
    assert is_outdated(older, QUICK)
    assert not is_outdated(passwords.hashed("three little words", QUICK), QUICK)

"""Invitations at a moment, suggested sign-in names, words of lists."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.invitations import State, state_of
from app.domain.invited_words import column, language, part, role
from app.domain.permissions import Role
from app.domain.sign_in_names import suggested

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("used", "revoked", "minutes_left", "state"),
    [
        (False, False, 60, State.WAITING),
        (False, False, 0, State.WAITING),
        (False, False, -10, State.WAITING),
        (False, False, -11, State.RUN_OUT),
        (False, True, 60, State.REVOKED),
        (False, True, -11, State.REVOKED),
        (True, False, 60, State.USED),
        (True, False, -11, State.USED),
        (True, True, 60, State.USED),
    ],
)
def test_an_invitation_waits_until_it_was_used_revoked_or_ran_out_ten_minutes_ago(
    used: bool, revoked: bool, minutes_left: int, state: State
) -> None:
    found = state_of(
        used_at=NOON if used else None, revoked_at=NOON if revoked else None,
        expires_at=NOON + timedelta(minutes=minutes_left), now=NOON,
    )  # fmt: skip
    assert found is state


@pytest.mark.parametrize(
    ("full_name", "name"),
    [
        ("Айгүл Токтосунова", "aigul.toktosunova"),
        ("Өмүрбек Ниязбек уулу Жаңылов", "omurbek.zhangylov"),
        ("Щукин Юрий Цезаревич", "shchukin.tsezarevich"),
        ("Zoë O'Connor-Müller", "zoe.muller"),
        ("Ана", "ana"),
        ("李明", "person"),
        ("…", "person"),
        ("", "person"),
        ("Лев " + "а" * 300, "lev." + "a" * 36),
    ],
)
def test_a_sign_in_name_is_suggested_in_latin_letters(full_name: str, name: str) -> None:
    assert suggested(full_name) == name


def test_a_suggested_name_that_is_taken_gets_a_number() -> None:
    assert suggested("Ana Kim", {"ana.kim", "ana.kim2"}) == "ana.kim3"


def test_columns_and_words_are_read_in_three_languages() -> None:
    assert [column(one) for one in ("E-Mail", "Эл. почта:", "ФИО *", "Аты-жөнү", "Тили", "Colour")] == [
        "email", "email", "name", "name", "language", None,
    ]  # fmt: skip
    assert [role(one) for one in ("Representative", "ПРЕДСТАВИТЕЛЬ", "өкүл", "king")] == [
        Role.REPRESENTATIVE, Role.REPRESENTATIVE, Role.REPRESENTATIVE, None,
    ]  # fmt: skip
    assert [part(one) for one in ("глава делегации", "мүчө", "arm")] == ["head", "member", None]
    assert [language(one) for one in ("Kyrgyz", "русский", "fr")] == ["ky", "ru", None]

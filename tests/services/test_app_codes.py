"""Codes of an app and codes on paper: when they count, and that they count once."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pyotp
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.services import app_codes, proving, recovery_codes, second_factors
from app.services.attempting import TooManyAttempts
from app.services.passwords import QUICK
from app.store.db import db
from app.store.second_factors import Passkey, RecoveryCode
from app.store.users import User
from app.web.qr import drawn
from tests.factors import PASSWORD, installation, person

NOW = datetime(2026, 11, 28, 12, 0, 10, tzinfo=ZoneInfo("Asia/Bishkek"))
SECRET = "for tests only"
HIS = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(scope="module")
def app(empty_sqlite, tmp_path_factory) -> Iterator[Flask]:  # type: ignore[no-untyped-def]
    with installation(empty_sqlite, tmp_path_factory.mktemp("codes")) as app:
        yield app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session  # type: ignore[misc]
        db.session.remove()


def somebody(app: Flask, name: str, **facts: object) -> int:
    return person(app, name, **facts)


def with_app(app: Flask, name: str) -> int:
    return person(app, name, totp_secret=HIS, totp_confirmed_at=NOW)


def code(seconds: int = 0) -> str:
    """What an app shows whose clock is off by so much."""
    return pyotp.TOTP(HIS).at(NOW + timedelta(seconds=seconds))


def checked(session: Session, user_id: int, typed: str, now: datetime = NOW) -> str:
    try:
        app_codes.check(session, user_id=user_id, code=typed, secret=SECRET, now=now)
    except Refusal as refusal:
        session.rollback()
        return str(refusal)
    return "right"


WRONG = "The code is wrong. Type the six digits that the app shows now."
OFF = (
    "The clock of your telephone is off by about {} min, so its codes do not fit. In the telephone's settings, let it "
    "set date and time automatically, then type the code that the app shows."
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (code(), "right"),
        (f" {code()[:3]} {code()[3:]}\n", "right"),
        (code(30), "right"),
        (code(-30), "right"),
        (code(60), OFF.format(1)),
        (code(-60), OFF.format(1)),
        (code(180), OFF.format(3)),
        (code(-480), OFF.format(8)),
        (code(600), OFF.format(10)),
        (code(-600), OFF.format(10)),
        (code(630), WRONG),
        (code(-630), WRONG),
        ("", WRONG),
        ("12345", WRONG),
        ("1234567", WRONG),
        ("abcdef", WRONG),
        ("１２３４５６", WRONG),
        ("12\x003456", WRONG),
        ("1" * 300, WRONG),
    ],
)
def test_a_code_counts_half_a_minute_off_and_a_wrong_clock_is_told(
    app: Flask, session: Session, typed: str, said: str, request: pytest.FixtureRequest
) -> None:
    assert checked(session, with_app(app, request.node.name[:80]), typed) == said


def test_a_code_counts_once_also_where_it_is_still_shown(app: Flask, session: Session) -> None:
    one, other = with_app(app, "once"), with_app(app, "other")
    used = "This code was used already. Wait for the app to show the next one."
    assert checked(session, one, code()) == "right"
    assert checked(session, one, code()) == used
    assert checked(session, one, code(), NOW + timedelta(seconds=29)) == used
    assert checked(session, other, code()) == "right"
    assert checked(session, one, code(30), NOW + timedelta(seconds=30)) == "right"


def test_a_code_of_a_clock_that_is_ahead_does_not_count_later_either(app: Flask, session: Session) -> None:
    ahead = with_app(app, "ahead")
    assert checked(session, ahead, code(480)) == OFF.format(8)
    assert checked(session, ahead, code(480), NOW + timedelta(minutes=8)) == (
        "This code was used already. Wait for the app to show the next one."
    )
    assert checked(session, ahead, code(510), NOW + timedelta(minutes=8, seconds=30)) == "right"


def test_nothing_tells_when_a_code_was_used(app: Flask, session: Session) -> None:
    used, asked = with_app(app, "untold"), text("SELECT * FROM users WHERE name = 'untold'")
    before = session.execute(asked).one()
    assert checked(session, used, code()) == "right"
    assert session.execute(asked).one() == before


def test_after_ten_wrong_codes_even_the_right_one_waits_and_a_right_one_begins_anew(
    app: Flask, session: Session
) -> None:
    guessed = with_app(app, "guessed")
    for _ in range(9):
        assert checked(session, guessed, "000000") == WRONG
    assert checked(session, guessed, code()) == "right"
    for _ in range(10):
        assert checked(session, guessed, "000000") == WRONG
    later = NOW + timedelta(minutes=1)
    assert checked(session, guessed, code(60), later) == "This was tried too often. Try again in 14 minute(s)."
    late = NOW + timedelta(minutes=16)
    assert checked(session, guessed, pyotp.TOTP(HIS).at(late), late) == "right"


def test_an_app_counts_once_a_code_of_it_was_typed(app: Flask, session: Session) -> None:
    newcomer = somebody(app, "newcomer")
    with pytest.raises(app_codes.NothingBegun):
        app_codes.setup_of(session, user_id=newcomer, issuer="Kelishim")
    app_codes.begin(session, user_id=newcomer)
    assert not second_factors.is_needed(session, newcomer)
    setup = app_codes.setup_of(session, user_id=newcomer, issuer="Kelishim")
    secret = setup.secret.replace(" ", "")
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", setup.secret)
    assert setup.address == f"otpauth://totp/Kelishim:newcomer?secret={secret}&issuer=Kelishim"
    assert drawn(setup.address).startswith(b"<?xml")
    made = pyotp.TOTP(secret)
    with pytest.raises(app_codes.WrongCode):
        app_codes.confirm(session, user_id=newcomer, code="000000", secret=SECRET, now=NOW)
    with pytest.raises(app_codes.ClockOff):
        app_codes.confirm(session, user_id=newcomer, code=made.at(NOW + timedelta(minutes=5)), secret=SECRET, now=NOW)
    assert not second_factors.is_needed(session, newcomer)
    codes = app_codes.confirm(session, user_id=newcomer, code=made.at(NOW), secret=SECRET, now=NOW)
    assert second_factors.is_needed(session, newcomer)
    assert len(set(codes)) == 10
    assert checked(session, newcomer, made.at(NOW)) == (
        "This code was used already. Wait for the app to show the next one."
    )
    with pytest.raises(app_codes.NothingBegun):
        app_codes.setup_of(session, user_id=newcomer, issuer="Kelishim")
    with pytest.raises(app_codes.AppThere):
        app_codes.begin(session, user_id=newcomer)


def test_a_code_on_paper_is_good_once_however_it_is_typed_and_new_ones_end_the_old(
    app: Flask, session: Session
) -> None:
    lost = with_app(app, "lost")

    def use(typed: str) -> int | str:
        try:
            return recovery_codes.use(session, user_id=lost, code=typed, secret=SECRET, now=NOW)
        except Refusal as refusal:
            session.rollback()
            return str(refusal)

    wrong = "This is none of your recovery codes, or it was used already."
    codes = recovery_codes.make(session, user_id=lost)
    assert use(codes[0]) == 9
    assert use(codes[0]) == wrong
    assert use(codes[1].lower().replace("-", " ")) == 8
    assert use(codes[2].replace("0", "O").replace("1", "l")) == 7
    used = [row for row in session.query(RecoveryCode).filter_by(user_id=lost) if row.used_at is not None]
    assert {row.used_at.astimezone(NOW.tzinfo).isoformat() for row in used if row.used_at} == {
        "2026-11-28T00:00:00+06:00"
    }
    again = recovery_codes.make(session, user_id=lost)
    assert [use(codes[3]), use(""), use("\0"), use("x" * 300)] == [wrong] * 4
    assert use(again[3]) == 9


def test_codes_on_paper_of_somebody_else_are_none(app: Flask, session: Session) -> None:
    mine, theirs = with_app(app, "mine"), with_app(app, "theirs")
    codes = recovery_codes.make(session, user_id=mine)
    with pytest.raises(recovery_codes.WrongRecoveryCode):
        recovery_codes.use(session, user_id=theirs, code=codes[0], secret=SECRET, now=NOW)


def passkey(user_id: int, **facts: object) -> Passkey:
    facts = {"public_key": b"key", "sign_count": 0, "name": "Key", "created_at": NOW, **facts}
    return Passkey(user_id=user_id, credential_id=f"id of {user_id}", **facts)


@pytest.mark.parametrize(
    ("name", "facts", "key", "needed"),
    [
        ("bare", {}, None, False),
        ("begun", {"totp_secret": HIS}, None, False),
        ("confirmed", {"totp_secret": HIS, "totp_confirmed_at": NOW}, None, True),
        ("keyed", {}, {}, True),
        ("unkeyed", {}, {"removed_at": NOW}, False),
        ("both", {"totp_secret": HIS, "totp_confirmed_at": NOW}, {"removed_at": NOW}, True),
    ],
)
def test_a_second_factor_is_needed_where_an_app_is_confirmed_or_there_is_a_passkey(
    app: Flask, session: Session, name: str, facts: dict[str, object], key: dict[str, object] | None, needed: bool
) -> None:
    user_id = somebody(app, f"needed-{name}", **facts)
    if key is not None:
        session.add(passkey(user_id, **key))
        session.commit()
    assert second_factors.is_needed(session, user_id) is needed
    second_factors.lose_all(session, user_id=user_id, now=NOW)
    session.commit()
    assert not second_factors.is_needed(session, user_id)
    assert session.get_one(User, user_id).totp_secret is None


def test_with_the_last_second_factor_the_codes_on_paper_go(app: Flask, session: Session) -> None:
    leaving = with_app(app, "leaving")
    recovery_codes.make(session, user_id=leaving)
    session.add(passkey(leaving))
    session.commit()
    app_codes.remove(session, user_id=leaving)
    assert second_factors.standing(session, leaving).codes_left == 10
    second_factors.lose_all(session, user_id=leaving, now=NOW)
    session.commit()
    assert second_factors.standing(session, leaving) == second_factors.Standing(None, (), 0, ())
    with pytest.raises(recovery_codes.NothingToRecover):
        recovery_codes.make(session, user_id=leaving)
    session.rollback()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (PASSWORD, "proved"),
        (code(), "proved"),
        ("paper", "proved"),
        (code(60), OFF.format(1)),
        ("000000", "This is neither your password nor a code of yours."),
        ("", "This is neither your password nor a code of yours."),
        ("nothing\0", "This is neither your password nor a code of yours."),
        ("x" * 3000, "This is neither your password nor a code of yours."),
    ],
)
def test_somebody_proves_who_they_are_by_password_or_code(
    app: Flask, session: Session, typed: str, said: str, request: pytest.FixtureRequest
) -> None:
    user_id = with_app(app, f"p{request.node.name[-70:]}")
    codes = recovery_codes.make(session, user_id=user_id)
    typed = codes[5] if typed == "paper" else typed
    try:
        proving.prove(session, user_id=user_id, typed=typed, hashing=QUICK, secret=SECRET, now=NOW)
    except Refusal as refusal:
        session.rollback()
        assert str(refusal) == said
    else:
        assert said == "proved"


def test_proving_is_counted_together_with_codes(app: Flask, session: Session) -> None:
    counted = with_app(app, "counted")
    with pytest.raises(TooManyAttempts):
        for _ in range(11):
            with pytest.raises(proving.NotYou):
                proving.prove(session, user_id=counted, typed="wrong", hashing=QUICK, secret=SECRET, now=NOW)
    assert checked(session, counted, code()).startswith("This was tried too often.")

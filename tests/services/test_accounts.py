"""Signing in tells nobody which accounts there are; passwords, addresses and the command line."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Refusal
from app.domain.mail_addresses import NoAddress
from app.services import accounts, own_account, own_address, signing_in
from app.services.accounts import WRONG, AddressTaken, NameTaken, WrongNameOrPassword, WrongPassword
from app.services.attempting import TooManyAttempts
from app.services.own_address import NoSuchLink
from app.services.passwords import QUICK, Hashing, PasswordIsName, PasswordTooShort, matches
from app.store.attempts import Attempt
from app.store.db import db
from app.store.letters import Letter, LetterRow
from app.store.users import User

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
PASSWORD, SECRET = "three little words", "for tests only"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def made(session: Session, name: str, *, hashing: Hashing = QUICK, email: str = "") -> int:
    return accounts.create_user(
        session, name=name, full_name=f"{name} in full", password=PASSWORD, now=NOW, email=email, hashing=hashing
    )


def signs_in(
    session: Session, name: str, password: str = PASSWORD, *, at: datetime = NOW, address: str = "", hashing: Hashing = QUICK
) -> int | None:  # fmt: skip
    try:
        return accounts.sign_in(
            session, name=name, password=password, address=address, secret=SECRET, now=at, hashing=hashing
        )
    except WrongNameOrPassword:
        session.rollback()
        return None


def test_a_wrong_password_takes_as_long_whether_the_name_is_known_unknown_closed_or_locked(session: Session) -> None:
    """Two hundred tries of each kind in turns, by the time of the processor, which others' work does not blur; with
    hashes that take about a twentieth of a real one's time."""
    hasher = PasswordHasher(time_cost=1, memory_cost=4096, parallelism=1)
    hashing = Hashing(hasher, hasher.hash("nobody's password"))
    for name in ("known", "closed", "locked"):
        made(session, name, hashing=hashing)
    accounts.close(session, name="closed", now=NOW)
    for _ in range(WRONG + 1):
        signs_in(session, "locked", "wrong", hashing=hashing)
    assert signs_in(session, "locked", hashing=hashing) is None
    [locked] = session.scalars(select(Attempt.key).where(Attempt.count > WRONG))
    took: dict[str, list[float]] = {name: [] for name in ("known", "unknown", "closed", "locked")}
    for count in range(200):
        at = NOW + timedelta(seconds=count)
        for name, times in took.items():
            session.execute(delete(Attempt).where(Attempt.key != locked))
            session.commit()
            began = time.process_time()
            assert signs_in(session, name, "wrong", at=at, hashing=hashing) is None
            times.append(time.process_time() - began)
    began = time.process_time()
    for _ in range(20):
        matches(hashing.nobody, "wrong", hashing)
    hash_takes = (time.process_time() - began) / 20
    medians = {name: median(times) for name, times in took.items()}
    assert max(medians.values()) - min(medians.values()) < hash_takes / 3, (medians, hash_takes)


def test_ten_wrong_passwords_lock_a_name_for_a_quarter_of_an_hour_whether_or_not_somebody_has_it(
    session: Session,
) -> None:
    user_id = made(session, "somebody")
    for name in ("somebody", "nobody"):
        assert [signs_in(session, name, "wrong") for _ in range(WRONG)] == [None] * WRONG
    assert signs_in(session, "somebody") is None
    assert signs_in(session, "somebody", at=NOW + timedelta(minutes=14)) is None
    assert signs_in(session, "somebody", at=NOW + timedelta(minutes=15)) == user_id
    for _ in range(WRONG):
        signs_in(session, "somebody", "wrong")
    accounts.let_in_again(session, user_id, secret=SECRET)
    session.commit()
    assert signs_in(session, "somebody") == user_id


def test_the_right_password_is_never_one_of_the_wrong_ones(session: Session) -> None:
    user_id = made(session, "somebody")
    for _ in range(3):
        assert [signs_in(session, "somebody", "wrong") for _ in range(WRONG - 1)] == [None] * (WRONG - 1)
        assert signs_in(session, "somebody", address="203.0.113.7") == user_id


def test_many_wrong_passwords_from_one_address_are_refused_for_all_names_alike(session: Session) -> None:
    made(session, "somebody")
    for count in range(accounts.WRONG_FROM):
        signs_in(session, f"name {count}", address="203.0.113.7")
    for name in ("somebody", "nobody"):
        with pytest.raises(TooManyAttempts):
            signs_in(session, name, address="203.0.113.7")
    assert signs_in(session, "somebody", address="203.0.113.8") is not None


def test_one_signs_in_by_name_or_by_confirmed_address(session: Session) -> None:
    one, other = made(session, "one", email="One@Example.org"), made(session, "other")
    named_so = made(session, "other@example.org")
    user = session.get_one(User, other)
    user.email = user.email_key = "other2@example.org"  # not confirmed
    session.commit()
    table = {
        "one": one, "one@example.org": one, "ONE@EXAMPLE.ORG ": one, "other": other, "other2@example.org": None,
        "other@example.org": named_so, "One": None, "": None, "one@": None, "\0": None, "x" * 300: None,
        "one@example.org\r\nBcc: x@example.org": None, "ё@пример.рф": None,
    }  # fmt: skip
    assert {name: signs_in(session, name) for name in table} == table


def test_an_account_without_a_password_is_entered_by_none(session: Session) -> None:
    session.add(User(name="passkey", full_name="By passkey alone", password_hash="", created_at=NOW))
    session.commit()
    assert [signs_in(session, "passkey", word) for word in ("", " ", "kelishim-demo", PASSWORD)] == [None] * 4


def test_a_hash_with_former_parameters_is_made_anew_when_its_owner_comes(session: Session) -> None:
    older = Hashing(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1), QUICK.nobody)
    user_id = made(session, "somebody", hashing=older)
    before = session.get_one(User, user_id).password_hash
    assert signs_in(session, "somebody", "wrong") is None
    assert session.get_one(User, user_id).password_hash == before
    assert signs_in(session, "somebody") == user_id
    assert session.get_one(User, user_id).password_hash.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert signs_in(session, "somebody") == user_id


def change(session: Session, user_id: int, present: str, chosen: str, but: int | None = None) -> type[Refusal] | None:
    try:
        accounts.change_password(
            session, user_id=user_id, present=present, chosen=chosen, but=but, secret=SECRET, now=NOW, hashing=QUICK
        )
    except (Invalid, TooManyAttempts) as refusal:
        session.rollback()
        return type(refusal)
    return None


def test_who_changes_their_password_says_the_present_one_and_is_signed_out_elsewhere(session: Session) -> None:
    user_id = made(session, "somebody")
    tokens = [
        signing_in.begin(session, user_id=user_id, method="password", device="", now=NOW) for _ in range(3)
    ]  # fmt: skip
    here = signing_in.who(session, tokens[1], NOW)
    assert here is not None
    table = {("wrong", "another good one"): WrongPassword, ("", "another good one"): WrongPassword,
             (PASSWORD, "short"): PasswordTooShort, (PASSWORD, "somebody in full"): PasswordIsName}  # fmt: skip
    assert {words: change(session, user_id, *words) for words in table} == table
    assert len(signing_in.listed(session, user_id, NOW)) == 3
    assert change(session, user_id, PASSWORD, "another good one", here[0].id) is None
    assert [one.id for one in signing_in.listed(session, user_id, NOW)] == [here[0].id]
    assert (signs_in(session, "somebody"), signs_in(session, "somebody", "another good one")) == (None, user_id)
    refusals = [change(session, user_id, "wrong", "yet another one") for _ in range(WRONG + 1)]
    assert refusals == [WrongPassword] * WRONG + [TooManyAttempts]


def test_what_cannot_be_an_account_is_refused_in_a_sentence(session: Session) -> None:
    made(session, "somebody", email="somebody@example.org")
    refused: list[tuple[dict[str, str], type[Invalid]]] = [
        ({"name": "somebody"}, NameTaken), ({"name": ""}, Invalid), ({"name": "   "}, Invalid),
        ({"name": "x" * 300}, Invalid), ({"name": "a\0b"}, Invalid), ({"name": "a\nb"}, Invalid),
        ({"full_name": "x" * 300}, Invalid), ({"full_name": "\0"}, Invalid), ({"password": "short"}, PasswordTooShort),
        ({"password": "other12345"}, PasswordIsName), ({"email": "SOMEBODY@example.org"}, AddressTaken),
        ({"email": "a@b\r\nBcc: c@d.org"}, NoAddress),
    ]  # fmt: skip
    usual = {"name": "other", "full_name": "Other", "password": PASSWORD, "email": ""}
    for typed, refusal in refused:
        with pytest.raises(refusal):
            accounts.create_user(session, **{**usual, **typed}, now=NOW, hashing=QUICK)
        session.rollback()
    assert session.scalars(select(User.name)).all() == ["somebody"]


def written(sent: list[tuple[str, str]]) -> Callable[[str, str, str | None], Letter]:
    def write(address: str, token: str, language: str | None) -> Letter:
        sent.append((address, token))
        return Letter("confirm_address", address, "Subject", f"Text {language}")

    return write


def test_an_address_counts_once_its_owner_has_used_the_link(session: Session) -> None:
    one, other = made(session, "one"), made(session, "other")
    sent: list[tuple[str, str]] = []
    asked = {"typed": "Имя@Пример.рф", "present": PASSWORD, "write": written(sent), "secret": SECRET, "now": NOW}
    with pytest.raises(WrongPassword):
        own_address.ask(session, user_id=one, **{**asked, "present": "wrong"}, hashing=QUICK)  # type: ignore[arg-type]
    own_address.ask(session, user_id=one, **asked, hashing=QUICK)  # type: ignore[arg-type]
    [(address, token)] = sent
    assert session.scalars(select(LetterRow.address)).all() == [address] == ["Имя@Пример.рф"]
    assert own_account.own(session, one).email == ""
    usual = {"user_id": one, "secret": SECRET, "now": NOW}
    assert own_address.asked(token, **usual) == address  # type: ignore[arg-type]
    wrong: list[tuple[str, dict[str, object]]] = [
        (token, {"user_id": other}), (token, {"secret": "another"}), (token[:-2] + "AA", {}), ("", {}), ("ё", {}),
        ("=" * 50, {}), ("A" * 5000, {}), (token, {"now": NOW + timedelta(days=3, minutes=11)}),
    ]  # fmt: skip
    for forged, facts in wrong:
        with pytest.raises(NoSuchLink):
            own_address.confirm(session, token=forged, **(usual | facts))  # type: ignore[arg-type]
    late = NOW + timedelta(days=3, minutes=9)  # a clock that is off
    assert own_address.confirm(session, token=token, **(usual | {"now": late})) == address  # type: ignore[arg-type]
    assert own_account.own(session, one).email == address
    assert signs_in(session, "имя@xn--e1afmkfd.xn--p1ai") == one
    own_address.remove(session, user_id=one)
    assert (own_account.own(session, one).email, signs_in(session, "Имя@Пример.рф")) == ("", None)


def test_an_address_is_confirmed_for_one_account_alone(session: Session) -> None:
    one, other = made(session, "one"), made(session, "other")
    heard_of = session.get_one(User, other)
    heard_of.email, heard_of.email_key = "one@example.org", "one@example.org"  # by hearsay
    session.commit()
    sent: list[tuple[str, str]] = []
    for user_id in (one, other):
        own_address.ask(session, user_id=user_id, typed="one@example.org", present=PASSWORD, write=written(sent),
                        secret=SECRET, now=NOW, hashing=QUICK)  # fmt: skip
    own_address.confirm(session, user_id=one, token=sent[0][1], secret=SECRET, now=NOW)
    with pytest.raises(AddressTaken):
        own_address.confirm(session, user_id=other, token=sent[1][1], secret=SECRET, now=NOW)


def test_nobody_is_sent_more_than_three_letters_a_day(session: Session) -> None:
    people = [made(session, f"person {number}") for number in range(4)]
    sent: list[tuple[str, str]] = []

    def asks(user_id: int, typed: str, now: datetime = NOW) -> None:
        own_address.ask(session, user_id=user_id, typed=typed, present=PASSWORD, write=written(sent), secret=SECRET,
                        now=now, hashing=QUICK)  # fmt: skip

    for user_id in people[:3]:
        asks(user_id, "victim@example.org")
    with pytest.raises(TooManyAttempts):
        asks(people[3], "VICTIM@example.org")
    for number in range(2):
        asks(people[0], f"{number}@example.org")
    with pytest.raises(TooManyAttempts):
        asks(people[0], "3@example.org")
    assert len(sent) == 5
    asks(people[0], "4@example.org", NOW + timedelta(days=1))


def test_the_command_line_makes_lets_in_signs_out_and_closes_accounts(app: Flask) -> None:
    run = app.test_cli_runner().invoke

    def said(*args: str, typed: str = "") -> tuple[int, str]:
        found = run(args=["users", *args], input=typed)
        return found.exit_code, re.sub(r".*(?:Password|confirmation).*: *\n", "", found.output).strip()

    made_by = ("create", "one", "--full-name", "The First", "--email", "One@example.org", "--administrator")
    assert said(*made_by, "--password", PASSWORD) == (0, "Account “one” made.")
    assert said("create", "two", "--password", "password123")[0] == 1
    twice = f"{PASSWORD} anew\n" * 2
    assert said("password", "one", typed=twice) == (0, "The password of “one” is changed; every sign-in has ended.")
    assert said("password", "nobody", typed=twice) == (1, "Error: There is no account “nobody”.")
    assert said("password", "one", typed="short\nshort\n") == (1, "Error: A password needs at least 10 characters.")
    with app.app_context():
        user = db.session.scalars(select(User)).one()
        assert (user.is_administrator, user.email_key) == (True, "one@example.org")
        signing_in.begin(db.session, user_id=user.id, method="password", device="", now=datetime.now(UTC))
        assert accounts.sign_in(
            db.session, name="one", password=f"{PASSWORD} anew", address="", secret="s", now=NOW, hashing=QUICK
        )
    assert said("sign-out", "one") == (0, "“one” was signed in 1 time(s) and is not any more.")
    assert said("sign-out", "one") == (0, "“one” was signed in 0 time(s) and is not any more.")
    assert said("close", "one") == (0, "The account “one” is closed: nobody signs in to it.")
    with app.app_context():
        assert signs_in(db.session, "one", f"{PASSWORD} anew") is None
    assert said("close", "nobody")[0] == 1

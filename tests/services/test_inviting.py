"""Inviting and accepting; what is kept of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.errors import Invalid, NotAllowed, NotFound, Refusal
from app.domain.invitations import State
from app.domain.permissions import Role
from app.services import invited, inviting
from app.services.invitees import Typed
from app.services.inviting import Inviter
from app.services.passwords import QUICK
from app.services.tokens import hash_of_code, hash_of_token, new_token
from app.store.db import db
from app.store.events import Event
from app.store.invitations import Invitation
from app.store.letters import Letter, LetterRow
from app.store.users import Membership, User, by_name
from tests.conftest import application
from tests.services.invited_people import LATER, NOW, PASSWORD, House, built, set_up
from tests.services.invited_people import invited as make


@pytest.fixture(scope="module")
def house(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from built(empty_sqlite, tmp_path_factory.mktemp("inviting"))


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    yield from house.as_at_first()


@pytest.fixture
def people(house: House) -> dict[str, int]:
    return house.people


def refusal_of(app: Flask, key: str, now: object = NOW) -> type[Refusal] | None:
    with app.app_context():
        try:
            invited.look(db.session(), key=key, user_id=None, language="en", now=now)  # type: ignore[arg-type]
        except NotFound as refusal:
            return type(refusal)
    return None


def joined(app: Flask, key: str, name: str = "bakyt", password: str = PASSWORD) -> invited.Joined:
    with app.app_context():
        return invited.join_anew(
            db.session(), key=key, name=name, password=password, language="ru", now=LATER, hashing=QUICK
        )


def chain(app: Flask) -> list[tuple[str, dict[str, object]]]:
    with app.app_context():
        return [(one.kind, one.facts) for one in db.session.scalars(select(Event).order_by(Event.id))]


@pytest.mark.parametrize(
    ("name", "answer"),
    [("fac", None), ("admin", None), ("boss", None), ("rep", NotAllowed), ("lead", NotAllowed), ("out", NotFound)],
)
def test_whoever_manages_members_and_administrators_of_the_installation_invite(
    app: Flask, people: dict[str, int], name: str, answer: type[Refusal] | None
) -> None:
    if answer is None:
        assert make(app, people[name]).full_name == "Bakyt Osmonov"
    else:
        with pytest.raises(answer):
            make(app, people[name])


@pytest.mark.parametrize(
    ("typed", "days", "sentence"),
    [
        (Typed(" ", language="en"), 14, "Say who is invited: the name is missing."),
        (Typed("N" * 300, language="en"), 14, "A name has at most 200 characters; this one has 300."),
        (Typed("A\0B", language="en"), 14, "The name has a character in it that cannot be printed."),
        (Typed("A", "b@c", language="en"), 14, "After the @ of an e-mail address stands a domain like example.org."),
        (Typed("A", "b\nBcc: d@e.org", language="en"), 14, "An e-mail address has no line breaks and no invisible characters in it."),
        (Typed("A", institution="NASA", language="en"), 14, "No institution is called “NASA” here: write its code, or make it known first."),
        (Typed("A", institution="N\0", language="en"), 14, "No institution is called “N�” here: write its code, or make it known first."),
        (Typed("A", role="king", language="en"), 14, "“king” is no role; there are observer, commenter, representative, facilitator and administrator."),
        (Typed("A", role="representative", language="en"), 14, "A representative speaks for an institution: name it."),
        (Typed("A", part="arm", language="en"), 14, "“arm” is no part in a delegation; there are head, authorised and member."),
        (Typed("A", language="fr"), 14, "“fr” is no language that letters are written in; there are en, ru and ky."),
        (Typed("A", language="en"), 0, "An invitation is good for 1 to 90 days."),
        (Typed("A", language="en"), 91, "An invitation is good for 1 to 90 days."),
        (Typed("A", language="en"), None, "An invitation is good for 1 to 90 days."),
        (Typed("Aigul Representative", institution="MVD", language="en"), 14, "Aigul Representative is a member of this draft already."),
        (Typed("Another Name", "AIGUL@example.org", language="en"), 14, "Another Name is a member of this draft already."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_in_a_sentence(
    app: Flask, people: dict[str, int], typed: Typed, days: int | None, sentence: str
) -> None:
    with app.app_context():
        with pytest.raises(Refusal) as refused:
            inviting.invite(db.session(), slug="law", typed=typed, days=days, by=Inviter(people["fac"]), now=NOW)
        assert str(refused.value) == sentence
        db.session.rollback()
        assert db.session.scalars(select(Invitation)).all() == []


def test_neither_link_nor_code_is_kept_and_events_hold_ids_and_roles_alone(app: Flask, people: dict[str, int]) -> None:
    made = make(app, people["fac"], email="bakyt@example.org", institution="mvd", part="member")
    with app.app_context():
        row = db.session.scalars(select(Invitation)).one()
        kept = repr({column.name: getattr(row, column.name) for column in Invitation.__table__.columns})
        assert made.token not in kept
        assert made.code not in kept
        assert row.expires_at == NOW + timedelta(days=14)
        institution = row.institution_id
    assert chain(app) == [
        (
            "member_invited",
            {"invitation": made.id, "role": "representative", "institution": institution, "part": "member"},
        )
    ]


def test_somebody_who_is_invited_already_is_not_invited_twice(app: Flask, people: dict[str, int]) -> None:
    make(app, people["fac"], email="bakyt@example.org")
    with pytest.raises(inviting.InvitedAlready):
        make(app, people["fac"], name="B. Osmonov", email="Bakyt@EXAMPLE.org")
    with pytest.raises(inviting.InvitedAlready):
        make(app, people["fac"])
    assert make(app, people["fac"], institution="CSO").role is Role.REPRESENTATIVE  # the same name for another body


def test_a_letter_lies_in_the_outbox_in_the_same_transaction_where_there_is_an_address(
    app: Flask, people: dict[str, int]
) -> None:
    def write(made: inviting.Made) -> Letter:
        return Letter("invitation", made.email, "Subject", made.code)

    with app.app_context():
        for name, email in (("With Address", "w@example.org"), ("Without Address", "")):
            inviting.invite(
                db.session(), slug="law", typed=Typed(name, email, language="en"), days=1, by=Inviter(people["fac"]),
                now=NOW, write=write,
            )  # fmt: skip
        assert [one.address for one in db.session.scalars(select(LetterRow))] == ["w@example.org"]


def test_unknown_forged_used_and_revoked_invitations_are_answered_alike_and_run_out_ones_say_so(
    app: Flask, people: dict[str, int]
) -> None:
    waiting, used, revoked = (make(app, people["fac"], name=name) for name in ("Waiting", "Used", "Revoked"))
    joined(app, hash_of_token(used.token))
    with app.app_context():
        inviting.revoke(db.session(), slug="law", invitation_id=revoked.id, by=Inviter(people["fac"]), now=NOW)
    end = NOW + timedelta(days=14)
    assert [refusal_of(app, hash_of_token(one)) for one in (used.token, revoked.token, new_token(), "", "\0")] == [
        invited.NoSuchInvitation
    ] * 5
    answers = [
        refusal_of(app, hash_of_token(waiting.token), end + timedelta(minutes=minutes)) for minutes in (0, 10, 11)
    ]
    assert answers == [None, None, invited.InvitationRunOut]


def test_a_code_is_read_generously(app: Flask, people: dict[str, int]) -> None:
    made = make(app, people["fac"])
    for typed in (made.code, made.code.lower(), made.code.replace("-", ""), f" {made.code.replace('-', ' ')} "):
        assert refusal_of(app, hash_of_code(typed)) is None, typed
    assert refusal_of(app, hash_of_code(made.code[:-1])) is invited.NoSuchInvitation


def test_accepting_makes_an_account_and_a_membership_once(app: Flask, people: dict[str, int]) -> None:
    made = make(app, people["fac"], email="bakyt@example.org", institution="CSO")
    result = joined(app, hash_of_code(made.code))
    assert result.slug == "law"
    with app.app_context():
        user = by_name(db.session(), "bakyt")
        assert user is not None
        assert (user.full_name, user.language, user.email, user.email_confirmed_at) == (
            "Bakyt Osmonov", "ru", "bakyt@example.org", None,
        )  # fmt: skip
        member = db.session.scalars(select(Membership).where(Membership.user_id == user.id)).one()
        assert (member.role, member.part) == ("representative", "head")
    kind, facts = chain(app)[-1]
    assert kind == "member_joined"
    assert (facts["member"], facts["invitation"], facts["part"]) == (result.user_id, made.id, "head")
    assert refusal_of(app, hash_of_token(made.token)) is invited.NoSuchInvitation
    with pytest.raises(invited.NoSuchInvitation):
        joined(app, hash_of_token(made.token), "another")


def test_whoever_is_invited_as_head_of_a_delegation_that_has_one_speaks_beside_them(
    app: Flask, people: dict[str, int]
) -> None:
    made = make(app, people["fac"], institution="MVD", part="head")
    joined(app, hash_of_token(made.token))
    assert chain(app)[-1][1]["part"] == "authorised"


def test_a_taken_name_and_a_poor_password_leave_the_invitation_as_it_was(app: Flask, people: dict[str, int]) -> None:
    key = hash_of_token(make(app, people["fac"], email="aigul.other@example.org").token)
    for name, password, sentence in (
        ("rep", PASSWORD, "There is an account “rep” already: choose another sign-in name."),
        ("me@example.org", PASSWORD, "A sign-in name has 1 to 80 letters, digits and signs, and no @ among them."),
        ("n" * 81, PASSWORD, "A sign-in name has 1 to 80 letters, digits and signs, and no @ among them."),
        ("a\0b", PASSWORD, "A sign-in name has 1 to 80 letters, digits and signs, and no @ among them."),
        ("bakyt", "short", "A password needs at least 10 characters."),
        ("bakyt", "BakytOsmonov", "This password is your own name. Choose another one: several words do well."),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            joined(app, key, name, password)
        assert str(refused.value) == sentence
    assert refusal_of(app, key) is None


def test_somebody_with_an_account_takes_the_role_to_it(app: Flask, people: dict[str, int]) -> None:
    key = hash_of_token(make(app, people["fac"]).token)
    with app.app_context():
        with pytest.raises(invited.MemberYourself):
            invited.join_as(db.session(), key=key, user_id=people["rep"], now=NOW)
        db.session.rollback()
        assert invited.join_as(db.session(), key=key, user_id=people["out"], now=NOW).slug == "law"
        assert (
            db.session.scalar(select(Membership.role).where(Membership.user_id == people["out"]).limit(1)) is not None
        )
        assert len(db.session.scalars(select(User)).all()) == len(people)


def test_a_new_code_ends_the_former_and_revives_what_was_revoked_or_ran_out(app: Flask, people: dict[str, int]) -> None:
    made, by = make(app, people["fac"], days=1), Inviter(people["fac"])
    with app.app_context():
        inviting.revoke(db.session(), slug="law", invitation_id=made.id, by=by, now=NOW)
        with pytest.raises(inviting.RevokedAlready):
            inviting.revoke(db.session(), slug="law", invitation_id=made.id, by=by, now=NOW)
        db.session.rollback()
        again = inviting.renew(db.session(), slug="law", ids=[made.id], days=3, by=by, now=LATER)[0]
    assert refusal_of(app, hash_of_token(made.token), LATER) is invited.NoSuchInvitation
    assert refusal_of(app, hash_of_code(again.code), LATER) is None
    joined(app, hash_of_code(again.code))
    with app.app_context():
        for ids, refusal in (([made.id], inviting.UsedAlready), ([999], inviting.NoSuchInvitationHere), ([], Invalid)):
            with pytest.raises(refusal):
                inviting.renew(db.session(), slug="law", ids=ids, days=3, by=by, now=LATER)
            db.session.rollback()
        lines = inviting.listed(db.session(), slug="law", by=by, now=LATER)
        assert [(one.state, one.used_by, one.made_by) for one in lines] == [
            (State.USED, "Bakyt Osmonov", "Jyldyz Facilitator")
        ]
    assert [kind for kind, _ in chain(app)] == [
        "member_invited", "invitation_revoked", "invitation_renewed", "member_joined",
    ]  # fmt: skip


def test_an_invitation_to_another_draft_is_none_here(app: Flask, people: dict[str, int]) -> None:
    made = make(app, people["fac"])
    with app.app_context(), pytest.raises(inviting.NoSuchInvitationHere):
        inviting.revoke(db.session(), slug="other", invitation_id=made.id, by=Inviter(people["lead"]), now=NOW)


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = application(database_url, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_of_two_who_accept_at_once_one_does_and_a_name_is_taken_once(either: Flask) -> None:
    people = set_up(either)
    one, other = (make(either, people["fac"], name=name, institution="CSO") for name in ("One", "Other"))
    tried = [
        (hash_of_token(one.token), "first"),
        (hash_of_code(one.code), "second"),
        (hash_of_token(other.token), "first"),
    ]

    def accept(key_and_name: tuple[str, str]) -> str:
        try:
            return f"joined {joined(either, *key_and_name).slug}"
        except Refusal as refusal:
            return type(refusal).__name__

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(accept, tried))
    assert answers[:2].count("joined law") == 1
    assert answers.count("joined law") == (1 if answers[2] == "NameTaken" else 2)
    assert set(answers) <= {"joined law", "NoSuchInvitation", "NameTaken"}
    with either.app_context():
        used = db.session.scalars(select(Invitation).where(Invitation.used_at.is_not(None))).all()
        assert len(used) == answers.count("joined law") == len(db.session.scalars(select(User)).all()) - len(people)
        heads = db.session.scalars(
            select(Membership).where(Membership.part == "head", Membership.role == "representative")
        )
        assert len(heads.all()) == 2  # of the ministry, and whoever came first for the others

"""Links for guests: made and revoked, what a guest may do and see, and that useless links answer alike."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.events import first_broken_link
from app.store.db import db
from app.store.guests import GuestLink
from app.store.sign_ins import SignIn
from app.store.users import Membership, User
from tests.product import LAW, PUBLISH, SLUG, Copies, chain, clause_ids, shown, signed_in

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)

GUESTS = f"{LAW}/members/guests"
USELESS = "This link does not work, or no longer. Ask whoever gave it to you for another one."


def made(client: FlaskClient, **typed: str) -> str:
    """The address of a new link, without the host."""
    page = shown(client.post(GUESTS, data={"label": "Visiting adviser", "rights": "comment", **typed}))
    found = re.search(r'value="http://localhost(/guest/[\w-]+)"', page)
    assert found is not None, page
    return found[1]


def entered(app: Flask, address: str) -> FlaskClient:
    guest = app.test_client()
    page = shown(guest.get(address))
    assert "lets you in as “Visiting adviser”" in page, page
    answer = guest.post(address)
    assert (answer.status_code, answer.location) == (303, LAW)
    return guest


def test_a_guest_comments_under_the_label_until_the_link_is_revoked(demonstrated: Flask) -> None:
    facilitator = signed_in(demonstrated, "facilitator")
    guest = entered(demonstrated, made(facilitator))
    clause = f"{LAW}/clauses/{clause_ids(demonstrated)['art_14__para_1']}"
    assert guest.post(f"{clause}/comments", data={"body": "A remark of a guest."}).status_code == 303
    page = shown(signed_in(demonstrated, "civil").get(clause))
    assert ("A remark of a guest." in page, "Visiting adviser" in page) == (True, True)
    assert guest.get(f"{clause}/propose").status_code == 403
    members = shown(guest.get(f"{LAW}/members"))
    assert ("Interior Ministry (demo)" in members, "Bakyt" in members) == (True, False)
    for address in ("/account", "/account/sign-ins", "/administration", GUESTS):
        assert guest.get(address).status_code in (403, 404), address
    assert guest.post(f"{LAW}/feed").status_code == 404
    assert "Your account" not in shown(guest.get(LAW))
    assert "Visiting adviser" not in shown(facilitator.get(f"{LAW}/members")), "a guest is no member"
    [link] = re.findall(r'id="link-(\d+)"', facilitator.get(GUESTS).text)
    assert facilitator.post(f"{GUESTS}/{link}/revoke").status_code == 303
    assert guest.get(LAW).status_code == 404
    assert [(one.kind, "member" in one.facts) for one in chain(demonstrated) if "link" in one.facts] == [
        ("guest_link_made", True), ("member_removed", True),
    ]  # fmt: skip
    assert first_broken_link(chain(demonstrated)) is None
    assert "Visiting adviser" not in str([one.facts for one in chain(demonstrated)])
    with demonstrated.app_context():
        user = db.session.scalars(select(User).where(User.kind == "guest")).one()
        ended = db.session.scalars(select(SignIn.ended_at).where(SignIn.user_id == user.id)).all()
        left = db.session.scalars(select(Membership).where(Membership.user_id == user.id)).all()
        assert (user.closed_at is not None, None in ended, left) == (True, False, [])
    assert facilitator.post(f"{GUESTS}/{link}/revoke").status_code == 409


def test_a_guest_who_only_reads_comments_nothing(demonstrated: Flask) -> None:
    guest = entered(demonstrated, made(signed_in(demonstrated, "facilitator"), rights="read"))
    clause = f"{LAW}/clauses/{clause_ids(demonstrated)['art_14__para_1']}"
    assert guest.get(clause).status_code == 200
    assert guest.post(f"{clause}/comments", data={"body": "A remark."}).status_code == 403


def test_expired_revoked_and_forged_links_answer_alike(demonstrated: Flask) -> None:
    facilitator = signed_in(demonstrated, "facilitator")
    expired, revoked = made(facilitator), made(facilitator)
    with demonstrated.app_context():
        first, second = db.session.scalars(select(GuestLink).order_by(GuestLink.id)).all()
        member = db.session.scalars(select(Membership).where(Membership.user_id == first.user_id)).one()
        member.ends_at = datetime.now(UTC) - timedelta(seconds=1)
        number = second.id
        db.session.commit()
    assert facilitator.post(f"{GUESTS}/{number}/revoke").status_code == 303
    answers = set()
    for address in (expired, revoked, "/guest/forged", "/guest/" + "x" * 3000, "/guest/%F0%9F%98%80"):
        for answer in (demonstrated.test_client().get(address), demonstrated.test_client().post(address)):
            answers.add((answer.status_code, USELESS in shown(answer)))
    assert answers == {(404, True)}
    page = shown(facilitator.get(GUESTS))
    assert ("ran out" in page, "revoked on" in page) == (True, True)


@pytest.fixture(scope="module")
def facilitated(demonstration: Copies):  # type: ignore[no-untyped-def]
    with demonstration() as app:
        yield signed_in(app, "facilitator")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label": "  "}, "Say for whom the link is"),
        ({"label": "x" * 300}, "The text is longer than 80 characters or holds a null character."),
        ({"label": "a\0b"}, "The text is longer than 80 characters or holds a null character."),
        ({"rights": "rule"}, "A guest reads, or reads and comments: choose one of the two."),
        ({"until": "2020-01-01"}, "until a day from today on, at most 365 days away."),
        ({"until": "9999-12-31"}, "until a day from today on, at most 365 days away."),
        ({"until": "soon"}, "“soon” is no day: write it like 2026-12-31."),
    ],
)
def test_what_no_link_can_be_is_refused_and_comes_back(
    facilitated: FlaskClient, typed: dict[str, str], sentence: str
) -> None:
    answer = facilitated.post(GUESTS, data={"label": "Adviser of tomorrow", "rights": "read", **typed})
    assert (answer.status_code, sentence in shown(answer)) == (422, True), shown(answer)[-2500:]
    if "label" not in typed:
        assert 'value="Adviser of tomorrow"' in shown(answer)


def test_addresses_to_be_passed_on_begin_with_that_of_the_installation(demonstrated: Flask) -> None:
    demonstrated.config["PUBLIC_ADDRESS"] = "https://laws.example/"
    facilitator = signed_in(demonstrated, "facilitator")
    page = shown(facilitator.post(GUESTS, data={"label": "Visiting adviser", "rights": "comment"}))
    assert 'value="https://laws.example/guest/' in page
    assert 'value="https://laws.example/feeds/' in shown(facilitator.post(f"{LAW}/feed"))
    assert facilitator.post(f"{LAW}/versions/1/publish", data=PUBLISH).status_code == 303
    page = shown(facilitator.get(f"/publications/{SLUG}/1"))
    assert f"https://laws.example/publications/{SLUG}/1" in page

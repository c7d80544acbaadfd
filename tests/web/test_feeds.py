"""A draft's feed at a private address: what it says, to whom, how it ends."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy import delete, update

from app.exports import atom
from app.store.db import db
from app.store.drafts import Draft
from app.store.events import Event
from app.store.sittings import SittingRow
from app.store.users import Membership, User
from tests.product import LAW, SLUG, clause_ids, shown, signed_in, user_id
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
on_one = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
AT = "art_30__para_1"


def address_of(client: FlaskClient) -> str:
    """A new one, as the page shows it once."""
    answer = client.post(f"{LAW}/feed")
    assert answer.status_code == 200
    found = re.search(r'value="http://localhost(/feeds/[\w-]{43}\.atom)"', shown(answer))
    assert found is not None
    assert found[1] not in client.get("/account/notices").text
    return found[1]


def read(app: Flask, address: str) -> etree._Element:
    """By a feed reader, which is signed in nowhere. What RFC 4287 requires of a feed is there."""
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    root = etree.fromstring(answer.data)
    assert [len(root.findall(f"a:{name}", ATOM)) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    for entry in root.findall("a:entry", ATOM):
        assert [len(entry.findall(f"a:{name}", ATOM)) for name in ("id", "title", "updated", "content")] == [1, 1, 1, 1]
    ids = root.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    return root


def titles(root: etree._Element) -> list[str]:
    return root.xpath("//a:entry/a:title/text()", namespaces=ATOM)


def comment(client: FlaskClient, at: str, body: str) -> None:
    assert client.post(f"{LAW}/clauses/{at}/comments", data={"body": body}).status_code == 303


@on_one
def test_a_feed_says_what_the_news_said_also_when_it_was_seen(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)[AT]
    interior, civil = signed_in(demonstrated, "interior"), signed_in(demonstrated, "civil")
    address = address_of(interior)
    before = read(demonstrated, address)
    comment(interior, at, "Mine.")
    comment(civil, at, "Is 1 < 2 & \x0b\x0c true, @interior? 𝔸 <script>")
    interior.post(f"{LAW}/news", data={})
    after = read(demonstrated, address)
    assert titles(after)[1:] == titles(before)
    assert titles(after)[0] == "Cholpon, for civil society (demo) named you in a comment on Article 30(1)"
    newest = after.find("a:entry", ATOM)
    assert newest is not None
    content = newest.findtext("a:content", namespaces=ATOM) or ""
    assert "Is 1 &lt; 2 &amp; " in content
    assert "&lt;script&gt;" in content and "<script>" not in content
    assert newest.findtext("a:author/a:name", namespaces=ATOM) == "Cholpon, for civil society (demo)"
    assert newest.xpath("a:link/@href", namespaces=ATOM)[0].startswith(f"http://localhost{LAW}/clauses/{at}#comment-")
    ids = after.xpath("//a:id/text()", namespaces=ATOM)
    assert [one for one in before.xpath("//a:id/text()", namespaces=ATOM) if one not in ids] == []


@on_one
def test_a_reader_that_has_it_already_is_told_so(demonstrated: Flask) -> None:
    interior = signed_in(demonstrated, "interior")
    address = address_of(interior)
    reader = demonstrated.test_client()
    first = reader.get(address)
    assert first.headers["Referrer-Policy"] == "no-referrer"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in first.headers
    again = reader.get(address, headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "ru"})
    assert (again.status_code, again.data) == (304, b"")
    comment(signed_in(demonstrated, "civil"), clause_ids(demonstrated)[AT], "@interior?")
    assert reader.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@on_one
def test_an_address_ends_with_another_one_with_the_feed_and_with_the_membership(demonstrated: Flask) -> None:
    interior, reader = signed_in(demonstrated, "interior"), demonstrated.test_client()
    first, second = address_of(interior), address_of(interior)
    assert [reader.get(one).status_code for one in (first, second)] == [404, 200]
    assert "End the feed" in shown(interior.get("/account/notices"))
    assert interior.post(f"{LAW}/feed/end").location == "/account/notices#feeds"
    assert "End the feed" not in shown(interior.get("/account/notices"))
    assert interior.post(f"{LAW}/feed/end").status_code == 303
    assert reader.get(second).status_code == 404
    third = address_of(interior)
    with demonstrated.app_context():
        db.session.execute(update(User).where(User.name == "interior").values(closed_at=datetime.now(UTC)))
        db.session.commit()
    assert reader.get(third).status_code == 404
    with demonstrated.app_context():
        id = user_id(demonstrated, "interior")
        db.session.execute(update(User).where(User.name == "interior").values(closed_at=None))
        db.session.commit()
        assert reader.get(third).status_code == 200
        db.session.execute(delete(Membership).where(Membership.user_id == id))
        db.session.commit()
    refused = reader.get(third)
    assert (refused.status_code, "There is no feed at this address." in shown(refused)) == (404, True)
    for forged in ("x", "0" * 43, "%00", "й", "x" * 300):
        assert reader.get(f"/feeds/{forged}.atom").status_code == 404, forged
    assert demonstrated.test_client().post(f"{LAW}/feed").status_code == 404
    assert interior.post(f"{LAW}/feed").status_code == 404
    assert signed_in(demonstrated, "civil").post("/drafts/no-such-draft/feed").status_code == 404


def past(app: Flask) -> None:
    """What the demonstration wrote is of another day."""
    with app.app_context():
        db.session.execute(update(Event).values(happened_at=datetime.now(UTC) - timedelta(days=3)))
        db.session.commit()


def a_day_later(app: Flask) -> None:
    """What was done until now was done the day before."""
    with app.app_context():
        for event in db.session.query(Event):
            event.happened_at -= timedelta(days=1)
        db.session.commit()


@on_one
def test_what_is_not_attributed_has_no_name_no_words_and_a_day_that_is_over(demonstrated: Flask) -> None:
    osce = signed_in(demonstrated, "osce")
    osce.post(f"{LAW}/follow")
    past(demonstrated)
    with demonstrated.app_context():
        db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution="unattributed"))
        db.session.commit()
    address = address_of(osce)
    before = demonstrated.test_client().get(address).headers["ETag"]
    comment(signed_in(demonstrated, "civil"), clause_ids(demonstrated)[AT], "In cell 14.")
    assert demonstrated.test_client().get(address).headers["ETag"] == before
    a_day_later(demonstrated)
    a_day_later(demonstrated)
    root = read(demonstrated, address)
    assert titles(root)[0] == "Somebody commented on Article 30(1)"
    text = etree.tostring(root, encoding="unicode")
    assert "Cholpon" not in text and "civil society" not in text and "cell 14" not in text
    assert root.findall("a:entry/a:author", ATOM) == []
    assert all(one.endswith("T00:00:00+06:00") for one in root.xpath("//a:entry/a:updated/text()", namespaces=ATOM))


@on_one
def test_a_session_that_is_stricter_than_its_draft_is_honoured(demonstrated: Flask) -> None:
    osce, facilitator = signed_in(demonstrated, "osce"), signed_in(demonstrated, "facilitator")
    osce.post(f"{LAW}/follow")
    past(demonstrated)
    with demonstrated.app_context():
        draft = db.session.query(Draft).filter_by(slug=SLUG).one()
        now = datetime.now(UTC)
        db.session.add(
            SittingRow(draft_id=draft.id, number=1, title="x", place="", attribution="unattributed", opened_at=now,
                       planned_for=now, created_at=now)
        )  # fmt: skip
        db.session.commit()
    address = address_of(osce)
    before = demonstrated.test_client().get(address).headers["ETag"]
    comment(facilitator, clause_ids(demonstrated)[AT], "In cell 14.")
    page = shown(osce.get(f"{LAW}/news"))
    assert re.search(r"<strong>Somebody</strong> commented on .*? <span class=\"meta\"></span>", page)
    assert demonstrated.test_client().get(address).headers["ETag"] == before
    a_day_later(demonstrated)
    a_day_later(demonstrated)
    newest = read(demonstrated, address).find("a:entry", ATOM)
    assert newest is not None
    assert newest.findtext("a:title", namespaces=ATOM) == "Somebody commented on Article 30(1)"
    assert b"cell 14" not in etree.tostring(newest)
    assert (newest.findtext("a:updated", namespaces=ATOM) or "").endswith("T00:00:00+06:00")


@on_one
def test_a_feed_has_the_last_fifty_at_a_constant_cost(demonstrated: Flask) -> None:
    interior, civil = signed_in(demonstrated, "interior"), signed_in(demonstrated, "civil")
    address, at = address_of(interior), clause_ids(demonstrated)[AT]
    made = []
    for count in (1, 55):
        for number in range(count):
            comment(civil, at, f"Number {number}, @interior")
        with statements(demonstrated) as counted:
            root = read(demonstrated, address)
        made.append(len(counted))
    assert len(titles(root)) == 50
    assert made[1] <= made[0] <= 24, made


def test_a_feed_without_entries_is_one() -> None:
    made_at = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
    data = atom.write(atom.Feed("urn:uuid:1", "On \x00torture", "en", "https://k/f", "https://k/d", made_at, ()))
    assert etree.fromstring(data).findtext("a:updated", namespaces=ATOM) == "2026-11-28T09:00:00+00:00"
    assert etree.fromstring(data).findtext("a:title", namespaces=ATOM) == "On torture"

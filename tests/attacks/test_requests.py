"""Requests as no browser sends them: other methods, arguments twice, bytes that are no text, headers with line ends,
more of everything than anybody types. The answer is a page with a sentence, never an error of ours."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.services.mail_messages import NoMailAddress, write
from app.store.db import db
from app.store.letters import Letter, LetterRow
from tests.attacks.lived_in import NOWHERE, built, live_in, methods
from tests.attacks.sending import KIND, multipart
from tests.product import LAW, SLUG, Copies, shown, signed_in, stored
from tests.services.deeds import NOW

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")

Lived = tuple[Flask, dict[str, object], FlaskClient]
SAMPLE = (
    "/",
    "/sign-in",
    LAW,
    f"{LAW}/amendments",
    f"{LAW}/search",
    f"{LAW}/compare",
    "/search",
    f"/publications/{SLUG}/1",
)


@pytest.fixture(scope="module")
def lived(demonstration: Copies) -> Iterator[Lived]:
    with demonstration() as app:
        at = live_in(app) | NOWHERE | {"path": "kelishim.css", "filename": "js/main.js"}
        yield app, at, signed_in(app, "facilitator")


def addresses(lived: Lived, method: str) -> Iterator[str]:
    app, at, _ = lived
    for rule in app.url_map.iter_rules():
        if method in methods(rule) and rule.endpoint not in ("live.of_draft", "static"):
            yield built(rule, at)


@dataclass(frozen=True, slots=True)
class Walked:
    """What was answered to GET and HEAD at every address: status, kind, whether the head had a body, the file's name.
    `changed` are the tables in which something stands otherwise than before."""

    whole: dict[str, tuple[int, str | None]]
    heads: dict[str, tuple[int, str | None]]
    bodies: list[str]
    files: dict[str, str]
    changed: set[str]


QUERY = {
    "do": "submit",
    "answer": "accepted",
    "reason": "x",
    "body": "x",
    "expected_version": "2",
    "code": "x",
    "lost": "yes",
}
"""What forms send: in an address it does nothing."""


@pytest.fixture(scope="module")
def walked(lived: Lived) -> Walked:
    app, _, client = lived
    before, held = stored(app), Walked({}, {}, [], {}, set())
    for address in addresses(lived, "GET"):
        with client.get(address, query_string=QUERY) as whole, client.head(address, query_string=QUERY) as head:
            held.whole[address], held.heads[address] = (
                (whole.status_code, whole.mimetype),
                (head.status_code, head.mimetype),
            )
            held.bodies.extend([address] if head.get_data() else [])
            if said := whole.headers.get("Content-Disposition"):
                held.files[address] = said
    held.changed.update(name for name, now in stored(app).items() if now != before[name])
    return held


def test_the_head_of_a_page_is_that_of_the_page_and_has_no_body(walked: Walked) -> None:
    assert walked.heads == walked.whole
    assert walked.bodies == []


NOTED = {"visits", "presences", "exported_files", "files", "file_pieces"}
"""Where looking leaves a trace: what somebody has seen, who is here, files that were made once."""


def test_looking_changes_nothing(walked: Walked) -> None:
    """Nor does asking for the head alone, which carries no token: it is never taken for the form of the same address."""
    assert walked.changed <= NOTED


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "G\u00cbT", "X" * 100])
def test_an_unknown_method_is_told_so(lived: Lived, method: str) -> None:
    app, _, client = lived
    before = stored(app)
    for address in (*SAMPLE, f"{LAW}/follow"):
        assert client.open(address, method=method.encode("utf-8").decode("latin-1")).status_code in (405, 400), address
    assert stored(app) == before


def test_no_header_or_field_turns_one_method_into_another(lived: Lived) -> None:
    app, _, client = lived
    before = stored(app)
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert client.get(f"{LAW}/follow", headers={name: "POST"}).status_code in (404, 405)
    assert client.get(f"{LAW}/follow?_method=POST").status_code in (404, 405)
    assert stored(app) == before


QUERIES = (
    b"q=%ff%fe&view=%ff", b"q=a&q=b&q=c&view=clean&view=brackets", b"q=%00&words=%00&view=%00", b"%ff=%ff", b"=&=&==&&&", b"q[]=1&q[a]=2",
    b"page=99999999999999999999&old=99999999999999999999&new=1", b"page=-1&old=-1", b"page=1e9&page=NaN", b"page=" + b"9" * 5000,
    b"q=" + b"a" * 60_000, b"&".join(b"a%d=1" % at for at in range(5_000)), b"q=%ed%a0%80", b"q=%u0041", b"q=\xd0\xb0", b"q=%2",
    b"sha256=" + b"a" * 10_000, b"language=" + b"a" * 10_000, b"q=" + b"%22" * 500, b"q=" + b"(" * 500, b"q=" + b"-" * 500,
    b"next=http://evil.example", b"after=99999999999999999999", b"chapter=\xff", b"group=%ff", b"state=" + b"%F0%9F%92%A9" * 50,
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_whatever_stands_behind_the_question_mark_gives_a_page(lived: Lived, query: bytes) -> None:
    _, _, client = lived
    for address in SAMPLE:
        answer = client.get(address, query_string=query.decode("latin-1"))
        assert answer.status_code in (200, 303, 400, 404, 414, 422, 431), (address, shown(answer)[-800:])


@pytest.mark.parametrize(
    "path",
    [b"/\xff\xfe", b"/drafts/\xff", b"/\xed\xa0\x80", b"/drafts/\xd0", b"/" + b"a/" * 20_000, b"//", b"/..", b"", b"*"],
)
def test_bytes_that_are_no_text_are_no_page(lived: Lived, path: bytes) -> None:
    app, _, _ = lived
    environ = EnvironBuilder(path="/").get_environ()
    environ["PATH_INFO"] = path.decode("latin-1")
    _, status, _ = run_wsgi_app(app, environ, buffered=True)
    assert int(status.split()[0]) in (200, 303, 308, 400, 404, 414)


HEADERS = (
    {"Host": "evil.example"}, {"Host": ""}, {"Host": "a b"}, {"Host": "[::1"}, {"Host": "x" * 5000}, {"Accept-Language": "x" * 20_000},
    {"Accept-Language": "en;q=x, ru;q=99, ,,;"}, {"Accept-Encoding": "gzip;q=x"}, {"Content-Type": "multipart/form-data"},
    {"Content-Type": "multipart/form-data; boundary=" + "x" * 300}, {"Content-Length": "-1"}, {"Range": "bytes=999999999-0,a"},
    {"If-None-Match": "\"" * 999}, {"If-Modified-Since": "never"}, {"Cookie": "session=" + "a;" * 3000}, {"Cookie": "\xff=\xff"},
    {"Origin": "http://["}, {"Referer": "http://["}, {"X-Forwarded-For": "' OR 1=1"}, {"X-Forwarded-Host": "evil.example"},
    {"X-Fragment": "<script>"}, {"User-Agent": "<script>" * 500}, {"Sec-Fetch-Site": "\xff"}, {"Authorization": "Basic \xff"},
)  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS, ids=range(len(HEADERS)))
def test_no_header_makes_an_error_of_ours(lived: Lived, headers: dict[str, str]) -> None:
    _, _, client = lived
    for method, address in (("GET", LAW), ("GET", "/sign-in"), ("POST", f"{LAW}/follow"), ("POST", "/sign-in")):
        answer = client.open(address, method=method, headers=headers)
        assert answer.status_code < 500, (address, headers)
        assert "evil.example" not in (answer.location or ""), (address, headers)


# line ends in what becomes a header

BREAKS = tuple(
    f"x{end}Set-Cookie: zqx=1{end}{end}<b>"
    for end in ("\r\n", "\n", "\r", "\u2028", "\x85", "\0", "%0d%0a", "\u560d\u560a")
)


@pytest.mark.parametrize("typed", BREAKS, ids=range(len(BREAKS)))
def test_no_line_end_that_was_typed_begins_a_header(lived: Lived, typed: str) -> None:
    """Where one is sent on to, cookies, names of files: in every form that takes it, whole and behind a good beginning."""
    _, _, client = lived
    names = (
        "next",
        "to",
        "back",
        "language",
        "sha256",
        "slug",
        "address",
        "code",
        "institution",
        "name",
        "title",
        "q",
        "place",
        "from",
    )
    for value in (typed, f"/drafts{typed}", f"{LAW}#{typed}"):
        for path in ("/language", "/sign-in", f"/publications/{SLUG}/1/check?language={'%0d%0ax'}", f"{LAW}/news", "/sign-in/again",
                     f"{LAW}/sessions/new", f"{LAW}/settings", "/administration/drafts", "/administration/institutions"):  # fmt: skip
            answer = client.post(path, data=dict.fromkeys(names, value))
            assert answer.status_code < 500, (path, value)
            said = [
                f"{name}: {one}"
                for name, one in answer.headers
                if "\n" in one or "\r" in one or "zqx=1" in one.split(";")[0]
            ]
            assert [one for one in said if not one.startswith("Location: /")] == [], (path, value)


def test_file_names_of_downloads_are_one_line_of_ascii(walked: Walked) -> None:
    said = [one for address, one in walked.files.items() if not address.startswith("/assets")]
    assert len(said) > 8
    assert [one for one in said if not one.isascii() or not one.startswith("attachment; filename=")] == []


@pytest.mark.parametrize("typed", BREAKS[:6], ids=range(6))
def test_no_line_end_begins_a_header_of_a_letter(lived: Lived, typed: str) -> None:
    """Names of people and drafts stand in subjects; addresses and senders are refused, or one line."""
    letter = Letter(kind="x", address="a@example.org", subject=f"About {typed}", text=typed, html="", unsubscribe="")
    message = write(letter, sender="Kelishim <post@example.org>", message_id="1@example.org", now=NOW)
    head = message.as_bytes().split(b"\r\n\r\n")[0]
    assert b"\nSet-Cookie" not in head
    assert b"\rSet-Cookie" not in head.replace(b"\r\n", b"")
    for address in (f"a@example.org{typed}", f"{typed}@example.org", f"a@{typed}", "a@b.c\r\nBcc: d@e.f"):
        try:
            made = write(Letter(kind="x", address=address, subject="x", text="x", html="", unsubscribe=""),
                         sender="post@example.org", message_id="1@example.org", now=NOW)  # fmt: skip
        except NoMailAddress:
            continue
        assert b"\nSet-Cookie" not in made.as_bytes().split(b"\r\n\r\n")[0]
        assert b"\nBcc" not in made.as_bytes()


def test_an_invitation_to_an_address_with_a_line_end_is_refused_or_goes_to_one(lived: Lived) -> None:
    app, _, client = lived
    for typed in (
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nb@example.org",
        "a@example.org, b@example.org",
        "a@example.org;b@c.d",
    ):
        form = {"name": f"A\r\nBcc: x@y.z {typed[-9:]}", "email": typed, "language": "en", "days": "14"}
        assert client.post(f"{LAW}/members/invitations", data=form).status_code == 422, typed
    with app.app_context():
        assert [one for one in db.session.scalars(select(LetterRow.address)) if "\n" in one or "," in one] == []


def test_no_line_end_begins_a_line_of_the_log(lived: Lived, caplog: pytest.LogCaptureFixture) -> None:
    app, _, _ = lived
    with caplog.at_level(logging.DEBUG):
        client = app.test_client()
        for typed in BREAKS[:5]:
            client.post("/sign-in", data={"name": typed, "password": "kelishim-demo"})
            client.get(
                "/no-such-page",
                query_string={"x": typed},
                headers={"User-Agent": "x", "X-Request-Id": "a%0aSet-Cookie: zqx=1"},
            )
            client.get("/drafts/%0aSet-Cookie: zqx=1")
    assert [
        one.getMessage() for one in caplog.records if "Set-Cookie: zqx" in one.getMessage() and "\n" in one.getMessage()
    ] == []


# more than anybody types

LONG = "w" * 1_000_001
FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    (f"{LAW}/clauses/{{clause_id}}/comments", {"body": LONG}),
    (f"{LAW}/clauses/{{clause_id}}/comments", {"body": "A remark.", "quote": LONG}),
    (f"{LAW}/amendments/1/comments", {"body": LONG}),
    (f"{LAW}/clauses/{{clause_id}}/propose",
     {"do": "submit", "base_version": "2", "operation": "delete", "rationale": LONG}),
    (f"{LAW}/clauses/{{clause_id}}/propose", {"do": "submit", "base_version": "2", "operation": "delete", "title": LONG}),
    (f"{LAW}/clauses/{{clause_id}}/explanations", {"kind": "reservation", "text": LONG}),
    (f"{LAW}/clauses/{{clause_id}}/positions", {"step": "6", "reason": LONG}),
    (f"{LAW}/clauses/{{clause_id}}/reopen", {"reason": LONG}),
    (f"{LAW}/sessions/new", {"title": LONG, "about": "13"}), (f"{LAW}/sessions/new", {"title": "x", "about": LONG}),
    (f"{LAW}/sessions/new", {"title": "x", "place": LONG, "about": "13"}), (f"{LAW}/parking", {"text": LONG}),
    (f"{LAW}/groups/new", {"title": LONG, "numbers": LONG, "task": LONG}), (f"{LAW}/calls/open", {"do": "open", "about": LONG}),
    (f"{LAW}/calls/open", {"do": "open", "question": LONG, "version": "2", "about": "13"}),
    (f"{LAW}/records/1/edit", {"text": LONG, "revision": "1"}), (f"{LAW}/settings", {"title": LONG}),
    (f"{LAW}/members/invitations", {"name": LONG, "language": "en", "days": "14"}), (f"{LAW}/members/invitations/list", {"text": LONG}),
    (f"{LAW}/members/guests", {"label": LONG, "rights": "read"}), (f"{LAW}/members", {"name": LONG}), (f"{LAW}/unsent", {"place": LONG, "text": LONG}),
    (f"{LAW}/cleaned", {"html": "<p>" * 300_000}), (f"{LAW}/amendments/everywhere", {"words": LONG, "new": LONG}),
    (f"{LAW}/consolidation", {"do": "preview", "message": LONG}), (f"{LAW}/versions/2/publish", {"title-en": LONG, "language": "en"}),
    ("/administration/institutions", {"code": LONG, "name-en": LONG}), ("/administration/people", {"name": LONG, "full_name": LONG}),
    ("/administration/settings", {"name-en": LONG, "contact": LONG}), ("/account/address", {"email": LONG}),
    ("/account/password", {"present_password": LONG, "new_password": LONG}), ("/sign-in", {"name": LONG, "password": LONG}),
    ("/join", {"code": LONG}), ("/sign-in/forgotten", {"email": LONG}), ("/sign-in/passkey", {"answer": LONG}),
    (f"/publications/{SLUG}/1/consultation/contribute", {"body": LONG, "email": LONG, "shown_name": LONG}),
    (f"/publications/{SLUG}/1/check", {"sha256": LONG}), ("/sign-in/again", {"to": LONG, "kept-name": LONG, "kept-value": LONG}),
    ("/language", {"language": LONG, "next": LONG}), (f"{LAW}/news", {"up_to": LONG}), (f"{LAW}/attribution/receipt", {"receipt": LONG}),
)  # fmt: skip


@pytest.mark.parametrize(("path", "form"), FORMS, ids=range(len(FORMS)))
def test_a_megabyte_in_a_field_is_taken_or_answered_by_a_sentence(
    lived: Lived, path: str, form: dict[str, Any]
) -> None:
    _, at, _ = lived
    client = signed_in(lived[0], "civil" if "positions" in path or "explanations" in path else "facilitator")
    answer = client.post(path.format(**at), data=form)
    assert answer.status_code in (200, 303, 400, 403, 404, 409, 413, 422), shown(answer)[-500:]


def test_ten_thousand_fields_are_taken_or_answered_by_a_sentence(lived: Lived) -> None:
    """Of one name and of ten thousand; in a form of either kind, also as files."""
    app, _, client = lived
    before = stored(app)
    fields: list[dict[str, Any]] = [
        {"amendment": ["1"] * 10_000},
        {f"own-{at}": "x" for at in range(10_000)},
        {f"title-{at}": "x" for at in range(10_000)},
    ]
    for form in fields:
        for path in (f"{LAW}/versions/1/publish", "/news"):
            assert client.post(path, data=form).status_code in (303, 400, 413, 422), path
            values = [(name, [one] if isinstance(one, str) else one) for name, one in form.items()]
            body = multipart((name, None, value.encode()) for name, several in values for value in several)
            parts = client.post(path, data=body, content_type=KIND)
            assert parts.status_code in (303, 400, 413, 422), path
    files = multipart((f"file{at}", "x", b"x") for at in range(1_990))
    assert client.post("/administration/drafts", data=files, content_type=KIND).status_code in (303, 400, 413, 422)
    assert {name for name, held in stored(app).items() if held != before[name]} <= {"visits"}

"""Headers, forms that only come from our own pages, cookies, compression, and pages without anything inline."""

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import application
from tests.product import LAW, PUBLISH, SLUG, Copies, clause_ids, shown, signed_in, stored

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
"""None of this depends on the database: one is enough."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HARMLESS = [
    "assets.read", "static", "health.healthz", "metrics.read", "publications.download", "publications.sums", "styleguide.schemes", "records.markdown",
    "records.word", "records.pdf", "live.of_draft", "live.here", "downloads.file",
]  # fmt: skip
"""Routes that answer with something else than a page."""
BY_MAIL = "/notices/stop/<token>"
"""What a mail program sends by itself when somebody ends letters (RFC 8058): the address is the only secret it has."""


@pytest.fixture(scope="module")
def running(demonstration: Copies) -> Iterator[Flask]:
    """Forms are checked as in production; version 1 is published, a session planned. No test may store anything here."""
    with demonstration() as app:
        facilitator = signed_in(app, "facilitator")
        assert facilitator.post(f"{LAW}/versions/1/publish", data=PUBLISH).status_code == 303
        planned = {"title": "First reading", "about": "13; A4"}
        assert facilitator.post(f"{LAW}/sessions/new", data=planned).status_code == 303
        app.config["WTF_CSRF_ENABLED"] = True
        yield app


@pytest.fixture(scope="module")
def civil(running: Flask) -> FlaskClient:
    return enter(running, "civil")


def token(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found is not None, path
    return found.group(1)


def enter(app: Flask, name: str) -> FlaskClient:
    """Somebody signed in through the form, with its token."""
    client = app.test_client()
    form = {"name": name, "password": "kelishim-demo", "csrf_token": token(client, "/sign-in")}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def addresses(app: Flask, method: str) -> dict[str, str]:
    """Every address that takes a method, by its rule."""
    at = {
        "slug": SLUG, "number": 1, "comment_id": 1, "link_id": 1, "position_id": 1, "answer_id": 1, "package_id": 1,
        "explanation_id": 1, "counter": 2, "other": 2, "address": "art_1", "fingerprint": "any", "path": "kelishim.css",
        "clause_id": clause_ids(app)["art_13__para_1"], "filename": "js/main.js", "name": f"{SLUG}-1.en",
        "file_name": f"{SLUG}-1.en.md", "token": "unknown", "file_format": "markdown", "job": "no-such-job",
        "member": 2, "link": 1, "person": 1, "code": "MVD", "seat": 1, "passkey_id": 1, "identity_id": 1,
    }  # fmt: skip
    found = {}
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            built = rule.build({name: at[name] for name in rule.arguments})
            assert built is not None
            found[rule.rule] = built[1]
    return found


@pytest.fixture(scope="module")
def pages(running: Flask) -> dict[str, str]:
    """Every page of the product, signed in where that is needed, and the pages for refusals; by address."""
    app, client = running, enter(running, "facilitator")
    leading = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint not in HARMLESS}
    paths = [path for rule, path in addresses(app, "GET").items() if rule in leading]
    found = {}
    for path in paths:
        with client.get(path) as answer:  # one that is left open keeps its person for the next
            data = answer.get_data()
            found |= {path: data.decode()} if answer.mimetype == "text/html" else {}
    nobody = app.test_client()
    found |= {f"nobody {path}": nobody.get(path).text for path in ("/", "/sign-in", LAW)}
    bench = {"do": "all", "csrf_token": token(client, LAW)}
    found["bench"] = client.post(f"{LAW}/consolidation", data=bench).text
    found["refused"] = client.post(f"{LAW}/consolidation", data={**bench, "do": "issue", "expected_version": "7"}).text
    found["405"] = client.get("/language").text
    assert len(found) == 118
    return found


class Inline(HTMLParser):
    """Collects what a page's policy would not run: handlers, style attributes, scripts and styles in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(f"<{tag}>")
        self.found += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on")]
        self.found += [f"<{tag} {name}>" for name, value in attrs if (value or "").startswith("javascript:")]
        if tag in ("script", "link", "img", "iframe") and "//" in str(given.get("src") or given.get("href") or ""):
            self.found.append(f"<{tag}> from elsewhere")


def inline(page: str) -> list[str]:
    parser = Inline()
    parser.feed(page)
    return parser.found


@pytest.mark.usefixtures("demonstration")
def test_the_search_for_inline_code_finds_it() -> None:
    page = '<p style="x" onclick="y">z<script>a</script><style>b</style><a href="javascript:c"><img src="//d/e">'
    assert inline(page) == ["<p style>", "<p onclick>", "<script>", "<style>", "<a href>", "<img> from elsewhere"]


def test_no_page_has_anything_inline_or_from_another_host(pages: dict[str, str]) -> None:
    assert {path: found for path, page in pages.items() if (found := inline(page))} == {}


def test_every_form_that_changes_something_carries_a_token(pages: dict[str, str]) -> None:
    forms = [form for page in pages.values() for form in re.findall(r"<form.*?</form>", page, re.DOTALL)]
    posting = [form for form in forms if 'method="post"' in form.split(">")[0]]
    assert len(posting) > 40
    assert [form[:120] for form in posting if not re.search(r'name="csrf_token" value="[^"]{50,}"', form)] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), (LAW, 200), ("/no-such-page", 404), ("/language", 405), ("/healthz", 200), (f"{LAW}/amendments/1", 200),
     ("/assets/any/js/main.js", 200), (f"/publications/{SLUG}/1", 200), (f"/publications/{SLUG}/1/{SLUG}-1.en.md", 200)],
)  # fmt: skip
def test_every_answer_has_the_headers_that_keep_a_page_to_itself(civil: FlaskClient, path: str, status: int) -> None:
    answer = civil.get(path)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    kept = (
        "public, max-age=31536000, immutable"
        if path.startswith("/assets") or path.endswith(".md")
        else "private, no-cache"
    )
    assert answer.headers["Cache-Control"] == kept


def test_a_form_without_its_token_is_refused_and_changes_nothing(running: Flask, civil: FlaskClient) -> None:
    before = stored(running)
    form = {
        "name": "interior", "password": "kelishim-demo", "language": "ru", "body": "A remark.", "do": "submit",
        "base_version": "1", "operation": "delete", "rationale": "Not needed.", "expected_version": "1",
    }  # fmt: skip
    said = "This form comes from an earlier sign-in or from another place, so it was not taken."
    paths = addresses(running, "POST")
    assert len(paths) == 173
    assert civil.post(paths.pop(BY_MAIL), data=form).status_code == 404
    taken = []
    for wrong in ({}, {"csrf_token": ""}, {"csrf_token": "made-up"}):
        for path in paths.values():
            answer = civil.post(path, data=form | wrong)
            if answer.status_code != 400 or said not in shown(answer):
                taken.append(f"{path} {wrong}: {answer.status_code}")
    assert taken == []
    assert stored(running) == before
    page = civil.get(LAW)
    assert (page.status_code, "Cholpon, for civil society" in page.text) == (200, True)
    assert '<html lang="en">' in page.text


def test_a_token_of_somebody_else_is_no_token_and_what_was_typed_comes_back(running: Flask, civil: FlaskClient) -> None:
    other = enter(running, "interior")
    path = f"{LAW}/clauses/{clause_ids(running)['art_13__para_1']}"
    before = stored(running)
    answer = civil.post(f"{path}/comments", data={"body": "kept remark", "csrf_token": token(other, path)})
    assert (answer.status_code, "kept remark" in answer.text) == (400, True)
    assert stored(running) == before


def test_a_form_with_its_token_is_taken(demonstrated: Flask) -> None:
    demonstrated.config["WTF_CSRF_ENABLED"] = True
    client = enter(demonstrated, "civil")
    path = f"{LAW}/clauses/{clause_ids(demonstrated)['art_13__para_1']}"
    answer = client.post(f"{path}/comments", data={"body": "A remark.", "csrf_token": token(client, path)})
    assert (answer.status_code, "A remark." in client.get(path).text) == (303, True)
    assert client.post("/sign-out", data={"csrf_token": token(client, path)}).status_code == 303
    assert client.get(path).status_code == 404


def test_no_cookie_is_for_scripts_or_for_other_sites(running: Flask) -> None:
    client = running.test_client()
    form = {"name": "civil", "password": "kelishim-demo", "csrf_token": token(client, "/sign-in")}
    assert cookies(client.post("/sign-in", data=form)) == [
        ("receipts", {"HttpOnly", "SameSite=Lax", "Path=/drafts"}),
        ("session", {"HttpOnly", "SameSite=Lax", "Path=/"}),
    ]
    running.config["SESSION_COOKIE_SECURE"] = True
    client = running.test_client()
    form["csrf_token"] = token(client, "/sign-in")
    secure = cookies(client.post("/sign-in", data=form))
    running.config["SESSION_COOKIE_SECURE"] = False
    assert [(name, "Secure" in said) for name, said in secure] == [("__Secure-receipts", True), ("session", True)]


def cookies(answer: TestResponse) -> list[tuple[str, set[str]]]:
    """What an answer says of its cookies, apart from until when they live."""
    found = [cookie.split("; ") for cookie in sorted(answer.headers.getlist("Set-Cookie"))]
    return [
        (first.partition("=")[0], {one for one in said if not one.startswith(("Expires=", "Max-Age="))})
        for first, *said in found
    ]


def test_signing_in_begins_a_new_session_and_keeps_the_language_only(running: Flask) -> None:
    client = running.test_client()
    with client.session_transaction() as session:
        session["language"], session["planted"] = "ru", "by somebody else"
    form = {"name": "civil", "password": "kelishim-demo", "csrf_token": token(client, "/sign-in")}
    assert client.post("/sign-in", data=form).status_code == 303
    with client.session_transaction() as session:
        assert session["language"] == "ru"
        assert "planted" not in session


def without_tokens(page: bytes) -> bytes:
    found, count = re.subn(rb'name="csrf_token" value="[^"]+"', b"", page)
    assert b"<h1" in found
    assert count
    return found


def test_pages_are_compressed_for_those_who_can_read_it(civil: FlaskClient) -> None:
    plain, packed = civil.get(LAW), civil.get(LAW, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert (packed.headers["Content-Encoding"], set(packed.vary)) == ("gzip", {"Accept-Encoding", "Cookie"})
    assert len(packed.data) < len(plain.data) / 5
    assert without_tokens(gzip.decompress(packed.data)) == without_tokens(plain.data)
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    for path, accepted in (("/healthz", "gzip"), (LAW, "gzip;q=0"), (LAW, "br")):
        assert "Content-Encoding" not in civil.get(path, headers={"Accept-Encoding": accepted}).headers


def test_healthz_says_ok_to_everybody(demonstrated: Flask) -> None:
    answer = demonstrated.test_client().get("/healthz")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"ok\n", "text/plain")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.usefixtures("demonstration")
def test_a_database_that_cannot_be_reached_is_a_503_in_a_sentence(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("nothing")
    app = application(f"sqlite:///{folder / 'no-such-folder' / 'x.sqlite'}", folder)
    app.config["WTF_CSRF_ENABLED"] = False
    healthy = app.test_client().get("/healthz")
    assert (healthy.status_code, healthy.data) == (503, b"The database cannot be read.\n")
    answer = app.test_client().post("/sign-in", data={"name": "civil", "password": "kelishim-demo", "body": "kept"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "The database is busy or cannot be reached. Nothing was stored." in shown(answer)
    assert "kept" in shown(answer)

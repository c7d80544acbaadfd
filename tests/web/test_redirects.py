"""No answer sends anybody to another site, whatever address it was asked to go on to."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.addresses import inside
from tests.product import LAW, Copies, signed_in

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)

ELSEWHERE = [
    "https://evil.example/", "http:evil.example", "HTTPS://evil.example", "//evil.example", "///evil.example",
    "////evil.example", "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\\/evil.example", "//evil.example/%2f..",
    "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "\x00//evil.example", "/\r\nLocation: //evil",
    "javascript:alert(1)", "JavaScript://%0aalert(1)", "data:text/html,x", "vbscript:x", "mailto:a@evil.example",
    "https:/evil.example", "https:evil.example", "//user:pass@evil.example", "http://localhost@evil.example/",
    "http://localhost\\@evil.example", "//evil.example:80/drafts", "//[::1]/", "//evil。example", "evil.example",
    "/\u2028/evil.example", "/\u00a0", "//", "/\\", "", "?next=//evil.example", "#//evil.example", "//evil.example/../..",
    "http://[", "/.\\evil.example", "/drafts\\..\\evil", "\ufeff//evil.example", "/\x7f/evil.example",
]  # fmt: skip
OWN = ["/", "/drafts/x?y=1#z", "/search?q=%2F%2Fevil.example", "/drafts/закон", "/@evil.example", "/drafts//x"]


@pytest.fixture(scope="module")
def running(demonstration: Copies) -> Iterator[Flask]:
    """No test stores anything but sign-ins."""
    with demonstration() as app:
        yield app


@pytest.fixture(scope="module")
def civil(running: Flask) -> FlaskClient:
    return signed_in(running, "civil")


@pytest.mark.usefixtures("demonstration")
def test_only_a_path_of_this_site_is_inside() -> None:
    assert [target for target in ELSEWHERE if inside(target)] == []
    assert [inside(target) for target in OWN] == OWN


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("target", OWN)
def test_what_is_inside_stays_there_as_a_browser_reads_it(target: str) -> None:
    assert urlsplit(urljoin("https://law.example/sign-in", target)).netloc == "law.example"


def test_signing_in_leads_nowhere_else(running: Flask) -> None:
    went = {}
    for target in ELSEWHERE:
        form = {"name": "civil", "password": "kelishim-demo", "next": target}
        answer = running.test_client().post("/sign-in", data=form)
        went[target] = (answer.status_code, answer.location)
    assert set(went.values()) == {(303, "/")}
    answer = running.test_client().post("/sign-in", data={**form, "next": "/news"})
    assert answer.location == "/news"


def test_the_address_in_the_page_to_sign_in_leads_nowhere_else(running: Flask) -> None:
    for target in ELSEWHERE:
        page = running.test_client().get("/sign-in", query_string={"next": target}).text
        assert '<input type="hidden" name="next" value="">' in page or "evil" not in page
        answer = running.test_client().post("/sign-in", query_string={"next": target},
                                            data={"name": "civil", "password": "kelishim-demo"})  # fmt: skip
        assert answer.location == "/"


def test_choosing_the_language_leads_nowhere_else(running: Flask) -> None:
    client = running.test_client()
    went = {client.post("/language", data={"language": "ru", "next": target}).location for target in ELSEWHERE}
    assert went == {"/"}
    assert client.post("/language", data={"language": "ru", "next": LAW}).location == LAW


def test_a_passkey_and_an_expired_form_forget_where_else_to_go(running: Flask) -> None:
    for target in ELSEWHERE:
        page = running.test_client().post("/sign-in/passkey", data={"next": target, "answer": "{}"})
        assert page.status_code in (403, 422)
        assert "evil" not in page.text


def test_a_form_that_was_kept_is_sent_nowhere_else(running: Flask, civil: FlaskClient) -> None:
    for target in ELSEWHERE:
        form = {"to": target, "kept-name": "body", "kept-value": "words", "do": "go_on"}
        assert running.test_client().post("/sign-in/again", data=form).status_code == 400
        assert civil.post("/sign-in/again", data=form).status_code == 400
    shown = civil.post("/sign-in/again", data={**form, "to": f"{LAW}/follow"})
    assert f'action="{LAW}/follow"' in shown.text


def test_no_other_argument_decides_where_an_answer_leads(civil: FlaskClient) -> None:
    """Every form of the person, with every name under which such an address might be looked for."""
    names = ("next", "to", "back", "from", "url", "return", "target", "goto", "place", "of", "address")
    hostile = dict.fromkeys(names, "//evil.example/")
    for path in (
        "/sign-out",
        f"{LAW}/follow",
        f"{LAW}/news",
        "/news",
        f"{LAW}/positions/unchanged",
        f"{LAW}/board/blocking",
    ):
        answer = civil.post(path, data=hostile, query_string=hostile)
        assert "evil" not in (answer.location or "")


@pytest.mark.parametrize("host", ["evil.example", "law.example:81"])
def test_an_address_is_not_made_of_the_host_that_was_asked_for(running: Flask, host: str) -> None:
    """Redirects name a path alone."""
    client = running.test_client()
    form = {"name": "civil", "password": "kelishim-demo"}
    assert client.post("/sign-in", data=form, headers={"Host": host}).location == "/"

"""What is larger than any page sends is answered by a page that says so, before anything reads it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.log_addresses import KEYS, without_secrets
from tests.product import Copies, shown

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def client(demonstration: Copies) -> Iterator[FlaskClient]:
    with demonstration() as app:
        yield app.test_client()


def test_a_body_that_is_too_large_is_refused_with_the_limit(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data=b"a" * (16 * 1024 * 1024 + 1), content_type=FORM)
    assert answer.status_code == 413
    assert "What was sent is larger than can be taken." in shown(answer)
    assert "Send less at once: at most 16 MB." in shown(answer)


def test_a_form_has_so_many_fields_and_no_more(client: FlaskClient) -> None:
    assert client.post("/language", data=b"a=1&" * 19_999, content_type=FORM).status_code == 303
    assert client.post("/language", data=b"a&" * 20_000, content_type=FORM).status_code == 413
    parts = {f"f{number}": "x" for number in range(2001)}
    assert client.post("/language", data=parts, content_type="multipart/form-data").status_code == 413


def test_an_address_or_a_header_that_is_too_long_is_refused(client: FlaskClient) -> None:
    assert client.get(f"/sign-in?q={'a' * 65_000}").status_code == 200
    assert client.get(f"/sign-in?q={'a' * 65_536}").status_code == 414
    assert client.get(f"/{'a' * 8192}").status_code == 414
    assert client.get("/sign-in", headers={"X-Long": "a" * 65_536}).status_code == 431


def test_a_body_of_unknown_length_that_nothing_ends_is_refused(client: FlaskClient) -> None:
    answer = client.open("/sign-in", method="POST", environ_overrides={"HTTP_TRANSFER_ENCODING": "chunked"})
    assert (answer.status_code, "does not say how large it is" in shown(answer)) == (411, True)


def test_no_token_of_an_address_is_written_into_a_log(client: FlaskClient) -> None:
    app: Flask = client.application
    keys = {rule.rule.partition("<token>")[0] for rule in app.url_map.iter_rules() if "<token>" in rule.rule}
    assert keys == set(KEYS)
    for rule in app.url_map.iter_rules():
        if "<token>" in rule.rule:
            said = without_secrets(rule.rule.replace("<token>", "sEcReT") + "?code=sEcReT#sEcReT")
            assert "sEcReT" not in said
    assert without_secrets("https://a:b@law.example//join/sEcReT") == "https://law.example/join/<token>"
    assert without_secrets("/drafts/law?q=private") == "/drafts/law"

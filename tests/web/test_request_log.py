"""The log: a line for each request, in which nothing stands by which a contribution could be traced to a person."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from app.web import log_lines, receipts
from tests.conftest import sign_in
from tests.product import LAW, Copies, clause_ids, signed_in
from tests.services import at_risk

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
SECRET = "Quixotropical-Secret"


@pytest.fixture
def app(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        log_lines.set_up("json")
        yield app
        log_lines.set_up("plain")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def ask(client: FlaskClient, address: str, **headers: str) -> Any:
    """As a server does: the answer is read to its end."""
    answer = client.get(address, headers=headers)
    assert answer.data is not None
    return answer


def test_a_request_is_one_json_object_that_says_what_was_asked_and_how_long_it_took(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(app.test_client(), "/sign-in?next=/account")
    (line,) = lines(capsys)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert 0 < line.pop("milliseconds") < 60_000
    assert line.pop("bytes") == len(answer.data)
    number = answer.headers["X-Request-ID"]
    assert line == {
        "level": "info", "from": "app.requests", "message": f"GET /sign-in 200 (request {number})", "request": number,
        "method": "GET", "route": "/sign-in", "path": "/sign-in", "status": 200,
    }  # fmt: skip


def test_a_page_of_a_draft_in_which_persons_are_stored_is_told_with_its_address(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    client = signed_in(app, "civil")
    capsys.readouterr()
    ask(client, f"{LAW}/amendments/1?view=x")
    (line,) = lines(capsys)
    assert (line["route"], line["path"]) == ("/drafts/<slug>/amendments/<int:number>", f"{LAW}/amendments/1")


def test_a_draft_in_the_strict_mode_leaves_no_line_whether_one_reads_or_writes(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    at_risk.set_up(app)
    one = at_risk.browser(app, at_risk.ONE)
    clause = next(iter(clause_ids(app, at_risk.SLUG).values()))
    capsys.readouterr()
    page = ask(one, at_risk.LAW)
    wrote = one.post(f"{at_risk.LAW}/clauses/{clause}/comments", data={"body": "They were beaten."})
    refused = one.post(f"{at_risk.LAW}/clauses/{clause}/comments", data={"body": ""})
    assert (page.status_code, wrote.status_code, refused.status_code) == (200, 303, 422)
    assert wrote.data
    assert refused.data
    assert lines(capsys) == []


def test_where_nobody_knows_how_a_draft_attributes_nothing_is_told(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    at_risk.set_up(app)
    stranger = app.test_client()
    for address in (at_risk.LAW, f"{at_risk.LAW}/amendments/1", "/drafts/no-such-draft", f"{LAW}/amendments/1"):
        assert ask(stranger, address).status_code == 404
    assert lines(capsys) == []


def test_whoever_has_shown_a_receipt_is_not_told_of(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    """They may go on with something unattributed in a draft that is named otherwise."""
    client = signed_in(app, "civil")
    client.set_cookie("receipts", "A" * receipts.LETTERS, path="/drafts")
    capsys.readouterr()
    assert ask(client, f"{LAW}/amendments/1").status_code == 200
    assert lines(capsys) == []


def test_no_secret_stands_in_the_log(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    client.post("/sign-in", data={"name": "civil", "password": SECRET}).data  # noqa: B018
    sign_in(client, "civil").data  # noqa: B018
    for address in (
        f"/join/{SECRET}", f"/sign-in/new-password/{SECRET}", f"/account/address/{SECRET}", f"/guest/{SECRET}",
        f"/feeds/{SECRET}.atom", f"/notices/stop/{SECRET}", f"/p/{SECRET}", f"/consultation/confirm/{SECRET}",
        f"/nowhere/{SECRET}", f"/join?code={SECRET}", f"/search?q={SECRET}", f"/p/{SECRET}/SHA256SUMS",
        f"/sign-in/provider/back?code={SECRET}&state={SECRET}", f"{LAW}/jobs/{SECRET}/file",
    ):  # fmt: skip
        ask(client, address, Cookie=SECRET, Authorization=f"Bearer {SECRET}", Referer=f"https://x/{SECRET}")
    logged = capsys.readouterr().err
    assert logged.count("\n") >= 10
    assert "/join/<token>" in logged
    for secret in (SECRET, "kelishim-demo", "203.0.113.77", "civil"):
        assert secret not in logged


def test_a_failure_is_told_with_its_way_but_without_the_words_of_the_error(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = _failing(app)
    shown = re.search(r"<code>([0-9a-f]{16})</code>", answer.text)
    assert shown is not None
    assert "Number of this request, for the administrator:" in answer.text
    failure, line = lines(capsys)
    assert (failure["error"], failure["request"], failure["route"]) == ("ValueError", shown[1], "/join/<token>")
    assert failure["message"] == f"GET /join/<token> failed (request {shown[1]})"
    assert "test_request_log.py" in failure["trace"]
    assert "in _breaks" in failure["trace"]
    assert failure["trace"].endswith("builtins.KeyError")
    assert (line["request"], line["status"]) == (shown[1], 500)
    assert SECRET not in json.dumps([failure, line])


def _failing(app: Flask) -> Any:
    views, testing = dict(app.view_functions), app.testing
    app.view_functions["joining.read"] = _breaks
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    try:
        return ask(app.test_client(), f"/join/{SECRET}")
    finally:
        app.view_functions, app.testing = views, testing


def _breaks(token: str) -> None:
    try:
        raise KeyError(token)
    except KeyError as error:
        raise ValueError(f"no {token}") from error


def test_in_plain_words_only_what_went_wrong_is_told(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    log_lines.set_up("plain")
    assert ask(app.test_client(), "/sign-in").status_code == 200
    assert capsys.readouterr().err == ""
    _failing(app)
    first, *way = capsys.readouterr().err.splitlines()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ERROR app: GET /join/<token> failed \(request [0-9a-f]{16}\)", first
    )
    assert "    builtins.ValueError" in way


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (0, "0123456789abcdef", False),
        (1, "0123456789abcdef", True),
        (1, "3f1c9a52-7d10-4b6e-9f0e-0d7f2b6a1c55", True),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "with spaces and more", False),
        (1, '"},{"level":"error', False),
        (1, "привет-привет", False),
    ],
)
def test_a_number_is_taken_from_a_proxy_alone_and_only_where_it_is_one(
    app: Flask, capsys: pytest.CaptureFixture[str], proxies: int, given: str, is_taken: bool
) -> None:
    app.config["PROXIES"] = proxies
    answer = app.test_client().get("/sign-in", headers={"X-Request-ID": given.encode().decode("latin-1")})
    assert answer.data
    number = answer.headers["X-Request-ID"]
    assert (number == given) is is_taken
    assert is_taken or re.fullmatch("[0-9a-f]{16}", number)
    (line,) = lines(capsys)
    assert line["request"] == number


def test_what_machines_ask_every_few_seconds_has_no_line(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(app.test_client(), "/healthz").data == b"ok\n"
    assert lines(capsys) == []


def test_commands_write_the_same_lines(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with app.app_context():
        try:
            raise RuntimeError(SECRET)
        except RuntimeError:
            logging.getLogger("app.services.sending").exception("Letter %s cannot be written.", 7)
    (line,) = lines(capsys)
    assert (line["level"], line["from"], line["message"]) == (
        "error",
        "app.services.sending",
        "Letter 7 cannot be written.",
    )
    assert (line["error"], SECRET in line["trace"].splitlines()[-1]) == ("RuntimeError", False)


def test_a_refusal_that_is_foreseen_is_no_error(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    app.view_functions = {**app.view_functions, "joining.code": lambda: abort(405)}
    assert ask(app.test_client(), "/join").status_code == 405
    (line,) = lines(capsys)
    assert (line["level"], line["status"]) == ("info", 405)

"""The page of a version's files, the files as they are sent, and those that are made while somebody does something else."""

import base64
import hashlib
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from app.exports.formats import FORMATS
from app.store.db import db
from app.store.drafts import VersionText
from app.store.exported_files import ExportedFile
from app.store.jobs import ExportJob
from app.web import download_words
from app.web.downloads import disposition
from app.web.jobs import CALLED
from app.web.refusals import PATTERNS
from tests.product import LAW, SLUG, Copies, added, shown, signed_in, stored
from tests.services.deeds import issue
from tests.statements import counted

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
"""None of this depends on the database: one is enough."""
SECOND = f"{LAW}/versions/2"
FILES = f"{SECOND}/files"


@pytest.fixture(scope="module")
def issued(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        issue(app, "facilitator", 1, 4, 8, 14)
        yield app


@pytest.fixture
def app(issued: Flask) -> Iterator[Flask]:
    """With nothing made yet; whoever makes files is called and makes none."""
    with issued.app_context():
        db.session.execute(delete(ExportJob))
        db.session.execute(delete(ExportedFile))
        db.session.commit()
    yield issued
    issued.extensions.pop(CALLED, None)


@pytest.fixture
def observer(app: Flask) -> FlaskClient:
    return signed_in(app, "observer")


def test_the_page_offers_every_format_with_what_it_is(observer: FlaskClient) -> None:
    page = shown(observer.get(f"{SECOND}/downloads"))
    for name in FORMATS:
        assert f'id="{name}"' in page, name
    assert f'href="{FILES}/docx-redline?language=en&against=1" download' in page
    assert f'action="{FILES}/bundle?language=en"' in page
    assert "No record on version 2 is issued in “en”." in page


def test_every_format_has_a_place_and_a_sentence(issued: Flask) -> None:
    """A format that was added and is not told of on the page fails here."""
    placed = [name for _, names in download_words.GROUPS for name in names]
    assert sorted(placed) == sorted(FORMATS)
    with issued.test_request_context():
        said = [download_words.said(name) for name in FORMATS]
    assert all(one.name and one.what.endswith((".", "!")) for one in said)


def test_the_first_version_says_once_that_nothing_is_before_it(observer: FlaskClient) -> None:
    page = shown(observer.get(f"{LAW}/versions/1/downloads"))
    assert page.count("Version 1 is the first one: there is nothing before it to compare it with.") == 1
    assert f'href="{LAW}/versions/1/files/docx?language=en"' in page
    chosen = shown(observer.get(f"{LAW}/versions/1/downloads?against=2"))
    assert f'href="{LAW}/versions/1/files/docx-redline?language=en&against=2"' in chosen


def test_the_reading_view_the_comparison_and_the_board_lead_to_it(observer: FlaskClient) -> None:
    assert f'href="{SECOND}/downloads"' in observer.get(LAW).text
    assert f'href="{LAW}/versions/1/downloads"' in observer.get(LAW).text
    assert f'href="{SECOND}/downloads?against=1"' in shown(observer.get(f"{LAW}/compare?old=1&new=2"))
    assert f'href="{SECOND}/downloads"' in observer.get(f"{LAW}/board").text


def test_its_statements_do_not_grow_with_what_was_made(app: Flask, observer: FlaskClient) -> None:
    before = counted(app, observer, [f"{SECOND}/downloads"])
    for name in ("markdown", "docx", "html"):
        observer.get(f"{FILES}/{name}").close()
    assert counted(app, observer, [f"{SECOND}/downloads"]) == before
    assert before[0] <= 18


def test_a_file_is_what_its_digest_its_tag_and_the_page_say(observer: FlaskClient) -> None:
    for name in ("markdown", "docx-redline", "amendments-csv"):
        answer = observer.get(f"{FILES}/{name}")
        digest = hashlib.sha256(answer.data)
        assert answer.headers["ETag"] == f'"{digest.hexdigest()}"'
        assert answer.headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
        assert answer.headers["Content-Length"] == str(len(answer.data))
        assert answer.headers["Content-Type"] == FORMATS[name].media_type
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        again = observer.get(f"{FILES}/{name}", headers={"Accept-Encoding": "gzip"})
        assert (again.data, again.headers.get("Content-Encoding")) == (answer.data, None)
        page = observer.get(f"{SECOND}/downloads").text
        line = re.search(rf'id="{name}">.*?</li>', page, re.DOTALL)
        assert line is not None
        assert digest.hexdigest() in line[0]


def test_the_checksum_of_the_source_is_the_fingerprint_of_the_version(app: Flask, observer: FlaskClient) -> None:
    data = observer.get(f"{FILES}/markdown").data
    with app.app_context():
        assert hashlib.sha256(data).hexdigest() in set(db.session.scalars(select(VersionText.sha256)))


def test_who_has_it_already_is_not_sent_it_again_and_who_has_a_part_gets_the_rest(observer: FlaskClient) -> None:
    whole = observer.get(f"{FILES}/markdown")
    tag = whole.headers["ETag"]
    kept = observer.get(f"{FILES}/markdown", headers={"If-None-Match": tag})
    assert (kept.status_code, kept.data) == (304, b"")
    rest = observer.get(f"{FILES}/markdown", headers={"Range": "bytes=100-", "If-Range": tag})
    assert (rest.status_code, rest.data) == (206, whole.data[100:])
    head = observer.head(f"{FILES}/markdown")
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", str(len(whole.data)))


def test_it_is_saved_under_its_name(observer: FlaskClient) -> None:
    found = observer.get(f"{FILES}/docx-redline").headers["Content-Disposition"]
    name = f"{SLUG}-2-against-1.en.redline.docx"
    assert found == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert disposition('Закон "1".md') == (
        "attachment; filename=\"_____ _1_.md\"; filename*=UTF-8''%D0%97%D0%B0%D0%BA%D0%BE%D0%BD%20%221%22.md"
    )


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        (f"{FILES}/doc", 404, "There is no format “doc”; there are markdown, "),
        (f"{FILES}/docx?language=ky", 422, "Version 2 is not written in “ky”, only in en."),
        (f"{LAW}/versions/1/files/docx-redline", 422, "Version 1 is the first one: there is nothing before it"),
        (f"{FILES}/record-pdf", 404, "No record on version 2 is issued in “en”."),
        (f"{FILES}/docx-redline?against=9", 404, "has no version 9."),
        (f"{LAW}/versions/9/files/docx", 404, "has no version 9."),
        (f"{LAW}/versions/9/downloads", 404, "has no version 9."),
        (f"{SECOND}/downloads?language=xx", 422, "Version 2 is not written in “xx”, only in en."),
        (f"{LAW}/versions/1/files/pdf-brackets", 422, "stands in brackets in version 2, the latest, not in version 1."),
        (f"{FILES}/docx?plenary=1", 422, "There is no plenary copy of “docx”"),
    ],
)
def test_what_cannot_be_had_is_refused_in_a_sentence(
    observer: FlaskClient, address: str, status: int, sentence: str
) -> None:
    answer = observer.get(address)
    assert answer.status_code == status
    assert sentence in shown(answer)


def test_refusals_are_told_in_the_readers_language(issued: Flask) -> None:
    for sentence in (
        "There is no format “x”; there are a, b.",
        "Version 1 is not written in “ky”, only in en.",
        "Version 1 is the first one: there is nothing before it to compare it with.",
        "You wait for 3 files already. Fetch one of them, or put one away, then ask again.",
        "This file is not made yet. Its page shows how far it is.",
    ):
        assert any(pattern.fullmatch(sentence) for pattern, _ in PATTERNS), sentence


def test_what_takes_long_is_asked_for_on_the_page(observer: FlaskClient) -> None:
    answer = observer.get(f"{FILES}/bundle")
    assert (answer.status_code, answer.location) == (303, f"{SECOND}/downloads#bundle")
    assert "This file takes a while." in shown(observer.get(f"{SECOND}/downloads"))


def test_a_file_that_is_asked_for_waits_is_made_and_is_fetched_by_nobody_else(
    app: Flask, observer: FlaskClient
) -> None:
    called: list[bool] = []
    app.extensions[CALLED] = lambda: called.append(True)
    before = stored(app)
    asked = observer.post(f"{FILES}/docx-redline?against=1")
    assert asked.status_code == 303
    assert called == [True]
    assert added(before, stored(app)) == {"export_jobs": 1}
    page = shown(observer.get(asked.location))
    assert "waits for its turn" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert observer.get(f"{asked.location}/file").status_code == 409
    fragment = observer.get(asked.location, headers={"X-Fragment": "job"}).text
    assert 'data-job-state="waiting"' in fragment
    assert "<html" not in fragment
    assert app.test_cli_runner().invoke(args=["files", "make"]).exit_code == 0
    page = shown(observer.get(asked.location))
    file = observer.get(f"{asked.location}/file")
    assert hashlib.sha256(file.data).hexdigest() in page
    assert hashlib.sha256(file.data).hexdigest() in observer.get(f"{SECOND}/downloads").text
    assert "refresh" not in page
    other = signed_in(app, "facilitator")
    assert [other.get(asked.location + end).status_code for end in ("", "/file")] == [404, 404]
    assert other.post(f"{asked.location}/put-away").status_code == 404
    assert "Made for you" not in other.get(f"{SECOND}/downloads").text
    gone = observer.post(f"{asked.location}/put-away")
    assert (gone.status_code, gone.location) == (303, f"{SECOND}/downloads#own")
    assert observer.get(asked.location).status_code == 404


def test_where_nobody_else_makes_files_it_is_made_before_the_answer(observer: FlaskClient) -> None:
    asked = observer.post(f"{FILES}/markdown")
    assert "made on" in shown(observer.get(asked.location))


def test_whoever_waits_for_too_many_is_told_so(app: Flask, observer: FlaskClient) -> None:
    app.extensions[CALLED] = lambda: None
    for name in ("markdown", "docx", "html"):
        assert observer.post(f"{FILES}/{name}").status_code == 303
    refused = observer.post(f"{FILES}/json")
    assert refused.status_code == 422
    assert "You wait for 3 files already." in shown(refused)
    assert "Made for you" in refused.text


def test_progress_and_what_went_wrong_are_shown(app: Flask, observer: FlaskClient) -> None:
    app.extensions[CALLED] = lambda: None
    page = observer.post(f"{FILES}/bundle").location
    with app.app_context():
        db.session.execute(update(ExportJob).values(state="running", done=4, total=22, doing="pdf"))
        db.session.commit()
    running = shown(observer.get(page))
    assert "file 5 of 22 is being made" in running
    assert "now: PDF" in running
    assert 'value="4" max="22"' in running
    with app.app_context():
        db.session.execute(update(ExportJob).values(state="failed", problem="No <b>record</b> is issued."))
        db.session.commit()
    assert "No &lt;b&gt;record&lt;/b&gt; is issued." in observer.get(page).text


def test_old_files_are_taken_out_by_a_command(app: Flask, observer: FlaskClient) -> None:
    for name in ("markdown", "html"):
        observer.get(f"{FILES}/{name}").close()
    result = app.test_cli_runner().invoke(args=["files", "prune", "--files", "1"])
    assert result.output.startswith("1 taken out, 1 left with 0.")

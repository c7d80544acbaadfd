"""Records as pages and as files: who sees them when, what comes back, and that the file is what its fingerprint says."""

import hashlib
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.product import LAW, SLUG, Copies, shown, signed_in
from tests.services.deeds import submit, words
from tests.services.records import hold, record, rows, start, to_record
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
"""None of this depends on the database: one is enough."""
RECORDS = f"{LAW}/records"


@pytest.fixture
def held(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration after a session."""
    with demonstration() as app:
        hold(app)
        yield app


def test_a_facilitator_writes_edits_and_issues_a_record_which_others_then_read(held: Flask) -> None:
    facilitator, observer = signed_in(held, "facilitator"), signed_in(held, "observer")
    assert "No record is issued yet." in shown(observer.get(RECORDS))
    assert 'value="session-1" selected' in facilitator.get(f"{RECORDS}?session=1").text
    started = facilitator.post(RECORDS, data={"of": "session-1", "language": "ru"})
    assert (started.status_code, started.location) == (303, f"{RECORDS}/1/edit")
    typed = {"text": "# Протокол\r\n\r\n<script>x</script> [a](javascript:b)", "revision": "1"}
    preview = facilitator.post(f"{RECORDS}/1/edit", data={**typed, "do": "preview"})
    assert "&lt;script&gt;x&lt;/script&gt;" in preview.text
    assert "not saved yet" in preview.text
    assert record(held).record.revision == 1
    assert facilitator.post(f"{RECORDS}/1/edit", data=typed).location == f"{RECORDS}/1"
    assert [observer.get(f"{RECORDS}/1{end}").status_code for end in ("", ".md", "/edit")] == [404, 404, 404]
    assert "Протокол заседания" not in observer.get(RECORDS).text
    assert facilitator.post(f"{RECORDS}/1/issue", data={"revision": "2"}).status_code == 303
    page = shown(observer.get(f"{RECORDS}/1"))
    assert "<h1>Протокол</h1>" in page
    assert "javascript:b" not in re.findall(r'href="([^"]*)"', page)
    assert "Протокол заседания № 1" in observer.get(RECORDS).text
    assert "Edit" not in re.findall(r">([^<]*)</a>", page)
    assert facilitator.get(f"{RECORDS}/1/edit").status_code == 409


def test_the_file_is_the_record_byte_for_byte_and_its_tag_is_the_fingerprint(held: Flask) -> None:
    start(held)
    to_record(held, "issue", revision=1)
    client = signed_in(held, "observer")
    file = client.get(f"{RECORDS}/1.md")
    digest = hashlib.sha256(file.data).hexdigest()
    assert file.data == record(held).body.encode()
    assert file.headers["ETag"] == f'"{digest}"'
    assert file.headers["Content-Disposition"] == f'attachment; filename="{SLUG}-record-1.en.md"'
    assert digest in client.get(f"{RECORDS}/1").text
    again = client.get(f"{RECORDS}/1.md", headers={"If-None-Match": f'"{digest}"'})
    assert (again.status_code, again.data) == (304, b"")


def test_an_issued_record_is_there_for_word_and_for_printing_and_one_that_is_not_is_not(held: Flask) -> None:
    start(held)
    facilitator, observer = signed_in(held, "facilitator"), signed_in(held, "observer")
    assert "1.docx" not in facilitator.get(f"{RECORDS}/1").text
    assert [facilitator.get(f"{RECORDS}/1.{kind}").status_code for kind in ("docx", "pdf")] == [404, 404]
    to_record(held, "issue", revision=1)
    page = observer.get(f"{RECORDS}/1").text
    for kind, start_of_file in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert f'href="{RECORDS}/1.{kind}"' in page
        file = observer.get(f"{RECORDS}/1.{kind}")
        assert file.data.startswith(start_of_file)
        assert file.headers["Content-Disposition"] == f'attachment; filename="{SLUG}-record-1.en.{kind}"'
        assert file.headers["ETag"] == f'"{hashlib.sha256(file.data).hexdigest()}"'
        assert file.data == facilitator.get(f"{RECORDS}/1.{kind}").data
        with statements(held) as made:
            observer.get(f"{RECORDS}/1.{kind}")
        assert len(made) <= 6


def test_the_second_of_two_keeps_what_they_typed_and_sees_what_was_saved(held: Flask) -> None:
    start(held)
    to_record(held, "save", "administrator", body="Saved by the other.", revision=1)
    client = signed_in(held, "facilitator")
    mine = {"text": "What I typed.", "revision": "1"}
    refused = client.post(f"{RECORDS}/1/edit", data=mine)
    page = shown(refused)
    assert refused.status_code == 409
    assert "Somebody else saved record 1 while you wrote." in page
    assert "What I typed.</textarea>" in page
    assert "Saved by the other." in page
    assert 'name="revision" value="2"' in page
    assert client.post(f"{RECORDS}/1/edit", data={**mine, "revision": "2"}).status_code == 303
    assert record(held).body == "What I typed.\n"


def test_a_preview_does_not_hide_that_somebody_else_saved(held: Flask) -> None:
    start(held)
    to_record(held, "save", "administrator", body="Saved by the other.", revision=1)
    client = signed_in(held, "facilitator")
    seen = client.post(f"{RECORDS}/1/edit", data={"text": "Mine.", "revision": "1", "do": "preview"})
    assert 'name="revision" value="1"' in seen.text


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"text": "kept\0", "revision": "1"}, 422, "holds a null character"),
        ({"text": "kept" + "x" * 400_000, "revision": "1"}, 422, "longer than 400000 characters"),
        ({"text": "  ", "revision": "1"}, 422, "A record without a word"),
        ({"text": "kept", "revision": "x"}, 409, "Somebody else saved record 1"),
        ({"text": "kept", "revision": "9" * 40}, 409, "Somebody else saved record 1"),
    ],
)
def test_wrong_input_is_named_and_comes_back(held: Flask, form: dict[str, str], status: int, said: str) -> None:
    start(held)
    before = rows(held)
    response = signed_in(held, "facilitator").post(f"{RECORDS}/1/edit", data=form)
    assert response.status_code == status
    assert said in shown(response)
    assert "kept" in response.text or not form["text"].strip()
    assert rows(held) == before


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"of": "session-9", "language": "en"}, 404),
        ({"of": "session-99999999999", "language": "en"}, 422),
        ({"of": "session-1", "language": "xx"}, 422),
        ({"of": "\0", "language": "en"}, 422),
        ({}, 422),
    ],
)
def test_what_no_record_is_of_is_refused(held: Flask, form: dict[str, str], status: int) -> None:
    assert signed_in(held, "facilitator").post(RECORDS, data=form).status_code == status
    assert rows(held) == []


def test_a_number_that_no_database_holds_is_no_record(held: Flask) -> None:
    client = signed_in(held, "facilitator")
    assert client.get(f"{RECORDS}/99999999999999").status_code == 404
    assert client.post(f"{RECORDS}/99999999999999/issue", data={"revision": "1"}).status_code == 404


def test_pages_and_filling_ask_as_often_however_many_amendments_there_are(held: Flask) -> None:
    client = signed_in(held, "facilitator")
    start(held)

    def asked() -> list[int]:
        counts = []
        for address in (RECORDS, f"{RECORDS}/1", f"{RECORDS}/1/edit"):
            with statements(held) as made:
                client.get(address)
            counts.append(len(made))
        with statements(held) as made:
            client.post(RECORDS, data={"of": "session-1", "language": "en"})
        return [*counts, len(made)]

    asked()
    before = asked()
    for address in ("art_13__para_2", "art_13__para_4", "art_14__para_1"):
        submit(held, "civil", words(held, address, "the", "a"))
    assert asked() == before

"""What goes into a bundle: every format that applies, made once each; what does not apply is named with its reason."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from app.exports.bundle import Bundle
from app.exports.formats import FORMATS
from app.services import bundling, exporting, importing
from app.services.exporting import NothingBefore, NotInLanguage, Wanted
from app.store.db import db
from app.store.memberships import Entry
from tests.product import SLUG, Copies
from tests.services.deeds import NOW, issue

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
LAW = "# Small law\n\nArticle 1. Words\n\n1. The Office shall act.\n\n2. It shall act at once.\n"


@dataclass(frozen=True, slots=True)
class File:
    file_name: str
    pieces: tuple[bytes, ...]


@pytest.fixture(scope="module")
def issued(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration with a second version, and a small law with two."""
    with demonstration() as app:
        issue(app, "facilitator", 1, 4, 8, 14)
        with app.app_context():
            importing.import_draft(
                db.session, data=LAW.encode(), slug="small", language="en", now=NOW, progress=lambda _: None
            )
            other = LAW.replace("at once", "within a day")
            importing.import_version(
                db.session, data=other.encode(), slug="small", message="", now=NOW, progress=lambda _: None
            )
        yield app


def gathered(app: Flask, told: bundling.Progress = bundling.in_silence, **more: object) -> Bundle:
    """A bundle of files that nobody made; the redline cannot be had."""

    def deliver(_session: object, name: str, wanted: Wanted, _entry: Entry) -> File:
        if name == "docx-redline":
            raise NothingBefore(1)
        return File(f"{name}.{wanted.language}", (name.encode(), b" ", str(wanted.against).encode()))

    with app.app_context():
        entry = exporting.enter_as_operator(db.session, SLUG)
        return bundling.bundle(db.session, Wanted(SLUG, **more), entry, deliver, told)  # type: ignore[arg-type]


def test_every_format_is_in_it_once_but_acts_in_other_languages(issued: Flask) -> None:
    found = gathered(issued)
    assert {part.name for part in found.parts} == set(FORMATS) - {"bundle", "docx-redline", "act-ru", "act-ky"}
    assert len(found.parts) == len({part.path for part in found.parts})
    assert {part.path for part in found.parts if part.name == "html"} == {"en/html.en"}


def test_what_does_not_apply_is_named_with_its_reason(issued: Flask) -> None:
    assert [(one.name, one.reason) for one in gathered(issued).left_out] == [("docx-redline", "NothingBefore")]


def test_only_what_is_marked_up_is_told_the_other_version(issued: Flask) -> None:
    data = {part.name: part.data for part in gathered(issued, version=2, against=1).parts}
    assert (data["docx-comparison"], data["docx"]) == (b"docx-comparison 1", b"docx None")


def test_the_command_may_name_the_other_version(issued: Flask) -> None:
    run = issued.test_cli_runner().invoke
    refused = run(args=["drafts", "export", SLUG, "--format", "bundle", "--against", "9"])
    assert "has no version 9" in refused.output


def test_whoever_listens_hears_how_far_it_is(issued: Flask) -> None:
    heard: list[tuple[int, int, str]] = []
    gathered(issued, lambda *one: heard.append(one))
    total = len(FORMATS) - 3
    assert [done for done, _, _ in heard] == list(range(total + 1))
    assert {total for _, total, _ in heard} == {total}
    assert (heard[-1][2], len({name for _, _, name in heard})) == ("bundle", total + 1)


def test_a_language_in_which_the_version_is_not_written_is_refused(issued: Flask) -> None:
    with pytest.raises(NotInLanguage):
        gathered(issued, language="ky")


def test_the_command_writes_it_with_every_format_and_the_same_bytes_twice(issued: Flask) -> None:
    run = issued.test_cli_runner().invoke
    first, second = (run(args=["drafts", "export", "small", "--format", "bundle"]) for _ in range(2))
    assert first.exit_code == 0, first.output
    assert hashlib.sha256(first.stdout_bytes).digest() == hashlib.sha256(second.stdout_bytes).digest()
    with zipfile.ZipFile(io.BytesIO(first.stdout_bytes)) as container:
        files = {name: container.read(name) for name in container.namelist()}
    sums = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert files["en/small-2.en.md"].decode() == LAW.replace("at once", "within a day")
    page = files["index.html"].decode()
    assert "Text with brackets: nothing stands in brackets: no amendment is open" in page
    assert "Record in Word: no record is issued in this language on this version" in page
    left = {"pdf-brackets", "record-docx", "record-pdf", "act-ru", "act-ky", "bundle"}
    assert len(files) == len(FORMATS) - len(left) + 2

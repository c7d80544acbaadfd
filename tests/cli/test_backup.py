"""`flask backup` and `flask restore` say what they did, what is not in the file, and ask before they delete."""

import stat
from pathlib import Path

import pytest
from flask import Flask

from tests.product import stored

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def said(app: Flask, *args: str, typed: str = "") -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=args, input=typed)
    return result.exit_code, result.output


def test_a_backup_is_made_and_restored_by_command(app: Flask, tmp_path: Path) -> None:
    file = str(tmp_path / "one.zip")
    assert said(app, "institutions", "add", "MVD", "--kind", "state", "--name", "en=Interior")[0] in (0, 2)
    made, told = said(app, "users", "create", "one", "--password", "a long password of one", "--administrator")
    assert made == 0, told
    status, told = said(app, "backup", file)
    assert status == 0, told
    assert "It was read back and is whole." in told
    assert "The secret key is not in it." in told
    assert said(app, "backup", file)[0] == 1
    assert "give --force" in said(app, "backup", file)[1]

    before = stored(app)
    status, told = said(app, "restore", file)
    assert status == 1
    assert "The database is not empty" in told
    status, told = said(app, "restore", file, "--replace", typed="n\n")
    assert status == 1
    assert "1 people" in told
    assert stored(app) == before
    status, told = said(app, "restore", file, "--replace", "--yes")
    assert status == 0, told
    assert "everybody signs in anew" in told
    assert stored(app) == before


def test_the_secret_key_comes_along_where_that_is_wanted(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("for tests only")
    file = str(tmp_path / "one.zip")
    status, told = said(app, "backup", file, "--with-secret-key")
    assert status == 0
    assert "The secret key is in it" in told
    status, told = said(app, "restore", file)
    assert status == 0
    assert "The secret key of the backup is in" in told
    assert (tmp_path / "secret_key").read_text() == "for tests only"
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_what_is_no_backup_is_refused_in_a_sentence(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "none.zip").write_bytes(b"no")
    for file in ("none.zip", "nowhere.zip"):
        status, told = said(app, "restore", str(tmp_path / file))
        assert status == 1
        assert "This file cannot be restored" in told
        assert "Nothing was changed" in told


def test_a_backup_needs_a_file_with_a_name(app: Flask, tmp_path: Path) -> None:
    sentence = "Error: Name a file for the backup: it is read back when it is written, so it needs a place on a disk.\n"
    for typed in (("",), ("--force", ""), ("-",)):
        assert said(app, "backup", *typed) == (1, sentence), typed
    status, told = said(app, "backup", "--force", str(tmp_path))
    assert (status, f"File '{tmp_path}' is a directory." in told) == (2, True)
    status, told = said(app, "restore", "")
    assert (status, "This file cannot be restored: it cannot be read (Is a directory)" in told) == (1, True)


def test_a_law_that_is_typed_becomes_a_draft_called_draft(app: Flask) -> None:
    law = "# Law\n\n## Article 1. Aim\n\n1. Words.\n"
    status, told = said(app, "drafts", "import", "-", "--language", "en", typed=law)
    assert (status, "draft version 1: " in told) == (0, True), told

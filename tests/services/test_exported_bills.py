"""A version of the demonstration as Akoma Ntoso, from the database to the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.exports import akn
from app.exports.akn_amendments import amendment_list
from app.exports.akn_schema import violations
from app.services import exporting
from app.services.exported_bills import bill
from app.services.exporting import Wanted
from app.store.db import db
from app.store.drafts import Draft
from tests.exports.akn_reader import AKN, by_id, root
from tests.product import SLUG, Copies
from tests.services.deeds import issue
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")


@pytest.fixture(scope="module")
def issued(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration with a second version: A1, A4, A8 and A14 were adopted."""
    with demonstration() as app:
        issue(app, "facilitator", 1, 4, 8, 14)
        yield app


def test_the_command_writes_valid_files_of_the_first_and_of_later_versions(issued: Flask) -> None:
    run = issued.test_cli_runner().invoke
    for number in ("1", "2"):
        for name in ("akn", "akn-amendments"):
            result = run(args=["drafts", "export", SLUG, "--version", number, "--format", name])
            assert result.exit_code == 0, result.output
            assert violations(result.stdout_bytes) == ()
            assert result.stderr == ""
    assert result.stdout_bytes.startswith(b"<?xml")


def test_a_bill_names_what_changed_and_who_is_behind_it(issued: Flask) -> None:
    with issued.app_context():
        value = bill(db.session, Wanted(SLUG, 2), exporting.enter_as_operator(db.session, SLUG))
        data = akn.bill(value)
    told = [(one.get("type"), one[0].get("href"), one[1].get("href")) for one in root(data).iter(f"{AKN}textualMod")]
    assert told == [
        ("substitution", "#am_8", "#art_7__para_1"),
        ("substitution", "#am_1", "#art_13__para_1"),
        ("insertion", "#am_14", "#art_13__para_5"),
        ("substitution", "#am_4", "#art_21__para_1"),
    ]
    assert not list(root(data).iter(f"{AKN}TLCPerson"))
    assert value.firsts.keys() >= {line.clause_id for line in value.document.lines}
    assert {one.get("wId") for one in by_id(data).values()} == {None}


def test_unattributed_files_name_nobody_and_the_statements_are_few(issued: Flask) -> None:
    with issued.app_context():
        session = db.session
        entry = exporting.enter_as_operator(session, SLUG)
        named = bill(session, Wanted(SLUG, 2), entry).document
        hidden = {one.author for one in named.amendments} | {
            party.name for one in named.amendments for party in one.parties
        }
        session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution="unattributed"))
        session.expire_all()
        with statements(issued) as asked:
            value = bill(session, Wanted(SLUG, 2), exporting.enter_as_operator(session, SLUG))
        files = akn.bill(value).decode() + amendment_list(value).decode()
        session.rollback()
    assert len(hidden) > 5
    assert not [one for one in hidden if one in files]
    assert len(asked) <= 30


FIRST_TEXT = "# On Gates\n\n### Article 1. Gates\n\n1. Gates are closed at night by the guard.\n\n| a |\n|---|\n| b |\n"
SECOND_TEXT = FIRST_TEXT.replace(
    "### Article 1. Gates", "### Article 1. Terms\n\nA gate is a door.\n\n### Article 2. Gates"
)


def test_a_renumbered_clause_keeps_its_ids_and_what_does_not_fit_is_told_beside_the_file(
    issued: Flask, tmp_path: Path
) -> None:
    run = issued.test_cli_runner().invoke
    (tmp_path / "gates.md").write_text(FIRST_TEXT)
    assert run(args=["drafts", "import", str(tmp_path / "gates.md"), "--language", "en"]).exit_code == 0
    before = run(args=["drafts", "export", "gates", "--format", "akn"]).stdout_bytes
    (tmp_path / "gates.md").write_text(SECOND_TEXT)
    assert run(args=["drafts", "import", "--draft", "gates", str(tmp_path / "gates.md")]).exit_code == 0
    result = run(args=["drafts", "export", "gates", "--format", "akn"])
    assert violations(result.stdout_bytes) == ()
    was, now = by_id(before)["art_1"], by_id(result.stdout_bytes)
    assert (now["art_2"].get("wId"), now["art_2"].get("GUID")) == ("art_1", was.get("GUID"))
    assert now["art_2__para_1"].get("wId") == "art_1__para_1"
    assert now["art_1"].get("wId") == "art_1-v2"
    assert result.stderr.splitlines() == [
        "1 of the law's clauses set otherwise: a table has no place of its own among the units of a law.",
        "  art_2__para_1__table_1 (Article 2(1) ¶1): table, set as hcontainer “table”",
    ]

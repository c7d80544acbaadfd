"""The board as a page: a real table, rows that open without script, a table for spreadsheets; and on a code of law."""

import csv
import gzip
import io
import re
import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.store.db import db
from tests import large_board
from tests.conftest import application, sign_in
from tests.product import LAW, shown, signed_in
from tests.services.deeds import SINCE, issue
from tests.services.stances import PARA, state
from tests.shared import needs_laws
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]

BOARD = f"{LAW}/board"
MOST_BYTES = 300_000
MOST_STATEMENTS = 18


def row(page: str, human: str) -> str:
    """The row of a clause with its cells."""
    return next(one for one in page.split("<tr ") if f">{human}</a>" in one)


def cells(page: str, human: str) -> list[tuple[str, str]]:
    return re.findall(r'<td class="([^"]*)">([^<]*)</td>', row(page, human))


def test_the_board_is_a_table_with_heads_on_both_sides(demonstrated: Flask) -> None:
    state(demonstrated, "interior", step=6, reason="No.")
    state(demonstrated, "civil", confirm_days=5, days=SINCE)
    page = shown(signed_in(demonstrated, "observer").get(f"{BOARD}?printed=1"))
    assert page.count('<th scope="col"') == 1 + 7
    assert "heard, not counted" in page
    assert cells(page, "Article 14(1)") == [
        ("objects", "cannot accept"), ("nothing", "no position yet"), ("nothing", "no position yet"),
        ("nothing", "no position yet"), ("first provisional", "support, agreed ad referendum"),
        ("nothing", "no position yet"), ("nothing", "no position yet"),
    ]  # fmt: skip
    assert cells(page, "Article 14")[0] == ("objects mixed", "cannot accept, not on all")
    assert '<i class="at-contested">contested</i>' in row(page, "Article 14(1)")
    assert "style=" not in page


def test_a_lapsed_position_is_shown_as_given_on_an_earlier_text(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause="art_18__para_2", step=2)
    issue(demonstrated, "facilitator", 15)
    page = shown(signed_in(demonstrated, "observer").get(f"{BOARD}?printed=1"))
    assert cells(page, "Article 18(2)")[0] == ("favour lapsed", "can live with it, given on an earlier text")


def test_a_row_opens_by_its_link_and_as_a_piece_of_the_page(demonstrated: Flask) -> None:
    state(demonstrated, "interior")
    client = signed_in(demonstrated, "observer")
    page = client.get(BOARD).text
    assert ">Article 14(1)</a>" not in page
    opener = re.search(r'href="([^"#]*\?open=[^"#]*)#[^"]*"[^>]*aria-label="Clauses of Article 14"', page)
    assert opener is not None
    assert ">Article 14(1)</a>" in client.get(opener[1]).text
    piece = client.get(opener[1], headers={"X-Fragment": "clauses"}).text
    assert piece.count("<tr ") == 2
    assert "<html" not in piece
    assert client.get(f"{BOARD}?open=nothing", headers={"X-Fragment": "clauses"}).status_code == 404


def test_filters_stand_in_the_address_and_whatever_is_typed_is_answered(demonstrated: Flask) -> None:
    state(demonstrated, "interior", step=6, reason="No.")
    client = signed_in(demonstrated, "observer")
    found = client.get(f"{BOARD}?institution=MVD&says=objects").text
    assert re.findall(r'class="is-clause">.*?lang="en">([^<]*)</a>', found) == ["Article 14(1)"]
    assert "board.csv?institution=MVD&amp;says=objects" in found
    assert "No clause is like this" in client.get(f"{BOARD}?institution=NOBODY").text
    assert client.get(f"{BOARD}?state=nonsense&says=nonsense&printed=x").status_code == 200
    assert client.get(f"{BOARD}?within=nothing").status_code == 404


def test_the_table_for_spreadsheets_holds_every_clause_and_no_formula(demonstrated: Flask) -> None:
    state(demonstrated, "interior", step=6, reason="No.")
    answer = signed_in(demonstrated, "observer").get(f"{BOARD}.csv?state=contested")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="torture-investigation-1-board.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    (one,) = [found for found in rows if found["Clause"] == "Article 14(1)"]
    assert (one["State"], one["MVD"], one["GPO"], one["Cannot accept it"]) == (
        "contested", "cannot accept", "no position yet", "MVD",
    )  # fmt: skip
    assert one["Reasons"] == "MVD: No."
    assert (one["Still to speak or to confirm"], one["Version"]) == ("GPO, NPM, AKY, CSO", "1")
    assert "UN (heard, not counted)" in one


def test_what_holds_it_up_and_the_curve_are_pages(demonstrated: Flask) -> None:
    state(demonstrated, "interior", step=6, reason="Not =1+1 like this.")
    client = signed_in(demonstrated, "observer")
    page = shown(client.get(f"{BOARD}/blocking"))
    assert "Not =1+1 like this." in page
    assert "Interior Ministry" in page
    assert shown(client.get(f"{BOARD}/blocking?kind=lapsed")).count("Nothing holds agreement up") == 1
    curve = client.get(f"{BOARD}/progress").text
    assert (curve.count("<polygon") >= 4, "style=" in curve) == (True, False)


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_the_board_asks_the_database_the_same_whatever_was_said(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "observer")
    pages = ("", "?state=contested", ".csv", "/blocking", "/progress")
    state(demonstrated, "interior")
    few = [_asked(demonstrated, client, f"{BOARD}{at}") for at in pages]
    for name in ("prosecutor", "civil", "un"):
        for address in (PARA, "art_18__para_2", "art_1__para_1"):
            state(demonstrated, name, clause=address, step=6, reason="No.")
    assert [_asked(demonstrated, client, f"{BOARD}{at}") for at in pages] == few
    assert max(few) <= MOST_STATEMENTS


def _asked(app: Flask, client: FlaskClient, path: str) -> int:
    client.get(path)
    with statements(app) as made:
        assert client.get(path).status_code == 200
    return len(made)


@needs_laws
def test_twelve_institutions_beside_the_articles_of_the_code_civil_are_a_small_page(
    empty_sqlite: Path, tmp_path: Path
) -> None:
    """Every cell filled, and no two articles alike: nothing that packing could make much of."""
    shutil.copy(empty_sqlite, tmp_path / "board.sqlite")
    app = application(f"sqlite:///{tmp_path / 'board.sqlite'}", tmp_path)
    app.config["WTF_CSRF_ENABLED"] = False
    large_board.make(app)
    client = app.test_client()
    sign_in(client, "somebody")
    board = f"/drafts/{large_board.SLUG}/board"
    large_board.speak(app)
    client.get("/sign-in")  # a process asks for the settings of the installation once
    with statements(app) as made:
        answer = client.get(board, headers={"Accept-Encoding": "gzip"})
    page = gzip.decompress(answer.data).decode()
    assert len(made) <= MOST_STATEMENTS
    assert (page.count('class="is-article"') > 2500, page.count("<td ") > 35_000) == (True, True)
    assert len(answer.data) < MOST_BYTES
    with app.app_context():
        db.engine.dispose()

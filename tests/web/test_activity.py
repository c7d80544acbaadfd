"""The page of activity: what happened, narrowed by filters, as files; what may not be told stands in none of them."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import insert

from app.store.db import db
from app.store.events import Event
from app.store.memberships import find_draft
from tests.product import LAW, SLUG, Copies, chain, clause_ids, shown, signed_in
from tests.services import records
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
PAGE = f"{LAW}/activity"
PROPOSED = {"do": "save", "base_version": "1", "operation": "delete", "rationale": "Not needed."}


@pytest.fixture(scope="module")
def acted(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration, with a comment by the police, one that was withdrawn, and a draft of an amendment (A16)."""
    with demonstration() as app:
        at = clause_ids(app)
        interior, civil = signed_in(app, "interior"), signed_in(app, "civil")
        on = f"{LAW}/clauses/{at['art_30__para_1']}/comments"
        assert interior.post(on, data={"body": '=HYPERLINK("x"), said in haste'}).status_code == 303
        made = interior.post(on, data={"body": "A mistake of mine."}).location.rpartition("-")[2]
        assert interior.post(f"{LAW}/comments/{made}/withdraw").status_code == 303
        drafted = civil.post(f"{LAW}/clauses/{at['art_31__para_1']}/propose", data=PROPOSED)
        assert drafted.status_code == 303
        yield app


def lines(page: str) -> list[str]:
    """The sentences of a page, without their time."""
    found = re.findall(r'<li class="activity-line".*?<p>(.*?)</p>', page, re.DOTALL)
    return [" ".join(re.sub(r"<abbr[^>]*>[^<]*</abbr>|<[^>]*>", "", line).split()) for line in found]


def asked(app: Flask, name: str, **filters: str) -> list[str]:
    answer = signed_in(app, name).get(PAGE, query_string=filters)
    assert answer.status_code == 200, filters
    return lines(shown(answer))


def rows(client: FlaskClient, **filters: str) -> list[list[str]]:
    answer = client.get(f"{PAGE}.csv", query_string=filters)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_what_happened_stands_newest_first_with_links_numbers_and_hashes(acted: Flask) -> None:
    page = shown(signed_in(acted, "civil").get(PAGE))
    last = chain(acted)[-1]
    assert lines(page)[:4] == [
        "Cholpon, for civil society (demo) saved a draft of A16",
        "Bakyt, for the Interior Ministry (demo) withdrew a comment on Article 30(1)",
        "Bakyt, for the Interior Ministry (demo) commented on Article 30(1)",
        "Bakyt, for the Interior Ministry (demo) commented on Article 30(1)",
    ]
    assert f'href="{LAW}/amendments/16"' in page
    assert f'id="event-{last.number}"' in page
    assert f'<code class="hash" title="{last.hash}">{last.hash[:12]}</code>' in page
    assert f"{last.number} events are recorded since " in page
    assert "said in haste" not in page


def test_a_draft_of_an_amendment_is_told_to_its_own_institution_alone(acted: Flask) -> None:
    for name in ("observer", "interior", "facilitator", "administrator"):
        assert not any("A16" in line for line in asked(acted, name)), name
        assert asked(acted, name, amendment="A16") == [], name
        assert "A16" not in str(rows(signed_in(acted, name))), name
    facilitator = signed_in(acted, "facilitator")
    assert "amendment_drafted" not in facilitator.get(f"{PAGE}.jsonl", query_string={"amendment": "16"}).text


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"group": "comments", "institution": "mvd", "clause": "30(1)"}, 3),
        ({"clause": "art 30", "institution": "MVD"}, 3),
        ({"group": "texts"}, 1),
        ({"amendment": "A1", "group": "amendments"}, 1),
        ({"amendment": "А1", "group": "amendments"}, 1),  # the Cyrillic letter
        ({"until": "1999-12-31"}, 0),
        ({"since": "2999-12-31"}, 0),
        ({"group": "settings", "amendment": "1"}, 0),
    ],
)
def test_filters_narrow_page_count_and_file_alike(acted: Flask, filters: dict[str, str], found: int) -> None:
    client = signed_in(acted, "observer")
    page = shown(client.get(PAGE, query_string=filters))
    said = re.search(r"<strong>(\d+) events? found</strong>", page)
    assert said is not None
    assert (len(lines(page)), int(said[1]), len(rows(client, **filters)) - 1) == (found, found, found)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("group", "everything", "There is no such kind of event"),
        ("institution", "NOSUCH", "No institution is known by this code here"),
        ("clause", "999(9)", "The text has no such clause"),
        ("clause", "(((", "The text has no such clause"),
        ("amendment", "B7", "This is no number of an amendment"),
        ("amendment", "9" * 40, "This is no number of an amendment"),
        ("since", "tomorrow", "The first day cannot be read"),
        ("since", "0001-01-01", "The first day cannot be read"),
        ("until", "2027-02-30", "The last day cannot be read"),
        ("until", "9999-12-31", "The last day cannot be read"),
        ("clause", 'x"><b>\0', "The text has no such clause"),
    ],
)
def test_a_filter_that_cannot_be_read_is_answered_and_kept(acted: Flask, name: str, typed: str, sentence: str) -> None:
    client = signed_in(acted, "facilitator")
    for ending in ("", ".csv", ".xlsx", ".jsonl"):
        answer = client.get(f"{PAGE}{ending}", query_string={name: typed})
        page = shown(answer)
        assert (answer.status_code, answer.mimetype, sentence in page) == (422, "text/html", True), ending
        assert lines(page) == []
    assert typed.replace("\0", " ").strip() in page
    assert "<b>" not in answer.text


def test_the_last_day_before_the_first_one_is_answered(acted: Flask) -> None:
    answer = signed_in(acted, "observer").get(PAGE, query_string={"since": "2027-02-15", "until": "2027-02-14"})
    assert (answer.status_code, "or lies before the first one" in shown(answer)) == (422, True)


def test_files_hold_what_the_page_holds_and_no_cell_runs(acted: Flask) -> None:
    client = signed_in(acted, "observer")
    table = rows(client)
    heads = ["Number", "Moment", "What it is about", "Institution", "What happened", "Hash"]
    sheet = load_workbook(io.BytesIO(client.get(f"{PAGE}.xlsx").get_data())).active
    assert table[0] == heads
    assert [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()] == table
    assert [row[0] for row in table[1:]] == sorted((row[0] for row in table[1:]), key=int, reverse=True)
    assert table[1][4] == "Bakyt, for the Interior Ministry (demo) withdrew a comment on Article 30(1)"
    assert {len(row[5]) for row in table[1:]} == {64}


def test_json_lines_hold_the_chain_for_whoever_leads(acted: Flask) -> None:
    answer = signed_in(acted, "facilitator").get(f"{PAGE}.jsonl")
    events = [json.loads(line) for line in answer.text.splitlines()]
    by_number = {event.number: event for event in chain(acted)}
    assert answer.status_code == 200
    for one in events:
        told = by_number[one["number"]]
        assert (one["hash"], one["previous_hash"], one["kind"]) == (told.hash, told.previous_hash, told.kind)
    assert "A mistake of mine." not in answer.text
    assert "salt" not in answer.text
    assert "digests" not in answer.text
    assert signed_in(acted, "observer").get(f"{PAGE}.jsonl").status_code == 403


@pytest.mark.parametrize("mode", ["institution_only", "unattributed"])
def test_no_file_tells_whom_the_attribution_hides(acted: Flask, mode: str) -> None:
    records.attributed(acted, mode)
    client = signed_in(acted, "facilitator")
    table = rows(client)
    told = client.get(f"{PAGE}.jsonl").text
    page = shown(client.get(PAGE))
    assert "Bakyt" not in str(table) + told + page.replace("facilitator (demo)", "")
    events = [json.loads(line) for line in told.splitlines()]
    assert {one["user_id"] for one in events} == {None}
    assert {one["previous_hash"] for one in events} == {""}
    hides = mode == "unattributed"
    assert ({one["institution_id"] for one in events} == {None}) == hides
    assert ({row[3] for row in table[1:]} == {""}) == hides
    assert all(len(row[1]) == 10 for row in table[1:]) == hides
    asked_for = client.get(PAGE, query_string={"institution": "MVD"})
    assert asked_for.status_code == (422 if hides else 200)
    records.attributed(acted, "named")


def test_pages_are_by_number_and_take_as_many_statements_with_5000_events(acted: Flask) -> None:
    client = signed_in(acted, "observer")
    with statements(acted) as few:
        assert client.get(PAGE).status_code == 200
    first = chain(acted)[-1].number
    _add_many(acted, 5000)
    with statements(acted) as many:
        newest = shown(client.get(PAGE))
    assert len(many) == len(few)
    numbers = [int(number) for number in re.findall(r'id="event-(\d+)"', newest)]
    assert (len(numbers), numbers[0] > first + 4990) == (100, True)
    assert numbers == sorted(numbers, reverse=True)
    assert 'rel="prev"' not in newest
    older = shown(client.get(PAGE, query_string={"before": numbers[-1]}))
    assert int(re.findall(r'id="event-(\d+)"', older)[0]) < numbers[-1]
    newer = shown(client.get(PAGE, query_string={"after": numbers[-1] - 1}))
    assert re.findall(r'id="event-(\d+)"', newer) == [str(number) for number in numbers]
    for wrong in ("-5", "x", "100000000000000000000000"):
        assert client.get(PAGE, query_string={"before": wrong}).status_code == 200, wrong
        assert client.get(PAGE, query_string={"after": wrong}).status_code == 200, wrong
    assert len(rows(client)) > 4000


def _add_many(app: Flask, count: int) -> None:
    """What there is once more, and again; nobody checks the chain here."""
    before = chain(app)
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        made = [
            {
                "draft_id": draft.id,
                "number": len(before) + n,
                "kind": one.kind,
                "facts": one.facts,
                "user_id": one.user_id,
                "institution_id": one.institution_id,
                "happened_at": datetime.now(UTC) + timedelta(seconds=n),
                "previous_hash": f"{n:064x}",
                "hash": f"{n:063x}x",
            }
            for n, one in zip(range(1, count + 1), cycle(before), strict=False)
        ]
        db.session.execute(insert(Event), made)
        db.session.commit()

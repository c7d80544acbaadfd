"""The overview of amendments as a page and as a table, and the brackets that are counted and kept."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.edits import InsertClauses, edits_between
from app.store import amendments, events, versions
from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.fates import KeptBracket
from app.store.memberships import find_draft
from app.store.relations import AmendmentLink, Sponsorship
from tests.product import LAW, SLUG, Copies, clause_ids, shown, signed_in
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
OVERVIEW = f"{LAW}/amendments"
HEADS = ("Number", "State", "Institution", "Co-sponsors", "Clauses", "What it does", "Old words", "New words",
         "The text after", "Reason", "Collides with", "Depends on", "Made on version", "Standing on version",
         "Decided in version", "Date", "Short name", "Conflicts in substance with")  # fmt: skip


@pytest.fixture(scope="module")
def overview(demonstration: Copies) -> Iterator[Flask]:
    """A16 is offered as a bridge between A1 and A2; A14 depends on A1; the Ombudsman proposes A9 too; A15 is adopted."""
    with demonstration() as app:
        with app.app_context():
            session = db.session
            draft = find_draft(session, SLUG)
            rows = {row.number: row for row in amendments.all_of(session, draft.id)}
            rows[15].state, rows[15].settled_version = "adopted", 2
            bridge = AmendmentRow(
                draft_id=draft.id, number=16, language="en", made_on=1, base_version=1, title="=A bridge", rationale="Both.",
                state="submitted", kind="counter_text", created_at=NOW,
            )  # fmt: skip
            ids = {one.clause.address: one for one in versions.clauses_of(session, draft.id, "en", 1)}
            about = ids["art_13__para_1"]
            body = about.clause.body
            edits = edits_between(about.id, body, body.replace("within twenty-four hours", "within one day"))
            amendments.add(session, bridge, edits)
            for start, end, kind in ((16, 1, "bridges"), (16, 2, "bridges"), (14, 1, "depends_on")):
                from_id = bridge.id if start == 16 else rows[start].id
                session.add(
                    AmendmentLink(draft_id=draft.id, from_id=from_id, to_id=rows[end].id, kind=kind, created_at=NOW)
                )
            session.add(
                Sponsorship(
                    amendment_id=rows[9].id, institution_id=rows[3].institution_id, answer="accepted", invited_at=NOW
                )
            )
            events.record(session, draft, "amendment_submitted", now=NOW, user_id=None, number=1)
            session.commit()
        yield app


def found(page: str) -> list[int]:
    """The amendments of a page, as they stand."""
    return [int(number) for number in re.findall(r'<article class="amendment row[^>]* id="A(\d+)"', page)]


def test_amendments_stand_in_the_order_of_the_text_each_group_together(overview: Flask) -> None:
    page = shown(signed_in(overview, "observer").get(OVERVIEW))
    assert found(page) == [9, 10, 7, 8, 13, 1, 2, 3, 16, 14, 11, 12, 4, 5, 6, 15]
    heads = [
        " ".join(re.sub(r"<[^>]+>", " ", head).split())
        for head in re.findall(r"<h[234][^>]*>(.*?)</h[234]>", page, re.DOTALL)
    ]
    assert heads == [
        "On the table 15",
        "Chapter 2. Status and independence of the Office 5",
        "Chapter 3. Receipt and registration of allegations 5",
        "These collide: A1, A2, A3, A16 a bridge is offered: A16",
        "Chapter 4. Conduct of the investigation 5",
        "These collide: A11, A12",
        "These collide: A4, A5, A6",
        "Decided or withdrawn 1",
        "Chapter 4. Conduct of the investigation 1",
    ]  # fmt: skip


def test_agreed_ones_come_first_and_then_only_the_contested(overview: Flask) -> None:
    page = shown(signed_in(overview, "observer").get(f"{OVERVIEW}?order=agreed"))
    assert found(page) == [9, 10, 7, 8, 13, 14, 1, 2, 3, 16, 11, 12, 4, 5, 6, 15]
    assert "Nobody contests these" in page


def test_filters_stand_in_the_address(overview: Flask) -> None:
    client = signed_in(overview, "observer")
    for asked, numbers in (
        ("institution=AKY", [9, 7, 3, 14]),
        ("state=open&institution=MVD", [2, 12, 4]),
        ("state=adopted", [15]),
        ("kind=counter_text", [16]),
        ("deed=insert", [14]),
        ("words=forty-eight", [2]),
        ("words=%00zebra", []),
        ("institution=nobody", []),
        ("page=99&institution=AKY", [9, 7, 3, 14]),
        ("page=0&institution=AKY", [9, 7, 3, 14]),
    ):
        page = shown(client.get(f"{OVERVIEW}?{asked}"))
        assert found(page) == numbers, asked
        assert ("No amendment is like this. Ask for less, or show all." in page) is (not numbers)


def test_a_part_of_the_text_is_asked_for_by_its_heading(overview: Flask) -> None:
    ids = clause_ids(overview)
    client = signed_in(overview, "observer")
    assert found(shown(client.get(f"{OVERVIEW}?within={ids['art_13']}"))) == [1, 2, 3, 16, 14]
    page = shown(client.get(f"{OVERVIEW}?within={ids['art_13']}&institution=AKY"))
    assert found(page) == [3, 14]
    assert "These collide: A3 and 3 that the filters hide" in " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace(
        "offered: ", ""
    )


def test_everything_can_be_shown_in_full_to_print(overview: Flask) -> None:
    client = signed_in(overview, "observer")
    assert shown(client.get(OVERVIEW)).count('<details class="row-details" open>') == 0
    assert shown(client.get(f"{OVERVIEW}?printed=1")).count('<details class="row-details" open>') == 16


def test_a_row_says_what_it_is_bound_to(overview: Flask) -> None:
    page = shown(signed_in(overview, "observer").get(OVERVIEW))
    rows = {number: row for row in page.split("<article")[1:] for number in found("<article" + row)}
    texts = {number: " ".join(re.sub(r"<[^>]+>", " ", row).split()) for number, row in rows.items()}
    assert "A bridge offered to A1 , A2" in texts[16]
    assert "A bridge is offered: A16" in texts[1]
    assert "Depends on A1" in texts[14]
    assert texts[9].count("AKY") == 2


def test_the_table_holds_what_was_asked_for(overview: Flask) -> None:
    answer = signed_in(overview, "observer").get(f"{OVERVIEW}.csv?institution=AKY")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{SLUG}-1-amendments.csv"'
    heads, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert tuple(heads) == HEADS
    assert [row[0] for row in rows] == ["A9", "A7", "A3", "A14"]
    third = dict(zip(heads, rows[2], strict=True))
    assert third["Clauses"] == "Article 13(1)"
    assert third["What it does"] == "changes words"
    assert third["Old words"] == "within twenty-four hours"
    assert third["Collides with"] == "A1, A2, A16"
    assert (third["Made on version"], third["Standing on version"], third["Decided in version"]) == ("1", "1", "")
    assert (
        dict(zip(heads, rows[0], strict=True))["Co-sponsors"] == dict(zip(heads, rows[1], strict=True))["Institution"]
    )
    assert dict(zip(heads, rows[3], strict=True))["Depends on"] == "A1"


def test_the_table_speaks_the_readers_language(overview: Flask) -> None:
    client = signed_in(overview, "observer")
    client.post("/language", data={"language": "ru"})
    first = client.get(f"{OVERVIEW}.csv").data.decode("utf-8-sig").splitlines()[0]
    assert first.split(",")[0] in ("Номер", "Number")  # until it is translated


def test_what_is_kept_of_a_line_holds_nothing_of_a_session_and_speaks_each_readers_language(overview: Flask) -> None:
    from app.web.amendment_rows import _KEPT

    english, russian = signed_in(overview, "facilitator"), signed_in(overview, "observer")
    russian.post("/language", data={"language": "ru"})
    for _ in ("made", "kept"):
        assert "Collides with" in shown(english.get(OVERVIEW))
        assert "Collides with" not in shown(russian.get(OVERVIEW))
    rows = [row for (slug, _, language, *_), row in _KEPT._values.items() if (slug, language) == (SLUG, "en")]
    assert len(rows) >= 16
    assert [row for row in rows if "csrf" in row or "Jyldyz" in row] == []


def fill(app: Flask, count: int, bases: int) -> None:
    """So many amendments, every fourth colliding, on so many versions: all versions have the text of the first."""
    with app.app_context():
        session = db.session
        draft = find_draft(session, SLUG)
        stored = versions.clauses_of(session, draft.id, "en", 1)
        clauses = [one for one in stored if one.clause.kind.value == "paragraph" and " " in one.clause.body]
        latest = versions.latest_number(session, draft.id)
        while latest < bases:
            order = [versions.NewText(one.id, one.clause, one.origins) for one in stored]
            versions.add_version(session, draft, message="", author_id=None, now=NOW, order=order)
            latest += 1
        institution = session.scalars(select(AmendmentRow.institution_id).where(AmendmentRow.number == 1)).one()
        for number in range(100, 100 + count):
            one = clauses[number // 4 % len(clauses)]
            edits = edits_between(one.id, one.clause.body, one.clause.body.replace(" ", f" word{number} ", 1))
            row = AmendmentRow(
                draft_id=draft.id, number=number, language="en", made_on=1, base_version=1 + number % bases,
                institution_id=institution, title="", rationale="Why.", state="submitted", created_at=NOW,
            )  # fmt: skip
            amendments.add(session, row, edits if number % 9 else (InsertClauses(one.id, f"{number}. New.\n\n"),))
        events.record(session, draft, "amendment_submitted", now=NOW, user_id=None, number=1)
        session.commit()


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_the_pages_ask_the_database_the_same_whatever_there_is(demonstrated: Flask) -> None:
    """20 amendments on two versions, then 200 more on five."""
    client = signed_in(demonstrated, "observer")
    ids = clause_ids(demonstrated)
    pages = ("", "?order=agreed", "?institution=AKY", "?printed=1", ".csv")
    client.get("/")  # the settings of the installation are asked for once in a while
    asked: list[list[list[str]]] = []
    for count, bases in ((20, 2), (200, 5)):
        fill(demonstrated, count, bases)
        counts = []
        for at in (
            *(f"{OVERVIEW}{page}" for page in pages),
            f"{LAW}?view=brackets",
            f"{LAW}/clauses/{ids['art_13__para_1']}",
        ):
            for _ in ("when nothing is kept yet", "afterwards"):
                with statements(demonstrated) as made:
                    assert client.get(at).status_code == 200
                counts.append(made)
        asked.append(counts)
        with demonstrated.app_context():
            db.session.execute(
                update(AmendmentRow).where(AmendmentRow.number >= 100).values(number=AmendmentRow.number + 1000)
            )
            db.session.commit()
    for few, many in zip(asked[0][1::2], asked[1][1::2], strict=True):
        assert len(few) == len(many), sorted(set(few) ^ set(many))
    for run in asked:  # what another test left in the memory of this process is not asked for the first time
        assert max(map(len, run[:10])) <= 13
        kept = [len(first) - len(again) for first, again in zip(run[::2], run[1::2], strict=True)]
        assert kept[0] <= 7  # the texts, the amendments, how they are linked and what is said of them
        assert kept[5] <= 6  # what was said of agreement
        assert max(*kept[1:5], *kept[6:]) <= 2


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_a_hundred_stand_on_a_page(demonstrated: Flask) -> None:
    fill(demonstrated, 200, 1)
    client = signed_in(demonstrated, "observer")
    pages = [found(shown(client.get(f"{OVERVIEW}?page={number}"))) for number in (1, 2, 3)]
    assert [len(page) <= 100 for page in pages] == [True, True, True]
    assert sorted(number for page in pages for number in page) == [*range(1, 16), *range(100, 300)]
    first = shown(client.get(OVERVIEW))
    assert '<span aria-current="page">1</span>' in first
    assert 'rel="next"' in first
    assert len(found(shown(client.get(f"{OVERVIEW}?printed=1")))) == 215


def test_open_brackets_are_counted_and_lead_from_one_to_the_next(overview: Flask) -> None:
    client = signed_in(overview, "observer")
    ids = clause_ids(overview)
    clean, page = shown(client.get(LAW)), shown(client.get(f"{LAW}?view=brackets"))
    assert re.search(r'>With brackets <span class="views-count">9<', clean)
    assert f'<a href="#c-{ids["art_5__para_1"]}">To the first</a>' in page
    targets = re.findall(r'<a class="bracket-next" href="#c-(\w+)"', page)
    assert targets[:2] == [ids["art_7__para_1"], ids["art_7__para_2__point_5"]]
    entry = re.search(rf'<li class="contents-3"><a href="#c-{ids["art_13"]}">.*?</li>', page, re.DOTALL)
    assert entry is not None
    assert 'title="2 open brackets"' in entry.group()


def test_a_version_shows_what_it_was_issued_with_in_brackets(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        draft = find_draft(db.session, SLUG)
        about = clause_ids(demonstrated)["art_13__para_1"]
        sides = [{"text": "at once", "amendments": [1]}, {"text": "", "amendments": [2]}]
        db.session.add(
            KeptBracket(
                draft_id=draft.id,
                version=1,
                ordinal=0,
                clause_id=about,
                reason="words",
                base="within a day",
                sides=sides,
            )
        )
        db.session.commit()
    client = signed_in(demonstrated, "observer")
    for at in (LAW, f"{LAW}?view=redline"):
        page = shown(client.get(at))
        kept = re.search(r'<details class="kept-brackets">.*?</details>', page, re.DOTALL)
        assert kept is not None
        assert " ".join(re.sub(r"<[^>]+>", "", kept.group()).split()) == (
            "Issued with 1 bracket kept Article 13(1) · other words for the same place "
            "[the text: within a day] [A1 CSO: at once] [A2 MVD: without these words]"
        )

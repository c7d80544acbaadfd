"""The comparison as a page, and what changes are called wherever they are shown."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.changed_law import changed
from tests.product import LAW, SLUG, Copies, clause_ids, shown, signed_in

pytest_plugins = ["tests.demonstration"]
COMPARE = f"{LAW}/compare"


@pytest.fixture(scope="module")
def grown(demonstration: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The sample law has a second version with one change of every kind."""
    path: Path = tmp_path_factory.mktemp("grown") / "2.md"
    path.write_bytes(changed().encode())
    with demonstration() as app:
        result = app.test_cli_runner().invoke(args=["drafts", "import", "--draft", SLUG, str(path)])
        assert result.exit_code == 0, result.output
        yield app


@pytest.fixture
def client(grown: Flask) -> FlaskClient:
    return signed_in(grown, "observer")


def anchors(text: str) -> list[str]:
    return re.findall(r'id="((?:change|left)-[^"]+)"', text)


def test_every_link_inside_the_page_leads_somewhere(client: FlaskClient) -> None:
    for query in ("", "?view=side", "?everything=1", "?old=2&new=1", "?old=2&new=1&view=side&everything=1"):
        text = client.get(COMPARE + query).text
        ids = re.findall(r' id="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        targets = set(re.findall(r'href="#([^"]+)"', text))
        assert len(targets) > 8
        assert targets <= set(ids)


def test_the_steps_lead_from_change_to_change(client: FlaskClient) -> None:
    text = client.get(COMPARE).text
    changes = [anchor for anchor in anchors(text) if anchor.startswith("change-")]
    assert len(changes) == 8
    steps = re.findall(r'<a href="#(change-\w+)"><span aria-hidden="true">([↑↓])</span>', text)
    assert [to for to, arrow in steps if arrow == "↓"] == changes[1:]
    assert [to for to, arrow in steps if arrow == "↑"] == changes[:-1]


def test_a_moved_clause_and_the_place_it_left_are_linked_both_ways(client: FlaskClient, grown: Flask) -> None:
    article = clause_ids(grown)["art_4"]
    text = client.get(COMPARE).text
    left = text[text.index(f'id="left-{article}"') :]
    assert f'href="#change-{article}"' in left[: left.index("</p>")]
    there = text[text.index(f'id="change-{article}"') :]
    assert f'href="#left-{article}"' in there
    assert "2 clauses below it went along unchanged" in there


def test_counts_lead_to_the_changes_of_one_kind(client: FlaskClient) -> None:
    page = client.get(COMPARE)
    assert "8 changes. Version 2 has 215 clauses; 208 of them stand exactly as in version 1." in " ".join(
        shown(page).split()
    )
    links = dict(re.findall(r'<a href="([^"]+)"[^>]*><b>\d+</b> ([a-z ]+)</a>', shown(page)))
    assert list(links.values()) == ["all", "deleted", "edited", "inserted", "moved", "renumbered", "split"]
    inserted = next(path for path, kind in links.items() if kind == "inserted")
    alone = client.get(inserted)
    assert len(anchors(alone.text)) == 2
    assert f'href="{COMPARE}?old=1&new=2#change-' in shown(alone)  # where the clause stands that was split
    nothing = client.get(f"{COMPARE}?kind=joined")
    assert (nothing.status_code, "No change of this kind lies between" in shown(nothing)) == (200, True)


def test_both_versions_are_headed_side_by_side(client: FlaskClient) -> None:
    text = client.get(f"{COMPARE}?view=side").text
    assert text.count('<p class="side-version" lang="en">Version 1</p>') == 6
    assert text.count('<p class="side-version" lang="en">Version 2</p>') == 6
    assert text.count("does not stand in this version") == 3
    sides = re.findall(r'<div class="one-side">(.*?)(?=<div class="one-side"|<div class="compared)', text, re.DOTALL)
    assert [("<del>" in side, "<ins" in side) for side in sides] == [
        (True, False), (False, True), (True, False), (False, True), (False, False), (False, True),
        (True, False), (False, False), (True, False), (False, True), (False, False), (False, True),
    ]  # fmt: skip


def test_the_way_back_is_said_to_be_one(client: FlaskClient) -> None:
    page = client.get(f"{COMPARE}?old=2&new=1")
    assert "This is the way back: version 1 is the older one." in shown(page)
    assert f'href="{COMPARE}?old=1&new=2"' in shown(page)


def test_a_version_compared_with_itself_says_what_to_do(client: FlaskClient) -> None:
    page = client.get(f"{COMPARE}?old=2&new=2")
    assert (page.status_code, anchors(page.text)) == (200, [])
    assert "Both sides are version 2, so nothing can differ." in shown(page)


def test_a_draft_with_one_version_says_so(demonstrated: Flask) -> None:
    page = signed_in(demonstrated, "observer").get(COMPARE)
    assert (page.status_code, "There is one version so far." in shown(page)) == (200, True)


def test_the_sentences_stand_with_their_clauses_and_as_a_list(client: FlaskClient) -> None:
    page = shown(client.get(COMPARE))
    assert '<p class="said-sentence" lang="en">Omit Article 2(8).</p>' in page
    assert "<li>move Article 4 to after Article 5</li>" in page
    assert "All changes as an amending act would say them" in page


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (15, "In Article 18(2), for “six months” substitute “thirty days”."),
        (11, "In Article 19(3), omit “, unless the expert expressly requests otherwise”."),
    ],
)
def test_an_amendment_says_itself_as_an_amending_act_would(client: FlaskClient, number: int, sentence: str) -> None:
    page = shown(client.get(f"{LAW}/amendments/{number}"))
    assert f'<p class="said-sentence" lang="en">{sentence}</p>' in page


def test_the_composer_says_the_change_before_it_is_proposed(grown: Flask) -> None:
    client = signed_in(grown, "civil")
    clause_id = clause_ids(grown)["art_18__para_2"]
    old = "Recordings referred to in this Article shall be kept by the body concerned for not less than six months."
    form = {
        "do": "preview",
        "base_version": "2",
        "operation": "words",
        "text": old.replace("six", "nine"),
        "rationale": "",
    }
    page = client.post(f"{LAW}/clauses/{clause_id}/propose", data=form)
    assert page.status_code == 200
    assert "In Article 18(2), for “six” substitute “nine”." in shown(page)


def test_a_clause_shows_how_it_came_to_read_as_it_does(client: FlaskClient, grown: Flask) -> None:
    page = shown(client.get(f"{LAW}/clauses/{clause_ids(grown)['art_1__para_3']}"))
    history = page[page.index('id="history"') :]
    assert "was 3." in history
    assert "<code>art_1__para_3</code>" in history
    assert "Where these words come from" in history
    assert re.search(r"since version 1\s+· imported", re.sub(r"<[^>]+>", "", history))

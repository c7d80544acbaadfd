"""The reading view: four views with an address each, permanent links, a chapter alone, large laws."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from app.store.db import db
from tests.product import LAW, SLUG, Copies, clause_ids, shown, signed_in

pytest_plugins = ["tests.demonstration"]
VIEWS = ("clean", "brackets", "redline", "provenance")
TAGS = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    """What can be read of a piece of a page, white space as one space."""
    return " ".join(TAGS.sub("", html).split())


def clause(page: str, clause_id: str) -> str:
    """One clause of a page without its tools."""
    found = re.search(rf'id="(?:c|was)-{clause_id}".*?>(.*?)(?:<div class="tools"|</div>\n</div>)', page, re.DOTALL)
    assert found is not None
    return words(found.group(1))


@pytest.fixture(scope="module")
def reading(demonstration: Copies) -> Iterator[Flask]:
    """Version 2 took up A15 and A4 after A15 was issued; nothing here may be stored by any test."""
    with demonstration() as app:
        client = signed_in(app, "facilitator")
        form = {"do": "issue", "expected_version": "1", "amendment": ["15", "4"]}
        assert client.post(f"{LAW}/consolidation", data=form).status_code == 303
        yield app


def test_every_view_has_an_address_and_says_which_it_is(reading: Flask) -> None:
    client = signed_in(reading, "observer")
    for view in VIEWS:
        page = client.get(f"{LAW}?view={view}")
        current = re.search(r'<nav class="views".*?<a href="([^"]*)"[^>]*aria-current', page.text, re.DOTALL)
        assert (page.status_code, current is not None) == (200, True)
        assert re.findall(r'<a href="([^"]+)" data-keep-place aria-current="true">', page.text) == [
            LAW if view == "clean" else f"{LAW}?view={view}"
        ]
    unknown = client.get(f"{LAW}?view=unheard-of").text
    assert f'<a href="{LAW}" data-keep-place aria-current="true">' in unknown


def test_contested_words_stand_in_brackets_with_whose_they_are(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "observer")
    page = shown(client.get(f"{LAW}?view=brackets"))
    ids = clause_ids(demonstrated)
    assert clause(page, ids["art_13__para_1"]) == (
        "1. The Office shall register every allegation [the text: within twenty-four hours] [A1 CSO: immediately and in "
        "any case within twelve hours] [A2 MVD: within forty-eight hours] [A3 AKY: immediately, including on days off, "
        "and not later than twenty-four hours from the moment] of its receipt."
    )
    assert "2 open brackets" in clause(page, ids["art_13"])
    assert "10 open brackets" in words(page)
    assert clause(page, ids["art_1__para_1"]) in words(shown(client.get(LAW)))


def test_an_older_version_has_no_brackets_and_says_where_they_are(reading: Flask) -> None:
    page = signed_in(reading, "observer").get(f"{LAW}/versions/1?view=brackets").text
    assert "Brackets stand in the latest version only" in page
    assert f'href="{LAW}?view=brackets"' in page
    assert 'class="bracket' not in page.replace('class="bracket-count', "")


def test_a_redline_may_be_against_any_version(reading: Flask) -> None:
    client = signed_in(reading, "observer")
    ids = clause_ids(reading, number=2)
    page = shown(client.get(f"{LAW}?view=redline&against=1"))
    assert "2 clauses changed" in words(page)
    changed = clause(page, ids["art_18__para_2"])
    assert "[deleted: six monthsend of deletion]" in changed
    assert "[inserted: thirty daysend of insertion]" in changed
    assert clause(shown(client.get(f"{LAW}?view=redline")), ids["art_18__para_2"]) == changed
    back = shown(client.get(f"{LAW}/versions/1?view=redline&against=2"))
    assert "2 clauses changed" in words(back)
    assert "A version does not differ from itself" in client.get(f"{LAW}?view=redline&against=2").text
    assert client.get(f"{LAW}?view=redline&against=9").status_code == 404


def test_words_that_an_amendment_brought_are_named_and_those_of_the_first_version_are_not(reading: Flask) -> None:
    client = signed_in(reading, "observer")
    page = client.get(f"{LAW}?view=provenance").text
    assert set(re.findall(r'class="origin[^"]*" href="([^"]+)"', page)) == {
        f"{LAW}/amendments/15",
        f"{LAW}/amendments/4",
    }
    described = set(re.findall(r'aria-describedby="(origin-[^"]+)"', page))
    assert described == {"origin-2-4", "origin-2-15"}
    assert all(f'<span id="{name}">' in page for name in described)
    first = client.get(f"{LAW}/versions/1?view=provenance").text
    assert 'class="origin' not in first.replace('class="origins"', "")
    assert "Every word of this text stood in the first version." in first


def test_an_address_leads_to_the_clause_in_the_text(reading: Flask) -> None:
    client = signed_in(reading, "observer")
    at = clause_ids(reading)["art_13__para_1"]
    latest = client.get(f"{LAW}/at/art_13__para_1")
    assert (latest.status_code, latest.location) == (303, f"{LAW}#c-{at}")
    assert client.get(f"{LAW}/versions/1/at/art_13__para_1").location == f"{LAW}/versions/1#c-{at}"
    assert f'id="c-{at}"' in client.get(LAW).text
    gone = client.get(f"{LAW}/at/art_99")
    assert (gone.status_code, "Nothing stands at “art_99” in version 2." in shown(gone)) == (404, True)
    assert client.get(f"{LAW}/versions/9/at/art_1").status_code == 404


def test_a_chapter_stands_alone_to_be_printed(reading: Flask) -> None:
    client = signed_in(reading, "observer")
    ids = clause_ids(reading)
    for view in VIEWS:
        page = client.get(f"{LAW}?chapter={ids['chp_3']}&view={view}").text
        shown_ids = set(re.findall(r'id="c-([0-9a-f]+)"', page))
        assert ids["art_13__para_1"] in shown_ids
        assert not shown_ids & {ids["art_1"], ids["art_16"], ids["chp_4"]}
        assert page.count('class="contents-3"') == 5
    assert client.get(f"{LAW}?chapter=made-up").status_code == 404


def test_a_page_shows_at_once_what_was_said_and_only_what_a_person_may_do(demonstrated: Flask) -> None:
    observer, civil = signed_in(demonstrated, "observer"), signed_in(demonstrated, "civil")
    at = clause_ids(demonstrated)["art_17__para_1"]

    def tools(page: str) -> str:
        return page.partition(f'id="c-{at}"')[2].partition('<div class="clause')[0]

    assert "1 comment" not in tools(civil.get(LAW).text)
    assert civil.post(f"{LAW}/clauses/{at}/comments", data={"body": "A remark."}).status_code == 303
    assert "1 comment" in tools(civil.get(LAW).text)
    assert "1 comment" in tools(observer.get(LAW).text)
    assert f'href="{LAW}/clauses/{at}/propose"' in tools(civil.get(LAW).text)
    assert f'href="{LAW}/clauses/{at}/propose"' not in tools(observer.get(LAW).text)


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


def articles(count: int) -> str:
    parts = (
        f"### Article {n}. Heading {n}\n\n1. Words of article {n}.\n\n2. More of them.\n\n" for n in range(1, count + 1)
    )
    return "---\ntitle: A large law\nlanguage: en\n---\n\n# A large law\n\n" + "".join(parts)


def bring_in(app: Flask, slug: str, count: int, folder: Path) -> None:
    file = folder / f"{slug}.md"
    file.write_text(articles(count))
    runner = app.test_cli_runner()
    assert runner.invoke(args=["drafts", "import", str(file), "--slug", slug]).exit_code == 0
    made = runner.invoke(
        args=["users", "create", slug, "--password", "kelishim-demo", "--draft", slug, "--role", "facilitator"]
    )
    assert made.exit_code == 0, made.output


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_a_large_law_needs_as_many_statements_as_a_small_one_and_comes_whole(
    demonstrated: Flask, tmp_path: Path
) -> None:
    counted: dict[str, list[int]] = {view: [] for view in VIEWS}
    sizes = {"small": 2, "large": 600}
    for slug, count in sizes.items():
        bring_in(demonstrated, slug, count, tmp_path)
        client = signed_in(demonstrated, slug)
        ids = list(clause_ids(demonstrated, slug).values())[2:]
        for at in ids[: count // 4 + 1]:
            client.post(f"/drafts/{slug}/clauses/{at}/comments", data={"body": "A remark."})
        for at in [at for at in ids if at][2 : 4 + count // 100]:
            form = {
                "base_version": "1",
                "operation": "words",
                "text": "Other words.",
                "rationale": "Why.",
                "do": "submit",
            }
            client.post(f"/drafts/{slug}/clauses/{at}/propose", data=form)
        for view in VIEWS:
            client.get(f"/drafts/{slug}?view={view}")
            with demonstrated.app_context(), statements() as said:
                page = client.get(f"/drafts/{slug}?view={view}", headers={"Accept-Encoding": "gzip"})
                text = gzip.decompress(page.data).decode()
            counted[view].append(len(said))
            assert (page.status_code, page.headers["Content-Encoding"]) == (200, "gzip")
            assert f"Words of article {count}." in text or view != "clean"
            assert text.rstrip().endswith("</html>")
            assert len(re.findall(r'<li class="contents-3">', text)) == count
            assert len(re.findall(r' id="c-[0-9a-f]+"', text)) == 1 + 3 * count
    assert {view: small == large for view, (small, large) in counted.items()} == dict.fromkeys(VIEWS, True), counted
    assert all(3 < number < 20 for numbers in counted.values() for number in numbers), counted


def test_a_law_with_any_characters_comes_whole(demonstrated: Flask, tmp_path: Path) -> None:
    file = tmp_path / "odd.md"
    file.write_text("# Law\n\n### Article 1. One\n\n1. Odd \x1e \x1f <!--x--> {{ words }}.\n\n2. Last words.\n")
    runner = demonstrated.test_cli_runner()
    assert runner.invoke(args=["drafts", "import", str(file), "--slug", "odd", "--language", "en"]).exit_code == 0
    made = ["users", "create", "odd", "--password", "kelishim-demo", "--draft", "odd", "--role", "facilitator"]
    assert runner.invoke(args=made).exit_code == 0
    client = signed_in(demonstrated, "odd")
    for view in VIEWS:
        page = client.get(f"/drafts/odd?view={view}").text
        assert "Odd \x1e \x1f &lt;!--x--&gt; {{ words }}." in page
        assert page.count('data-clause="') == 4
        assert page.index("Odd") < page.index("Last words.")


def test_what_is_kept_of_a_law_holds_nothing_of_a_session(reading: Flask) -> None:
    from app.web.law_text import _KEPT

    signed_in(reading, "facilitator").get(LAW)
    pieces = [piece for standing in _KEPT._values.values() for piece in (*standing.clauses, *standing.contents)]
    assert len(pieces) > 200
    assert [piece for piece in pieces if "csrf" in piece or "Jyldyz" in piece] == []
    assert SLUG in "".join(pieces)

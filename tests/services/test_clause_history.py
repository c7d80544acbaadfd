"""A clause through the versions: what each did to it, who brought its words, and when it went."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.services.pages import ClausePage
from app.services.reading import clause
from app.services.writing import markdown
from app.store.db import db
from tests.changed_law import changed
from tests.product import LAW, SLUG, clause_ids, collision_keys, signed_in, user_id
from tests.services.deeds import NOW

pytest_plugins = ["tests.demonstration"]
FIRST = "The Office shall register every allegation within twenty-four hours of its receipt."


@pytest.fixture
def matured(demonstrated: Flask, tmp_path: Path) -> Iterator[Flask]:
    """Version 2 settles A1 and A2 in the facilitator's own words and adopts A8, A11, A14 and A15; version 3 comes from
    a file: a paragraph before 13(1), which is edited, and Article 18(2) is gone; version 4 has its words again, as another clause."""
    client = signed_in(demonstrated, "facilitator")
    (key,) = collision_keys(client, 1, 2)
    form = {
        "do": "issue", "expected_version": "1", "message": "First reading",
        "amendment": ["1", "2", "8", "11", "14", "15"], f"settle-{key}": "own", f"own-{key}": "at once and within eighteen hours",
    }  # fmt: skip
    assert client.post(f"{LAW}/consolidation", data=form).location == f"{LAW}/versions/2"
    with demonstrated.app_context():
        second = markdown(db.session, slug=SLUG, number=2).decode()
    start = second.index("2. Recordings referred to in this Article")
    line = second[start : second.index("\n\n", start) + 2]
    third = second.replace(
        "1. The Office shall register every", "1. Anybody may report.\n\n2. The Office shall register each"
    )
    for text in (third.replace(line, ""), third):
        (tmp_path / "next.md").write_text(text)
        result = demonstrated.test_cli_runner().invoke(
            args=["drafts", "import", "--draft", SLUG, str(tmp_path / "next.md")]
        )
        assert result.exit_code == 0, result.output
    with demonstrated.app_context():
        yield demonstrated


def page_of(app: Flask, address: str, number: int = 1) -> ClausePage:
    reader = user_id(app, "observer")
    return clause(
        db.session, slug=SLUG, clause_id=clause_ids(app, number=number)[address], user_id=reader, language="en",
        now=NOW,
    )  # fmt: skip


def told(page: ClausePage) -> list[tuple[int, tuple[str, ...], list[int]]]:
    return [
        (entry.version.number, entry.deeds, [one.number for one in entry.brought_by]) for entry in page.history.entries
    ]


def test_each_version_says_what_it_did_to_the_clause_newest_first(matured: Flask) -> None:
    page = page_of(matured, "art_13__para_1")
    assert told(page) == [(3, ("edited", "renumbered"), []), (2, ("edited",), [1, 2]), (1, ("came",), [])]
    third, second, first = page.history.entries
    assert (third.was_label, third.was_address, third.imported, third.settled) == ("1.", "art_13__para_1", True, False)
    assert (second.was_label, second.imported, second.settled) == ("", False, True)
    assert (second.version.author, second.version.message) == ("Jyldyz, facilitator (demo)", "First reading")
    assert [one.institution.code for one in second.brought_by if one.institution] == ["CSO", "MVD"]
    assert second.brought_by[0].rationale.startswith("Traces disappear")
    assert "".join(span.text for span in second.spans if span.op != "+") == FIRST
    assert [(span.op, span.text) for span in first.spans] == [("+", FIRST)]


def test_every_present_word_has_its_origin(matured: Flask) -> None:
    runs = page_of(matured, "art_13__para_1").history.words
    assert "".join(run.text for run in runs) == (
        "The Office shall register each allegation at once and within eighteen hours of its receipt."
    )
    found = {
        run.text.strip(): (run.version and run.version.number, [b.number for b in run.brought_by], run.settled)
        for run in runs
    }
    assert found["each"] == (3, [], False)
    assert found["at once and"] == found["eighteen"] == (2, [1, 2], True)
    assert found["The Office shall register"] == (1, [], False)


def test_words_that_only_left_are_laid_to_the_amendment_that_took_them_out(matured: Flask) -> None:
    page = page_of(matured, "art_19__para_3")
    assert told(page) == [(2, ("edited",), [11]), (1, ("came",), [])]
    assert {run.version.number for run in page.history.words if run.version} == {1}


def test_an_inserted_clause_begins_with_its_amendment(matured: Flask) -> None:
    page = page_of(matured, "art_13__para_5", number=2)
    came = page.history.entries[-1]
    assert (came.version.number, came.deeds, [one.number for one in came.brought_by]) == (2, ("came",), [14])
    assert [[one.number for one in run.brought_by] for run in page.history.words] == [[14]]


def test_a_clause_that_went_says_since_when(matured: Flask) -> None:
    page = page_of(matured, "art_18__para_2")
    assert told(page) == [(3, ("deleted",), []), (2, ("edited",), [15]), (1, ("came",), [])]
    assert page.gone_since == 3
    gone = page.history.entries[0]
    assert ([span.op for span in gone.spans], gone.imported) == (["-"], True)


def test_a_clause_says_when_it_moved_and_when_only_its_surroundings_did(demonstrated: Flask, tmp_path: Path) -> None:
    for name, text in (("2", changed()), ("3", changed().replace("### Article 5. Status", "### Article 5-1. Status"))):
        (tmp_path / name).write_text(text)
        result = demonstrated.test_cli_runner().invoke(args=["drafts", "import", "--draft", SLUG, str(tmp_path / name)])
        assert result.exit_code == 0, result.output
    with demonstrated.app_context():
        assert told(page_of(demonstrated, "art_4"))[0] == (2, ("moved",), [])
        assert told(page_of(demonstrated, "art_1__para_3"))[0] == (2, ("renumbered",), [])
        assert told(page_of(demonstrated, "art_2__point_7")) == [(1, ("came",), [])]
        page = page_of(demonstrated, "art_5__para_1")
        assert told(page)[0] == (3, ("readdressed",), [])
        assert (page.history.entries[0].was_address, page.history.entries[0].was_label) == ("art_5__para_1", "")

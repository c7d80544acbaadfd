"""Comparing two stored versions: every kind of change, both directions, at the cost of two texts and no more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from app.services.comparing import compare
from app.services.pages_comparing import ComparePage
from app.store.db import db
from app.store.versions import NoSuchVersion
from tests.changed_law import changed
from tests.product import SLUG, clause_ids, user_id

pytest_plugins = ["tests.demonstration"]
Look = Callable[..., ComparePage]


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*facts: object) -> None:
        statements.append(str(facts[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def bring_in(app: Flask, text: str, path: Path) -> None:
    path.write_bytes(text.encode())
    result = app.test_cli_runner().invoke(args=["drafts", "import", "--draft", SLUG, str(path)])
    assert result.exit_code == 0, result.output


@pytest.fixture
def look(demonstrated: Flask, tmp_path: Path) -> Iterator[Look]:
    """Compares versions of the sample law, of which the second has one change of every kind."""
    bring_in(demonstrated, changed(), tmp_path / "2.md")
    reader = user_id(demonstrated, "observer")

    def looking(old: int | None = 1, new: int | None = 2, language: str = "en", **wanted: object) -> ComparePage:
        return compare(db.session, slug=SLUG, old=old, new=new, user_id=reader, language=language, **wanted)  # type: ignore[arg-type]

    with demonstrated.app_context():
        yield looking


def told(page: ComparePage) -> list[tuple[int, str, str, str]]:
    return [(line.number, line.kind, line.old_human, line.new_human) for line in page.lines]


CHANGES = [
    (1, "edited", "Article 1(1)", "Article 1(1)"),
    (2, "split", "Article 1(2)", "Article 1(2)"),
    (3, "inserted", "", "Article 1(3)"),
    (4, "renumbered", "Article 1(3)", "Article 1(4)"),
    (5, "deleted", "Article 2(8)", ""),
    (6, "edited", "Article 3(1)(6)", "Article 3(1)(6)"),
    (7, "inserted", "", "Article 3(1)(7)"),
    (0, "moved_away", "Article 4", "Article 4"),
    (8, "moved", "Article 4", "Article 4"),
]


def test_every_kind_of_change_is_told_where_it_stands(look: Look) -> None:
    page = look()
    assert told(page) == CHANGES
    assert dict(page.counts) == {"edited": 2, "split": 1, "inserted": 2, "renumbered": 1, "deleted": 1, "moved": 1}
    assert (page.totals, page.kept, page.is_backwards) == ((214, 215), 208, False)
    assert told(look(None, None)) == CHANGES


def test_a_split_clause_and_its_parts_name_each_other(look: Look) -> None:
    lines = look().lines
    split, part = lines[1], lines[2]
    assert [(there.clause_id, there.human) for there in split.parts] == [(part.clause_id, "Article 1(3)")]
    assert part.part_of is not None
    assert (part.part_of.clause_id, part.part_of.human) == (split.clause_id, "Article 1(2)")
    assert [line.clause_id for line in lines if line.part_of] == [part.clause_id]


def test_a_moved_article_is_shown_at_both_places_with_what_went_along(look: Look, demonstrated: Flask) -> None:
    away, moved = look().lines[-2:]
    article = clause_ids(demonstrated)["art_4"]
    assert (away.anchor, moved.anchor) == (f"left-{article}", f"change-{article}")
    assert (moved.below, moved.html, moved.spans) == (2, "Relationship with other laws", ())
    everything = look(everything=True).lines
    at = [line.clause_id for line in everything].index(article)
    assert everything[at - 1].new_human == "Article 3(3)"
    assert (everything[at].kind, everything[at + 1].kind, everything[at + 1].new_human) == (
        "moved_away",
        "kept",
        "Chapter 2",
    )
    there = [line.anchor for line in everything].index(moved.anchor)
    assert (everything[there - 1].new_human[:9], everything[there + 1].new_human) == ("Article 5", "Article 4(1)")


def test_with_everything_the_new_text_stands_there_whole(look: Look) -> None:
    page = look(everything=True)
    new = [line for line in page.lines if line.kind not in ("deleted", "moved_away")]
    assert len(new) == 215
    kept = [line for line in page.lines if line.kind == "kept"]
    assert len(kept) == 208
    assert {line.number for line in kept} == {0}
    assert all(line.html or not line.level for line in kept)
    assert [line for line in told(page) if line[1] != "kept"] == CHANGES


def test_one_kind_can_be_seen_alone_and_is_counted_anew(look: Look) -> None:
    page = look(kind="inserted", everything=True)
    assert told(page) == [(1, "inserted", "", "Article 1(3)"), (2, "inserted", "", "Article 3(1)(7)")]
    assert sum(page.counts.values()) == 8
    assert look(kind="no such kind").lines == ()


def test_the_other_way_round_everything_is_undone(look: Look) -> None:
    page = look(2, 1)
    assert page.is_backwards
    assert dict(page.counts) == {"edited": 2, "joined": 1, "deleted": 2, "renumbered": 1, "inserted": 1, "moved": 1}
    forth = [line.spans for line in look().lines if line.kind == "edited"]
    back = [line.spans for line in page.lines if line.kind == "edited"]
    swapped = {"+": "-", "-": "+", "=": "="}
    assert [{(swapped[s.op], s.text) for s in spans} for spans in forth] == [
        {(s.op, s.text) for s in spans} for spans in back
    ]


def test_each_change_has_its_sentence_and_all_of_them_are_a_list(look: Look) -> None:
    page = look()
    said = {line.new_human or line.old_human: line.sentences for line in page.lines}
    assert said["Article 2(8)"] == ("Omit Article 2(8).",)
    assert said["Article 3(1)(7)"] == ("After Article 3(1)(6) insert—“7) respect for the presumption of innocence.”",)
    assert said["Article 1(1)"][0].startswith("For Article 1 substitute—“Article 1. Subject matter and purpose")
    assert said["Article 1(2)"] == said["Article 1(4)"] == ()
    assert page.said.language == "en"
    assert page.said.opening == (
        "On the Mechanism for the Effective Investigation of Torture and Ill-Treatment is amended as follows—"
    )
    assert len(page.said.entries) == 4
    assert page.said.sentences == tuple(sentence for line in page.lines for sentence in line.sentences)


def test_the_language_of_the_law_decides_how_it_is_said(look: Look) -> None:
    assert look(language="ru").said == look(language="en").said


def test_what_changed_in_the_head_of_the_file_is_a_change(look: Look, demonstrated: Flask, tmp_path: Path) -> None:
    bring_in(demonstrated, changed().replace("status: illustrative", "status: draft"), tmp_path / "3.md")
    page = look(2, 3)
    assert told(page) == [(1, "edited", "", "")]
    assert page.totals == (215, 215)
    assert page.kept == 215


def test_a_version_compared_with_itself_reads_no_text(look: Look) -> None:
    with counted() as statements:
        page = look(2, 2)
    assert (page.lines, page.kept, page.counts, page.said.entries) == ((), 0, {}, ())
    assert [one for one in statements if "clause_texts" in one] == []


@pytest.mark.parametrize(("old", "new", "missing"), [(1, 3, 3), (0, 1, 0), (10**30, 1, 10**30)])
def test_a_version_that_is_not_there_is_named(look: Look, old: int, new: int, missing: int) -> None:
    with pytest.raises(NoSuchVersion, match=f"has no version {missing}"):
        look(old, new)


def test_both_texts_are_read_in_one_statement_however_long(look: Look, demonstrated: Flask, tmp_path: Path) -> None:
    with counted() as small:
        assert len(look().lines) == 9
    long = changed().replace(
        "## Chapter 2.",
        "\n\n".join(f"### Article {n}. More\n\n1. Words.\n\n2. Words {n}." for n in range(900, 1000))
        + "\n\n## Chapter 2.",
    )
    bring_in(demonstrated, long, tmp_path / "3.md")
    with counted() as large:
        assert len(look(2, 3, everything=True).lines) == 515
    assert len(large) == len(small) <= 6
    assert sum("clause_texts" in one for one in large) == 1

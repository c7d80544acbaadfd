"""A version as every format takes it: its text, who is behind which change, what was said; and who may be named."""

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.exports.document import Document, Line, Party
from app.exports.formats import written
from app.services import exporting
from app.services.exporting import NothingBefore, NotInLanguage, Wanted
from app.store.comments import Comment
from app.store.db import begin_writing, db
from app.store.drafts import Draft
from app.store.memberships import NoSuchDraft
from app.store.versions import NoSuchVersion
from tests.product import SLUG, Copies, user_id
from tests.services.deeds import bodies, issue
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
Export = Callable[..., Document]
CSO = Party("CSO", "Civil Society Coalition (demo)")


@pytest.fixture(scope="module")
def issued(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration with a second version: A1, A4, A8 and A14 were adopted."""
    with demonstration() as app:
        issue(app, "facilitator", 1, 4, 8, 14)
        yield app


@pytest.fixture
def export(issued: Flask) -> Iterator[Export]:
    reader = user_id(issued, "observer")
    with issued.app_context():
        yield lambda version=2, person=reader, **more: exporting.document(
            db.session, Wanted(SLUG, version, **more), exporting.enter(db.session, SLUG, person)
        )


def line(document: Document, human: str) -> Line:
    return next(one for one in document.lines if one.human == human)


def test_a_version_alone_has_its_text_and_nothing_marked(export: Export) -> None:
    document = export()
    assert document.base is None
    assert {one.change for one in document.lines} == {"kept"}
    assert [one.new_body for one in document.lines] == list(bodies(2).values())[1:]
    assert (document.language, document.title, document.version.number) == (
        "en", "On the Mechanism for the Effective Investigation of Torture and Ill-Treatment", 2,
    )  # fmt: skip


def test_words_are_signed_by_the_amendment_that_brought_or_removed_them(export: Export) -> None:
    document = export(marked=True)
    assert document.base is not None
    assert document.base.number == 1
    told = [
        (run.op, run.text, run.backing.amendments, [party.code for party in run.backing.parties])
        for run in line(document, "Article 13(1)").runs
        if run.op != "="
    ]
    assert told == [
        ("-", "within twenty-four ", (1,), ["CSO"]),
        ("+", "immediately and in any case within twelve ", (1,), ["CSO"]),
    ]
    single = next(run for run in line(document, "Article 7(1)").runs if run.op == "-")
    assert (single.text, single.backing.amendments) == ("single ", (8,))
    assert line(document, "Article 13(5)").change == "inserted"
    assert line(document, "Article 13(5)").backing.amendments == (14,)


def test_backwards_the_same_lines_are_marked_the_other_way(export: Export) -> None:
    document = export(1, against=2)
    assert line(document, "Article 13(5)").change == "deleted"


def test_comments_stand_where_their_words_stand_in_that_version(export: Export) -> None:
    first, second = export(1), export(2)
    for document in (first, second):
        words = {one.clause_id: one.new_body for one in document.lines}
        placed = [one for one in document.remarks if one.start is not None]
        assert len(placed) >= 5
        assert all(words[one.clause_id or ""][one.start : one.end] == one.quote for one in placed)
    assert any(one.replies for one in second.remarks)
    gone = {one.id for one in second.remarks if one.quote and one.start is None}
    assert all(one.start is not None for one in first.remarks if one.id in gone)


def test_amendments_are_told_with_their_changes_and_what_became_of_them(export: Export) -> None:
    found = {one.number: one for one in export().amendments}
    assert (found[1].party, found[1].state, found[1].settled_version) == (CSO, "adopted", 2)
    assert found[1].changes[0].human == "Article 13(1)"
    assert found[2].state == "submitted"


def test_the_markdown_is_the_source_byte_for_byte(export: Export, issued: Flask) -> None:
    result = issued.test_cli_runner().invoke(args=["drafts", "write", SLUG, "--version", "2"])
    assert b"".join(written(export(), "markdown")) == result.stdout_bytes


def test_what_is_asked_for_must_be_there(export: Export, issued: Flask) -> None:
    with pytest.raises(
        NothingBefore, match="Version 1 is the first one: there is nothing before it to compare it with"
    ):
        export(1, marked=True)
    with pytest.raises(NotInLanguage, match=r"Version 2 is not written in “ky”, only in en\."):
        export(language="ky")
    with pytest.raises(NoSuchVersion):
        export(9)
    with pytest.raises(NoSuchVersion):
        export(against=9)
    for stranger in (None, 99_999):
        with pytest.raises(NoSuchDraft):
            export(person=stranger)


def test_statements_do_not_grow_with_what_was_said(export: Export, issued: Flask) -> None:
    begin_writing(db.session())  # what is never stored is read anew each time
    export(marked=True)
    with statements(issued) as before:
        export(marked=True)
    session = db.session
    one = session.scalars(select(Comment).where(Comment.clause_id.is_not(None))).first()
    assert one is not None
    for number in range(30):
        session.add(
            Comment(
                draft_id=one.draft_id, clause_id=one.clause_id, version=1, language="en", kind="comment", quote="",
                body=f"More {number}", institution_id=one.institution_id, author_id=one.author_id,
                created_at=one.created_at,
            )
        )  # fmt: skip
    session.flush()
    with statements(issued) as after:
        document = export(marked=True)
    session.rollback()
    assert sum(remark.body.startswith("More") for remark in document.remarks) == 30
    assert len(after) == len(before) <= 25


@pytest.mark.parametrize(
    ("mode", "said", "unsaid"),
    [
        ("named", "Cholpon, for civil society (demo) (CSO)", 'w:author="Participant"'),
        ("institution_only", "CSO – Civil Society Coalition (demo)", "Cholpon"),
        ("unattributed", 'w:author="Participant"', "Civil Society Coalition"),
    ],
)
def test_who_is_named_is_what_the_drafts_attribution_says(export: Export, mode: str, said: str, unsaid: str) -> None:
    """All formats are searched for everybody in tests/exports/test_every_format.py."""
    db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution=mode))
    with zipfile.ZipFile(io.BytesIO(b"".join(written(export(marked=True), "docx-redline")))) as container:
        text = "".join(container.read(name).decode() for name in container.namelist())
    db.session.rollback()
    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize(
    ("name", "first"),
    [("markdown", b"---\n"), ("html", b"<!DOCTYPE html>"), ("docx-redline", b"PK"), ("act-ru", b"PK")],
)
def test_the_command_writes_a_format(issued: Flask, name: str, first: bytes) -> None:
    result = issued.test_cli_runner().invoke(args=["drafts", "export", SLUG, "--version", "2", "--format", name])
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes.startswith(first)


def test_the_command_refuses_in_a_sentence(issued: Flask) -> None:
    run = issued.test_cli_runner().invoke
    for more, sentence in (
        (["--format", "doc"], "There is no format “doc”; there are markdown, "),
        (["--format", "docx", "--language", "ky"], "is not written in “ky”, only in en."),
        (["--format", "docx", "--against", "1"], "docx compares nothing: leave --against out."),
        (["--format", "docx-redline", "--version", "1"], "there is nothing before it to compare it with."),
    ):
        result = run(args=["drafts", "export", SLUG, *more])
        assert result.exit_code != 0
        assert sentence in result.output

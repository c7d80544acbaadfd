"""A version as every format takes it: its text, who is behind which change, what was said; and who may be named."""

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.exports.document import Document, Line, Party
from app.exports.formats import FORMATS, written
from app.services import exporting
from app.services.exporting import NothingBefore, NotInLanguage, Wanted
from app.store.comments import Comment
from app.store.db import db
from app.store.drafts import Draft
from app.store.memberships import NoSuchDraft
from app.store.users import User
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


@pytest.fixture
def attributed(export: Export) -> Iterator[Callable[[str], dict[str, str]]]:
    """All files of a draft whose attribution is another one, everything in their containers unpacked, as text."""

    def files(mode: str) -> dict[str, str]:
        db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution=mode))
        db.session.execute(update(Comment).values(body=Comment.body + " As @ombudsman and @MVD said."))
        found = {}
        for name, one in FORMATS.items():
            data = b"".join(written(export(marked=one.marked), name))
            found[name] = _unpacked(data) if data[:2] == b"PK" else data.decode()
        db.session.rollback()
        return found

    yield files


def _unpacked(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return "\n".join(container.read(name).decode() for name in container.namelist())


def people() -> list[str]:
    return [name for user in db.session.scalars(select(User)) for name in (user.full_name, f"@{user.name}")]


def test_where_people_are_named_they_stand_with_their_institution(attributed: Callable[[str], dict[str, str]]) -> None:
    assert "Cholpon, for civil society (demo) (CSO)" in attributed("named")["docx-redline"]


def test_institution_only_names_no_person(attributed: Callable[[str], dict[str, str]]) -> None:
    found = attributed("institution_only")
    assert "CSO – Civil Society Coalition (demo)" in found["docx-redline"]
    assert not [(name, who) for name, text in found.items() for who in people() if who in text]


def test_unattributed_names_nobody_and_no_time_of_a_contribution(
    attributed: Callable[[str], dict[str, str]], export: Export
) -> None:
    named = export(marked=True)
    times = {one.at for one in (*named.remarks, *named.amendments) if one.at} - {named.version.at, named.base.at}  # type: ignore[union-attr]
    parties = {party for one in named.amendments for party in one.parties} | {one.party for one in named.remarks}
    hidden = [
        *people(),
        *(party.name for party in parties if party),
        *(f"({party.code})" for party in parties if party),
    ]
    hidden += [f"{at:%Y-%m-%dT%H:%M}" for at in times]
    found = attributed("unattributed")
    assert not [(name, who) for name, text in found.items() for who in hidden if who in text]
    assert 'w:author="Version 2"' in found["docx-redline"]
    assert 'w:author="Participant"' in found["docx-redline"]


def test_the_command_writes_every_format(issued: Flask, tmp_path: object) -> None:
    run = issued.test_cli_runner().invoke
    for name, one in FORMATS.items():
        result = run(args=["drafts", "export", SLUG, "--version", "2", "--format", name])
        assert result.exit_code == 0, result.output
        assert result.stdout_bytes[:2] == (b"PK" if one.extension == "docx" else b"--")


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

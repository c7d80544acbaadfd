"""Records and the explanatory note leave the house: which record is meant, what the note knows, who may be named."""

import io
import zipfile
from collections.abc import Callable, Iterator

import docx as python_docx
import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.errors import Refusal
from app.exports import note
from app.exports.note import Note
from app.services import delivering, exported_note, exported_records, exporting
from app.services.exporting import NotInLanguage, Wanted
from app.store.comments import Comment
from app.store.db import begin_writing, db
from app.store.drafts import Draft
from app.store.users import User
from tests.product import SLUG, Copies, user_id
from tests.services.closing_deeds import attach
from tests.services.deeds import issue
from tests.services.records import at, hold, record, start, to_record
from tests.services.stances import PARA, state
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")


@pytest.fixture(scope="module")
def held(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration after a session and a second version (A1, A4, A8, A14). Issued are records 1 (of the session)
    and 2 (of the workshop) in English and 4 (of the session) in Russian; 3, of the workshop in Russian, is not."""
    with demonstration() as app:
        hold(app)
        for kind, language in (("session", "en"), ("workshop", "en"), ("workshop", "ru"), ("session", "ru")):
            number = start(app, kind, number=1 if kind == "session" else None, language=language)
            if number != 3:
                to_record(app, "issue", number=number, revision=1)
        issue(app, "facilitator", 1, 4, 8, 14)
        state(app, "interior", step=6, reason="It costs too much, says @civil.")
        attach(app, "civil", PARA, text="We would have it otherwise, as @MVD knows.")
        yield app


@pytest.fixture
def told(held: Flask) -> Iterator[Callable[..., Note]]:
    reader = user_id(held, "observer")
    with held.app_context():
        yield lambda **more: exported_note.note(
            db.session, Wanted(SLUG, now=at(180), **more), exporting.enter(db.session, SLUG, reader)
        )
        db.session.rollback()


@pytest.mark.parametrize(("asked", "number"), [
    ({}, 2),  # of the whole workshop
    ({"language": "ru"}, 4),  # that of the workshop is not issued
    ({"record": 1}, 1),
    ({"record": 4, "language": "ru"}, 4),
    ({"version": 1, "language": "en"}, 2),
])  # fmt: skip
def test_which_record_is_meant(held: Flask, asked: dict[str, object], number: int) -> None:
    with held.app_context():
        found = exported_records.record(
            db.session, Wanted(SLUG, **asked), exporting.enter_as_operator(db.session, SLUG)  # type: ignore[arg-type]
        )  # fmt: skip
    page = record(held, number=number)
    assert (found.number, found.body, found.sha256) == (number, page.body, page.record.sha256)


@pytest.mark.parametrize(("asked", "sentence"), [
    ({"record": 3}, "There is no record 3 in this draft."),
    ({"record": 9}, "There is no record 9 in this draft."),
    ({"record": 1, "language": "ru"}, "Record 1 is written in “en” alone."),
    ({"language": "ky"}, "No record is issued in “ky”."),
    ({"version": 2}, "No record on version 2 is issued in “en”."),
])  # fmt: skip
def test_what_is_not_issued_leaves_the_house_for_nobody(held: Flask, asked: dict[str, object], sentence: str) -> None:
    facilitator = user_id(held, "facilitator")
    with held.app_context(), pytest.raises(Refusal) as refusal:
        entry = exporting.enter(db.session, SLUG, facilitator)
        delivering.deliver(db.session, "record-docx", Wanted(SLUG, **asked), entry)  # type: ignore[arg-type]
    assert str(refusal.value) == sentence


def test_the_command_writes_a_record_by_number_and_the_note(held: Flask) -> None:
    run = held.test_cli_runner().invoke
    for name, more, start_of_file in (
        ("record-docx", [], b"PK"), ("record-pdf", ["--record", "4"], b"%PDF"), ("note-docx", ["--version", "1"], b"PK"),
    ):  # fmt: skip
        result = run(args=["drafts", "export", SLUG, "--format", name, *more])
        assert result.exit_code == 0, result.output
        assert result.stdout_bytes.startswith(start_of_file)
    refused = run(args=["drafts", "export", SLUG, "--format", "record-docx", "--record", "3"])
    assert refused.exit_code != 0
    assert "There is no record 3 in this draft." in refused.output


def test_files_are_called_after_what_they_hold(held: Flask) -> None:
    with held.app_context():
        entry = exporting.enter_as_operator(db.session, SLUG)
        names = [delivering.deliver(db.session, name, Wanted(SLUG), entry).file_name
                 for name in ("record-docx", "record-pdf", "note-docx")]  # fmt: skip
    assert names == [f"{SLUG}-record-2.en.docx", f"{SLUG}-record-2.en.pdf", f"{SLUG}-2.en.note.docx"]


def said(value: Note) -> list[str]:
    """Every paragraph and every row of the note, as Word shows it."""
    opened = python_docx.Document(io.BytesIO(note.docx(value)))
    rows = [" | ".join(cell.text for cell in row.cells) for table in opened.tables for row in table.rows]
    return [one.text for one in opened.paragraphs] + rows


def test_the_note_tells_what_is_known(told: Callable[..., Note]) -> None:
    found = said(told())
    for line in (
        "The draft itself says of its aim in Article 1:",
        "–\tCivil Society Coalition (demo)",
        "–\tSession 1: First reading; Issyk-Kul; 24 November 2026",
        "Accepted | 4",
        "Under discussion | 11",
        "Proposed in all | 15",
        "What changed from version 1 to version 2",
        "Chapter 3. Receipt and registration of allegations",
        "–\tArticle 14(1): objection; MVD – Interior Ministry (demo)",
        "\tIt costs too much, says @civil.",
        "\tNot answered yet.",
        "–\tArticle 14(1): reservation; CSO – Civil Society Coalition (demo)",
        "\tWe would have it otherwise, as @MVD knows.",
    ):
        assert line in found, line
    assert any(line.startswith("Article 13(1) | Worded otherwise | A1 (CSO): Traces disappear") for line in found)
    assert any(line.startswith("2 | 24 November 2026 | by facilitator") for line in found)


def test_of_the_first_version_nothing_changed_and_nothing_was_accepted_yet(told: Callable[..., Note]) -> None:
    found = said(told(version=1))
    assert "The text is its first version." in found
    assert "Under discussion | 15" in found
    assert not [line for line in found if line.startswith("Accepted")]


def test_a_version_that_is_not_written_in_a_language_has_no_note_in_it(told: Callable[..., Note]) -> None:
    with pytest.raises(NotInLanguage):
        told(language="ky")


def test_institution_only_names_no_person(told: Callable[..., Note]) -> None:
    text = _as(told, "institution_only")
    assert "says @…." in text
    assert "as @MVD knows" in text
    assert not [name for name in _people() if name in text]


def test_unattributed_names_nobody_and_prints_nobodys_words(told: Callable[..., Note]) -> None:
    text = _as(told, "unattributed")
    assert "The participants agreed that nobody is named." in text
    assert "Provisions and amendments to which an objection remains: 1." in text
    assert "Reservations and explanations of position: Their number: 1." in text
    hidden = [*_people(), "(demo)", "(CSO)", "costs too much", "have it otherwise"]
    assert not [words for words in hidden if words in text]


def _as(told: Callable[..., Note], mode: str) -> str:
    """All that stands in the note of a draft whose attribution is another one."""
    db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution=mode))
    with zipfile.ZipFile(io.BytesIO(note.docx(told()))) as container:
        return "\n".join(container.read(name).decode() for name in container.namelist())


def _people() -> list[str]:
    return [name for user in db.session.scalars(select(User)) for name in (user.full_name, f"@{user.name}")]


def test_the_same_note_gives_the_same_bytes(told: Callable[..., Note]) -> None:
    assert note.docx(told()) == note.docx(told())
    assert note.pdf(told()) == note.pdf(told())


def test_statements_do_not_grow_with_what_was_said(told: Callable[..., Note], held: Flask) -> None:
    begin_writing(db.session())  # what is never stored is read anew each time
    told()
    with statements(held) as before:
        told()
    one = db.session.scalars(select(Comment).where(Comment.clause_id.is_not(None))).first()
    assert one is not None
    for number in range(30):
        db.session.add(
            Comment(
                draft_id=one.draft_id, clause_id=one.clause_id, version=1, language="en", kind="comment", quote="",
                body=f"More {number}", institution_id=one.institution_id, author_id=one.author_id,
                created_at=one.created_at,
            )
        )  # fmt: skip
    db.session.flush()
    with statements(held) as after:
        told()
    db.session.rollback()
    assert len(after) == len(before) <= 50

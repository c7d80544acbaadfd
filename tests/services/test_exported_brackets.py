"""The latest text with what is open about it in brackets: whose each bracket is as far as that may be told."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.exports.bracketed import Bracketed, Side
from app.services import delivering, exported_brackets, exporting
from app.services.delivering import NoPlenaryCopy
from app.services.exported_brackets import BracketsNotInLanguage, BracketsNotInVersion
from app.services.exporting import Wanted
from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.drafts import Draft
from tests.product import SLUG, Copies
from tests.services.deeds import issue
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
Export = Callable[..., Bracketed]


@pytest.fixture(scope="module")
def open_law(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration with a second version."""
    with demonstration() as app:
        issue(app, "facilitator", 4)
        yield app


@pytest.fixture
def export(open_law: Flask) -> Iterator[Export]:
    with open_law.app_context():
        yield lambda **more: exported_brackets.bracketed(
            db.session, Wanted(SLUG, **more), exporting.enter_as_operator(db.session, SLUG)
        )


def sides(value: Bracketed, human: str) -> tuple[str, tuple[Side, ...]]:
    """The words in the first bracket of a clause, and what is proposed in their place."""
    line = next(one for one in value.document.lines if one.human == human)
    group = value.groups[line.clause_id][0]
    return line.new_body[group.start : group.end], group.sides


def test_a_contested_place_has_the_words_of_the_text_and_every_side(export: Export) -> None:
    words, found = sides(export(), "Article 13(1)")
    assert words == "within twenty-four hours"
    assert [(side.text, [str(by) for by in side.by]) for side in found] == [
        ("immediately and in any case within twelve hours", ["A1 CSO"]),
        ("within forty-eight hours", ["A2 MVD"]),
        ("immediately, including on days off, and not later than twenty-four hours from the moment", ["A3 AKY"]),
    ]


def test_nobody_is_named_where_the_attribution_does_not_allow_it(export: Export) -> None:
    db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution="unattributed"))
    value = export()
    db.session.rollback()
    _, found = sides(value, "Article 13(1)")
    assert {party for side in found for by in side.by for party in by.parties} == set()
    assert {str(by) for side in found for by in side.by} == {"A1", "A2", "A3"}


def test_brackets_stand_in_the_latest_version_and_its_own_language_only(export: Export) -> None:
    with pytest.raises(BracketsNotInVersion, match="in version 2, the latest, not in version 1"):
        export(version=1)
    with pytest.raises(BracketsNotInLanguage, match="to the text in “en”: that in “ru” has no brackets"):
        export(language="ru")


def test_statements_do_not_grow_with_amendments(export: Export, open_law: Flask) -> None:
    export()
    one = db.session.scalars(select(AmendmentRow)).first()
    assert one is not None
    one.title = "Changed, and not stored yet: nothing is taken from what is kept"
    db.session.flush()
    with statements(open_law) as few:
        export()
    for number in range(500, 520):
        db.session.add(
            AmendmentRow(
                draft_id=one.draft_id, number=number, title=f"More {number}", rationale="r", state="submitted",
                institution_id=one.institution_id, author_id=one.author_id, base_version=2, made_on=2,
                created_at=one.created_at,
                language=one.language,
            )
        )  # fmt: skip
    db.session.flush()
    with statements(open_law) as many:
        export()
    db.session.rollback()
    assert len(few) == len(many)


def test_only_the_law_itself_has_a_plenary_copy(open_law: Flask) -> None:
    with open_law.app_context():
        entry = exporting.enter_as_operator(db.session, SLUG)
        file = delivering.deliver(db.session, "pdf-brackets", Wanted(SLUG, plenary=True), entry)
        assert file.file_name == f"{SLUG}-2.en.brackets.plenary.pdf"
        with pytest.raises(NoPlenaryCopy, match="no plenary copy of “docx”, only of pdf, pdf-brackets"):
            delivering.deliver(db.session, "docx", Wanted(SLUG, plenary=True), entry)


@pytest.mark.parametrize(
    "options", [["pdf"], ["pdf", "--plenary"], ["pdf-redline"], ["pdf-brackets"], ["pdf-comparison"]]
)
def test_the_command_writes_a_pdf(open_law: Flask, options: list[str]) -> None:
    result = open_law.test_cli_runner().invoke(args=["drafts", "export", SLUG, "--format", *options])
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes.startswith(b"%PDF-1.7")

"""The index of words follows every text by itself, whoever writes it, on both databases."""

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from app.domain.wanted import wanted
from app.services import importing
from app.store import search
from app.store.amendments import AmendmentRow, EditRow
from app.store.comments import Comment
from app.store.db import db
from app.store.drafts import ClauseText
from app.store.memberships import find_draft
from app.store.search import CLOSE_MARK, OPEN_MARK, Looking
from tests.product import SLUG, Copies

pytest_plugins = ["tests.demonstration"]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
TRIGGERS = {
    f"search_{table}_{event}"
    for table in ("clause_texts", "comments", "amendments", "edits")
    for event in ("insert", "update", "delete")
}


def looking(query: str, slug: str = SLUG) -> Looking:
    draft = find_draft(db.session, slug)
    return Looking(wanted(query), (draft.id,), draft.language, 21)


def found(query: str, slug: str = SLUG) -> tuple[int, int, int]:
    """How many texts, amendments and comments hold it."""
    asked, session = looking(query, slug), db.session
    return (
        len(search.texts(session, asked, False)), len(search.amendments(session, asked)),
        len(search.comments(session, asked)),
    )  # fmt: skip


def index(session: Session) -> list[tuple[int, str]]:
    if session.get_bind().dialect.name == "sqlite":
        query = "SELECT rowid, words FROM search_stemmed UNION ALL SELECT rowid, words FROM search_plain ORDER BY 1"
    else:
        query = "SELECT id, words FROM search_entries ORDER BY 1"
    return [(entry, words) for entry, words in session.execute(text(query))]


def test_the_triggers_that_write_the_index_are_there(app: Flask) -> None:
    """A migration that copies a table on SQLite takes its triggers away: make them anew there."""
    with app.app_context():
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if db.engine.dialect.name == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        assert set(db.session.scalars(text(names))) >= TRIGGERS


def test_the_index_is_the_same_however_it_was_written(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        session = db.session
        before = index(session)
        texts = session.query(ClauseText).filter(ClauseText.kind != "front_matter", ClauseText.body != "").count()
        assert len(before) == texts + 20 + 15
        sqlite = session.get_bind().dialect.name == "sqlite"
        session.execute(text("DELETE FROM search_plain" if sqlite else "DELETE FROM search_entries"))
        session.commit()
        assert len(index(session)) < len(before)
        output = demonstrated.test_cli_runner().invoke(args=["search", "rebuild"]).output
        assert output == f"The index holds {len(before)} texts.\n"
        assert index(session) == before


def test_whatever_changes_is_found_as_it_is_now(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        session = db.session
        assert found("overwrite") == (0, 0, 1)
        comment = session.query(Comment).filter(Comment.body.contains("overwrite")).one()
        session.execute(update(Comment).where(Comment.id == comment.id).values(body="An aardvark."))
        assert (found("overwrite"), found("aardvarks")) == ((0, 0, 0), (0, 0, 1))
        session.execute(update(Comment).where(Comment.id == comment.id).values(withdrawn_at=NOW))
        assert found("aardvark") == (0, 0, 0)
        session.execute(update(AmendmentRow).where(AmendmentRow.number == 1).values(title="A zebra"))
        session.execute(
            update(EditRow).where(EditRow.amendment_id == 1, EditRow.ordinal == 0).values(new="within an ocelot")
        )
        assert (found("zebras"), found('"an ocelot"')) == ((0, 1, 0), (0, 1, 0))
        session.execute(update(AmendmentRow).where(AmendmentRow.number == 1).values(state="draft"))
        assert found("zebra") == (0, 0, 0)
        session.rollback()
        assert (found("zebra"), found("overwrite")) == ((0, 0, 0), (0, 0, 1))


def test_a_version_is_found_at_once_and_the_former_wording_only_among_all(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        session = db.session
        law = importing.find_draft(session, SLUG)
        data = b"".join(
            row.lead.encode() + row.body.replace("two months", "seven fortnights").encode() + row.tail.encode()
            for row in session.query(ClauseText).filter_by(draft_id=law.id).order_by(ClauseText.position)
        )
        importing.import_version(session, data=data, slug=SLUG, message="", now=NOW, progress=lambda step: None)
        assert (found('"two months"')[0], found("fortnight")[0]) == (0, 1)
        (former,) = search.texts(session, looking('"two months"'), True)
        assert (former.first_version, former.last_version) == (1, 1)


def test_words_found_are_marked_in_the_text_as_it_is_written(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        session = db.session
        cases = (
            (SLUG, "ill-treatment", "Ill-Treatment"),
            (f"{SLUG}-ky", "кыйноо", "Кыйноолорду"),
            (f"{SLUG}-ru", "пытки", "пыток" if db.engine.dialect.name == "postgresql" else "пытки"),
        )
        for slug, query, _ in cases:
            asked = looking(query, slug)
            row = search.texts(session, asked, False)[0]
            marked = search.marked(session, asked, [row.row_id * 4])[row.row_id * 4]
            body = session.get_one(ClauseText, row.row_id).body
            assert marked.replace(OPEN_MARK, "").replace(CLOSE_MARK, "") == body
            assert OPEN_MARK in marked, query


def test_endings_do_not_matter(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        assert found("investigation") == found("investigations") == found("INVESTIGATED")
        assert found("берененин", f"{SLUG}-ky")[0] >= found("берене", f"{SLUG}-ky")[0] > 0
        assert found("расследованием", f"{SLUG}-ru")[0] == found("расследование", f"{SLUG}-ru")[0] > 10
        assert found("органами", f"{SLUG}-ru")[0] > 0


def test_every_draft_is_searched_apart(demonstration: Copies) -> None:
    with demonstration() as app, app.app_context():
        assert found("кыйноо", SLUG) == (0, 0, 0)
        assert found("torture", f"{SLUG}-ky") == (0, 0, 0)

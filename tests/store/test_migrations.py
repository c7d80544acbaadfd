"""Migrations run on both databases, up and down, and make exactly the tables the code knows."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.store.db import Base, db
from app.store.search import is_no_index
from config import ROOT

MIGRATIONS = str(ROOT / "migrations")


def test_the_schema_goes_down_and_up_again(app: Flask) -> None:
    with app.app_context():
        downgrade(directory=MIGRATIONS, revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade(directory=MIGRATIONS)
        assert set(Base.metadata.tables) <= set(inspect(db.engine).get_table_names())


def test_the_migrated_schema_is_the_one_the_code_knows(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_no_index})
        assert compare_metadata(context, Base.metadata) == []

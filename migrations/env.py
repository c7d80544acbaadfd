"""Alembic's way into the application's database: `flask db upgrade`, `flask db downgrade`."""

from contextlib import nullcontext

from alembic import context
from flask import current_app

from app.store.search import is_no_index

database = current_app.extensions["migrate"].db

if context.is_offline_mode():
    context.configure(
        url=database.engine.url.render_as_string(hide_password=False),
        target_metadata=database.metadata,
        literal_binds=True,
        include_name=is_no_index,
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    given = context.config.attributes.get("connection")  # whoever restores a backup migrates in their own transaction
    with nullcontext(given) if given is not None else database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            include_name=is_no_index,
        )
        with context.begin_transaction():
            context.run_migrations()

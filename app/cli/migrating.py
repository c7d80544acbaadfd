"""Alembic's migrations, run inside a transaction that is somebody else's."""

from typing import Any

from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask


class Migrated:
    """The migrations that ship with the application."""

    def __init__(self, app: Flask) -> None:
        migrate = app.extensions["migrate"]
        self._config = migrate.migrate.get_config(migrate.directory)
        self._scripts = ScriptDirectory.from_config(self._config)

    @property
    def latest(self) -> str:
        return self._scripts.get_current_head() or ""

    def is_known(self, revision: str) -> bool:
        try:
            return revision in {one.revision for one in self._scripts.walk_revisions("base", revision)}
        except CommandError:
            return False

    def move(self, connection: Any, revision: str) -> None:
        """Up or down to a revision; `migrations/env.py` uses the connection that it is given here."""
        now = MigrationContext.configure(connection).get_current_revision()
        if now == revision:
            return
        before = {one.revision for one in self._scripts.walk_revisions("base", revision)}
        self._config.attributes["connection"] = connection
        go = command.upgrade if now is None or now in before else command.downgrade
        go(self._config, revision)

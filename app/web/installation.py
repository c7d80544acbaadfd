"""What every page says of the installation: its name, whom to ask; and its language for strangers."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

from app.services import configuring
from app.services.configuring import Installation
from app.store.db import db
from app.store.failing import UNUSABLE

KEPT = timedelta(minutes=15)
"""For so long a process keeps the settings, unless the file in the instance folder says that they were changed: other
processes of the machine see that at once."""
NAME = "kelishim-installation"


def register(app: Flask) -> None:
    app.template_global("installation")(installation)


def installation() -> Installation:
    """The settings: asked of the database only where they may have changed."""
    now, stamp = datetime.now(UTC), _stamp()
    kept: tuple[datetime, int, Installation] | None = current_app.extensions.get(NAME)
    if kept is not None and kept[0] >= now - KEPT and kept[1] == stamp:
        return kept[2]
    try:
        found = configuring.installation(cast(Session, db.session))
    except UNUSABLE:  # the page that says so needs its name all the same
        return kept[2] if kept else Installation()
    current_app.extensions[NAME] = now, stamp, found
    return found


def changed() -> None:
    """They were changed: read them anew for the next page, here and in every other process."""
    current_app.extensions.pop(NAME, None)
    _file().touch()


def _stamp() -> int:
    try:
        return _file().stat().st_mtime_ns
    except OSError:
        return 0


def _file() -> Path:
    return Path(current_app.instance_path) / "settings_changed"

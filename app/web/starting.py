"""What is not served in production, in sentences. The command line goes on working, so that it can be mended there."""

import click
from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy.exc import SQLAlchemyError

from app.services import demonstrated
from app.web.context import database
from config import BadConfig

SHORTEST_KEY = 32
SERVING = "run"
"""The one command that serves."""


class Unsafe(BadConfig):
    """Something that production does not start with; the process ends with the sentence."""


def is_command() -> bool:
    """Whether a command of `flask` loads the application, for anything but serving it."""
    context = click.get_current_context(silent=True)
    return context is not None and isinstance(context.find_root().command, FlaskGroup) and context.info_name != SERVING


def check(app: Flask) -> None:
    """Whether it may be served. Raises Unsafe. In development everything may."""
    if app.config["ENVIRONMENT"] != "production":
        return
    if app.debug:
        raise Unsafe("Production does not start in debug mode: unset FLASK_DEBUG, and start it without --debug.")
    if not app.config["PUBLIC_ADDRESS"].startswith("https://"):
        raise Unsafe("Production needs KELISHIM_ADDRESS: https://… as people open Kelishim.")
    if len(app.config["SECRET_KEY"]) < SHORTEST_KEY:
        raise Unsafe(
            f"SECRET_KEY has fewer than {SHORTEST_KEY} characters. Unset it: Kelishim makes a long one and keeps it."
        )
    _check_accounts(app)


def _check_accounts(app: Flask) -> None:
    with app.app_context():
        try:
            names = demonstrated.open_to_everybody(database())
        except SQLAlchemyError as error:
            raise Unsafe(
                "The database cannot be read, so nobody knows whether the demonstration's password opens it. "
                "See that it runs, and that “flask db upgrade” was done."
            ) from error
        finally:
            database().remove()  # type: ignore[attr-defined]
    if names:
        raise Unsafe(
            f"These accounts have the password that the demonstration prints for everybody: {', '.join(names)}. "
            "Close them (flask users close NAME) or give them other passwords (flask users password NAME)."
        )

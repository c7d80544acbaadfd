"""The command line: flask drafts | demo | users."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the commands to the application."""

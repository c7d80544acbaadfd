"""The command line: a module per noun."""

from flask import Flask

from app.cli import drafts, exporting, institutions, law, people, search


def register(app: Flask) -> None:
    """Add the commands to the application."""
    drafts.drafts.add_command(exporting.export)
    app.cli.add_command(drafts.drafts)
    app.cli.add_command(institutions.institutions)
    app.cli.add_command(law.law)
    app.cli.add_command(people.users)
    app.cli.add_command(people.demo)
    app.cli.add_command(search.search)

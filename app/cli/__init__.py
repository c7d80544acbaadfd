"""The command line: a module per noun."""

from flask import Flask

from app.cli import drafts, exporting, files, institutions, law, people, publishing, search


def register(app: Flask) -> None:
    """Add the commands to the application."""
    drafts.drafts.add_command(exporting.export)
    drafts.drafts.add_command(publishing.publish)
    app.cli.add_command(drafts.drafts)
    app.cli.add_command(files.files)
    app.cli.add_command(institutions.institutions)
    app.cli.add_command(law.law)
    app.cli.add_command(people.users)
    app.cli.add_command(people.demo)
    app.cli.add_command(publishing.publications)
    app.cli.add_command(search.search)

"""The command line: a module per noun."""

from flask import Flask

from app.cli import (
    backup,
    doctor,
    drafts,
    exporting,
    files,
    institutions,
    invitations,
    law,
    letters,
    people,
    publishing,
    record,
    search,
)


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(backup.backup)
    app.cli.add_command(backup.restore)
    drafts.drafts.add_command(exporting.export)
    drafts.drafts.add_command(publishing.publish)
    app.cli.add_command(doctor.doctor)
    app.cli.add_command(drafts.drafts)
    app.cli.add_command(files.files)
    app.cli.add_command(institutions.institutions)
    app.cli.add_command(invitations.invitations)
    app.cli.add_command(invitations.print_first_run_code)
    app.cli.add_command(law.law)
    app.cli.add_command(letters.letters)
    people.users.add_command(invitations.let_in)
    app.cli.add_command(people.users)
    app.cli.add_command(people.demo)
    app.cli.add_command(publishing.publications)
    app.cli.add_command(record.record)
    app.cli.add_command(search.search)

"""flask search rebuild."""

import click
from flask.cli import AppGroup

from app.cli.refusing import refusals_as_sentences
from app.services import searching

search = AppGroup("search", help="The index of words.")


@search.command("rebuild")
def rebuild() -> None:
    """Write the index anew from the texts. The database keeps it by itself; this is for after a repair."""
    with refusals_as_sentences() as session:
        count = searching.rebuild(session)
    click.echo(f"The index holds {count} texts.")

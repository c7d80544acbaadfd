"""flask drafts export: a version in any of the formats, as a file or to standard output."""

from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.refusing import refusals_as_sentences
from app.exports.formats import FORMATS, format_named
from app.services import delivering, exporting
from app.services.exporting import Wanted


@click.command("export")
@with_appcontext
@click.argument("slug")
@click.option("--version", "number", type=int, help="Its number; the latest if left out.")
@click.option("--against", type=int, help="The version to compare it with; the one before if left out.")
@click.option("--language", help="Language of the text; the draft's own if left out.")
@click.option("--record", type=int, help="The number of a record; if left out, the last one of the whole workshop.")
@click.option("--plenary", is_flag=True, help="On paper with a wide edge to write on and numbered lines.")
@click.option("--format", "name", required=True, metavar="NAME", help=f"One of {', '.join(FORMATS)}.")
@click.option(
    "--output", default="-", type=click.Path(allow_dash=True, dir_okay=False), help="A file, - for standard output."
)
def export(
    slug: str,
    number: int | None,
    against: int | None,
    language: str | None,
    record: int | None,
    plenary: bool,
    name: str,
    output: str,
) -> None:
    """Write a version in one of the formats."""
    zone = ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])
    with refusals_as_sentences() as session:
        marked = format_named(name).marked
        if against is not None and not marked and name != "bundle":
            raise click.UsageError(f"{name} compares nothing: leave --against out.")
        wanted = Wanted(slug, number, against, language, marked=marked, zone=zone, record=record, plenary=plenary)
        file = delivering.deliver(session, name, wanted, exporting.enter_as_operator(session, slug), _show_progress)
    with click.open_file(output, "wb", lazy=True) as stream:
        stream.writelines(file.pieces)
    for sentence in file.notes():
        click.echo(sentence, err=True)


def _show_progress(done: int, total: int, name: str) -> None:
    """What consists of many files says on standard error which one it is at."""
    if done < total:
        click.echo(f"  {done + 1} of {total}: {name} …", err=True)

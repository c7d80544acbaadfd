"""flask drafts import | write | list."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import AppGroup

from app.cli.refusing import refusals_as_sentences
from app.imports.markdown import LARGEST_BYTES
from app.services import importing, writing

drafts = AppGroup("drafts", help="Drafts of laws: bring in, write out, list.")


@drafts.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--slug", help="Name of the new draft in addresses; from the file's name if left out.")
@click.option("--draft", "existing", help="Make the file the next version of this draft.")
@click.option("--language", help="Language of the law, if its front matter does not say.")
@click.option("--message", default="", help="What this version is, for the list of versions.")
def import_file(file: BinaryIO, slug: str | None, existing: str | None, language: str | None, message: str) -> None:
    """Import a law in Markdown: as a new draft, or with --draft as the next version of one."""
    if slug and existing:
        raise click.UsageError("Say either --slug (a new draft) or --draft (the next version of one), not both.")
    data = file.read(LARGEST_BYTES * 4)
    with refusals_as_sentences() as session:
        if existing:
            made = importing.import_version(
                session, data=data, slug=existing, message=message, now=datetime.now(UTC), progress=show_progress
            )
        else:
            made = importing.import_draft(
                session,
                data=data,
                slug=slug or _slug_of(file.name),
                language=language,
                now=datetime.now(UTC),
                progress=show_progress,
            )
    click.echo(f"{made.slug} version {made.number}: {made.clauses} clauses, sha256 {made.sha256}")
    for problem in made.problems[:10]:
        click.echo(f"  note: {problem.sentence} ({problem.address})", err=True)
    if len(made.problems) > 10:
        click.echo(f"  and {len(made.problems) - 10} more notes", err=True)


def show_progress(step: str) -> None:
    """Long imports say on standard error what they are at."""
    click.echo(f"  {step} …", err=True)


def _slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", Path(name).name.removesuffix(".md").lower()).strip("-") or "draft"


@drafts.command("write")
@click.argument("slug")
@click.option("--version", "number", type=int, help="Its number; the latest if left out.")
@click.option(
    "--output", default="-", type=click.Path(allow_dash=True, dir_okay=False), help="A file, - for standard output."
)
def write_file(slug: str, number: int | None, output: str) -> None:
    """Write a version's Markdown, byte for byte."""
    with refusals_as_sentences() as session:
        data = writing.markdown(session, slug=slug, number=number)
    with click.open_file(output, "wb") as stream:
        stream.write(data)


@drafts.command("list")
def list_drafts() -> None:
    """List the drafts with their latest version."""
    with refusals_as_sentences() as session:
        for line in writing.drafts(session):
            click.echo(f"{line.slug}\tversion {line.number}\t{line.language}\t{line.title}")

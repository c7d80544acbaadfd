"""flask drafts import | write | list | scale | days-off."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import AppGroup

from app.cli.naming import name_of
from app.cli.refusing import refusals_as_sentences
from app.domain.largest import LARGEST_BYTES
from app.services import attributing_mode, importing, setting, writing

drafts = AppGroup("drafts", help="Drafts of laws: bring in, write out, list, set.")


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
                slug=slug or _slug_of(name_of(file)),
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
    with click.open_file(output, "wb", lazy=True) as stream:
        stream.write(data)


@drafts.command("list")
def list_drafts() -> None:
    """List the drafts with their latest version."""
    with refusals_as_sentences() as session:
        for line in writing.drafts(session):
            click.echo(f"{line.slug}\tversion {line.number}\t{line.language}\t{line.title}")


@drafts.command("scale")
@click.argument("slug")
@click.argument("steps", nargs=-1)
def set_scale(slug: str, steps: tuple[str, ...]) -> None:
    """Show the scale on which institutions say where they stand in a draft, or set it.

    Set, before anybody stated a position, with every step as NAME=MEANING, the most in favour first. MEANING is
    in_favour, reserved, abstains, asks or objects: "agree=in_favour" "agree, on record=reserved" "no=objects".
    """
    pairs = [(name, meaning) for name, _, meaning in (step.rpartition("=") for step in steps)]
    with refusals_as_sentences() as session:
        made = (
            setting.set_scale(session, slug=slug, steps=pairs, now=datetime.now(UTC))
            if pairs
            else setting.scale(session, slug=slug)
        )
    for step in made:
        click.echo(f"{step.number}\t{step.name}\t{step.meaning.value}")


@drafts.command("days-off")
@click.argument("slug")
@click.argument("days", nargs=-1, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--none", is_flag=True, help="There are no holidays.")
def set_days_off(slug: str, days: tuple[datetime, ...], none: bool) -> None:
    """Show the holidays that move the deadlines of a draft, or replace them: 2027-03-21 2027-05-05.

    Saturdays and Sundays are days off anyway. Calls that are open keep the deadline that was told.
    """
    if none and days:
        raise click.UsageError("Say either days or --none, not both.")
    with refusals_as_sentences() as session:
        known = (
            setting.set_days_off(session, slug=slug, days=[day.date() for day in days], now=datetime.now(UTC))
            if days or none
            else setting.days_off(session, slug=slug)
        )
    for day in known:
        click.echo(day)


@drafts.command("attribution")
@click.argument("slug")
@click.argument("mode", required=False)
def set_attribution(slug: str, mode: str | None) -> None:
    """Show how contributions to a draft are attributed, or set it before the first one.

    MODE is named, institution_only (the person is stored and not told) or unattributed (nobody is stored, and of the
    time the day alone).
    """
    with refusals_as_sentences() as session:
        if mode:
            attributing_mode.set_by_operator(session, slug=slug, mode=mode, now=datetime.now(UTC))
        held = attributing_mode.mode_of(session, slug=slug)
    click.echo(held.value)

"""flask record: whether anything was altered unseen."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import click
from flask.cli import AppGroup

from app.cli.refusing import refusals_as_sentences
from app.services import checkpoints, covering, verifying

record = AppGroup("record", help="The record of what was done: verify it, make and check checkpoints.")


@record.command("verify")
@click.argument("slug", required=False)
def verify(slug: str | None) -> None:
    """Follow the record of a draft, or of every draft, and hold what is stored against it.

    Names the first broken link and what else does not hold; the exit status is 1 then.
    """
    broken = False
    with refusals_as_sentences() as session:
        for one in [slug] if slug else verifying.slugs(session):
            found = verifying.verify(session, slug=one)
            broken = broken or not found.holds
            click.echo(f"{one}: {found.count} events, the last {found.last_hash}")
            for said in found.sentences or ("The record holds.",):
                click.echo(f"  {said}")
    if broken:
        raise SystemExit(1)


@record.command("checkpoint")
@click.argument("slug")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the terminal.")
def checkpoint(slug: str, output: Path | None) -> None:
    """What the record is now, to be printed or sent out, and checked against later."""
    with refusals_as_sentences() as session:
        text = checkpoints.make(session, slug=slug, now=datetime.now(UTC))
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error


@record.command("check")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option("--draft", "slug", help="The draft, where the checkpoint does not name it.")
def check(file: TextIO, slug: str | None) -> None:
    """Hold a checkpoint (FILE, or - for what is typed) against the record. The exit status is 1 where it fails."""
    with refusals_as_sentences() as session:
        held, found = checkpoints.check(session, slug=slug, typed=file.read(1_000_000))
    if held.agrees:
        click.echo(f"Event {held.number} of {found.slug} is the one in the checkpoint, and so is everything before it.")
    else:
        click.echo(f"Event {held.number} of {found.slug} is not the one in the checkpoint: the record was altered.")
    for said in found.sentences or ("The record holds.",):
        click.echo(f"  {said}")
    if not (held.agrees and found.holds):
        raise SystemExit(1)


@record.command("cover")
@click.argument("slug")
def cover(slug: str) -> None:
    """Take rows that were stored before digests were kept into the record, once, after an upgrade.

    An event says which they were. Rows that the record vouches for already, and that were altered, stay as they are.
    """
    with refusals_as_sentences() as session:
        count = covering.cover(session, slug=slug, now=datetime.now(UTC))
    click.echo(
        f"{count} rows of {slug} are covered by the record now." if count else f"Everything of {slug} is covered."
    )

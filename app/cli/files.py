"""flask files make | prune."""

import os
from contextlib import suppress
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from app.cli.refusing import refusals_as_sentences
from app.services import fetching, jobs_running

files = AppGroup("files", help="Files made of versions: make those that are waited for, take out old ones.")
NICENESS = 10
"""Pages go first where there is not enough of the machine for both."""


def _now() -> datetime:
    return datetime.now(UTC)


@files.command("make")
def make() -> None:
    """Make the files that people wait for, one after the other, until none is left. Servers call this themselves."""
    with suppress(AttributeError, OSError):  # there is no such thing on Windows
        os.nice(NICENESS)
    with refusals_as_sentences() as session:
        while jobs_running.run_next(session, _now):
            session.expunge_all()


@files.command("prune")
@click.option("--files", "most_files", type=click.IntRange(0), default=fetching.MOST_FILES, show_default=True)
@click.option("--megabytes", type=click.IntRange(0), default=fetching.MOST_BYTES >> 20, show_default=True)
def prune(most_files: int, megabytes: int) -> None:
    """Take out the files that were not fetched for longest. Those of publications and of jobs stay."""
    with refusals_as_sentences() as session:
        gone, left, size = fetching.prune(session, most_files, megabytes << 20)
    click.echo(f"{gone} taken out, {left} left with {size / (1 << 20):.1f} megabytes")

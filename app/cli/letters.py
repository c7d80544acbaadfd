"""flask letters send | list | retry."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.refusing import refusals_as_sentences
from app.services import sending

letters = AppGroup("letters", help="The outbox: letters that wait for the mail server. Servers send them themselves.")


def _now() -> datetime:
    return datetime.now(UTC)


@letters.command("send")
def send() -> None:
    """Send what is due, one letter after the other."""
    config = current_app.config
    with refusals_as_sentences() as session:
        count = sending.send_all(session, config["MAIL"], config["SECRET_KEY"], _now)
        waiting = sending.outbox(session).counts["waiting"]
    click.echo(f"{count} sent, {waiting} waiting.")


@letters.command("list")
def show() -> None:
    """How many there are, and what waits or was given up: neither to whom nor what it says."""
    with refusals_as_sentences() as session:
        outbox = sending.outbox(session)
    click.echo(", ".join(f"{count} {state.replace('_', ' ')}" for state, count in outbox.counts.items()))
    for line in outbox.lines:
        at = f"{line.ended_at or line.due_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"{line.id:>6} {line.state:<9} {line.kind:<21}{at} {line.tries:>3} {line.problem}")


@letters.command("retry")
def retry() -> None:
    """What waits for another try is due at once: after the mail server was repaired."""
    with refusals_as_sentences() as session:
        count = sending.retry(session, now=_now())
    click.echo(f"{count} due now.")

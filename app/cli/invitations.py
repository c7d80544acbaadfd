"""flask invitations create | import | list | revoke | renew, flask users let-in, flask first-run."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.cli.refusing import refusals_as_sentences
from app.domain.invitations import LONGEST_DAYS, USUAL_DAYS
from app.domain.permissions import Role
from app.imports import people_table
from app.letters.invitations import invitation
from app.letters.links import link
from app.letters.possible import is_possible
from app.services import bulk_inviting, first_run, inviting, letting_back
from app.services.invitees import Typed
from app.services.inviting import Inviter, Made, Writer

invitations = AppGroup("invitations", help="Invitations to a draft: make, from a list, list, take back, make anew.")
OPERATOR = Inviter(None, is_operator=True)
ROLES = click.Choice([role.value for role in Role])
PARTS = click.Choice(["head", "authorised", "member"])
LANGUAGES = click.Choice(["en", "ru", "ky"])
DAYS = click.option(
    "--days", type=click.IntRange(1, LONGEST_DAYS), default=USUAL_DAYS, show_default=True, help="Good for so long."
)
LETTER = click.option("--letter/--no-letter", default=True, help="Also by e-mail, where there is an address.")


@invitations.command("create")
@click.argument("slug")
@click.argument("full_name")
@click.option("--email", default="", help="Their address; may be left out.")
@click.option("--role", type=ROLES, help="Representative where an institution is named, else observer.")
@click.option("--institution", default="", help="Code of the institution they speak for.")
@click.option("--part", type=PARTS, default="head", help="In its delegation: a member only comments.")
@click.option("--language", type=LANGUAGES, default="en", help="Of the letter and the slip.")
@DAYS
@LETTER
def create(
    slug: str, full_name: str, email: str, role: str | None, institution: str, part: str, language: str, days: int,
    letter: bool,
) -> None:  # fmt: skip
    """Invite somebody to a draft and print the link and the code, which are kept nowhere."""
    typed = Typed(full_name, email, institution, role or "", part, language)
    with refusals_as_sentences() as session:
        made = inviting.invite(
            session, slug=slug, typed=typed, days=days, by=OPERATOR, now=datetime.now(UTC), write=_writer(letter)
        )
    _print([made])


@invitations.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--good-lines", is_flag=True, help="Though other lines have something wrong in them.")
@click.option("--dry-run", is_flag=True, help="Only say what the list comes to.")
@click.option("--role", type=ROLES, help="Where a line has none.")
@click.option("--part", type=PARTS, default="head", help="Where a line has none.")
@click.option("--language", type=LANGUAGES, default="en", help="Where a line has none.")
@DAYS
@LETTER
def import_list(
    slug: str, file: Path, good_lines: bool, dry_run: bool, role: str | None, part: str, language: str, days: int,
    letter: bool,
) -> None:  # fmt: skip
    """Invite everybody in a CSV file: columns name, email, institution, role, part, language."""
    text = people_table.decoded(file.read_bytes())
    usual, now = Typed("", role=role or "", part=part, language=language), datetime.now(UTC)
    with refusals_as_sentences() as session:
        found = bulk_inviting.preview(session, slug=slug, text=text, usual=usual, by=OPERATOR, now=now)
        for line in found.faulty:
            for fault in line.faults:
                click.echo(f"line {line.number}: {fault}", err=True)
        if dry_run:
            click.echo(f"{len(found.good)} can be invited, {len(found.faulty)} cannot.")
            return
        made = bulk_inviting.invite_all(
            session, slug=slug, text=text, usual=usual, days=days, whole=not good_lines, by=OPERATOR, now=now,
            write=_writer(letter),
        )  # fmt: skip
    _print(made)


@invitations.command("list")
@click.argument("slug")
def list_invitations(slug: str) -> None:
    """List the invitations to a draft: number, state, last day, role, institution, name."""
    with refusals_as_sentences() as session:
        for one in inviting.listed(session, slug=slug, by=OPERATOR, now=datetime.now(UTC)):
            click.echo(
                f"{one.id}\t{one.state.value}\t{one.expires_at.date()}\t{one.role.value}\t{one.institution}\t{one.full_name}"
            )


@invitations.command("revoke")
@click.argument("slug")
@click.argument("number", type=int)
def revoke(slug: str, number: int) -> None:
    """Take an invitation back."""
    with refusals_as_sentences() as session:
        name = inviting.revoke(session, slug=slug, invitation_id=number, by=OPERATOR, now=datetime.now(UTC))
    click.echo(f"The invitation of {name} is taken back.")


@invitations.command("renew")
@click.argument("slug")
@click.argument("numbers", type=int, nargs=-1, required=True)
@DAYS
@LETTER
def renew(slug: str, numbers: tuple[int, ...], days: int, letter: bool) -> None:
    """New links and codes for invitations that nobody accepted; the former end."""
    with refusals_as_sentences() as session:
        made = inviting.renew(
            session, slug=slug, ids=numbers, days=days, by=OPERATOR, now=datetime.now(UTC), write=_writer(letter)
        )
    _print(made)


@click.command("let-in")
@click.argument("name")
@click.option("--second-factor-lost", "lost", is_flag=True, help="Take away their app, passkeys and recovery codes.")
@with_appcontext
def let_in(name: str, lost: bool) -> None:
    """Print a link and a code with which somebody chooses a new password; good for three days, once."""
    with refusals_as_sentences() as session:
        made = letting_back.let_back_as_operator(
            session, name=name, lost=lost, secret=current_app.config["SECRET_KEY"], now=datetime.now(UTC)
        )
    click.echo(f"{made.full_name}\t{made.code}\t{_link('ways_back.read', made.token)}")


@click.command("first-run")
@with_appcontext
def print_first_run_code() -> None:
    """Print the code for the page /first-run, where the first administrator is made."""
    with refusals_as_sentences() as session:
        is_open = first_run.is_open(session)
    if not is_open:
        raise click.ClickException("Somebody has an account already; “flask users administrator” makes another one.")
    click.echo(first_run.code(Path(current_app.instance_path)))


def _writer(wanted: bool) -> Writer | None:
    return invitation if wanted and is_possible() else None


def _print(made: Sequence[Made]) -> None:
    """A line for each: number, name, code, link."""
    for one in made:
        click.echo(f"{one.id}\t{one.full_name}\t{one.code}\t{_link('joining.read', one.token)}")


def _link(endpoint: str, token: str) -> str:
    return link(endpoint, token=token)

"""The command line: flask drafts import | write | list, flask demo, flask users create."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

import click
import yaml
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.domain.permissions import Role
from app.services import accounts, demonstrating, importing, writing
from app.store.db import db
from config import ROOT

drafts = AppGroup("drafts", help="Drafts of laws: bring in, write out, list.")
users = AppGroup("users", help="People and their accounts.")
SLUG = "torture-investigation"
DEMO = {SLUG: "en", f"{SLUG}-ru": "ru", f"{SLUG}-ky": "ky"}


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(drafts)
    app.cli.add_command(users)
    app.cli.add_command(demo)


@contextmanager
def refusals_as_sentences() -> Iterator[Session]:
    """A session for one command; a refusal becomes its sentence on standard error and exit status 1."""
    session = cast(Session, db.session)
    try:
        yield session
    except Refusal as refusal:
        session.rollback()
        raise click.ClickException(str(refusal)) from refusal


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
    data = file.read(importing.LARGEST_BYTES * 4)
    with refusals_as_sentences() as session:
        if existing:
            made = importing.import_version(
                session, data=data, slug=existing, message=message, now=datetime.now(UTC), progress=_progress
            )
        else:
            made = importing.import_draft(
                session,
                data=data,
                slug=slug or _slug_of(file.name),
                language=language,
                now=datetime.now(UTC),
                progress=_progress,
            )
    click.echo(f"{made.slug} version {made.number}: {made.clauses} clauses, sha256 {made.sha256}")
    for problem in made.problems[:10]:
        click.echo(f"  note: {problem.sentence} ({problem.address})", err=True)
    if len(made.problems) > 10:
        click.echo(f"  and {len(made.problems) - 10} more notes", err=True)


def _progress(step: str) -> None:
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


@users.command("create")
@click.argument("name")
@click.option("--full-name", default="", help="As shown beside comments.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if left out.")
@click.option("--draft", "slug", help="Give a role in this draft.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.OBSERVER.value)
@click.option("--institution", help="Code of the institution the person speaks for.")
def create_user(name: str, full_name: str, password: str, slug: str | None, role: str, institution: str | None) -> None:
    """Make an account, and with --draft give it a role there."""
    now = datetime.now(UTC)
    with refusals_as_sentences() as session:
        accounts.create_user(
            session, name=name, full_name=full_name, password=password, now=now, slug=slug, role=Role(role),
            institution=institution,
        )  # fmt: skip
    click.echo(f"Account “{name}” made.")


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Load the demonstration (once) and print its log-ins."""
    activity = yaml.safe_load((ROOT / "drafts/demo/activity.yaml").read_text(encoding="utf-8"))
    now = datetime.now(UTC)
    with refusals_as_sentences() as session:
        known = {line.slug for line in writing.drafts(session)}
        for slug, language in DEMO.items():
            if slug not in known:
                data = (ROOT / f"drafts/{SLUG}.{language}.md").read_bytes()
                importing.import_draft(session, data=data, slug=slug, language=language, now=now, progress=_progress)
        demonstrating.set_up_people(session, activity=activity, slugs=tuple(DEMO), now=now)
        if not writing.has_amendments(session, slug=SLUG):
            demonstrating.set_up_discussion(session, activity=activity, slug=SLUG, now=now)
    click.echo(f"Demonstration log-ins, all with the password {demonstrating.PASSWORD}")
    for log_in in demonstrating.log_ins():
        click.echo(f"  {log_in.name:<15}{log_in.role:<16}{log_in.full_name}")

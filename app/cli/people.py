"""flask users create | password | sign-out | close | role | list | administrator, flask demo."""

from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

import click
import yaml
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.cli.drafts import show_progress
from app.cli.refusing import refusals_as_sentences
from app.domain.permissions import Role
from app.services import accounts, administering, demonstrating, importing, membering, writing
from app.services.membering import Wanted
from app.services.passwords import Hashing
from config import ROOT

users = AppGroup("users", help="People and their accounts.")
PARTS = ("head", "authorised", "member")
SLUG = "torture-investigation"
DEMO = {SLUG: "en", f"{SLUG}-ru": "ru", f"{SLUG}-ky": "ky"}


@users.command("create")
@click.argument("name")
@click.option("--full-name", default="", help="As shown beside comments.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if left out.")
@click.option("--draft", "slug", help="Give a role in this draft.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.OBSERVER.value)
@click.option("--institution", help="Code of the institution the person speaks for.")
@click.option("--part", type=click.Choice(PARTS), default="head", help="In its delegation: a member only comments.")
@click.option("--email", default="", help="Where letters go; taken as confirmed.")
@click.option("--administrator", is_flag=True, help="Let the person administer this installation.")
def create_user(
    name: str, full_name: str, password: str, slug: str | None, role: str, institution: str | None, part: str,
    email: str, administrator: bool,
) -> None:  # fmt: skip
    """Make an account, and with --draft give it a role there."""
    now = datetime.now(UTC)
    with refusals_as_sentences() as session:
        accounts.create_user(
            session, name=name, full_name=full_name, password=password, now=now, slug=slug,
            wanted=Wanted(role, institution or "", part), email=email, is_administrator=administrator,
            hashing=_hashing(),
        )  # fmt: skip
    click.echo(f"Account “{name}” made.")


@users.command("password")
@click.argument("name")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if left out.")
def change_password(name: str, password: str) -> None:
    """Give somebody a new password, and let them in who tried too many wrong ones. Every sign-in of theirs ends."""
    with refusals_as_sentences() as session:
        accounts.set_password_of(
            session, name=name, password=password, secret=current_app.config["SECRET_KEY"], now=datetime.now(UTC),
            hashing=_hashing(),
        )  # fmt: skip
    click.echo(f"The password of “{name}” is changed; every sign-in has ended.")


@users.command("sign-out")
@click.argument("name")
def sign_out(name: str) -> None:
    """Sign somebody out everywhere."""
    with refusals_as_sentences() as session:
        count = accounts.sign_out(session, name=name, now=datetime.now(UTC))
    click.echo(f"“{name}” was signed in {count} time(s) and is not any more.")


@users.command("close")
@click.argument("name")
def close(name: str) -> None:
    """Close an account: nobody signs in to it any more. What was said by it stays."""
    with refusals_as_sentences() as session:
        accounts.close(session, name=name, now=datetime.now(UTC))
    click.echo(f"The account “{name}” is closed: nobody signs in to it.")


def _hashing() -> Hashing:
    return cast(Hashing, current_app.config["HASHING"])


@users.command("role")
@click.argument("name")
@click.argument("slug")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--institution", help="Code of the institution the person speaks for.")
@click.option("--part", type=click.Choice(PARTS), default="head", help="In its delegation: a member only comments.")
def give_role(name: str, slug: str, role: str, institution: str | None, part: str) -> None:
    """Give somebody who has an account a role in a draft, or another one than before."""
    wanted = Wanted(role, institution or "", part)
    with refusals_as_sentences() as session:
        membering.set_role(session, slug=slug, name=name, wanted=wanted, now=datetime.now(UTC))
    click.echo(f"“{name}” is {role} in {slug}.")


@users.command("list")
@click.argument("words", required=False, default="")
def list_users(words: str) -> None:
    """List the people, or those whose names have these words in them: sign-in name, name, what they are."""
    with refusals_as_sentences() as session:
        for one in administering.listed(session, words=words):
            states = ("administrator" if one.is_administrator else "", "closed" if one.closed_at else "")
            click.echo(f"{one.name}\t{one.full_name}\t{' '.join(filter(None, states))}")


@users.command("administrator")
@click.argument("name")
@click.option("--no-longer", is_flag=True, help="Take it away again; never from the last one.")
def set_administrator(name: str, no_longer: bool) -> None:
    """Let somebody administer this installation: institutions, people, drafts, settings."""
    with refusals_as_sentences() as session:
        administering.set_administrator(session, name=name, is_administrator=not no_longer)
    click.echo(f"“{name}” administers this installation{' no more' if no_longer else ''}.")


@click.command("demo")
@click.option("--agreement", is_flag=True, help="Also with positions, an open call and a planned session.")
@with_appcontext
def demo(agreement: bool) -> None:
    """Load the demonstration (once) and print its log-ins."""
    if current_app.config["ENVIRONMENT"] == "production":
        raise click.ClickException("The demonstration is not for production: everybody knows its password.")
    activity = yaml.safe_load((ROOT / "drafts/demo/activity.yaml").read_text(encoding="utf-8"))
    now = datetime.now(UTC)
    with refusals_as_sentences() as session:
        known = {line.slug for line in writing.drafts(session)}
        for slug, language in DEMO.items():
            if slug not in known:
                data = (ROOT / f"drafts/{SLUG}.{language}.md").read_bytes()
                importing.import_draft(
                    session, data=data, slug=slug, language=language, now=now, progress=show_progress
                )
        demonstrating.set_up_people(session, activity=activity, slugs=tuple(DEMO), now=now)
        if not writing.has_amendments(session, slug=SLUG):
            demonstrating.set_up_discussion(session, activity=activity, slug=SLUG, now=now)
        if agreement:
            zone = ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])
            demonstrating.set_up_agreement(session, activity=activity, slug=SLUG, now=now, zone=zone)
            demonstrating.set_up_session(session, activity=activity, slug=SLUG, now=now, zone=zone)
    click.echo(f"Demonstration log-ins, all with the password {demonstrating.PASSWORD}")
    for log_in in demonstrating.log_ins():
        click.echo(f"  {log_in.name:<15}{log_in.role:<16}{log_in.full_name}")

"""flask users create | role, flask demo."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
import yaml
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.cli.drafts import show_progress
from app.cli.refusing import refusals_as_sentences
from app.domain.permissions import Role
from app.services import accounts, demonstrating, importing, writing
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
def create_user(
    name: str, full_name: str, password: str, slug: str | None, role: str, institution: str | None, part: str
) -> None:
    """Make an account, and with --draft give it a role there."""
    now = datetime.now(UTC)
    with refusals_as_sentences() as session:
        accounts.create_user(
            session, name=name, full_name=full_name, password=password, now=now, slug=slug, role=Role(role),
            institution=institution, part=part,
        )  # fmt: skip
    click.echo(f"Account “{name}” made.")


@users.command("role")
@click.argument("name")
@click.argument("slug")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--institution", help="Code of the institution the person speaks for.")
@click.option("--part", type=click.Choice(PARTS), default="head", help="In its delegation: a member only comments.")
def give_role(name: str, slug: str, role: str, institution: str | None, part: str) -> None:
    """Give somebody who has an account a role in a draft, or another one than before."""
    with refusals_as_sentences() as session:
        accounts.set_role(
            session, name=name, slug=slug, role=Role(role), institution=institution, part=part, now=datetime.now(UTC)
        )
    click.echo(f"“{name}” is {role} in {slug}.")


@click.command("demo")
@click.option("--agreement", is_flag=True, help="Also with positions, an open call and a planned session.")
@with_appcontext
def demo(agreement: bool) -> None:
    """Load the demonstration (once) and print its log-ins."""
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

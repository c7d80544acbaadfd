"""flask users create, flask demo."""

from datetime import UTC, datetime

import click
import yaml
from flask.cli import AppGroup, with_appcontext

from app.cli.drafts import show_progress
from app.cli.refusing import refusals_as_sentences
from app.domain.permissions import Role
from app.services import accounts, demonstrating, importing, writing
from config import ROOT

users = AppGroup("users", help="People and their accounts.")
SLUG = "torture-investigation"
DEMO = {SLUG: "en", f"{SLUG}-ru": "ru", f"{SLUG}-ky": "ky"}


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
                importing.import_draft(
                    session, data=data, slug=slug, language=language, now=now, progress=show_progress
                )
        demonstrating.set_up_people(session, activity=activity, slugs=tuple(DEMO), now=now)
        if not writing.has_amendments(session, slug=SLUG):
            demonstrating.set_up_discussion(session, activity=activity, slug=SLUG, now=now)
    click.echo(f"Demonstration log-ins, all with the password {demonstrating.PASSWORD}")
    for log_in in demonstrating.log_ins():
        click.echo(f"  {log_in.name:<15}{log_in.role:<16}{log_in.full_name}")

"""flask drafts publish | flask publications check."""

import hashlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.cli.refusing import refusals_as_sentences
from app.services import published_checking, publishing
from app.services.pages_publications import VISIBILITIES, Choice, TitlePage
from app.services.published_formats import ALONE, COMPARING

publications = AppGroup("publications", help="Publications: check files against them.")


@click.command("publish")
@with_appcontext
@click.argument("slug")
@click.option("--version", type=int, required=True, help="Its number.")
@click.option("--languages", default="", metavar="en,ru,ky", help="In which languages; the draft's own if left out.")
@click.option("--visibility", type=click.Choice(VISIBILITIES), required=True, help="Who may read it.")
@click.option(
    "--formats",
    default=",".join(ALONE),
    metavar="NAME,…",
    show_default=True,
    help=f"Of {', '.join((*ALONE, *COMPARING))}; these last compare it with the publication before.",
)
@click.option("--issuer", default="", help="By whom it is issued, for the title page.")
@click.option("--place", default="", help="Where, for the title page.")
@click.option("--note", default="", help="For the title page.")
def publish(
    slug: str, version: int, languages: str, visibility: str, formats: str, issuer: str, place: str, note: str
) -> None:  # fmt: skip
    """Publish a version: make its files, keep them for good, and give it a number and an address."""
    chosen, names = _listed(languages), _listed(formats)
    zone = ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])
    with refusals_as_sentences() as session:
        title = TitlePage("", "", "", issuer, place, note)
        choice = Choice(visibility, chosen, names, {"": title})
        made = publishing.publish_as_operator(
            session, slug=slug, version=version, choice=choice, now=datetime.now(zone), zone=zone
        )
    click.echo(f"Publication {made.number} of {slug}: version {version}, for {visibility}")
    if made.token:
        click.echo(f"address: /p/{made.token}")
    for name, sha256 in made.files:
        click.echo(f"{sha256}  {name}")


@publications.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Say of every file whether it was published here; ends with 1 if one was not."""
    unknown = 0
    with refusals_as_sentences() as session:
        for path in files:
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            found = list(published_checking.published_as(session, sha256))
            unknown += not found
            click.echo(f"{path}: {_told(found)}")
    if unknown:
        raise SystemExit(1)


def _told(found: list[tuple[str, int, str]]) -> str:
    if not found:
        return "NOT PUBLISHED (altered, or never published here)"
    return "; ".join(f"publication {number} of {slug} ({name})" for slug, number, name in found)


def _listed(typed: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in typed.split(",") if part.strip())

"""flask institutions add | names | period | seat | abolish | list."""

from datetime import UTC, date, datetime

import click
from flask.cli import AppGroup

from app.cli.refusing import refusals_as_sentences
from app.domain.seats import SeatKind
from app.services import instituting

institutions = AppGroup("institutions", help="Who sits at the table: make known, name, seat, abolish, list.")
DAY = click.DateTime(["%Y-%m-%d"])


@institutions.command("add")
@click.argument("code")
@click.option("--kind", default="state", help="For instance state, independent, civil_society, international.")
@click.option("--name", "names", multiple=True, required=True, help="LANGUAGE=NAME, once for each language.")
def add(code: str, kind: str, names: tuple[str, ...]) -> None:
    """Make an institution known, by the short code that stands on pages."""
    said = _names(names)
    with refusals_as_sentences() as session:
        instituting.add(session, code=code, kind=kind, names=said)
    click.echo(f"Institution “{code}” made.")


@institutions.command("names")
@click.argument("code")
@click.option("--name", "names", multiple=True, required=True, help="LANGUAGE=NAME, once for each language.")
def name(code: str, names: tuple[str, ...]) -> None:
    """Call an institution something else; languages that are not named stay."""
    said = _names(names)
    with refusals_as_sentences() as session:
        instituting.rename(session, code=code, names=said)
    click.echo(f"“{code}” is called {', '.join(said.values())}.")


@institutions.command("period")
@click.argument("code")
@click.option("--from", "since", type=DAY, help="First day; from the beginning if left out.")
@click.option("--until", type=DAY, help="Last day; open if left out.")
@click.option("--successor", help="Code of the one that takes over its seats and positions the day after.")
def period(code: str, since: datetime | None, until: datetime | None, successor: str | None) -> None:
    """Say from when until when an institution is there, and who succeeds it; what is left out is taken back."""
    with refusals_as_sentences() as session:
        instituting.set_period(
            session, code=code, since=_day(since), until=_day(until), successor=successor, now=datetime.now(UTC)
        )
    click.echo(f"The period of “{code}” is set.")


@institutions.command("seat")
@click.argument("slug")
@click.argument("code")
@click.option("--kind", type=click.Choice([kind.value for kind in SeatKind]), default=SeatKind.FULL.value)
@click.option("--from", "since", type=DAY, help="First day; from the beginning if left out.")
@click.option("--until", type=DAY, help="Last day; open if left out.")
def seat(slug: str, code: str, kind: str, since: datetime | None, until: datetime | None) -> None:
    """Seat an institution at the table of a draft, or change its seat. Advisory: heard, not counted."""
    with refusals_as_sentences() as session:
        instituting.seat(
            session, slug=slug, code=code, kind=SeatKind(kind), since=_day(since), until=_day(until),
            now=datetime.now(UTC),
        )  # fmt: skip
    click.echo(f"“{code}” has a seat in {slug}: {kind}.")


@institutions.command("abolish")
@click.argument("code")
@click.option("--last-day", type=DAY, required=True, help="The last day on which it is there.")
@click.option("--successor", help="Code of the one that takes over its seats and positions the day after.")
def abolish(code: str, last_day: datetime, successor: str | None) -> None:
    """Say that an institution is abolished, and who succeeds it."""
    with refusals_as_sentences() as session:
        instituting.abolish(
            session, code=code, last_day=last_day.date(), successor=successor, now=datetime.now(UTC)
        )  # fmt: skip
    click.echo(f"“{code}” is there until {last_day.date()}{f'; then {successor}' if successor else ''}.")


@institutions.command("list")
def list_institutions() -> None:
    """List the institutions, with their last day and successor."""
    with refusals_as_sentences() as session:
        for one in instituting.every(session):
            click.echo(f"{one.code}\t{one.kind}\t{one.until or ''}\t{one.successor}")


def _day(typed: datetime | None) -> date | None:
    return typed.date() if typed else None


def _names(typed: tuple[str, ...]) -> dict[str, str]:
    """Names by language."""
    pairs = [name.partition("=") for name in typed]
    if any(not language.strip() or not name.strip() for language, _, name in pairs):
        raise click.UsageError("Say a name as LANGUAGE=NAME, for instance en=Ministry of Justice.")
    return {language.strip(): name for language, _, name in pairs}

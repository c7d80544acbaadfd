"""flask doctor: is everything as it should be?"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext

from app.cli.refusing import refusals_as_sentences
from app.services import examining
from app.services.examining import Examined
from app.services.examining_machine import Finding, Level
from config import ROOT

WIDTH, COLOURS = 8, {Level.OK: "green", Level.WARNING: "yellow", Level.WRONG: "red"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of level, about, sentence, advice.")
@click.option("--quick", is_flag=True, help="Without checking the whole record.")
@with_appcontext
def doctor(as_json: bool, quick: bool) -> None:
    """Look at the machine, the settings and the database; change nothing. Exit status 1 where something is wrong."""
    findings = []
    with refusals_as_sentences() as session:
        for finding in examining.examine(session, _examined(quick), now=datetime.now(UTC)):
            findings.append(finding)
            if not as_json:
                _show(finding)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        _sum_up(findings)
    raise SystemExit(examining.exit_code(findings))


def _show(finding: Finding) -> None:
    level = click.style(finding.level.value.ljust(WIDTH), fg=COLOURS[finding.level])
    click.echo(f"{level}{finding.about}: {finding.sentence}")
    if finding.advice:
        click.echo(f"{' ' * WIDTH}→ {finding.advice}")


def _sum_up(findings: list[Finding]) -> None:
    counts = {level: sum(one.level is level for one in findings) for level in Level}
    click.echo(f"{counts[Level.OK]} ok, {counts[Level.WARNING]} to look at, {counts[Level.WRONG]} wrong.")


def _examined(is_quick: bool) -> Examined:
    config = current_app.config
    migrations = ScriptDirectory(str(ROOT / "migrations"))
    return Examined(
        root=ROOT,
        instance=Path(current_app.instance_path),
        database_file=_file(config["SQLALCHEMY_DATABASE_URI"]),
        known=tuple(one.revision for one in migrations.walk_revisions()),
        time_zone=config["BABEL_DEFAULT_TIMEZONE"],
        address=config["PUBLIC_ADDRESS"],
        are_cookies_secure=config["SESSION_COOKIE_SECURE"],
        mail=config["MAIL"],
        is_in_production=config["ENVIRONMENT"] == "production",
        is_quick=is_quick,
    )


def _file(url: str) -> Path | None:
    """Of SQLite."""
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None

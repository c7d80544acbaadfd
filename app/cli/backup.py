"""flask backup, flask restore."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.migrating import Migrated
from app.cli.refusing import refusals_as_sentences
from app.services import backing_up, restoring
from app.services.restoring import Restored, Wishes

FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command("backup")
@FILE
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--with-secret-key", is_flag=True, help="Put the installation's secret key into the file.")
@with_appcontext
def backup(file: Path, force: bool, with_secret_key: bool) -> None:
    """Write everything that the database holds to FILE, while people work, and read it back.

    It can be restored with SQLite and with PostgreSQL, whichever of the two it comes from.
    """
    key = str(current_app.config["SECRET_KEY"]) if with_secret_key else None
    with refusals_as_sentences() as session:
        done = backing_up.back_up(
            session, path=file, instance=Path(current_app.instance_path), secret_key=key, force=force,
            now=datetime.now(UTC),
        )  # fmt: skip
    click.echo(f"{file}: {done.manifest.rows} rows of {len(done.manifest.records)} drafts, {_size(done.bytes)}.")
    click.echo("It was read back and is whole.")
    click.echo(f"SHA-256 {done.sha256}")
    click.echo(
        "Whoever has this file can read everything in it, also who wrote what. Keep it where only you get at it."
    )
    if with_secret_key:
        click.echo(
            "The secret key is in it: with it, whoever has the file can also make themselves sign-ins of others."
        )
    else:
        click.echo(
            "The secret key is not in it. Without it everything is restored, but everybody signs in anew, and the "
            "links in letters that were sent (to confirm an address, to end letters) work no more."
        )


@click.command("restore")
@FILE
@click.option("--replace", is_flag=True, help="Delete first what the database holds.")
@click.option("--yes", is_flag=True, help="Do not ask before deleting.")
@click.option("--keep-letters", is_flag=True, help="Send the letters that waited when the backup was made.")
@click.option("--although-broken", is_flag=True, help="Restore a record that does not hold, as it is.")
@with_appcontext
def restore(file: Path, replace: bool, yes: bool, keep_letters: bool, although_broken: bool) -> None:
    """Put the backup FILE into the database, which must be empty, and check all of it before it counts.

    The database is migrated as it needs to be. Stop the server first.
    """
    wishes = Wishes(replace=replace, keep_letters=keep_letters, although_broken=although_broken)
    with refusals_as_sentences() as session:
        if replace and not yes:
            _ask(restoring.holds(session))
        done = restoring.restore(
            session, path=file, migrations=Migrated(current_app), wishes=wishes, now=datetime.now(UTC)
        )  # fmt: skip
    click.echo(
        f"Restored: {done.manifest.rows} rows of {done.drafts} drafts, as they were on "
        f"{done.manifest.made_at:%Y-%m-%d %H:%M} UTC."
    )
    click.echo("Every row was read back, every record followed, every version held against its fingerprint.")
    _say_what_changed(done, keep_letters)


def _ask(held: dict[str, int]) -> None:
    if held:
        click.echo(f"The database holds {held.get('drafts', 0)} drafts and {held.get('users', 0)} people.")
        click.confirm("Delete all of it and restore the backup in its place?", abort=True)


def _say_what_changed(done: Restored, keep_letters: bool) -> None:
    for note in done.notes:
        click.echo(note)
    if keep_letters:
        click.echo("Letters that waited go out as soon as the server runs.")
    elif done.letters:
        click.echo(f"{done.letters} letters that waited are not sent, since they may have gone out since the backup.")
    if done.jobs:
        click.echo(f"{done.jobs} files that were being made are to be asked for again.")
    if done.secret_key is not None:
        click.echo(_keep_secret(done.secret_key))
    else:
        click.echo("The secret key was not in the backup: everybody signs in anew.")


def _keep_secret(key: str) -> str:
    """Put the key where the installation looks for it; what to know of it."""
    path = Path(current_app.instance_path) / "secret_key"
    if not path.exists() or path.read_text().strip() != current_app.config["SECRET_KEY"]:
        return "The secret key of the backup is not used: here the key is not kept in the instance folder (SECRET_KEY)."
    partial = path.with_name(f"{path.name}.restored")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return f"The secret key of the backup is in {path} now, in place of the one that was made here."


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{count / 2**10:.0f} KB"

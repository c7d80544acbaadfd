"""flask law outline | diff | merge | check: laws as plain files, without a database."""

import json
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import click
from flask.cli import AppGroup

from app.cli.naming import name_of
from app.domain import checking
from app.domain.clauses import Outline
from app.domain.compare import Change, ChangeKind, Comparison, compare
from app.domain.deriving import amendment_from
from app.domain.edits import Amendment, Law
from app.domain.errors import Refusal
from app.domain.instructions import Style, grouped, instructions
from app.domain.largest import LARGEST_BYTES
from app.domain.merge import Collision, Merged, merge
from app.domain.reading import parse
from app.exports import law_json
from app.imports.markdown import read_text

law = AppGroup("law", help="Laws as plain files: outline, compare, merge, check.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, as docs/law-json.md says.")
COLLISIONS, UNUSABLE = 1, 2
MARKS = {"=": "", "-": "red", "+": "green"}


class UnusableInput(click.ClickException):
    exit_code = UNUSABLE


def read(file: BinaryIO) -> Outline:
    """Read a law; a file that is none ends the command with its sentence and status 2."""
    try:
        return parse(read_text(file.read(LARGEST_BYTES * 4)))
    except Refusal as refusal:
        raise UnusableInput(f"{name_of(file)}: {refusal}") from refusal


def _print_json(value: law_json.Json) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"))


@law.command("outline", with_appcontext=False)
@click.argument("file", type=click.File("rb"))
@as_json
def outline(file: BinaryIO, as_json: bool) -> None:
    """List the clauses of a law with their addresses, and what is wrong with its numbering."""
    found = read(file)
    if as_json:
        _print_json(law_json.outline(found))
        return
    for clause in found.clauses:
        words = " ".join(clause.body.split())
        shown = words if len(words) <= 60 else f"{words[:60].rpartition(' ')[0]} …"
        click.echo(f"{'  ' * clause.depth}{clause.label} {shown}".rstrip() + f"  [{clause.address}]")
    _print_problems(f"{problem.sentence} [{problem.address}]" for problem in found.problems)


def _print_problems(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        click.echo(f"note: {sentence}", err=True)


@law.command("check", with_appcontext=False)
@click.argument("file", type=click.File("rb"))
@click.option("--against", type=click.File("rb"), help="The version before: find references that a renumbering left.")
@click.option("--language", help="Language of the law (ky, ru, en, …), where its words do not tell.")
@as_json
def check(file: BinaryIO, against: BinaryIO | None, language: str | None, as_json: bool) -> None:
    """Find numbers used twice, gaps, and references to clauses that are not there. Status 1 where there are any.

    With --against the version before: also references whose clause got another number or was deleted since.
    """
    found = read(file)
    problems = [*found.problems, *checking.dangling_references(found.clauses, language)]
    if against is not None:
        problems += checking.outdated_references(read(against).clauses, found.clauses, language)
    if as_json:
        _print_json(law_json.check(problems))
    else:
        for problem in problems:
            click.echo(f"{problem.address}: {problem.sentence}")
        click.echo(f"{len(found.clauses)} clauses, {len(problems)} problems", err=True)
    if problems:
        raise click.exceptions.Exit(1)


@law.command("instructions", with_appcontext=False)
@click.argument("old", type=click.File("rb"))
@click.argument("new", type=click.File("rb"))
@click.option("--style", type=click.Choice([style.value for style in Style]), default=Style.UK.value, show_default=True)
@as_json
def instructions_between(old: BinaryIO, new: BinaryIO, style: str, as_json: bool) -> None:
    """Say in the words of an amending act how one version becomes the other."""
    before, after = read(old).clauses, read(new).clauses
    made = instructions(before, after, compare(before, after), Style(style))
    if as_json:
        _print_json(law_json.instructions(before, after, made))
        return
    for entry in grouped(made):
        click.echo(entry)


@law.command("diff", with_appcontext=False)
@click.argument("old", type=click.File("rb"))
@click.argument("new", type=click.File("rb"))
@click.option("--all", "everything", is_flag=True, help="Show kept clauses too.")
@as_json
def diff(old: BinaryIO, new: BinaryIO, everything: bool, as_json: bool) -> None:
    """Compare two versions of a law clause by clause, word by word."""
    before, after = read(old).clauses, read(new).clauses
    comparison = compare(before, after)
    if as_json:
        _print_json(law_json.diff(before, after, comparison, everything=everything))
        return
    for change in comparison.changes:
        if everything or change.kind is not ChangeKind.KEPT:
            _print_change(law_json.change(before, after, change), change)
    _print_counts(comparison)


def _print_change(shown: law_json.Json, change: Change) -> None:
    names = [name for name in dict.fromkeys((shown["old"], shown["new"])) if name]
    sure = "" if change.certainty == 1 else f" ({change.certainty:.0%} sure)"
    click.secho(f"{change.kind.value.replace('_', ' ')} {' → '.join(names)}{sure}", bold=True)
    if shown["possible"]:
        click.echo(f"  perhaps {' or '.join(shown['possible'])}")
    words = "".join(_marked(op, text) for op, text in shown["spans"])
    label = shown["new_label"] or shown["old_label"] or ""
    click.echo(f"  {label} {words}".rstrip())


def _marked(op: str, text: str) -> str:
    """Words with their marks: [-gone-] and {+come+}, as `git diff --word-diff` writes them."""
    if op == "=":
        return text
    return click.style(f"[-{text}-]" if op == "-" else f"{{+{text}+}}", fg=MARKS[op])


def _print_counts(comparison: Comparison) -> None:
    counts = {kind: sum(1 for change in comparison.changes if change.kind is kind) for kind in ChangeKind}
    said = [f"{count} {kind.value.replace('_', ' ')}" for kind, count in counts.items() if count]
    click.echo(", ".join(said), err=True)


@law.command("merge", with_appcontext=False)
@click.argument("base", type=click.File("rb"))
@click.argument("variants", type=click.File("rb"), nargs=-1, required=True)
@click.option("--output", default="-", type=click.Path(allow_dash=True, dir_okay=False), help="Where the text goes.")
@as_json
def merge_files(base: BinaryIO, variants: Sequence[BinaryIO], output: str, as_json: bool) -> None:
    """Merge any number of variants of one base, exact to the word and in any order. Status 1 where they collide.

    What collides keeps the words of the base.
    """
    known: Law = {str(at): clause for at, clause in enumerate(read(base).clauses)}
    amendments = [amendment_from(name, known, read(file).clauses) for name, file in _named(variants)]
    merged = merge(known, [amendment for amendment in amendments if amendment.edits])
    unchanged = [amendment.key for amendment in amendments if not amendment.edits]
    if as_json:
        _print_json(law_json.merge(known, merged, unchanged))
    else:
        with click.open_file(output, "wb", lazy=True) as stream:
            stream.write(merged.text.encode("utf-8"))
        _print_merge(known, merged, amendments)
    if merged.collisions:
        raise click.exceptions.Exit(COLLISIONS)


def _named(variants: Sequence[BinaryIO]) -> list[tuple[str, BinaryIO]]:
    """Variants by the names of their files; one that is given twice gets a number behind it."""
    names: list[str] = []
    for own in map(name_of, variants):
        again = sum(1 for name in names if name.rpartition("#")[0] == own or name == own)
        names.append(f"{own}#{again + 1}" if again else own)
    return list(zip(names, variants, strict=True))


def _print_merge(known: Law, merged: Merged, amendments: Sequence[Amendment]) -> None:
    for collision in merged.collisions:
        _print_collision(known, collision)
    for amendment in amendments:
        fate = merged.fates[amendment.key].value.replace("_", " ") if amendment.edits else "unchanged"
        click.echo(f"{amendment.key}: {fate}", err=True)


def _print_collision(known: Law, collision: Collision) -> None:
    where = known[collision.clause_id].address if collision.clause_id in known else "the beginning"
    click.echo(f"collision ({collision.reason}) in {where}: {collision.base.strip()!r}", err=True)
    for side in collision.sides:
        click.echo(f"  {', '.join(side.amendments)}: {side.text.strip()!r}", err=True)

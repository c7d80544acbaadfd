"""Every command, with any arguments: a sentence and 0, 1 or 2, and nothing that only a programmer understands."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from hypothesis import strategies as st

from tests.fuzz.importers import LAW_FILES
from tests.fuzz.lending import House, lent
from tests.fuzz.running import Broken, Take, Target
from tests.fuzz.values import DAY, LAW, NUMBER, WILD
from tests.product import SLUG

LEFT_OUT = frozenset({"run", "shell", "demo", "db", "restore", "routes"})
"""What serves, or changes the whole installation by design."""
KNOWN = (
    SLUG, f"{SLUG}-ky", "CSO", "MVD", "civil", "facilitator", "1", "2", "file.md", "file2.md", "people.csv", "out", "en", "ru", "observer", "head",
    "2027-01-02", "named", "unattributed", "nowhere/x", ".", "-", "/dev/null", "markdown", "docx", "json", "akn", "full", "public", "state", "6,5,4",
    "--help", "--", "-1", "en=A", "en-uk",
)  # fmt: skip
WORD = st.one_of(st.sampled_from(KNOWN), st.sampled_from(KNOWN), WILD, NUMBER, DAY).map(
    lambda word: word.replace("\0", "")
)
"""A system hands no null character on to a program."""
MANY = st.integers(0, 2**31 - 1)


@dataclass(frozen=True, slots=True)
class Typed:
    command: int
    words: list[str]
    options: list[tuple[int, str]]
    file: bytes
    more: bool


TYPED = st.builds(
    Typed, command=MANY, words=st.lists(WORD, min_size=3, max_size=4), options=st.lists(st.tuples(MANY, WORD), max_size=3), file=LAW_FILES,
    more=st.sampled_from([False, False, False, True]),
)  # fmt: skip


def commands(house: House) -> list[tuple[tuple[str, ...], click.Command]]:
    """Every command with its words."""
    return sorted(_below(house.app.cli, ()), key=lambda found: found[0])


def _below(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield words, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None and name not in LEFT_OUT:
            yield from _below(found, (*words, name))


def arguments(known: list[tuple[tuple[str, ...], click.Command]], typed: Typed) -> list[str]:
    """A command with as many words as it takes, some of its options, and now and then a word too many."""
    words, command = known[typed.command % len(known)]
    count = sum(isinstance(one, click.Argument) for one in command.params) + typed.more
    options = [one for one in command.params if isinstance(one, click.Option)]
    said = list(words)
    for number, value in typed.options if options else ():
        option = options[number % len(options)]
        said += [option.opts[0]] if option.is_flag else [option.opts[0], value]
    return [*said, *typed.words[:count]]


def _type(house: House, known: list[tuple[tuple[str, ...], click.Command]], typed: Typed) -> str:
    house.count()
    said = arguments(known, typed)
    Path("file.md").write_bytes(typed.file)
    Path("people.csv").write_bytes(b"name,email\nA. B.,a@example.org\n")
    answer = house.app.test_cli_runner().invoke(args=said, input="words\nwords\n")
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        answer.exception.add_note(f"flask {said!r}")
        raise answer.exception
    if answer.exit_code not in (0, 1, 2) or "Traceback" in answer.output:
        raise Broken(f"flask {' '.join(said[:2])} ends with {answer.exit_code}| {said!r} {answer.output[-800:]}")
    if answer.exit_code and not answer.output.strip():
        raise Broken(f"flask {' '.join(said[:2])} says nothing| {said!r}")
    return str(answer.exit_code)


@contextmanager
def _opened() -> Iterator[Take]:
    here = Path.cwd()
    with lent() as house, TemporaryDirectory(prefix="kelishim-fuzz-") as folder:
        os.chdir(folder)
        Path("file2.md").write_text(LAW, "utf-8")
        known = commands(house)
        try:
            yield lambda typed: _type(house, known, typed)
        finally:
            os.chdir(here)


TARGETS = [Target("commands", TYPED, _opened, 5, housed=True)]

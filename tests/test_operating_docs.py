"""docs/operating.md says what is so: every setting, every command, every file it names."""

import os
import re
import subprocess
from collections.abc import Iterator, MutableMapping
from pathlib import Path

import pytest
from click import Group
from flask import Flask

from app.factory import create_app
from config import ROOT, Config

DOCS = ROOT / "docs"
TEXT = (DOCS / "operating.md").read_text(encoding="utf-8")
FILES = DOCS / "operating"
SERVER = "granian --interface asgi"


class Asked(MutableMapping[str, str]):
    """An environment in which nothing is set but the folder, and which notes what it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._set, self.names = {"KELISHIM_INSTANCE": str(folder)}, set[str]()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self._set[name]

    def __setitem__(self, name: str, value: str) -> None:
        self._set[name] = value

    def __delitem__(self, name: str) -> None:
        del self._set[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._set)

    def __len__(self) -> int:
        return len(self._set)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The settings that are read when nothing is set."""
    with pytest.MonkeyPatch.context() as patch:
        environment = Asked(tmp_path_factory.mktemp("instance"))
        patch.setattr(os, "environ", environment)
        Config.from_env()
    return {
        name for name in environment.names if name.startswith("KELISHIM_") or name in ("DATABASE_URL", "SECRET_KEY")
    }


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("docs")
    return create_app(Config(database_url="sqlite://", secret_key="x", instance_path=folder, testing=True))


def test_every_setting_stands_in_the_table_and_nothing_else(asked: set[str]) -> None:
    listed = re.findall(r"^\| `([A-Z_]+)` \|", TEXT, re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == asked


def test_the_files_name_only_settings_that_there_are(asked: set[str]) -> None:
    own = {"KELISHIM_SETTINGS", "KELISHIM_PROGRAM"}  # of docs/operating/kelishim alone
    for path in (*FILES.iterdir(), DOCS / "operating.md"):
        assert set(re.findall(r"\bKELISHIM_[A-Z_]+[A-Z]\b", path.read_text())) <= asked | own, path.name


def test_every_command_that_is_named_is_one(app: Flask) -> None:
    begins = r"(?:^|`|-u kelishim |trial\.env )kelishim "
    named = set(re.findall(begins + r"((?:(?:db|users|letters|record) )?[a-z-]+)", TEXT, re.MULTILINE))
    assert {"doctor", "backup", "restore", "db upgrade", "users let-in", "record verify", "letters retry"} <= named
    for first, _, second in (command.partition(" ") for command in sorted(named)):
        found = app.cli.commands.get(first)
        assert found is not None, first
        assert not second or (isinstance(found, Group) and second in found.commands), (first, second)


def test_every_file_that_is_named_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (DOCS / target).exists(), target
    for path in re.findall(r"docs/operating/(\S+?)(?=[\s`]|$)", TEXT):
        assert list(FILES.glob(path)), path


def test_server_unit_container_and_makefile_start_the_same_server() -> None:
    unit = _after(SERVER, (FILES / "kelishim.service").read_text().splitlines())
    container = re.search(r"^CMD (\[.+\])", (FILES / "Containerfile").read_text().replace("\\\n", ""), re.MULTILINE)
    assert container is not None
    everywhere = "0.0.0.0"  # noqa: S104  (inside of the container, whose port is published by whoever runs it)
    assert " ".join(re.findall(r'"([^"]+)"', container[1])) == unit.replace("127.0.0.1", everywhere)
    made = _after(SERVER, (ROOT / "Makefile").read_text().splitlines())
    made = made.replace("$(HOST)", "127.0.0.1").replace("$(PORT)", "8000").replace("$(WORKERS)", "2")
    assert made == unit


def _after(words: str, lines: list[str]) -> str:
    (line,) = [line for line in lines if words in line]
    return line[line.index(words) :].strip()


def test_the_container_copies_only_what_is_there_and_runs_as_nobody_in_particular() -> None:
    lines = (FILES / "Containerfile").read_text().splitlines()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert {"app", "migrations", "drafts", "config.py", "wsgi.py", "requirements.lock"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert lines.index("USER kelishim") < next(place for place, line in enumerate(lines) if line.startswith("CMD "))
    assert sum("--require-hashes" in line for line in lines) == 1


def test_no_log_of_nginx_tells_who_asked_for_what() -> None:
    text = (FILES / "nginx.conf").read_text()
    assert re.findall(r"^\s*access_log (.+);", text, re.MULTILINE) == ["off", "off"]
    assert re.findall(r"^\s*error_log \S+ (.+);", text, re.MULTILINE) == ["crit"]
    assert "proxy_buffering off;" in text


def test_the_script_runs_a_command_with_the_settings_of_the_server(tmp_path: Path) -> None:
    (tmp_path / ".venv/bin").mkdir(parents=True)
    flask = tmp_path / ".venv/bin/flask"
    flask.write_text('#!/bin/sh\necho "$PWD|$KELISHIM_ADDRESS|$KELISHIM_MAIL_FROM|$*"\n')
    flask.chmod(0o700)
    settings = tmp_path / "settings.env"
    settings.write_text(
        '# a remark\nKELISHIM_ADDRESS=https://law.example\nKELISHIM_MAIL_FROM="Law <law@example.org>"\n'
    )
    environment = {"PATH": os.environ["PATH"], "KELISHIM_SETTINGS": str(settings), "KELISHIM_PROGRAM": str(tmp_path)}
    done = subprocess.run(
        ["sh", FILES / "kelishim", "doctor", "--quick"], env=environment, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout == f"{tmp_path}|https://law.example|Law <law@example.org>|--app wsgi doctor --quick\n"

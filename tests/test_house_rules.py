"""Rules that hold for the whole project, checked like everything else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)])
def test_the_code_passes(command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.returncode == 0, result.stdout + result.stderr


def test_imports_run_one_way() -> None:
    script = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_domain_loads_neither_flask_nor_sqlalchemy() -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / "app/domain").rglob("[a-z]*.py")
    ]
    code = (
        f"import sys\nfor name in {names!r}: __import__(name)\nassert not {{'flask', 'sqlalchemy'}} & set(sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_with_hashes_and_name_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert text.count("--hash=sha256:") > len(re.findall(r"^\S+==", text, re.MULTILINE))


def test_the_lock_agrees_with_the_pins() -> None:
    lock = (ROOT / "requirements-dev.lock").read_text()
    pins = re.findall(r'^\s+"([a-z0-9-]+)(?:\[\w+\])?==([\w.]+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert len(pins) > 10
    assert [f"{name}=={version}" for name, version in pins if f"{name}=={version}" not in lock] == []


def test_modules_stay_short() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / "app").rglob("*.py")}
    assert {str(path): length for path, length in lengths.items() if length > 400} == {}


def test_the_top_level_holds_only_what_is_agreed() -> None:
    allowed = {
        "app", "drafts", "migrations", "tests", "docs", "config.py", "wsgi.py", "README.md", "pyproject.toml", "Makefile",
        "requirements.lock", "requirements-dev.lock", "LICENSE", "CHANGELOG.md", ".ci", ".gitignore",
    }  # fmt: skip
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split("/")[0] for line in listed.splitlines()} <= allowed

"""What pandoc reads in a Word document: a second opinion, where it is installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest


def _program() -> str | None:
    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc")
    return str(pypandoc.get_pandoc_path())


PROGRAM = _program()
needs_pandoc = pytest.mark.skipif(PROGRAM is None, reason="pandoc is not installed (pip install pypandoc-binary)")


def words(data: bytes, folder: Path, changes: str) -> list[str]:
    """The words of a document; `changes` is accept or reject. The title is taken for one of the file, and left out."""
    path = folder / "law.docx"
    path.write_bytes(data)
    command = [PROGRAM or "", "-f", "docx", "-t", "plain", "--wrap=none", f"--track-changes={changes}", str(path)]
    text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return text.replace("\u00a0", " ").split()


def authors(data: bytes, folder: Path) -> list[tuple[str, str, str]]:
    """What is tracked or commented, by whom and when, in the order of the text."""
    path = folder / "law.docx"
    path.write_bytes(data)
    command = [PROGRAM or "", "-f", "docx", "-t", "html", "--wrap=none", "--track-changes=all", str(path)]
    page = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    wanted = r'<span class="(insertion|deletion|comment-start)"([^>]*)>'
    found = []
    for kind, facts in re.findall(wanted, page):
        known = dict(re.findall(r'data-(author|date)="([^"]*)"', facts))
        found.append((kind, known["author"], known["date"]))
    return found

"""Bundles read back: with dulwich's objects, and by git itself where it is installed."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from dulwich.bundle import read_bundle
from dulwich.object_store import MemoryObjectStore
from dulwich.objects import Blob, Commit, ObjectID, Tag, Tree

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Repository:
    """What is in a bundle."""

    def __init__(self, data: bytes) -> None:
        self.objects = MemoryObjectStore()
        bundle = read_bundle(io.BytesIO(data))
        bundle.store_objects(self.objects)
        self.references = {name.decode(): target for name, target in bundle.references.items()}
        bundle.close()

    def commits(self) -> Iterator[Commit]:
        """Oldest first."""
        found, at = [], self.references["refs/heads/main"]
        while True:
            commit = self.objects[at]
            assert isinstance(commit, Commit)
            found.append(commit)
            if not commit.parents:
                return reversed(found)
            (at,) = commit.parents

    def tag(self, name: str) -> Tag:
        tag = self.objects[self.references[f"refs/tags/{name}"]]
        assert isinstance(tag, Tag)
        return tag

    def files(self, commit: ObjectID) -> dict[str, str]:
        """Texts by file name."""
        made = self.objects[commit]
        assert isinstance(made, Commit)
        tree = self.objects[made.tree]
        assert isinstance(tree, Tree)
        return {entry.path.decode(): self._text(entry.sha) for entry in tree.items()}

    def _text(self, id: ObjectID) -> str:
        blob = self.objects[id]
        assert isinstance(blob, Blob)
        return blob.data.decode()


def cloned(data: bytes, folder: Path) -> Path:
    """Where git has put it; git finds nothing wrong with it."""
    (folder / "law.bundle").write_bytes(data)
    git(folder, "-c", "transfer.fsckObjects=true", "clone", "--quiet", "law.bundle", "clone")
    assert git(folder / "clone", "fsck", "--strict", "--no-progress") == ""
    return folder / "clone"


def git(folder: Path, *command: str) -> str:
    """What a command says."""
    run = subprocess.run(["git", *command], cwd=folder, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode()

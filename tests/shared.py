"""Real laws and the sample, where they are: beside the repository, or where KELISHIM_SHARED says."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("KELISHIM_SHARED") or Path(__file__).parents[2] / "shared")
LAWS = sorted(path.parent for path in SHARED.glob("corpora/*/meta.json"))

needs_laws = pytest.mark.skipif(not LAWS, reason="the real laws are not beside the repository (../shared/corpora)")


def text_of(path: Path) -> str:
    """A file's text, line ends as they are."""
    return path.read_bytes().decode("utf-8")

"""Make sure that browser tests have a Chromium: Debian's headless shell where it can be had, which takes a third of the
time, else an installed one, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)


def found() -> str | None:
    """Path of an installed Chromium or Chrome."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, NAMES), *PLACES]
    return next((path for path in candidates if path and Path(path).exists()), None)


def install() -> None:
    """Debian's package where this user may install it; Playwright's browser where there is none at all."""
    if shutil.which("apt-get") and os.geteuid() == 0 and _apt("update") and _apt("install", SHELL):
        return
    if found() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _apt(*deed: str) -> bool:
    """Whether it was done; not waited for long, since there may be no network."""
    options = ["-y", "-q", "--no-install-recommends", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"]
    try:
        return subprocess.run(["apt-get", deed[0], *options, *deed[1:]], check=False, timeout=300).returncode == 0
    except subprocess.TimeoutExpired:
        return False


if __name__ == "__main__" and not os.environ.get("CHROMIUM") and shutil.which(SHELL) is None:
    install()

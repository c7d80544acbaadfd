"""Make sure that browser tests have a Chromium: an installed one, else the system's package, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)


def found() -> str | None:
    """Path of an installed Chromium or Chrome."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, NAMES), *PLACES]
    return next((path for path in candidates if path and Path(path).exists()), None)


def install() -> None:
    """Debian's package where this user may install it, else Playwright's browser."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-q"], check=False)
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
        if subprocess.run(command, check=False).returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__" and found() is None:
    install()

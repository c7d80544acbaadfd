"""Questions to passkeys and their answers: the challenge waits in the browser's signed cookie, and is taken once."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import request, session

from app.letters.links import public_address
from app.services.passkeys import Answer, Asked, Site
from app.web.context import now

ASKED = "passkey"


def site() -> Site:
    """What passkeys are made for: the installation's public address, or else the one that was asked for."""
    parts = urlsplit(public_address())
    return Site(host=parts.hostname or "", origin=f"{parts.scheme}://{parts.netloc}")


def keep(asked: Asked) -> dict[str, object]:
    """Keep the challenge; what the script is told."""
    session[ASKED] = {"challenge": asked.challenge, "at": now().timestamp()}
    return asked.options


def taken() -> Answer:
    """What the script sent, with what was asked."""
    kept = session.pop(ASKED, None) or {}
    asked_at = datetime.fromtimestamp(kept["at"], UTC) if kept else None
    return Answer(request.form.get("answer", ""), kept.get("challenge", ""), asked_at)

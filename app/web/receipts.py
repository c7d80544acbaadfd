"""Receipts of authors who are not stored: shown once, and kept in their own browser until it is closed.

The cookie holds codes alone, the newest ones, and not what they are of. It goes when the browser is closed, when the
person signs out or another one signs in, and when they say so.
"""

import re

from flask import Flask, Response, current_app, flash, g, request, session

from app.services import receipts, tokens
from app.web.context import database, user_id

COOKIE, SECURE = "receipts", "__Secure-"
"""Its name, and what stands before it where it is sent over TLS alone: a browser takes such a name from nobody else."""
PATH = "/drafts"
MOST_KEPT = 20
WHO = "_user_id"
"""Under what Flask-Login keeps who is signed in."""
LETTERS = tokens.GROUPS * tokens.LETTERS
KEPT = re.compile(rf"[0-9A-Z]{{{LETTERS}}}")


def register(app: Flask) -> None:
    app.before_request(_show)
    app.after_request(_keep)


def new() -> str:
    """A code for what is about to be written: only its hash is stored, and only where the author is not."""
    return tokens.new_code()


def hand_over(slug: str, code: str) -> None:
    """Give an author the code, once, where something was stored with it."""
    if receipts.is_kept(database(), slug=slug, code=code, user_id=user_id()):
        keep(code)
        flash(code, "receipt")


def keep(code: str) -> None:
    """Have this browser keep a code too."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum()).translate(tokens.MISREAD)
    g.receipts = [plain, *(one for one in kept() if one != plain)][:MOST_KEPT]


def forget() -> None:
    """Have this browser forget all codes."""
    g.receipts = []


def kept() -> list[str]:
    """The codes that this browser keeps, the newest first."""
    return [one for one in request.cookies.get(_name(), "").split(".") if KEPT.fullmatch(one)][:MOST_KEPT]


def _show() -> None:
    """Whoever asks holds what their browser keeps, and what they typed into this form."""
    if request.method == "POST" or request.blueprint == "providers":
        g.known_as = session.get(WHO)
    typed = request.form.get("receipt", "") if request.method == "POST" and request.path.startswith(PATH) else ""
    receipts.show(database(), (*kept(), *([typed] if typed else ())))


def _keep(response: Response) -> Response:
    """Whoever signs in or out leaves nothing to the next one at this browser."""
    if "known_as" in g and session.get(WHO) != g.known_as:
        forget()
    if "receipts" in g:
        _set(response, g.receipts)
    return response


def _set(response: Response, codes: list[str]) -> None:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    if codes:
        response.set_cookie(_name(), ".".join(codes), path=PATH, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(_name(), path=PATH, secure=secure, httponly=True, samesite="Lax")


def _name() -> str:
    return f"{SECURE}{COOKIE}" if current_app.config["SESSION_COOKIE_SECURE"] else COOKIE

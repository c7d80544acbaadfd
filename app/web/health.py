"""Whether this process can make pages, told to whatever watches it: a proxy, a container, a monitoring system.

One page for both questions, whether it lives and whether it is ready: a process that cannot read the database recovers
by itself when the database does, so nobody need be started anew for it.
"""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.services import gauging
from app.web.context import database

pages = Blueprint("health", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@pages.get("/healthz")
def healthz() -> ResponseReturnValue:
    if gauging.is_alive(database()):
        return "ok\n", PLAIN
    database().rollback()
    return "The database cannot be read.\n", 503, {**PLAIN, "Retry-After": "5"}

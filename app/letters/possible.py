"""Whether this installation sends letters, for pages that otherwise offer slips to print."""

from flask import current_app

from app.services import sending


def is_possible() -> bool:
    """Whether a mail server is configured."""
    return sending.is_possible(current_app.config["MAIL"])

"""The letter that tells somebody what is new for them, and its sentences, which feeds take too."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import current_app
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.letters.composing import compose, language_of_letters
from app.letters.links import link
from app.services import notifying
from app.services.notifying import Digest
from app.services.pages_news import NewsLine, NewsOfDraft
from app.store.letters import Letter

SENTENCES = "news/_sentences.html"


def put_all(session: Session) -> int:
    """Put a letter into the outbox for everybody whom it is time to tell; how many people were looked for."""
    config = current_app.config
    looked = 0
    while notifying.notify_next(
        session, write, secret=config["SECRET_KEY"], language_of=language_of_letters,
        zone=ZoneInfo(config["BABEL_DEFAULT_TIMEZONE"]), now=datetime.now(UTC),
    ):  # fmt: skip
        looked += 1
    return looked


def write(digest: Digest) -> Letter:
    count = sum(len(day.lines) for draft in digest.drafts for day in draft.days) + digest.more
    return compose(
        "digest", language=digest.language, address=digest.address, unsubscribe=link("notices.stop", token=digest.stop),
        drafts=digest.drafts, more=digest.more, count=count, url_for=link, bare=True,
    )  # fmt: skip


def sentence(of: NewsOfDraft, line: NewsLine) -> Markup:
    """A line of news as HTML with whole addresses, in the language that is in force."""
    macros = current_app.jinja_env.get_template(SENTENCES).make_module({"url_for": link, "bare": True})
    said: Markup = macros.sentence(of, line)  # type: ignore[attr-defined]  # a macro of the template
    return said.strip()

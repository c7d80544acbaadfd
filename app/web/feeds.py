"""A draft's feed at a private address, for feed readers, which sign in nowhere (Atom, RFC 4287)."""

from datetime import datetime, time

from flask import Blueprint, Response, request
from flask_babel import force_locale

from app.exports import atom
from app.exports.atom import Entry, Feed
from app.letters.composing import language_of_letters
from app.letters.digests import sentence
from app.letters.links import link
from app.services import feeding
from app.services.feeding import DraftFeed
from app.services.pages_news import NewsLine, NewsOfDraft
from app.web.context import database, now, zone

pages = Blueprint("feeds", __name__)
HEADERS = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@pages.get("/feeds/<token>.atom")
def read(token: str) -> Response:
    """In the language that its owner has chosen for letters, whatever the feed reader asks for."""
    language = language_of_letters(feeding.language_of(database(), token=token))
    feed = feeding.read(database(), token=token, language=language, zone=zone(), now=now())
    with force_locale(language):
        data = atom.write(_feed(feed, link("feeds.read", token=token)))
    response = Response(data, mimetype="application/atom+xml", headers=HEADERS)
    response.add_etag()
    response.make_conditional(request)
    return response


def _feed(feed: DraftFeed, address: str) -> Feed:
    days = feed.news.days if feed.news else ()
    entries = tuple(_entry(feed, feed.news, line) for day in days for line in day.lines if feed.news)
    return Feed(feed.id, feed.title, feed.language, address, link("drafts.read", slug=feed.slug), feed.made_at, entries)


def _entry(feed: DraftFeed, of: NewsOfDraft, line: NewsLine) -> Entry:
    """What a draft's attribution keeps to its pages is not quoted, as in letters."""
    said = sentence(of, line)
    title = f"{said.striptags()}: {line.title}" if line.title and not line.is_unsigned else said.striptags()
    author = line.who or (line.institution.name if line.institution else "")
    words = "" if line.is_unsigned else line.words
    at = datetime.combine(line.at.astimezone(zone()).date(), time(0), zone()) if line.is_unsigned else line.at
    return Entry(feed.entry_id(line.number), title, str(said), words, author, at)

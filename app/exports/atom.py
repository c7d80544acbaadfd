"""A feed as Atom (RFC 4287). Its names are permanent; what XML cannot hold is left out of words."""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from lxml.builder import ElementMaker

NAMESPACE = "http://www.w3.org/2005/Atom"
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
HREF = re.compile(r'href="([^"]+)"')
GENERATOR = "Kelishim"


@dataclass(frozen=True, slots=True)
class Entry:
    """`html` is the sentence with links, `words` what was written, if it may be quoted; `author` may be empty."""

    id: str
    title: str
    html: str
    words: str
    author: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """`address` is its own, `page` that of the draft; `made_at` stands for when it changed while nothing is in it."""

    id: str
    title: str
    language: str
    address: str
    page: str
    made_at: datetime
    entries: tuple[Entry, ...]


def write(feed: Feed) -> bytes:
    make = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
    updated = max((entry.updated for entry in feed.entries), default=feed.made_at)
    root = make.feed(
        make.id(feed.id),
        make.title(_text(feed.title), {"{http://www.w3.org/XML/1998/namespace}lang": feed.language}),
        make.updated(_moment(updated)),
        make.author(make.name(GENERATOR)),
        make.link(rel="self", type="application/atom+xml", href=feed.address),
        make.link(rel="alternate", type="text/html", href=feed.page),
        *(_entry(make, feed, entry) for entry in feed.entries),
    )
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(make: ElementMaker, feed: Feed, entry: Entry) -> etree._Element:
    """It leads to the first thing that its sentence names."""
    found = HREF.search(entry.html)
    html = f"<p>{entry.html}</p>" + (f"<blockquote>{_escaped(entry.words)}</blockquote>" if entry.words else "")
    parts = [
        make.id(entry.id),
        make.title(_text(entry.title)),
        make.updated(_moment(entry.updated)),
        make.link(rel="alternate", type="text/html", href=_unescaped(found[1]) if found else feed.page),
        make.content(_text(html), type="html"),
    ]
    if entry.author:
        parts.append(make.author(make.name(_text(entry.author))))
    return make.entry(*parts)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _text(words: str) -> str:
    return NO_XML.sub("", words)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescaped(href: str) -> str:
    return (
        href.replace("&#34;", '"').replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    )

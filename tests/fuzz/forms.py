"""The forms that stand on the product's pages, the names that its views read, and the addresses that there are."""

import inspect
import re
import sys
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from flask import Flask
from werkzeug.routing import Rule

READS = re.compile(
    r"""(?:args|form|values|files)\.(?:get|getlist|pop)\(\s*["']([\w-]+)["']|(?:args|form|files)\[["']([\w-]+)["']\]"""
)
FILES = frozenset({"static", "assets.read", "records.pdf", "records.word", "downloads.file", "live.of_draft"})
"""Addresses with no page behind them."""
ENDLESS = frozenset({"live.of_draft"})
"""Streams that stay open until their hearer goes."""


@dataclass(slots=True)
class Field:
    """`type` as HTML says it (`select`, `textarea`, `button` for those elements); `values` that the page offers."""

    name: str
    type: str
    values: list[str] = field(default_factory=list)


@dataclass(slots=True)
class PageForm:
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)


class _Collecting(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found, self.select = path, list[PageForm](), ""
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href", "").startswith("/"):
            self.links.add(said["href"])
        if tag == "form":
            self.found.append(PageForm(said.get("action") or self.path, said.get("method", "get").lower()))
        elif tag in ("input", "textarea", "select", "button") and self.found and said.get("name"):
            self._take(said["name"], said.get("type", "text") if tag == "input" else tag, said.get("value"))
            self.select = said["name"] if tag == "select" else ""
        elif tag == "option" and self.select:
            self._take(self.select, "select", said.get("value", ""))

    def _take(self, name: str, kind: str, value: str | None) -> None:
        taken = self.found[-1].fields.setdefault(name, Field(name, kind))
        if value is not None:
            taken.values.append(value)


def forms_of(page: str, path: str) -> tuple[list[PageForm], set[str]]:
    """The forms of a page, and where its links lead."""
    collecting = _Collecting(path)
    collecting.feed(page)
    return collecting.found, collecting.links


def names_read(app: Flask, endpoint: str) -> tuple[str, ...]:
    """The names of fields and parameters that the module of a view reads."""
    view = inspect.unwrap(app.view_functions[endpoint])
    return _names_in(view.__module__)


@cache
def _names_in(module: str) -> tuple[str, ...]:
    try:
        source = inspect.getsource(sys.modules[module])
    except (OSError, TypeError):
        return ()
    return tuple(dict.fromkeys(one or other for one, other in READS.findall(source)))


def rules(app: Flask, method: str) -> list[Rule]:
    """All that take a method, in one order."""
    taking = (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))
    return sorted((rule for rule in taking if rule.endpoint not in ENDLESS), key=lambda rule: rule.rule)

"""Every form and every route, over HTTP, as every kind of person: whatever is sent, no answer is our mistake."""

import html
import json
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode, urlsplit

from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.fuzz.forms import FILES, Field, PageForm, forms_of, names_read, rules
from tests.fuzz.lending import PEOPLE, House, lent
from tests.fuzz.running import Broken, Take, Target
from tests.fuzz.values import DAY, LAW, NUMBER, WILD

KEPT = "Kept words 7Q."
LOOKING = {"facilitator": 1, "civil": 0, "stranger": 0}
"""As whom pages are looked through for forms, and how many of each kind of link."""
OF_A_SHAPE = 3
SPARSE = 6
"""In the short run, of so many pages one is looked through."""
MANY = st.integers(0, 2**31 - 1)
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "PROPFIND")
FRAGMENTS = ("margin", "1", "board", "part", "é", "x" * 300)
TYPES = (
    "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x",
    "application/json", "text/plain", "application/json; charset=utf-99", "application/x-www-form-urlencoded; charset=utf-16",
    "nonsense", "", "multipart/form-data; boundary=" + "y" * 300, "text/csv", "application/xml",
)  # fmt: skip
BODIES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([
        b"\xff\xfe=\x80&a=%ff%00&body=%zz", b"--x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nwords", b"--x--\r\n", b"--x\r\n\r\n",
        b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a\x00b\"\r\nContent-Type: x\r\n\r\n\xff\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; filename=\"a.md\"\r\n\r\n# T\r\n--x--\r\n", b"{", b"[]", b"null", b'{"id": [[[[]]]]}', b'"\xff"',
        b"[" * 5000, b'{"a":' * 3000, b"&" * 900, b"=" * 900, b"a=1&" * 900, b"1e999", b'{"id":NaN}', b"9" * 5000, b'"\\ud800"', b'{"id":"\\u0000"}',
    ]),
)  # fmt: skip
UPLOADS = st.one_of(
    st.binary(max_size=80),
    WILD.map(lambda text: text.encode()),
    st.sampled_from([
        LAW.encode(), LAW.encode("utf-16"), b"name,email\nA,a@x.org\n", "имя;email\nА Б;a@x.org\n".encode("cp1251"), b"PK\x03\x04", b"\xff\xfen\0",
        b"name\n\"open", b"---\ntitle: 2026-13-45\n---\n# T\n", b"---\ntitle: [[[\n---\n# T\n", b"name\n" + b"x\n" * 600, b"# T\n\0", b"",
    ]),
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WILD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "type", "response", "rawId", "body", "address", "clientDataJSON", "attestationObject"]) | WILD, inner, max_size=4),
    max_leaves=6,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """What chance says of a request, before it is known which forms there are: numbers choose among what there is."""

    person: int
    what: int
    way: int
    spots: tuple[int, ...]
    """One for each field or argument: which of its usual values."""
    wild: tuple[tuple[int, str], ...]
    """Fields that get another value."""
    gone: tuple[int, ...]
    """Fields that are left out."""
    more: tuple[tuple[int, str], ...]
    """Fields that are not on the form, or a second time."""
    body: bytes
    file: bytes
    json: Any


DRAWN = st.builds(
    Drawn, person=MANY, what=MANY, way=MANY, spots=st.lists(MANY, min_size=6, max_size=12).map(tuple),
    wild=st.lists(st.tuples(MANY, st.one_of(WILD, WILD, NUMBER, DAY)), max_size=3).map(tuple), gone=st.lists(MANY, max_size=1).map(tuple),
    more=st.lists(st.tuples(MANY, WILD), max_size=1).map(tuple), body=BODIES, file=UPLOADS, json=JSON,
)  # fmt: skip


@dataclass(slots=True)
class Request:
    """What is sent."""

    person: str
    method: str
    path: str
    options: dict[str, Any]
    holds_kept: bool = False

    def __str__(self) -> str:
        return f"{self.person}: {self.method} {self.path[:2000]!r} {repr(self.options)[:6000]}"


def forms_there_are(house: House, looking: Mapping[str, int]) -> list[PageForm]:
    """Of all pages, and of some of each kind that they lead to, the forms; of each shape a few.

    `looking` says as whom, and how many pages of each kind of link are opened.
    """
    found: dict[tuple[str, ...], list[PageForm]] = {}
    for name, near in looking.items():
        client, visited = house.person(name), Counter[str]()
        paths = [_address(house, rule, (0,)) for rule in rules(house.app, "GET") if rule.endpoint not in FILES]
        paths = paths[::SPARSE] if house.small else paths
        first = len(paths)
        for number, path in enumerate(paths):
            answer = client.get(path)
            if answer.mimetype != "text/html":
                answer.close()
                continue
            forms, links = forms_of(answer.text, path)
            for link in sorted(links) if number < first else ():
                kind = _kind(link)
                visited[kind] += 1
                if visited[kind] <= near and link not in paths:
                    paths.append(link)
            for form in forms:
                alike = found.setdefault((_kind(form.action), form.method, *sorted(form.fields)), [])
                if len(alike) < OF_A_SHAPE and form.action not in {one.action for one in alike}:
                    alike.append(form)
    return [form for alike in found.values() for form in alike]


def _kind(address: str) -> str:
    """An address without its numbers and ids."""
    return re.sub(r"[0-9a-f]{20}|\d+", "…", urlsplit(address).path)


def _address(house: House, rule: Any, spots: tuple[int, ...], wild: str | None = None, at: int = 0) -> str:
    """An address of a rule: its arguments are such as are there, but for one that may be wild."""
    path = re.sub(r"^\|?", "", rule.rule)
    for number, name in enumerate(sorted(rule.arguments)):
        known = house.at.get(name, ["1"])
        value = known[spots[number % len(spots)] % len(known)]
        if wild is not None and number == at % len(rule.arguments):
            value = wild
        path = re.sub(rf"<(?:[^<>]*:)?{name}>", lambda _, value=value: quote(value, safe=""), path)
    return path


class Sending:
    """Makes requests of what was drawn, sends them, and looks at the answers."""

    def __init__(self, house: House, forms: list[PageForm]) -> None:
        self.house = house
        self.posting = [form for form in forms if form.method == "post"]
        self.getting = [form for form in forms if form.method != "post"]
        self.logged: list[str] = []

    def form(self, drawn: Drawn) -> Request:
        """A form of a page, most of it as people fill it in."""
        form = self.posting[drawn.what % len(self.posting)]
        pairs, kept = _filled(form, drawn)
        options, kept = _as_sent(form, pairs, drawn, kept)
        return Request(self._person(drawn), "POST", form.action, options, kept)

    def route(self, drawn: Drawn) -> Request:
        """Any address that takes a form, with fields that its views read."""
        all_rules = rules(self.house.app, "POST")
        rule = all_rules[drawn.what % len(all_rules)]
        names = names_read(self.house.app, rule.endpoint) or ("body",)
        fields = {name: Field(name, "text", ["1", "A word.", "yes"]) for name in names}
        form = PageForm(self._somewhere(rule, drawn), "post", fields)
        pairs, _ = _filled(form, drawn)
        return Request(self._person(drawn), "POST", form.action, _as_sent(form, pairs, drawn, False)[0])

    def look(self, drawn: Drawn) -> Request:
        """Any page, with parameters that its views read; now and then by another method."""
        all_rules = rules(self.house.app, "GET")
        rule = all_rules[drawn.what % len(all_rules)]
        names = (*names_read(self.house.app, rule.endpoint), "q", "view", "page")
        pairs = [(names[number % len(names)], value) for number, value in (*drawn.wild, *drawn.more)]
        query = urlencode(pairs) if drawn.way % 7 else quote_from_bytes(drawn.body, safe="=&%")
        method = METHODS[drawn.way % len(METHODS)] if drawn.way % 23 == 0 else "GET"
        headers = (
            {"X-Fragment": FRAGMENTS[drawn.way % len(FRAGMENTS)].encode().decode("latin-1")}
            if drawn.way % 5 == 0
            else {}
        )
        return Request(
            self._person(drawn), method, self._somewhere(rule, drawn), {"query_string": query, "headers": headers}
        )

    def _somewhere(self, rule: Any, drawn: Drawn) -> str:
        odd = drawn.wild[0][1] if drawn.wild and drawn.way % 4 == 0 else None
        path = _address(self.house, rule, drawn.spots, odd, drawn.way // 4)
        return path + quote_from_bytes(drawn.body, safe="%/") if drawn.way % 61 == 0 else path

    def _person(self, drawn: Drawn) -> str:
        return ("facilitator", "civil", *PEOPLE)[drawn.person % (len(PEOPLE) + 2)]

    def send(self, request: Request) -> str:
        """The status of the answer. Raises whatever went wrong, with the request."""
        self.logged.clear()
        try:
            self.house.count()
            answer = self.house.person(request.person).open(request.path, method=request.method, **request.options)
            self._look_at(request, answer)
        except Exception as error:
            error.add_note(str(request))
            self.house.people.pop(request.person, None)
            raise
        if request.method == "POST" and answer.location in ("/", "/sign-in"):
            self.house.people.pop(request.person, None)
        return str(answer.status_code)

    def _look_at(self, request: Request, answer: TestResponse) -> None:
        data = answer.get_data()
        answer.close()
        if answer.status_code >= 500:
            raise Broken(f"status {answer.status_code} of {request.method} {_kind(request.path)}")
        if self.logged:
            raise Broken(f"logged: {self.logged[0]}")
        if request.holds_kept and answer.status_code in (409, 422) and KEPT not in html.unescape(data.decode()):
            raise Broken(f"{answer.status_code} loses what was typed: {_kind(request.path)}")


def _filled(form: PageForm, drawn: Drawn) -> tuple[list[tuple[str, Any]], bool]:
    """The fields with their values, and whether a long text is among them that must come back: where a file can be sent,
    it is taken instead of the text."""
    names, pairs, kept, uploads = list(form.fields), list[tuple[str, Any]](), False, False
    wild = {number % len(names): value for number, value in drawn.wild} if names else {}
    gone = {number % len(names) for number in drawn.gone} if names and drawn.way % 3 == 0 else set()
    for number, name in enumerate(names):
        field, spot = form.fields[name], drawn.spots[number % len(drawn.spots)]
        if number in gone or (field.type == "checkbox" and spot % 2):
            continue
        value = wild.get(number, _usual(field, spot))
        if field.type == "file":
            pairs.append((name, (BytesIO(drawn.file), wild.get(number, "law.md") or "a", "text/plain")))
            uploads = True
        elif value is not None:
            pairs.append((name, value))
            kept = kept or (field.type == "textarea" and value == KEPT)
    everywhere = (*names, "do", "id", "next", "body", "is_administrator", "csrf_token")
    return [
        *pairs,
        *((everywhere[number % len(everywhere)], value) for number, value in drawn.more),
    ], kept and not uploads


def _usual(field: Field, spot: int) -> str | None:
    """What somebody would put there."""
    if field.type in ("select", "radio", "button", "submit", "checkbox", "hidden"):
        return field.values[spot % len(field.values)] if field.values else None
    if field.type == "textarea":
        return KEPT
    usual = {"number": "3", "date": "2027-02-03", "datetime-local": "2027-02-03T10:00", "email": "a@example.org", "time": "10:00",
             "password": "kelishim-demo"}  # fmt: skip
    own = usual.get(field.type, "A word")
    return (*field.values, own)[spot % (len(field.values) + 1)]


def _as_sent(form: PageForm, pairs: list[tuple[str, Any]], drawn: Drawn, kept: bool) -> tuple[dict[str, Any], bool]:
    """As one of the ways in which a body can be sent; by most of them as browsers do."""
    headers = {"X-Fragment": FRAGMENTS[drawn.way % 3]} if drawn.way % 6 == 0 else {}
    way = drawn.way % 20
    if way == 0:
        return {"data": drawn.body, "content_type": TYPES[drawn.what % len(TYPES)]}, False
    if way == 1:
        return {"data": json.dumps(drawn.json), "content_type": "application/json"}, False
    if way == 2:
        plain = {name: value for name, value in pairs if isinstance(value, str)}
        return {"data": json.dumps(plain | {"id": drawn.json}), "content_type": "application/json"}, False
    if way == 3:
        plain_pairs = [(name, value.encode() + drawn.body) for name, value in pairs if isinstance(value, str)]
        return {"data": urlencode(plain_pairs), "content_type": TYPES[0], "headers": headers}, False
    if any(not isinstance(value, str) for _, value in pairs) or way == 4:
        data: dict[str, Any] = {}
        for name, value in pairs:
            data.setdefault(name, []).append(value)
        return {"data": data, "content_type": "multipart/form-data", "headers": headers}, kept
    return {"data": urlencode(pairs), "content_type": TYPES[0], "headers": headers}, kept


class _Logged(logging.Handler):
    """Keeps the first line of whatever is logged as an error."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage()[:300])


def _sending(kind: str) -> Any:
    @contextmanager
    def opened() -> Iterator[Take]:
        with lent() as house:
            sending = Sending(
                house, forms_there_are(house, {"facilitator": 0} if house.small else LOOKING) if kind == "form" else []
            )
            handler = _Logged(sending.logged)
            logging.getLogger().addHandler(handler)
            house.app.logger.addHandler(handler)
            make = getattr(sending, kind)
            try:
                yield lambda drawn: sending.send(make(drawn))
            finally:
                logging.getLogger().removeHandler(handler)
                house.app.logger.removeHandler(handler)

    return opened


TARGETS = [
    Target("forms", DRAWN, _sending("form"), 24, housed=True),
    Target("fields of every route", DRAWN, _sending("route"), 9, housed=True),
    Target("pages", DRAWN, _sending("look"), 9, housed=True),
]

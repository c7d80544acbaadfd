"""Cookies and headers, as browsers, proxies and enemies send them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.lending import House, lent
from tests.fuzz.running import Broken, Take, Target
from tests.fuzz.values import ODD, WILD
from tests.product import LAW, SLUG

PATHS = (
    "/sign-in", "/healthz", "/no-such-page", "/sign-in?next=/", "/language",
    "/", "/sign-in", LAW, f"{LAW}/amendments/1", f"/publications/{SLUG}/1", f"/publications/{SLUG}/1/{SLUG}-1.en.md", "/healthz",
    "/assets/any/js/main.js", f"{LAW}/clauses/nowhere", f"{LAW}/board", "/search?q=law", "/styleguide",
)  # fmt: skip
NAMES = (
    "Accept-Language", "Range", "If-None-Match", "If-Modified-Since", "If-Range", "Host", "X-Forwarded-For", "X-Forwarded-Host",
    "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded", "Content-Length", "Content-Type", "Accept", "Accept-Encoding",
    "User-Agent", "Referer", "Origin", "X-Fragment", "Last-Event-ID", "Authorization", "X-Request-Id", "Transfer-Encoding", "Expect",
    "Content-Encoding", "X-HTTP-Method-Override", "Sec-Fetch-Site", "X-CSRFToken", "Cookie", "Accept-Charset", "Date", "Upgrade",
)  # fmt: skip
VALUES = (
    "bytes=0-", "bytes=-1", "bytes=5-2", "bytes=0-0,1-1,2-2", "bytes=999999999999999999999-", "items=0-5", "bytes=a-b", "*", '"x"', "W/\"x\"",
    "en;q=99", "xx, ru;q=0.5, ky;q=-1", "en;q=nan", ",".join(["en"] * 900), "gzip;q=0, *;q=0", "gzip;q=x", "br", "evil.example", "a:b:c", "[::1", ":80",
    "localhost:99999999", "https", "javascript", "127.0.0.1, 10.0.0.1, x", "for=\"[::1]\";proto=http", "-1", "99999999999999999999", "1e5", "chunked",
    "100-continue", "Thu, 32 Foo 2026 99:99:99 GMT", "Thu, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Basic !!!", "Bearer x", "Basic Og==",
    "text/html;q=x, */*;q=0", "multipart/form-data", "application/json", "x" * 9000, "a=b; a=c; =d; \"", "session=; session=x", "null", "0", "48", "999999",
)  # fmt: skip
HEADER = st.tuples(st.sampled_from(NAMES), st.one_of(st.sampled_from(VALUES), st.sampled_from(ODD), WILD))
COOKIE = st.sampled_from(["session", "receipts", "language", "remember_token", "other"])
CHANGES = st.tuples(
    st.integers(0, 400), st.sampled_from(["", ".", "-", "A", "é", "\0", ";", '"', "=" * 9, "x" * 5000]), st.booleans()
)


@dataclass(frozen=True, slots=True)
class Sent:
    path: str
    method: str
    headers: list[tuple[str, str]]
    cookie: str
    change: tuple[int, str, bool]


SENT = st.builds(
    Sent, path=st.sampled_from(PATHS), method=st.sampled_from(["GET", "GET", "GET", "POST", "HEAD", "OPTIONS"]),
    headers=st.lists(HEADER, max_size=4), cookie=COOKIE, change=CHANGES,
)  # fmt: skip


def _header(value: str) -> str:
    """As a server hands it on: bytes as Latin-1, no line ends and null characters, which none lets through."""
    return value.replace("\0", "").replace("\r", "").replace("\n", "").encode().decode("latin-1")


def _send(house: House, sent: Sent) -> str:
    house.count()
    kept = {cookie.key: cookie.value for name in ("civil",) for cookie in _cookies(house, name)}
    client = house.app.test_client(use_cookies=False)
    at, piece, cut = sent.change
    value = kept.get(sent.cookie, "x.y.z")
    at %= len(value) + 1
    kept[sent.cookie] = value[:at] + piece + ("" if cut else value[at:])
    cookies = "; ".join(f"{name}={_header(value)}" for name, value in kept.items())
    environ: dict[str, Any] = {"HTTP_COOKIE": cookies}
    for name, value in sent.headers:
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = _header(value)
    answer = client.open(sent.path, method=sent.method, environ_overrides=environ)
    answer.get_data()
    answer.close()
    if answer.status_code >= 500:
        raise Broken(f"status {answer.status_code} of {sent.method} {sent.path}")
    return str(answer.status_code)


def _cookies(house: House, name: str) -> list[Any]:
    return list(house.person(name)._cookies.values())  # the test client shows them one by one only


@contextmanager
def _opened() -> Iterator[Take]:
    with lent() as house:
        yield lambda sent: _send(house, sent)


TARGETS = [Target("cookies and headers", SENT, _opened, 4, housed=True)]

"""The HTML files that leave the house, as a browser shows them without a network."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from app.exports.bundle import Bundle, Part
from app.exports.bundle_page import page as index
from tests.exports.papers import paper
from tests.exports.test_html import HOSTILE, written

TITLE = 'T "</style><script>document.title="ran"</script><img src=x onerror=document.title=1>\\'


@contextmanager
def opened(chromium: Browser, path: Path, html: str) -> Iterator[Page]:
    """The file on a telephone; it must ask for nothing but itself, and nothing is complained about."""
    path.write_text(html, encoding="utf-8")
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("request", lambda request: heard.append(request.url))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(path.as_uri())
    yield page
    assert heard == [path.as_uri()]
    assert page.evaluate("document.querySelector('h1').checkVisibility()")
    context.close()


def test_a_version_is_shown_in_its_style_and_runs_and_asks_for_nothing(chromium: Browser, tmp_path: Path) -> None:
    with opened(chromium, tmp_path / "law.html", written(paper(HOSTILE, HOSTILE, title=TITLE))) as page:
        assert page.title() == f"{TITLE} · Version 2"
        assert page.evaluate("getComputedStyle(document.querySelector('.imprint')).textAlign") == "center"
        assert page.evaluate("document.documentElement.scrollWidth") == 360, "nothing stands out at the side"


def test_the_index_of_a_bundle_runs_and_asks_for_nothing(chromium: Browser, tmp_path: Path) -> None:
    parts = (Part("html", "en", "en/law-2.en.html", b"-"),)
    bundle = Bundle("law", TITLE, "en", paper("# L\n", "# L\n").version, ("en",), parts)
    with opened(chromium, tmp_path / "index.html", index(bundle)) as page:
        assert page.title().startswith(TITLE)

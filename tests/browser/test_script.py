"""Pages full of what an enemy typed, in a real browser: nothing runs, nothing is fetched, the policy has nothing to stop."""

from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page

from tests.attacks.payloads import ALL, MARK
from tests.attacks.poisoned import poison
from tests.browser.conftest import People, served
from tests.conftest import application
from tests.product import LAW

WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = (...said) => { window.ran.push(name); };
document.addEventListener("securitypolicyviolation", (event) => window.ran.push("policy: " + event.violatedDirective));
"""
PLANTED = f"""() => [...document.querySelectorAll("*")].filter((one) =>
    one.localName.includes("{MARK}")
    || [...one.attributes].some((at) => at.name.includes("{MARK}") || at.name.startsWith("on") || at.name === "style"
        || (["href", "src", "action", "formaction"].includes(at.name)
            && !["http:", "https:", "mailto:"].includes(new URL(at.value, location.href).protocol)))
    || ["iframe", "object", "embed", "base"].includes(one.localName)).map((one) => one.outerHTML.slice(0, 200))"""
PAGES = (
    LAW, f"{LAW}?view=brackets", f"{LAW}/compare?old=1&new=2", f"{LAW}/amendments/1", f"{LAW}/discussion", f"{LAW}/clauses/{{clause}}",
    f"{LAW}/search?q={{typed}}", f"{LAW}/amendments/everywhere?words={{typed}}",
)  # fmt: skip


def test_nothing_that_was_typed_runs_in_a_browser(chromium: Browser, instance: Path) -> None:
    app: Flask = application(f"sqlite:///{instance / 'kelishim.sqlite'}", instance)
    clause = poison(app)
    with served(instance) as address:
        people = People(chromium, address, True)
        page = people.person("facilitator")
        page.add_init_script(WATCH)
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        for path in PAGES:
            page.goto(path.replace("{clause}", clause).replace("{typed}", encoded(page, ALL)))
            page.wait_for_load_state("networkidle")
            assert page.locator("main").inner_text(), path
            assert (page.evaluate("window.ran"), page.evaluate(PLANTED)) == ([], []), path
        people.leave()
        assert (dialogs, people.complaints) == ([], [])


def encoded(page: Page, words: str) -> str:
    return str(page.evaluate("encodeURIComponent", words[:400]))


def test_the_watch_sees_what_runs(chromium: Browser, instance: Path) -> None:
    """Else the test above would show nothing."""
    page = chromium.new_page()
    page.add_init_script(WATCH)
    page.goto("about:blank")
    page.set_content(f"<main><{MARK}-1>x</{MARK}-1><img src=data:x onerror=alert(1)><a href=javascript:x>y</a></main>")
    page.wait_for_function("window.ran.length")
    assert (page.evaluate("window.ran"), len(page.evaluate(PLANTED))) == (["alert"], 3)
    page.close()

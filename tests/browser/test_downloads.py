"""Files of a version: chosen, fetched, checked; one that takes a while is watched while it is made. With script and
without."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from app.services import jobs, jobs_running
from app.services.exporting import Wanted
from app.store.db import db
from tests.browser.conftest import LAW, People
from tests.conftest import application
from tests.product import SLUG, user_id


def now() -> datetime:
    return datetime.now(UTC)


def saved(page: Page, name: str) -> str:
    """The SHA-256 of what a link saves."""
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    return hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest()


def test_files_are_found_fetched_and_checked(people: People, instance: Path) -> None:
    observer = people.person("observer")
    observer.goto(LAW)
    observer.get_by_role("link", name="Files", exact=True).click()
    expect(observer.get_by_role("heading", name="Files of version 1")).to_be_visible()
    digest = saved(observer, "Source text (Markdown)")
    observer.reload()
    expect(observer.locator("#markdown code")).to_have_text(digest)
    expect(observer.locator("#bundle").get_by_role("button", name="Have it made")).to_be_visible()

    app = application(f"sqlite:///{instance / 'kelishim.sqlite'}", instance)
    person = user_id(app, "observer")
    with app.app_context():
        jobs.ask(db.session, name="docx", wanted=Wanted(SLUG), user_id=person, now=now())
    observer.reload()
    observer.locator("#own").get_by_role("link", name="Word document").click()
    expect(observer.get_by_text("waits for its turn")).to_be_visible()
    with app.app_context():
        assert jobs_running.run_next(db.session, now)
        db.engine.dispose()
    expect(observer.get_by_role("link", name="Download", exact=True)).to_be_visible()  # it looks by itself
    assert saved(observer, "Download") == observer.locator("code.fingerprint").inner_text()
    observer.get_by_role("button", name="Put it away").click()
    expect(observer.get_by_text("It is put away.")).to_be_visible()
    expect(observer.locator("#own")).to_have_count(0)

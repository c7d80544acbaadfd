"""A secretariat publishes; somebody outside reads it on a phone, takes a file with them, and checks it."""

import hashlib
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAW, People

SLUG = LAW.rpartition("/")[2]


def publish(page: Page, version: int, *also: str) -> str:
    """With the source and what else is named; the address of the publication."""
    page.goto(f"{LAW}/versions/{version}/publish")
    page.locator("input[value=public]").check()
    page.get_by_label("Issued by").fill("Ministry of Justice")
    page.get_by_label("What it is").fill("Draft law, first reading")
    for one in page.locator("input[name=format]:enabled").all():
        one.uncheck()
    for name in also:
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".publish-preview")).to_contain_text("Draft law, first reading")
    page.get_by_role("button", name=f"Publish version {version} for good").click()
    expect(page.get_by_text(f"Version {version} is published.")).to_be_visible()
    return page.url


def check(page: Page, file: Path, said: str) -> None:
    page.get_by_label("The file you were given").set_input_files(file)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#check [role=status]")).to_contain_text(said)


def test_a_text_is_published_read_on_a_phone_checked_and_superseded(people: People, tmp_path: Path) -> None:
    secretariat = people.person("facilitator")
    first = publish(secretariat, 1)
    phone = people.somebody(viewport={"width": 360, "height": 740})
    phone.goto(first)
    expect(phone.get_by_text("Draft law, first reading", exact=True)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_role("link", name="Files", exact=True).click()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Source text (Markdown)").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    expect(phone.locator(".file .fingerprint")).to_have_text(hashlib.sha256(file.read_bytes()).hexdigest())
    check(phone, file, f"not a character altered: {SLUG}-1.en.md")
    file.write_bytes(file.read_bytes().replace(b"shall", b"may", 1))
    check(phone, file, "No file that was published here has this fingerprint.")

    secretariat.goto(f"{LAW}/consolidation")
    secretariat.locator("#choose-15").check()
    secretariat.get_by_role("button", name="Issue version 2").click()
    expect(secretariat.get_by_text("Version 2 is issued.")).to_be_visible()
    publish(secretariat, 2, "Comparison table for Word")
    phone.goto(first)
    phone.locator(".notice").get_by_role("link", name="Publication 2").click()
    expect(phone.get_by_role("link", name="Comparison table for Word")).to_be_visible()
    expect(phone.locator("#versions").get_by_role("link", name="Publication 1")).to_be_visible()

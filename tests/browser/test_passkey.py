"""A passkey in a real browser, whose device is Chromium's own virtual one."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route, expect

from tests.browser.conftest import PASSWORD, People

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def at_localhost(chromium: Browser, address: str) -> Iterator[People]:
    """A passkey is made for a host by its name: an address of figures has none."""
    everybody = People(chromium, address.replace("127.0.0.1", "localhost"), script=True)
    yield everybody
    everybody.leave()
    assert everybody.complaints == []


def type_password(page: Page) -> None:
    page.get_by_label("Name").fill("civil")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_text("Cholpon, for civil society").first.click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in", exact=True).wait_for()


def touch(page: Page, device: CDPSession, key: str, button: str) -> None:
    """Press the button of a page that was opened while nobody touched the device, and touch it when it is asked. The
    virtual one never answers what it was asked before somebody was there."""

    def consent(route: Route) -> None:
        present(device, key, True)
        route.continue_()

    page.route("**/options", consent)
    page.get_by_role("button", name=button).click()
    page.wait_for_url(lambda url: "/sign-in" not in urlsplit(url).path)
    page.unroute("**/options")


def present(device: CDPSession, key: str, is_there: bool) -> None:
    """Whether somebody touches the device whenever it asks."""
    device.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": key, "enabled": is_there})


def test_a_passkey_is_set_up_signs_in_alone_and_as_the_second_step(at_localhost: People) -> None:
    page = at_localhost.somebody()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    key = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    page.goto("/sign-in")
    type_password(page)
    page.get_by_role("heading", name="Drafts").wait_for()

    page.goto("/account/second-factor")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()
    page.get_by_label("What to call it").fill("Work laptop")
    page.get_by_role("button", name="Set up a passkey").click()
    expect(page.get_by_text("The passkey is set up")).to_be_visible()
    expect(page.get_by_text("Work laptop")).to_be_visible()
    sign_out(page)

    present(device, key, False)
    with page.expect_response("**/options"):  # what fills in by itself has asked by then
        page.goto("/sign-in?next=/search")
    expect(page.get_by_label("Name")).to_have_attribute("autocomplete", "username webauthn")
    touch(page, device, key, "Sign in with a passkey")
    assert urlsplit(page.url).path == "/search"
    sign_out(page)

    present(device, key, False)
    page.goto("/sign-in")
    type_password(page)
    page.get_by_role("heading", name="One more step").wait_for()
    touch(page, device, key, "Use a passkey")
    page.get_by_role("heading", name="Drafts").wait_for()

"""People: an installation begins, an administrator sets up a draft and hands out slips, people join on their phones,
a delegation is handed over, and whoever is removed is out at once."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import People, running
from tests.browser.test_passkey import DEVICE, present, touch

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
PASSWORD = "nine quiet herons"
INSTITUTIONS = {
    "MVD": "Ministry of Internal Affairs", "GPO": "General Prosecutor’s Office", "MOH": "Ministry of Health",
    "OMB": "Ombudsman", "NPM": "National Centre for the Prevention of Torture",
}  # fmt: skip
PEOPLE = """\
name;institution;part
Aida Osmonova;MVD;head
Bakyt Sadyrov;MVD;authorised
Cholpon Asanova;NPM;head
Damira Toktogulova;GPO;head
Emil Kasymov;MHO;head
Feruza Alieva;OMB;head
"""
LAW = """\
# On the investigation of torture

## Article 1. Registration

1. The body that learns of torture shall register the report within twenty-four hours.
2. The report shall be handed to the prosecutor.
"""
WORDS = "within twenty-four hours"
REMARK = "Twenty-four hours are too long."
DRAFT = "/drafts/torture"


@pytest.fixture
def beginning(chromium: Browser, empty_sqlite: Path, tmp_path: Path) -> Iterator[People]:
    """A new installation, where nobody has an account. A passkey is made for a host by its name."""
    shutil.copy(empty_sqlite, tmp_path / "kelishim.sqlite")
    with running(tmp_path) as address:
        everybody = People(chromium, address.replace("127.0.0.1", "localhost"), script=True)
        yield everybody
        everybody.leave()
        assert [one for one in everybody.complaints if "status of 404" not in one] == []  # of whoever was removed


def begin(page: Page, code: str) -> None:
    """The first administrator makes their account, by the code which the server printed."""
    page.goto("/")
    expect(page.get_by_role("heading", name="The first administrator")).to_be_visible()
    page.get_by_label("Code").fill(code)
    page.get_by_label("Your full name").fill("Gulnara Ismailova")
    page.get_by_label("Sign-in name").fill("gulnara")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Administration")).to_be_visible()


def set_up(page: Page) -> None:
    """Five institutions, and a draft of a text."""
    page.get_by_role("main").get_by_role("link", name="Institutions").click()
    for code, name in INSTITUTIONS.items():
        page.get_by_label("Code").fill(code)
        page.get_by_label("Name in English").fill(name)
        page.get_by_role("button", name="Add the institution").click()
        expect(page.locator(f"#institution-{code}")).to_contain_text(name)
    page.goto("/administration/drafts")
    page.get_by_label("Address").fill("torture")
    page.get_by_label("Language of the text").select_option("en")
    page.get_by_label("or the text itself").fill(LAW)
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_text("you are its administrator")).to_be_visible()
    page.goto(f"{DRAFT}/settings")
    for code, name in INSTITUTIONS.items():
        seats = page.locator("#seats")
        if not seats.get_by_label("Institution").is_visible():
            seats.get_by_text("Give a seat").click()
        seats.get_by_label("Institution").select_option(code)
        seats.get_by_role("button", name="Give the seat").click()
        expect(seats.locator(".seat-list")).to_contain_text(name)


def invite(page: Page) -> dict[str, tuple[str, str]]:
    """Everybody of a list, whose error is mended; the code and the link of each, as the slips have them."""
    page.get_by_role("navigation", name="This draft").get_by_role("link", name="Members").click()
    page.get_by_role("link", name="Invitations").click()
    page.get_by_role("link", name="Invite many from a list").click()
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode()}
    page.get_by_label("File").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Show what it comes to").click()
    expect(page.get_by_text("5 people can be invited; 1 line has something wrong in it.")).to_be_visible()
    expect(page.locator(".list-faults")).to_contain_text("Line 6 · Emil Kasymov")
    expect(page.locator(".list-faults")).to_contain_text("“MHO”")
    page.get_by_label("Or its text").fill(PEOPLE.replace("MHO", "MOH"))
    page.get_by_role("button", name="Show what it comes to").click()
    expect(page.locator(".list-faults")).to_have_count(0)
    page.get_by_role("button", name="Invite 6 people").click()
    expect(page.get_by_role("heading", name="6 invitations are made")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".slip")).to_have_count(6)
    expect(page.locator(".slips-head")).to_be_hidden()
    expect(page.locator(".slip .slip-code").last).to_be_visible()
    page.emulate_media(media="screen")
    names = page.locator(".slip-name").all_inner_texts()
    codes = page.locator(".slip-code").all_inner_texts()
    links = [one.input_value() for one in page.locator(".once-link").all()]
    return dict(zip(names, zip(codes, links, strict=True), strict=True))


def join(page: Page, name: str) -> None:
    """The page behind the link or the code: a name to sign in with is proposed, a password chosen."""
    expect(page.get_by_role("main")).to_contain_text(name)
    page.get_by_label("Sign-in name").fill(name.partition(" ")[0].lower())
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    check(page)
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url(f"**{DRAFT}")
    check(page)


def prove(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("link", name="Second factor").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()


def with_passkey(page: Page) -> None:
    """Sets one up, and signs in by it alone."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    key = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    prove(page)
    page.get_by_label("What to call it").fill("My phone")
    page.get_by_role("button", name="Set up a passkey").click()
    expect(page.get_by_text("The passkey is set up")).to_be_visible()
    check(page)
    present(device, key, False)
    with page.expect_response("**/options"):  # what fills in by itself has asked by then
        sign_out(page)
    touch(page, device, key, "Sign in with a passkey")
    expect(page.get_by_role("heading", name="Drafts")).to_be_visible()


def with_app(page: Page) -> None:
    """Sets an app up, and signs in by password and code."""
    prove(page)
    page.get_by_role("button", name="Set up an app").click()
    app = pyotp.TOTP(page.locator(".secret").inner_text().replace(" ", ""))
    check(page)
    page.get_by_label("Type the code that it shows").fill(app.now())
    page.get_by_role("button", name="Confirm the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator("#codes li")).to_have_count(10)
    check(page)
    sign_out(page)
    type_password(page, "aida")
    page.get_by_label("Code from the app").fill(app.at(time.time() + 30))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Drafts")).to_be_visible()


def type_password(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in")


def check(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def hand_over(page: Page, to: str) -> None:
    """The head of a delegation makes somebody else its head."""
    page.goto(f"{DRAFT}/delegation")
    page.get_by_label("To", exact=True).select_option(to)
    page.get_by_label("They lead the delegation from now on").check()
    page.get_by_role("button", name="Hand over").click()
    expect(page.locator(".member-line", has_text=to)).to_contain_text("head")
    expect(page.get_by_role("button", name="Hand over")).to_have_count(0)
    check(page)


def begin_to_write(page: Page) -> Page:
    """A second page of the same browser, on which a comment was begun."""
    clause = page.locator(".clause", has_text=WORDS)
    other = page.context.new_page()
    other.goto(f"{DRAFT}/clauses/{clause.get_attribute('data-clause')}")
    other.get_by_label("Your comment").fill(REMARK)
    return other


def remove(page: Page, name: str) -> None:
    page.goto(f"{DRAFT}/members")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name=f"Remove {name}").click()
    expect(page.locator(".member-line", has_text=name)).to_have_count(0)


def test_slips_bring_people_in_on_their_phones_and_whoever_is_removed_is_out_at_once(
    beginning: People, tmp_path: Path
) -> None:
    administrator = beginning.somebody()
    begin(administrator, (tmp_path / "first_run_code").read_text().strip())
    set_up(administrator)
    slips = invite(administrator)

    aida, bakyt, cholpon = (beginning.somebody(**PHONE) for _ in range(3))
    aida.goto(slips["Aida Osmonova"][1])
    join(aida, "Aida Osmonova")
    with_app(aida)
    bakyt.goto("/join")
    bakyt.get_by_label("The code on your slip").fill(slips["Bakyt Sadyrov"][0].lower().replace("-", " "))
    bakyt.get_by_role("button", name="Go on").click()
    join(bakyt, "Bakyt Sadyrov")
    sign_out(bakyt)
    type_password(bakyt, "bakyt")
    cholpon.goto(slips["Cholpon Asanova"][1])
    join(cholpon, "Cholpon Asanova")
    with_passkey(cholpon)

    hand_over(aida, "Bakyt Sadyrov")
    bakyt.goto(f"{DRAFT}/delegation")
    expect(bakyt.get_by_role("button", name="Hand over")).to_be_visible()

    bakyt.goto(DRAFT)
    cholpon.goto(DRAFT)
    writing = begin_to_write(cholpon)
    remove(administrator, "Cholpon Asanova")
    expect(cholpon.get_by_text(WORDS)).to_have_count(0, timeout=3_000)
    expect(cholpon.get_by_role("heading", level=1)).to_have_text("Not found")
    expect(writing.get_by_text("What you typed is on this page still")).to_be_visible()
    expect(writing.get_by_label("Your comment")).to_have_value(REMARK)
    check(writing)
    writing.get_by_role("button", name="Add comment").click()
    expect(writing.get_by_role("textbox", name="What you typed")).to_have_value(REMARK)
    for page in (writing, cholpon):
        answer = page.goto(DRAFT)
        assert answer is not None and answer.status == 404
    expect(bakyt.get_by_text(WORDS)).to_be_visible()

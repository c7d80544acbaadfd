"""A session's record: written, edited, issued and read, with script and without; nothing typed is lost."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.store.db import db
from tests.browser.conftest import LAW, People
from tests.conftest import application
from tests.services.records import hold

RECORDS = f"{LAW}/records"


@pytest.fixture
def instance(demonstration: Path, tmp_path: Path) -> Path:
    """The demonstration after a session."""
    copy = Path(shutil.copytree(demonstration, tmp_path / "instance"))
    app = application(f"sqlite:///{copy / 'kelishim.sqlite'}", copy)
    hold(app)
    with app.app_context():
        db.engine.dispose()
    return copy


def test_a_record_is_written_edited_issued_and_read(people: People) -> None:
    facilitator = people.person("facilitator")
    facilitator.goto(f"{LAW}/sessions")
    facilitator.get_by_role("link", name="Write the record").click()
    facilitator.get_by_label("Language of the document").select_option("ky")
    facilitator.get_by_role("button", name="Write the record").click()
    text = facilitator.get_by_label("Text of the record")
    expect(text).to_have_value(re.compile("^# № 1 отурумдун протоколу: First reading"))
    text.fill(text.input_value() + "\nОкулду жана туура деп табылды.\n")
    facilitator.get_by_role("button", name="See how it reads").click()
    expect(facilitator.locator("#preview")).to_contain_text("Окулду жана туура деп табылды.")
    facilitator.get_by_role("button", name="Save").click()
    facilitator.get_by_text("Issue it", exact=True).click()
    facilitator.get_by_role("button", name="Issue the record for good").click()
    expect(facilitator.get_by_text("The record is issued.")).to_be_visible()
    observer = people.person("observer")
    observer.goto(RECORDS)
    observer.get_by_role("link", name="№ 1 отурумдун протоколу").click()
    expect(observer.get_by_role("article")).to_contain_text("Окулду жана туура деп табылды.")
    expect(observer.locator("code.fingerprint")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    expect(observer.get_by_role("link", name="Edit")).to_have_count(0)

"""An observer takes a checkpoint home and checks it later; the facilitator verifies everything, script on and off."""

from tests.browser.conftest import People
from tests.product import LAW


def test_a_checkpoint_is_taken_home_and_checked(people: People) -> None:
    page = people.person("observer")
    page.goto(LAW)
    page.get_by_role("link", name="Activity").first.click()
    page.get_by_role("link", name="Checkpoint: print it").click()
    kept = page.locator("pre.checkpoint").inner_text()
    assert kept.startswith("Checkpoint of the record of a draft law")
    page.get_by_label("The checkpoint that you kept").fill(kept)
    page.get_by_role("button", name="Check it").click()
    page.get_by_text("is the one in the checkpoint, and so is everything before it").wait_for()
    page.get_by_label("The checkpoint that you kept").fill("nothing of the kind")
    page.get_by_role("button", name="Check it").click()
    page.get_by_text("This is no checkpoint").wait_for()
    assert page.get_by_label("The checkpoint that you kept").input_value() == "nothing of the kind"

    facilitator = people.person("facilitator")
    facilitator.goto(f"{LAW}/activity/checkpoint")
    facilitator.get_by_role("button", name="Verify the record now").click()
    facilitator.get_by_text("The record holds:").wait_for()

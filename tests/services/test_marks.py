"""Institutions and people as pages may name them: in one place, by the attribution of the draft."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.services import showing
from app.services.marks import Day, Marks
from app.services.pages import UNTOLD, InstitutionMark


def test_only_these_modules_ask_for_institutions_and_people_whatever_the_attribution() -> None:
    folder = Path(showing.__file__).parent
    asking = {
        called: {path.stem for path in folder.glob("*.py") if f"{called}(" in path.read_text()}
        for called in ("showing.institution_marks", "full_names")
    }
    hiding = {"exporting", "exported_history", "exported_note", "exported_positions", "published_agreement"}
    telling = {"searching", "news", "notifying", "feeding"}  # which have a mode for each draft
    of_members = {"attributing_mode", "showing_invitations"}
    assert asking["showing.institution_marks"] <= hiding | telling | of_members
    assert asking["full_names"] - {"exported_positions", "exported_history"} <= {"showing", "attending", "holding"}


MVD, CSO = InstitutionMark("MVD", "Interior"), InstitutionMark("CSO", "Civil society")
SAID = "@MVD and @interior, write to a@civil.org; @@cso"


@pytest.mark.parametrize(
    ("mode", "got", "those", "person", "words"),
    [
        ("named", MVD, (MVD, CSO), "Bakyt", SAID),
        ("institution_only", MVD, (MVD, CSO), "", "@MVD and @…, write to a@civil.org; @@cso"),
        ("unattributed", None, (UNTOLD, UNTOLD), "", "@… and @…, write to a@civil.org; @@cso"),
    ],
)
def test_what_is_told_of_a_contributor(
    mode: str, got: InstitutionMark | None, those: tuple[InstitutionMark, ...], person: str, words: str
) -> None:
    known = Marks({1: MVD, 2: CSO}, mode)
    assert (known.get(1), known.those([1, 2, 9]), known.person("Bakyt"), known.words(SAID)) == (
        got,
        those,
        person,
        words,
    )
    assert known.seats[1] == MVD
    with pytest.raises(KeyError):
        known[9]


def test_a_day_says_no_time() -> None:
    at = datetime(2026, 11, 24, 9, 17, tzinfo=UTC)
    assert Marks({}, "institution_only").when(at).isoformat() == "2026-11-24T09:17:00+00:00"
    for shown in (Marks({}, "unattributed").when(at), Marks({}).when(at, told=False)):
        assert (isinstance(shown, Day), shown.isoformat(), str(shown), shown == at) == (
            True, "2026-11-24", "2026-11-24", True,
        )  # fmt: skip

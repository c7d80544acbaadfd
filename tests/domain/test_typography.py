"""Whether a change is one of setting only, so that a position may be confirmed on it at one stroke."""

import pytest

from app.domain.typography import same_words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("within 24 hours", "within 24 hours", True),
        ("within  24 hours ", "within 24 hours", True),
        ("within 24\u00a0hours", "within 24 hours", True),
        ("«орган»", "“орган”", True),
        ("12-1", "12–1", True),
        ("со\u00adхранить", "сохранить", True),
        ("не позднее 24 часов…", "не позднее 24 часов...", True),
        ("й", "и\u0306", True),
        ("within 24 hours", "within 12 hours", False),
        ("shall", "may", False),
        ("Суд", "суд", False),
        ("казнить, нельзя помиловать", "казнить нельзя, помиловать", False),
        ("within 24 hours", "within 24 hours.", False),
        ("её", "ее", False),
        ("a b", "ab", False),
    ],
)
def test_setting_is_told_from_words(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same
    assert same_words(other, one) is same

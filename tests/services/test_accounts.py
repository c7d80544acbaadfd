"""Signing in tells nobody which accounts there are."""

from app.services.accounts import HASHER, NOBODY


def test_a_name_that_nobody_has_costs_as_much_as_a_wrong_password() -> None:
    assert not HASHER.check_needs_rehash(NOBODY)

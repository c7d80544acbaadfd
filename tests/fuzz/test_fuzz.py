"""The short run: a few wild inputs to every target, the same ones every time. `make fuzz` sends a hundred thousand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import strategies as st

from tests.fuzz import lending
from tests.fuzz.lending import House
from tests.fuzz.running import Broken, Target, keep, pure, run, shares, table
from tests.fuzz.targets import all_targets
from tests.product import Copies

pytest_plugins = ["tests.demonstration"]
FEW = {"forms": 20, "fields of every route": 20, "pages": 20, "cookies and headers": 20, "commands": 20, "exports": 5,
       "exports as PDF": 1, "imported versions": 4, "imported drafts": 8}  # fmt: skip
OTHERWISE = 20
SEED = 20261128


@pytest.fixture(scope="module")
def house(demonstration: Copies) -> Iterator[None]:
    """Every target gets this one house, as the tests before it left it."""
    with demonstration() as app:
        lending.enliven(app)
        shared = House(app, small=True)
        shared.at = lending.arguments(app)

        @contextmanager
        def lent() -> Iterator[House]:
            shared.check()
            yield shared
            shared.check()

        lending.LENDING.append(lent)
        yield
        lending.LENDING.remove(lent)


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("house")
def test_whatever_is_sent_to_the_product_is_answered_with_a_page_or_a_sentence() -> None:
    """One after the other, in one house: what each finds is the same every time."""
    assert _failures([target for target in all_targets() if target.housed]) == []


@pytest.mark.parametrize("target", [one for one in all_targets() if not one.housed], ids=lambda one: one.name)
def test_whatever_is_read_is_a_value_or_a_sentence(target: Target) -> None:
    assert _failures([target]) == []


def _failures(targets: list[Target]) -> list[str]:
    outcomes = [run(target, FEW.get(target.name, OTHERWISE), SEED) for target in targets]
    assert all(one.inputs == FEW.get(one.target, OTHERWISE) for one in outcomes)
    return [failure.written() for one in outcomes for failure in one.failures.values()]


def _picky(number: int) -> str:
    if number % 2:
        raise Broken("an odd number| so it is")
    if number % 4:
        raise KeyError(number)
    return "value"


def test_a_failure_is_counted_by_its_place_and_kept_with_its_input(tmp_path: Path) -> None:
    target = Target("picky ones", st.integers(0, 1000), pure(_picky))
    outcome = run(target, 150, 1)
    assert (outcome.inputs, sum(outcome.said.values())) == (150, 150)
    assert [place.split(":")[0] for place in sorted(outcome.failures)] == ["Broken", "KeyError in test_fuzz.py"]
    assert outcome.said["FAILED"] == sum(outcome.failed.values()) > 2
    assert "picky ones     150" in table([outcome])
    first, second = (path.read_text() for path in keep([outcome], tmp_path))
    assert ("target: picky ones" in first, "KeyError" in first + second, "an odd number" in first + second) == (
        True,
        True,
        True,
    )


def test_all_inputs_are_given_out() -> None:
    targets = [Target(name, st.none(), pure(str), share) for name, share in (("one", 1), ("two", 2), ("half", 0.5))]
    assert shares(targets, 1000) == {"one": 285, "two": 571, "half": 144}

"""What wild input once broke, and what is said of it now."""

import pytest

from app.domain.front_matter import BadFrontMatter, read_front_matter
from app.domain.rules import UnusableRule, majority

LAUGHS = "title: &a [x, x]\nnote: &b [*a, *a]\nversion: [*b, *b]"


@pytest.mark.parametrize(
    "values",
    ["version: 2026-13-45", "version: " + "9" * 5000, "title: !!timestamp x", "title: !!bool x", "title: !!int ''",
     "title: " + "[" * 3000],
)  # fmt: skip
def test_front_matter_with_a_value_that_no_program_reads_is_refused(values: str) -> None:
    with pytest.raises(BadFrontMatter, match="The front matter of the file cannot be used: "):
        read_front_matter(f"---\n{values}\n---\n")


def test_front_matter_has_no_aliases_out_of_which_millions_of_values_could_be_made() -> None:
    with pytest.raises(BadFrontMatter, match=r"it has an alias \(\*\) in it \(line 3\)"):
        read_front_matter(f"---\n{LAUGHS}\n---\n")


@pytest.mark.parametrize("share", ["1e999999999", "1e-999999999", "9" * 5000, "1/0", "٢/٣", "nan"])
def test_a_share_that_takes_hours_to_count_is_refused_at_once(share: str) -> None:
    with pytest.raises(UnusableRule, match="is no share: write it like 2/3"):
        majority(share)

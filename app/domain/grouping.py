"""What belongs together, directly or through however many others: amendments that meet, clauses agreed together."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def connected(ties: Iterable[Sequence[Key]]) -> list[set[Key]]:
    """The ties, joined where they share a key: every key stands in one set, sets in the order of their first tie.

    The same sets whatever the order of the ties; near linear in their length (the smaller set joins the larger).
    """
    together: dict[Key, set[Key]] = {}
    for tie in ties:
        for key in tie:
            together.setdefault(key, {key})
        for one, other in pairwise(tie):
            smaller, larger = sorted((together[one], together[other]), key=len)
            if smaller is not larger:
                larger |= smaller
                together.update(dict.fromkeys(smaller, larger))
    return list({id(members): members for members in together.values()}.values())

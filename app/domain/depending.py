"""What depends on what: nothing may depend on itself, through however many others."""

from collections.abc import Iterable, Mapping


def way(depends_on: Mapping[int, Iterable[int]], start: int, goal: int) -> tuple[int, ...]:
    """The shortest chain of dependencies from one to the other, both included; empty where there is none."""
    ways: list[tuple[int, ...]] = [(start,)]
    seen = {start}
    for at in ways:
        if at[-1] == goal:
            return at
        further = [other for other in depends_on.get(at[-1], ()) if other not in seen]
        seen.update(further)
        ways += [(*at, other) for other in further]
    return ()

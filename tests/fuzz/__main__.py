"""`make fuzz`: wild input in great number. Ends with 1 where something failed; every failure is kept in a file."""

import argparse
import sys
from pathlib import Path

from tests.fuzz.running import keep, run, shares, table
from tests.fuzz.targets import all_targets

KEPT = Path("build/fuzz")


def main() -> int:
    asked = _arguments()
    targets = [target for target in all_targets() if asked.only in target.name]
    if not targets:
        print(f"No target has “{asked.only}” in its name.")  # noqa: T201
        return 2
    counts, whole = shares(targets, asked.inputs), sum(target.share for target in targets)
    outcomes = []
    for target in targets:
        seconds = asked.seconds * target.share / whole if asked.seconds else float("inf")
        outcomes.append(run(target, counts[target.name], asked.seed, seconds=seconds))
        keep(outcomes[-1:], KEPT)
        print(table(outcomes[-1:]).splitlines()[1], flush=True)  # noqa: T201
    print(f"\nSeed {asked.seed}.\n{table(outcomes)}")  # noqa: T201
    for path in keep(outcomes, KEPT):
        print(f"failure: {path}")  # noqa: T201
    return 1 if any(one.failures for one in outcomes) else 0


def _arguments() -> argparse.Namespace:
    asking = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asking.add_argument("--inputs", type=int, default=100_000, help="how many, of all targets together")
    asking.add_argument("--seed", type=int, default=1, help="another one draws other inputs")
    asking.add_argument("--seconds", type=float, default=0, help="the longest it may take, divided like the inputs")
    asking.add_argument("--only", default="", help="targets with this in their names")
    return asking.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""`make bench`: the figures of docs/performance.md, measured anew."""

import sys

from tests.bench import backing_up, bench_of_amendments, bench_of_the_bench, board, growing, law_core, live, overview
from tests.bench.measuring import RUNS, table
from tests.shared import LAWS


def main() -> int:
    if not LAWS:
        print("The real laws are not beside the repository (../shared/corpora): nothing can be measured.")  # noqa: T201
        return 0
    print(f"Medians of {RUNS} runs, taken in turn with their references; {law_core.git_version()}.\n")  # noqa: T201
    parts = (law_core, growing, overview, bench_of_amendments, bench_of_the_bench, board, live, backing_up)
    print(table([row for part in parts for row in part.rows()]))  # noqa: T201
    print(f"\n{law_core.memory()}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())

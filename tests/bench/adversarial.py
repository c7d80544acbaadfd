"""Texts that an enemy would send, through the stages that a law goes through: how the work grows with the length.

`python -m tests.bench.adversarial [--bytes 5000000] [--kind K] [--stage S]`: each stage of each text in a process of its
own, bounded in processor time, at a sixteenth, a quarter and the whole of the length. The exponent is that of the last
step that ended: 1 is linear, 2 quadratic.
"""

import argparse
import math
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection

from app.domain.clauses import Clause
from app.domain.compare import compare
from app.domain.diff import diff
from app.domain.edits import Amendment, Law, ReplaceWords
from app.domain.merge import merge
from app.domain.reading import parse
from app.domain.render import render

BYTES, SECONDS, MEMORY = 5_000_000, 60, 4 * 2**30
KINDS: dict[str, Callable[[int], str]] = {
    "deep nesting": lambda size: "# Law\n\n" + "".join(
        f"{'  ' * (at % 60)}{at % 60 + 1}) words of the item {at}\n\n" for at in range(size // 90)
    ),
    "deep numbers": lambda size: "# Law\n\n" + "".join(
        f"{'.'.join('1' for _ in range(at % 40 + 1))} Words.\n\n" for at in range(size // 50)
    ),
    "a million brackets": lambda size: "# Law\n\n" + "[" * (size // 2) + "]" * (size // 2) + "\n",
    "round brackets": lambda size: "# Law\n\n1. " + "(" * size + "\n",
    "one line": lambda size: "# Law\n\n" + "word and word " * (size // 14) + "\n",
    "one word": lambda size: "# Law\n\n" + "x" * size + "\n",
    "unmatched quotes": lambda size: "# Law\n\n" + "«word “and „more \n\n" * (size // 22),
    "alternating labels": lambda size: "# Law\n\n" + "1. One\n\na) Two\n\n" * (size // 16),
    "two words": lambda size: "# Law\n\n" + "a b " * (size // 4) + "\n",
    "tiny clauses": lambda size: "# Law\n\n" + "".join(f"{at}. x\n\n" for at in range(size // 10)),
    "equal lines": lambda size: "# Law\n\n" + "The same words.\n\n" * (size // 17),
    "stars": lambda size: "# Law\n\n1. " + "*a _b " * (size // 6) + "\n",
    "backticks": lambda size: "# Law\n\n1. " + "".join("`" * (at % 300 + 1) + "a" for at in range(size // 151)) + "\n",
    "angles": lambda size: "# Law\n\n1. " + "<a <b " * (size // 6) + "\n",
    "quotes in quotes": lambda size: "# Law\n\n" + ("> " * 80 + "words\n\n") * (size // 170),
    "table": lambda size: "# Law\n\n" + "| a | b |\n|---|---|\n" + "| x | y |\n" * (size // 10),
}  # fmt: skip


def read(text: str) -> tuple[Clause, ...]:
    return parse(text).clauses


def changed(text: str) -> str:
    """The text with other words in its middle, and a line taken out of the middle of its first half."""
    middle, quarter = len(text) // 2, len(text) // 4
    end = text.find("\n", quarter) + 1 or quarter
    return text[:quarter] + text[end:middle] + " other words " + text[middle:]


def _rendered(clauses: tuple[Clause, ...]) -> list[str]:
    return [render(one) for one in clauses]


def _merged(law: Law, proposed: list[Amendment]) -> str:
    """Read out to the last clause: until then nothing is merged."""
    return "".join(clause.source for clause in merge(law, proposed).amended.values())


def _amended(clauses: tuple[Clause, ...]) -> Callable[[], object]:
    law = {f"c{at}": clause for at, clause in enumerate(clauses)}
    bodies = [(clause_id, clause.body) for clause_id, clause in law.items() if clause.body][:: max(1, len(law) // 50)]
    proposed = [
        Amendment(f"A{at}", (ReplaceWords(clause_id, 0, "", f"{at} "),))
        for at, (clause_id, body) in enumerate(bodies[:50], start=1)
    ]
    return partial(_merged, law, proposed)


STAGES: dict[str, Callable[[str], Callable[[], object]]] = {
    "parse": lambda text: lambda: parse(text),
    "render": lambda text: partial(_rendered, read(text)),
    "difference": lambda text: lambda: diff(text, changed(text)),
    "compare": lambda text: partial(compare, read(text), read(changed(text))),
    "merge": lambda text: _amended(read(text)),
}
"""What is to be measured, made ready: reading belongs to the first stage alone."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=BYTES)
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--stage", choices=STAGES)
    asked = parser.parse_args()
    for line in lines(asked.bytes, asked.kind, asked.stage):
        print(line, flush=True)  # noqa: T201
    return 0


def lines(size: int, only_kind: str | None = None, only_stage: str | None = None) -> Iterator[str]:
    yield f"| text of {size:,} bytes | stage | seconds at 1/16, 1/4, 1 | exponent |"
    yield "|---|---|---|---|"
    for kind in KINDS if only_kind is None else (only_kind,):
        for stage in STAGES if only_stage is None else (only_stage,):
            taken = [seconds(kind, stage, size // part) for part in (16, 4, 1)]
            said = " · ".join("over" if one is None else f"{one:.2f}" for one in taken)
            yield f"| {kind} | {stage} | {said} | {_exponent(taken)} |"


def _exponent(taken: list[float | None]) -> str:
    ended = [one for one in taken if one is not None]
    if len(ended) < 2 or min(ended[-2:]) < 0.02:
        return "–"
    return f"{math.log(ended[-1] / ended[-2]) / math.log(4):.2f}"


def seconds(kind: str, stage: str, size: int) -> float | None:
    """Processor seconds of a stage in a process of its own; None where it took more than SECONDS or too much memory."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_measured, args=(there, kind, stage, size))
    process.start()
    there.close()
    try:
        found: float = here.recv()
    except EOFError:
        return None
    finally:
        process.join()
    return found


def _bound_time(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _measured(out: Connection, kind: str, stage: str, size: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    _bound_time(2 * SECONDS)
    work = STAGES[stage](KINDS[kind](size))
    start = time.process_time()
    _bound_time(int(start) + SECONDS + 1)  # making it ready is not measured
    work()
    out.send(time.process_time() - start)


if __name__ == "__main__":
    sys.exit(main())

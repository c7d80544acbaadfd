"""The law core on real laws: reading, comparing, telling words apart, merging, carrying."""

import random
import re
import subprocess
import tempfile
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from app.domain.clauses import Clause, Kind
from app.domain.compare import compare
from app.domain.diff import Span, diff
from app.domain.edits import Amendment, Edit, ReplaceWords, edits_between
from app.domain.lazy_reading import read_lazily
from app.domain.matching import match
from app.domain.merge import merge
from app.domain.reading import parse
from app.domain.rebase import carry_all
from tests.bench.measuring import Row, command, together
from tests.shared import LAWS, SHARED, text_of

CODE_CIVIL = SHARED / "corpora/fr-code-civil"
GIT_WORDS = ("git", "diff", "--no-index", "--word-diff", "--word-diff-regex=[[:alnum:]]+|[^[:space:]]")


def rows() -> Iterator[Row]:
    yield reading()
    yield from comparing()
    yield telling_words_apart()
    yield merging_a_thousand()
    yield one_clause()
    yield large_law()
    yield unrelated()


def reading() -> Row:
    text = text_of(CODE_CIVIL / "v0003.md")
    markdown = MarkdownIt("js-default")
    ours, theirs = together(lambda: parse(text), lambda: markdown.parse(text))
    return Row("parse the Code civil (1.3 MB) into clauses", ours, "markdown-it-py parsing the same", theirs, 0.5)


def comparing() -> Iterator[Row]:
    """Versions 2 and 3: the reform of contract law. Stored versions know their clauses; only rows that differ are
    asked for."""
    files = [CODE_CIVIL / "v0002.md", CODE_CIVIL / "v0003.md"]
    old_text, new_text = map(text_of, files)
    old, new = parse(old_text).clauses, parse(new_text).clauses
    link = match(old, new).link
    changed = [(old[at].body, new[to].body) for at, to in link.items() if old[at].body != new[to].body]
    raw, stored, git = together(
        lambda: compare(parse(old_text).clauses, parse(new_text).clauses),
        lambda: [diff(one, other) for one, other in changed],
        command(*GIT_WORDS, *files),
    )
    name = "git diff --word-diff with a word expression"
    yield Row("compare its versions 2 and 3 from raw text", raw, name, git, 3)
    yield Row("compare the same two as stored versions", stored, name, git, 1, f"{len(changed)} changed clauses")


def changed_articles() -> list[tuple[str, str]]:
    pairs = []
    for law in LAWS:
        versions = [_articles(parse(text_of(path)).clauses) for path in sorted(law.glob("v*.md"))]
        for old, new in pairwise(versions):
            pairs += [(old[name], new[name]) for name in old if name in new and old[name] != new[name]]
    return pairs


def _articles(clauses: tuple[Clause, ...]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    name = ""
    for clause in clauses:
        name = clause.address if clause.kind is Kind.ARTICLE else name
        if name:
            found.setdefault(name, []).append(clause.source)
    return {name: "".join(parts) for name, parts in found.items()}


def telling_words_apart() -> Row:
    pairs = changed_articles()
    with tempfile.TemporaryDirectory() as folder:
        for side in (0, 1):
            (Path(folder) / "ab"[side]).mkdir()
            for number, pair in enumerate(pairs):
                (Path(folder) / "ab"[side] / f"{number:05}").write_text(pair[side])
        ours, git = together(
            lambda: [diff(*pair) for pair in pairs],
            command("git", "diff", "--no-index", "--word-diff", "a", "b", cwd=Path(folder)),
        )
    note = f"{ours / len(pairs) * 1000:.2f} ms an article, {len(pairs)} of them; confetti {confetti(pairs):.1%}"
    return Row(
        "words inside changed articles of all the laws", ours, "git diff --word-diff of the same", git, 1.5, note
    )


def confetti(pairs: list[tuple[str, str]]) -> float:
    """The share of unchanged runs between two edits that are no words, or shorter than both edits beside them."""
    runs = scraps = 0
    for pair in pairs:
        grouped = _grouped(diff(*pair))
        for (_, one), (kind, text), (_, other) in zip(grouped, grouped[1:], grouped[2:], strict=False):
            if kind == "=":
                runs += 1
                scraps += not re.search(r"\w", text) or len(text) < min(len(one), len(other))
    return scraps / runs


def _grouped(spans: tuple[Span, ...]) -> list[tuple[str, str]]:
    grouped: list[tuple[str, str]] = []
    for span in spans:
        kind = "=" if span.op == "=" else "e"
        if grouped and grouped[-1][0] == kind:
            grouped[-1] = (kind, grouped[-1][1] + span.text)
        else:
            grouped.append((kind, span.text))
    return grouped


def merging_a_thousand() -> Row:
    """A thousand amended articles of the reform of 2004 to 2016, against git one after the other."""
    text = text_of(CODE_CIVIL / "v0001.md")
    old, new = parse(text).clauses, parse(text_of(CODE_CIVIL / "v0002.md")).clauses
    link = match(old, new).link
    changes = [(at, new[to].body) for at, to in sorted(link.items()) if old[at].body != new[to].body]
    edits = [edits_between(old[at].address, old[at].body, body) for at, body in changes]
    amendments = [
        Amendment(f"A{n}", one) for n, one in enumerate([*edits, *_more(old, link, 1000 - len(edits))][:1000])
    ]

    whole = merge({clause.address: clause for clause in old}, amendments).text

    def ours() -> None:
        assert merge(read_lazily(text), amendments).text == whole

    (seconds,) = together(ours)
    git, refused = _git_one_after_the_other(text, old, amendments)
    note = f"git refused {refused} of {len(amendments)} for nothing; here no collision"
    return Row("merge 1,000 amendments into it, parsing included", seconds, "1,000 × git merge-file", git, 0.003, note)


def _more(old: tuple[Clause, ...], link: dict[int, int], count: int) -> list[tuple[Edit, ...]]:
    """Amendments of one word each, in clauses that the reform left alone."""
    long = [c for c in old if c.kind is Kind.INDENT and c.body.count(" ") > 8]
    chosen = random.Random(1).sample(long, max(count, 0) + 100)  # noqa: S311
    return [edits_between(c.address, c.body, c.body.replace(" ", " également ", 1)) for c in chosen]


def _git_one_after_the_other(text: str, old: tuple[Clause, ...], amendments: list[Amendment]) -> tuple[float, int]:
    """Seconds of all thousand, from every twentieth, and how many it would refuse."""
    refused = tried = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base, current, variant = folder / "base", folder / "current", folder / "variant"
        base.write_text(text)
        current.write_text(text)
        law = {clause.address: clause for clause in old}
        taken = []
        for amendment in amendments[::20]:
            variant.write_text(merge(law, [amendment]).text)
            process = command("git", "merge-file", "-q", current, base, variant)
            (seconds,) = together(process, runs=1)
            taken.append(seconds)
            tried += 1
            if "<<<<<<<" in current.read_text():
                refused += 1
                current.write_text(text)
    return sum(taken) / tried * len(amendments), round(refused / tried * len(amendments))


def one_clause() -> Row:
    """Amendments to one clause of 1,500 words, a word each."""
    words = [f"word{n} " for n in range(1500)]
    body = "".join(words)
    law = {"a": Clause(Kind.PARAGRAPH, 0, "1.", "para_1", "1. ", body, "\n")}
    starts = [sum(map(len, words[:n])) for n in range(1500)]
    amendments = [Amendment(f"A{n}", (ReplaceWords("a", starts[n], f"word{n}", f"other{n}"),)) for n in range(1000)]
    few, many = together(lambda: merge(law, amendments[::10]), lambda: merge(law, amendments))
    return Row("1,000 amendments to one clause of 1,500 words", many, "the same with 100", few, 15)


def large_law() -> Row:
    """One clause amended: its difference, the merge, and a hundred open amendments carried."""
    small, large = _numbered(100), _numbered(10_000)
    works = [_amend_one(law) for law in (large, small)]
    ten_thousand, hundred = together(*works, runs=21)
    return Row(
        "one amended clause in a law of 10,000, 100 carried", ten_thousand, "in a law of 100 clauses", hundred, 1.2
    )


def _numbered(count: int) -> dict[str, Clause]:
    words = "The Office shall register every allegation within {} hours of its receipt, whatever its form may be."
    return {
        f"c{n}": Clause(Kind.PARAGRAPH, 1, f"{n}.", f"para_{n}", f"{n}. ", words.format(n), "\n\n")
        for n in range(count)
    }


def _amend_one(law: dict[str, Clause]):  # type: ignore[no-untyped-def]
    body = law["c50"].body
    open_amendments = [
        Amendment(
            f"B{n}", edits_between(f"c{n % 100}", law[f"c{n % 100}"].body, law[f"c{n % 100}"].body + f" Also {n}.")
        )
        for n in range(100)
    ]

    def work() -> None:
        edits = edits_between("c50", body, body.replace("every", "each and every"))
        merged = merge(law, [Amendment("A1", edits)])
        assert len(carry_all(open_amendments, law, merged.amended)) == 100

    return work


def unrelated() -> Row:
    """Two unrelated clauses of 5,000 words; the reference is one second."""
    chance = random.Random(5)  # noqa: S311
    one, other = (" ".join(f"w{chance.randrange(limit)}" for _ in range(5000)) for limit in (700, 900))
    (seconds,) = together(lambda: diff(one, other))
    spans = diff(one, other)
    assert "".join(s.text for s in spans if s.op != "+") == one
    assert "".join(s.text for s in spans if s.op != "-") == other
    return Row("two unrelated clauses of 5,000 words", seconds, "one second", 1.0, 1)


def memory() -> str:
    """Peak of Python's memory while all versions of the Code civil are read and compared in a row."""
    tracemalloc.start()
    versions = sorted(CODE_CIVIL.glob("v*.md"))
    before = parse(text_of(versions[0])).clauses
    for path in versions[1:]:
        after = parse(text_of(path)).clauses
        compare(before, after)
        before = after
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return f"Memory: reading and comparing all {len(versions)} versions in a row, {peak / 1e6:.0f} MB at its peak."


def git_version() -> str:
    return subprocess.run(["git", "--version"], capture_output=True, text=True, check=False).stdout.strip()

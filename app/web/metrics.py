"""Figures for a monitoring system, in Prometheus' text format 0.0.4. Whoever asks shows the installation's token.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import hmac
import platform
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

from flask import Blueprint, Response, abort, current_app, request

from app.services import gauging
from app.services.gauging import Gauges
from app.web import counting
from app.web.context import database
from app.web.counting import BOUNDS, Counts, Sums
from config import ROOT

pages = Blueprint("metrics", __name__)
FORMAT = "text/plain; version=0.0.4; charset=utf-8"
Labels = Mapping[str, object]
Sample = tuple[str, Labels, float]
"""What is added to the name (empty, or _bucket, _sum, _count), the labels, and the figure."""


@pages.get("/metrics")
def read() -> Response:
    counts: Counts | None = current_app.extensions.get(counting.NAME)
    if counts is None or not _may_read():
        abort(404)
    lines = [*_of_processes(counts.sums()), *_of_database(gauging.gauges(database()))]
    return Response("\n".join(lines) + "\n", content_type=FORMAT, headers={"Cache-Control": "no-store"})


def _may_read() -> bool:
    shown = request.headers.get("Authorization", "")
    wanted = f"Bearer {current_app.config['METRICS_TOKEN']}"
    return hmac.compare_digest(shown.encode(), wanted.encode())


def _of_processes(sums: Sums) -> Iterator[str]:
    done: list[Sample] = []
    lasted: list[Sample] = []
    for (route, method, status), steps in sorted(sums.steps.items()):
        labels = {"route": route, "method": method, "status": status}
        done.append(("", labels, sum(steps)))
        lasted += _histogram(labels, steps, sums.seconds[route, method, status])
    yield from _metric("build_info", "gauge", "What runs.", [("", {"version": version(), "python": _python()}, 1)])
    yield from _metric("processes", "gauge", "Processes that answer.", [("", {}, len(sums.memory))])
    yield from _metric("requests_total", "counter", "Requests that were answered.", done)
    yield from _metric("request_duration_seconds", "histogram", "How long they took.", lasted)
    yield from _metric("open_streams", "gauge", "Pages that hear of news.", [("", {}, sums.streams)])
    memory: list[Sample] = [("", {"process": process}, count) for process, count in sorted(sums.memory.items())]
    yield from _metric("memory_bytes", "gauge", "Memory of each process.", memory)


def _histogram(labels: Labels, steps: list[int], seconds: float) -> Iterator[Sample]:
    for place, bound in enumerate((*BOUNDS, "+Inf"), start=1):
        yield "_bucket", {**labels, "le": bound}, sum(steps[:place])
    yield "_sum", labels, seconds
    yield "_count", labels, sum(steps)


def _of_database(found: Gauges) -> Iterator[str]:
    yield from _metric("database_up", "gauge", "1 where the database can be read.", [("", {}, int(bool(found.kind)))])
    if not found.kind:
        return
    yield from _metric("database_bytes", "gauge", "Size of it.", [("", {"kind": found.kind}, found.bytes)])
    yield from _metric("events", "gauge", "Events that hold a person.", [("", {}, found.events)])
    letters: list[Sample] = [("", {"state": state}, count) for state, count in found.letters.items()]
    yield from _metric("letters", "gauge", "Letters in the outbox.", letters)
    jobs: list[Sample] = [("", {"state": state}, count) for state, count in found.jobs.items()]
    yield from _metric("export_jobs", "gauge", "Files that are waited for, made, or failed.", jobs)


def _metric(name: str, kind: str, means: str, samples: list[Sample]) -> Iterator[str]:
    yield f"# HELP kelishim_{name} {means}"
    yield f"# TYPE kelishim_{name} {kind}"
    for ending, labels, figure in samples:
        said = ",".join(f'{label}="{_escaped(str(value))}"' for label, value in labels.items())
        yield f"kelishim_{name}{ending}{{{said}}} {figure:.15g}" if said else f"kelishim_{name}{ending} {figure:.15g}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


@cache
def version() -> str:
    """Of the program, as `pyproject.toml` beside it says; empty where that was not installed with it."""
    try:
        return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, KeyError, ValueError):
        return ""


def _python() -> str:
    return platform.python_version()

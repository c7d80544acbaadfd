"""The life of an amendment as a line of steps with dates, told from the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.diff import Span, diff
from app.services.marks import Marks
from app.services.pages_amendment import FormerChange, StepLine
from app.services.texts import IssuedText
from app.store.amendments import key_of
from app.store.fates import RETURNED, FateRow
from app.store.steps import OF_VERSIONS, Step


def step_lines(
    steps: Sequence[Step], fates: Sequence[FateRow], number: int, institutions: Marks, text: IssuedText
) -> tuple[StepLine, ...]:
    """`fates` say more exactly than the events what a version made of it. Being carried unchanged is no step."""
    outcomes = {row.version: row.outcome for row in fates}
    lines = (_line(step, outcomes, number, institutions, text) for step in steps)
    return tuple(line for line in lines if line.outcome != "unchanged")


def _line(step: Step, outcomes: Mapping[int, str], number: int, institutions: Marks, text: IssuedText) -> StepLine:
    mark, facts, who = institutions.get(step.institution_id or 0), step.facts, institutions.person(step.user)
    if step.kind in OF_VERSIONS:
        key, version = key_of(number), facts["version"]
        state = facts.get("fates", {}).get(key) or facts.get("carried", {}).get(key, "")
        outcome = outcomes.get(version, state)
        return StepLine(
            step.kind.removeprefix("version_"), step.happened_at, who, mark, version,
            state if outcome == RETURNED else outcome, facts.get("revokes") or 0,
            words=institutions.words(facts.get("message", "")),
        )  # fmt: skip
    told = step.institution_id is not None or bool(step.user)
    return StepLine(
        step.kind.removeprefix("amendment_"), institutions.when(step.happened_at, told=told), who, mark,
        other=facts.get("accepted") or facts.get("declined") or 0,
        words=institutions.words(facts.get("reason", "")) if step.kind == "amendment_declined" else "",
        former=tuple(_former(edit, text) for edit in facts.get("former", []) if edit["kind"] != "respace"),
    )  # fmt: skip


def _former(edit: Mapping[str, Any], text: IssuedText) -> FormerChange:
    """A change as the record holds it."""
    clause_id = edit.get("clause_id") or edit.get("after") or ""
    old, new = edit.get("old", ""), edit.get("new", edit.get("source", "")).strip("\n")
    if edit["kind"] in ("restate", "relabel"):
        spans = diff(old, new)
    else:
        spans = tuple(span for span in (Span("-", old.strip("\n")), Span("+", new)) if span.text)
    return FormerChange(text.human(clause_id), edit["kind"], spans)

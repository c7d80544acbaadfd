"""The demonstration law and its fifteen amendments as values."""

from pathlib import Path

import yaml

from app.domain.clauses import Clause
from app.domain.edits import Amendment, Edit, InsertClauses, ReplaceWords, RestateClause
from app.domain.reading import parse

DRAFTS = Path(__file__).parents[1] / "drafts"


def law() -> dict[str, Clause]:
    text = (DRAFTS / "torture-investigation.en.md").read_bytes().decode()
    return {clause.address: clause for clause in parse(text).clauses}


def amendments() -> list[Amendment]:
    activity = yaml.safe_load((DRAFTS / "demo/activity.yaml").read_text())
    clauses = law()
    return [Amendment(entry["id"], (edit_of(entry, clauses),)) for entry in activity["amendments"]]


def edit_of(entry: dict[str, str], clauses: dict[str, Clause]) -> Edit:
    if entry["op"] == "insert_unit":
        return InsertClauses(entry["after"], f"5. {entry['new']}\n\n")
    body = clauses[entry["clause"]].body
    if entry["op"] == "replace_unit":
        return RestateClause(entry["clause"], body, entry["new"])
    if entry["op"] == "append":
        return ReplaceWords(entry["clause"], len(body) - 1, "", entry["new"])
    return ReplaceWords(entry["clause"], body.index(entry["old"]), entry["old"], entry.get("new", ""))

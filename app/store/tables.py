"""Every table, imported in one place, so that migrations and foreign keys know them all."""

from app.store import (
    amendments,
    benches,
    calls,
    comments,
    drafts,
    events,
    explanations,
    exported_files,
    fates,
    files,
    follows,
    institutions,
    jobs,
    packages,
    parked,
    positions,
    presences,
    publications,
    records,
    relations,
    sittings,
    small_groups,
    unsent,
    users,
)

__all__ = [
    "amendments", "benches", "calls", "comments", "drafts", "events", "explanations", "exported_files", "fates",
    "files", "follows", "institutions", "jobs", "packages", "parked", "positions", "presences", "publications",
    "records", "relations", "sittings", "small_groups", "unsent", "users",
]  # fmt: skip

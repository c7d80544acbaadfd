"""Every table, imported in one place, so that migrations and foreign keys know them all."""

from app.store import amendments, comments, drafts, events, follows, institutions, positions, users

__all__ = ["amendments", "comments", "drafts", "events", "follows", "institutions", "positions", "users"]

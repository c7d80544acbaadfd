"""Forms in, pages out. Views read the request into values, call one use case, and show or redirect."""

from flask import Flask

from app.web import (
    amendments,
    assets,
    clauses,
    consolidations,
    context,
    drafts,
    errors,
    filters,
    people,
    publications,
    safety,
)


def register(app: Flask) -> None:
    """Add the pages to the application."""
    context.register(app)
    filters.register(app)
    assets.register(app)
    safety.register(app)
    errors.register(app)
    for module in (drafts, clauses, amendments, consolidations, publications, people):
        app.register_blueprint(module.pages)

"""Forms in, pages out. Views read the request into values, call one use case, and show or redirect."""

from flask import Flask

from app.web import (
    amendments,
    answering,
    assets,
    blocking,
    board,
    calls,
    clauses,
    comparisons,
    composing,
    consolidations,
    context,
    convening,
    discussion,
    downloads,
    drafts,
    errors,
    explaining,
    filters,
    groups,
    jobs,
    live,
    news,
    overview,
    packaging,
    papers,
    parking,
    people,
    positions,
    presiding,
    progress,
    publications,
    records,
    relations,
    reopening,
    replacing,
    revoking,
    safety,
    screens,
    search,
    sessions,
    styleguide,
    unsent,
)


def register(app: Flask) -> None:
    """Add the pages to the application."""
    context.register(app)
    filters.register(app)
    assets.register(app)
    safety.register(app)
    errors.register(app)
    news.register(app)
    calls.register(app)
    for module in (
        drafts,
        downloads,
        jobs,
        clauses,
        amendments,
        relations,
        overview,
        comparisons,
        composing,
        replacing,
        unsent,
        consolidations,
        screens,
        discussion,
        positions,
        answering,
        reopening,
        packaging,
        explaining,
        calls,
        board,
        blocking,
        progress,
        publications,
        revoking,
        convening,
        people,
        search,
        sessions,
        presiding,
        live,
        groups,
        parking,
        papers,
        records,
        news,
        styleguide,
    ):
        app.register_blueprint(module.pages)

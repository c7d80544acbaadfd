"""Forms in, pages out."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages to the application."""

    @app.get("/healthz")
    def healthz() -> str:
        return "ok\n"

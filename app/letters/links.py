"""Addresses as a letter needs them: whole ones, that open this installation from elsewhere."""

from typing import Any

from flask import current_app, has_request_context, request


def public_address() -> str:
    """Where people open this installation, without a stroke at the end: as configured, or as this request came in.

    Outside a request there may be nothing to go by: then links begin with the path alone.
    """
    configured: str = current_app.config.get("PUBLIC_ADDRESS") or ""
    if configured:
        return configured.rstrip("/")
    return request.url_root.rstrip("/") if has_request_context() else ""


def link(endpoint: str, **values: Any) -> str:
    """The whole address of a page, also where no request is being answered."""
    anchor = values.pop("_anchor", None)
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return f"{public_address()}{path}" + (f"#{anchor}" if anchor else "")

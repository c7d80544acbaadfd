"""Digests of stored rows: an event of the record holds one for each row that was written with it.

A row is digested with the event's salt, which is no part of the event's hash: erasing the salt leaves the chain whole,
and the digests of what was erased say nothing about it any more.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

REMOVED = ""
"""In place of the digest of a row that was taken away."""


def digest(salt: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 in hex over the salt and the canonical JSON of rows, column → value.

    What a row does not say (None) is left out: a column that is added later changes no digest.
    """
    summed = hashlib.sha256(salt.encode("ascii"))
    for values in rows:
        said = {name: value for name, value in values.items() if value is not None}
        canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_as_text)
        summed.update(canonical.encode("utf-8", "surrogatepass"))
        summed.update(b"\n")
    return summed.hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"nothing to digest: {type(value).__name__}")

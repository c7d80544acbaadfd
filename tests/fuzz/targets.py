"""All targets there are."""

from tests.fuzz import commands, exporters, headers, importers, parsers, requests
from tests.fuzz.running import Target


def all_targets() -> list[Target]:
    parts = (requests, headers, parsers, importers, exporters, commands)
    return [target for part in parts for target in part.TARGETS]

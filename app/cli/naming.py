"""Files as commands are given them."""

from typing import IO, Any


def name_of(file: IO[Any]) -> str:
    """Its name as it was typed; standard input has none of its own and is called as it is asked for: -."""
    name = str(getattr(file, "name", "-"))
    return "-" if name == "<stdin>" else name

"""How a line of the log is written: as plain words, or as one JSON object (KELISHIM_LOG=json).

Of an error its kind and the places it came through are written, never its own words: those may hold what somebody
typed (SQLAlchemy's hold the values of a statement). The lines of the program itself name neither people nor texts.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

FACTS = "facts"
"""What a record holds beside its sentence, as the values of one JSON object."""


class PlainLines(logging.Formatter):
    """`2027-01-31 09:15:02 WARNING app.live.hub: the sentence`, and below it where an error came through."""

    def format(self, record: logging.LogRecord) -> str:
        lines = [f"{_moment(record):%Y-%m-%d %H:%M:%S} {record.levelname} {record.name}: {record.getMessage()}"]
        return "\n    ".join([*lines, *way_of(_error(record))])


class JsonLines(logging.Formatter):
    """One object in a line: `time` (UTC), `level`, `from`, `message`, the record's own facts, `error` and `trace`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _moment(record).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            **getattr(record, FACTS, {}),
        }
        if (error := _error(record)) is not None:
            line |= {"error": type(error).__qualname__, "trace": "\n".join(way_of(error))}
        return json.dumps(line, ensure_ascii=False, default=str)


class Lines(logging.Handler):
    """Writes to standard error, wherever that goes when a line is written."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except Exception:  # a log that cannot be written must stop no page
            self.handleError(record)


def set_up(form: str) -> None:
    """Let the program's own log be written in this form: plain or json. May be called again."""
    log = logging.getLogger("app")
    for before in [one for one in log.handlers if isinstance(one, Lines)]:
        log.removeHandler(before)
    lines = Lines()
    lines.setFormatter(JsonLines() if form == "json" else PlainLines())
    log.addHandler(lines)
    log.setLevel(logging.INFO if form == "json" else logging.WARNING)


def way_of(error: BaseException | None) -> list[str]:
    """The places an error came through and what it is, then those of the one it came from; not what it says."""
    lines: list[str] = []
    while error is not None:
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"{frame.filename}:{frame.lineno} in {frame.name}: {frame.line}")
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)

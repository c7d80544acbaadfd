"""A backup of the Code civil with 500 open amendments, and its restore, beside reading all of it plainly."""

import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.migrating import Migrated
from app.services import backing_up, restoring
from app.services.restoring import Wishes
from app.store.db import Base, db
from tests.bench.measuring import Row
from tests.bench.overview import made
from tests.conftest import application

AMENDMENTS = 500
NOW = datetime(2026, 11, 29, tzinfo=UTC)


def rows() -> Iterator[Row]:
    """Seconds of one run each; the peak of Python's memory is of a run of its own, which is slower."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = made(folder, AMENDMENTS)
        file = folder / "backup.zip"
        with app.app_context():
            reading = _seconds(lambda: read(db.session()))
            seconds = _seconds(lambda: back_up(db.session(), file))
            tracemalloc.start()
            back_up(db.session(), file)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            db.engine.dispose()
        note = f"{file.stat().st_size / 1e6:.1f} MB, peak {peak / 1e6:.0f} MB"
        yield Row("the Code civil and 500 amendments: backup", seconds, "reading every row", reading, 20, note)
        target = application(f"sqlite:///{folder}/restored.sqlite", folder)
        with target.app_context():
            seconds = _seconds(lambda: restore(db.session(), file, Migrated(target)))
            db.engine.dispose()
        yield Row("its restore, verified", seconds, "reading every row", reading, 100)


def read(session: Session) -> None:
    for table in Base.metadata.sorted_tables:
        for _ in session.execute(select(table).execution_options(yield_per=200)):
            pass
    session.rollback()


def back_up(session: Session, file: Path) -> None:
    backing_up.back_up(session, path=file, instance=file.parent, secret_key=None, force=True, now=NOW)


def restore(session: Session, file: Path, migrations: Migrated) -> None:
    restoring.restore(session, path=file, migrations=migrations, wishes=Wishes(although_broken=True), now=NOW)


def _seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun

"""Keeping who is here, for everybody who listens in a process at once.

Whoever comes or leaves is written down a moment later together with the others who did: people go from page to page,
which is no coming and going. Once a minute all are written.
"""

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Protocol

from app.live.hub import Hub
from app.live.outage import Outage
from app.services.presence import Listener

SOON = 2.0
MINUTE = 50.0  # seconds: sooner than whoever is here is forgotten


class Keep(Protocol):
    def __call__(
        self, *, here: Collection[Listener], left: Collection[Listener], before: datetime, now: datetime
    ) -> None: ...


async def keep_presence(hub: Hub, keep: Keep, *, soon: float = SOON, minute: float = MINUTE) -> None:
    """Goes on until it is cancelled. When the database cannot be written, it is tried again a moment later."""
    known: set[Listener] = set()
    outage = Outage("Who is here cannot be written down")
    before = datetime.now(UTC)
    asked = asyncio.get_running_loop().time()
    while True:
        await asyncio.sleep(soon)
        now, listening = datetime.now(UTC), hub.listening()
        is_time = asyncio.get_running_loop().time() - asked >= minute
        try:
            here, left = listening if is_time else listening - known, known - listening
            if here or left:
                await asyncio.to_thread(keep, here=here, left=left, before=before, now=now)
                outage.is_over()
        except Exception as error:
            await asyncio.sleep(outage.failed(error, soon))
            continue
        known, before = listening, now
        if is_time:
            asked = asyncio.get_running_loop().time()

"""Sees to it that letters are written and sent: a thread looks every few seconds whether any is due.

It sends them itself, unlike whoever makes files: a letter is small and sending one is waiting for another machine,
which keeps nobody from anything; a process for every letter would cost more than the letter. When the server is killed,
what it had begun to send is due again some minutes later, for this process or any other. Another such thread sees
hourly that what is kept for a while is forgotten.
"""

import threading
from collections.abc import Callable, Sequence

from app.live.outage import Outage

LOOK_SECONDS = 5.0
UNHAPPY_SECONDS = 60.0
"""How long nothing is tried after something went wrong on our side."""


class Sender:
    """`deeds` are done one after the other, again and again; each sees for itself whether there is anything to do.
    `name`: what they see to, in the log."""

    def __init__(
        self, deeds: Sequence[Callable[[], object]], pause: float = LOOK_SECONDS, name: str = "letters",
        unhappy: float = UNHAPPY_SECONDS,
    ) -> None:  # fmt: skip
        self._deeds, self._pause, self._name, self._unhappy = deeds, pause, name, unhappy
        self._outages = {deed: Outage(f"What is to be done for {name} cannot be done now") for deed in deeds}
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._look, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """A letter that is being sent has a moment to be noted as sent."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(2.0)

    def _look(self) -> None:
        while not self._stopped.is_set():
            pause = self._pause
            for deed in self._deeds:
                try:
                    deed()
                    self._outages[deed].is_over()
                except Exception as error:
                    pause = max(pause, self._outages[deed].failed(error, self._unhappy))
            self._stopped.wait(pause)

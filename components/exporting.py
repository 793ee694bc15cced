"""Export from the page: a report in several formats, how far it is, and the files; done in the background.

The page asks, a thread builds the document and writes the files; it looks at a flag between any two slides, so that an
export can be stopped, and goes on to its end, or until it is stopped, when the browser is closed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from components import exports
from components.exports import FORMATS, Options
from components.exports.names import stem
from components.report.building import build
from data.errors import NewsError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.asking import Ask
    from components.report.document import Document
    from components.report.findings import Report

_COUNTING = 0.3
"""Share of the work that counting is taken for; writing the files is the rest."""


@dataclass(slots=True)
class Job:
    """One export, seen from outside."""

    formats: tuple[str, ...]
    share: float = 0.0
    words: str = "Starting"
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Name and content of the file of each format that is ready."""
    failed: dict[str, str] = field(default_factory=dict)
    """Why there is no file of a format."""
    done: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Asks it to end before the next slide; files that are ready stay."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to end."""
        return self._stop.is_set()

    def step(self, share: float, words: str) -> None:
        """Notes how far it is; raises StoppedError once it was asked to end."""
        if self.stopped:
            raise StoppedError("The export was stopped.")
        self.share, self.words = min(max(share, 0.0), 1.0), words


def start(report: Report | Callable[[], Report], ask: Ask, formats: tuple[str, ...], options: Options) -> Job:
    """Begins an export in a thread of its own; `report` may be made there too."""
    job = Job(formats)
    threading.Thread(target=run, args=(job, report, ask, options), name="export", daemon=True).start()
    return job


def run(job: Job, report: Report | Callable[[], Report], ask: Ask, options: Options) -> None:
    """Does the work of a job; what goes wrong with one format does not keep the others from being made."""
    try:
        whole = report() if callable(report) else report
        document = build(whole, ask, lambda share, words: job.step(share * _COUNTING, words))
        for n, key in enumerate(job.formats):
            _write(job, document, key, options, n)
        job.share, job.words = 1.0, "Ready"
    except StoppedError:
        job.words = "Stopped"
    except NewsError as error:
        job.failed.update(dict.fromkeys(job.formats, str(error)))
    finally:
        if not (job.share == 1.0 or job.stopped or job.failed):  # the fault itself is on its way to the log
            job.failed.update({key: "An unexpected fault; see the log." for key in job.formats if key not in job.files})
        job.done.set()


def _write(job: Job, document: Document, key: str, options: Options, place: int) -> None:
    """Makes one file, the one at `place` among those asked for."""
    width = (1 - _COUNTING) / len(job.formats)
    start_at, label = _COUNTING + width * place, FORMATS[key].label
    job.step(start_at, label)
    try:
        made = exports.write(
            document, key, options, lambda share, words: job.step(start_at + width * share, f"{label}: {words}")
        )
    except StoppedError:
        raise
    except NewsError as error:
        job.failed[key] = str(error)
    else:
        job.files[key] = (f"{stem(document.title)}{FORMATS[key].suffix}", made)

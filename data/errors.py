"""Everything that can go wrong, as one small tree.

NewsError            base; its message is a sentence for the user that says what to do
├── SourceError      a location could not be read at all
│   └── FetchError   an address of the web gave no answer that can be used
├── SelectionError   a facet or unit that does not exist was asked for
├── StoreError       the user's own folder cannot be read or written
├── ReportError      a file is no report, or an export was stopped or cannot be made
└── ResourceError    a file that ships with the program is missing or damaged

A single unreadable row is no error: it is a :class:`data.articles.Reject`, kept and listed.
"""


class NewsError(Exception):
    """Base of all errors that the program raises on purpose."""


class SourceError(NewsError):
    """A file, folder or archive could not be read at all."""


class FetchError(SourceError):
    """A request failed, was refused, or broke a limit of size or time."""

    def __init__(self, message: str, status: int = 0, retry_after: float | None = None) -> None:
        """`status` as HTTP has it, 0 where there was no answer; `retry_after`: the seconds that the server asks for."""
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class SelectionError(NewsError):
    """A selection, facet, unit or order that does not exist."""


class StoreError(NewsError):
    """The folder with what the user made (see :mod:`data.folders`), or a file in it, cannot be read or written."""


class ReportError(NewsError):
    """A file that is no report, a report that is full, or an export that cannot be made."""


class StoppedError(ReportError):
    """The user stopped an export, or does not wait for an answer any more."""


class ResourceError(NewsError):
    """A table that ships with the program is missing or damaged; reinstall it."""

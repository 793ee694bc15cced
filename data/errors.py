"""Everything that can go wrong, as one small tree.

NewsError            base; its message is a sentence for the user that says what to do
├── SourceError      a location could not be read at all
├── SelectionError   a facet or unit that does not exist was asked for
└── ResourceError    a file that ships with the program is missing or damaged

A single unreadable row is no error: it is a :class:`data.articles.Reject`, kept and listed.
"""


class NewsError(Exception):
    """Base of all errors that the program raises on purpose."""


class SourceError(NewsError):
    """A file, folder or archive could not be read at all."""


class SelectionError(NewsError):
    """A selection, facet, unit or order that does not exist."""


class ResourceError(NewsError):
    """A table that ships with the program is missing or damaged; reinstall it."""

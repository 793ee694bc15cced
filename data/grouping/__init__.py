"""Groups tagged articles: copies of one text, and stories, which are articles on the same event.

tagged table --copies--> originals --stories--> copy_of, story, centrality
"""

from data.grouping.grouper import COPY_DAYS, GROUP_COLUMNS, INPUT_COLUMNS, WINDOW_DAYS, Grouper, group

VERSION = "1"
"""Changes whenever the same articles may be grouped otherwise."""

__all__ = ["COPY_DAYS", "GROUP_COLUMNS", "INPUT_COLUMNS", "VERSION", "WINDOW_DAYS", "Grouper", "group"]

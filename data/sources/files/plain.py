"""Plain text files, which may hold one story or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sources.files.encoding import encoding_of, lines
from data.sources.files.layout import stories
from data.sources.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.articles import Reject
    from data.sources.files.members import Member


def read(member: Member) -> Iterator[Row | Reject]:
    """A row for each story, numbered by the line where it starts."""
    for story in stories(lines(member, encoding_of(member))):
        values = {"title": story.title, "text": "\n\n".join(story.paragraphs)}
        yield Row(values, member.name, story.line)

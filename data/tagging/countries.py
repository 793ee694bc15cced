"""Which countries an article is about, with the spans that say so.

title, text --mentions--> Mention* --readings--> Reading* --scores--> CountryTags

Fixed names, rules and counts; nothing is learnt and nothing is loaded from the network. "None" is a legal answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.tagging.places import choice, languages, mentions, scores

if TYPE_CHECKING:
    from data.tagging.tags import CountryTags

VERSION = "2"
"""Changes whenever the tags of an article may change."""

LIMIT = 200_000
"""Characters of the title and of the text that are read, several times as many as the longest reports have."""


def tag_countries(title: str, text: str, *, language: str = "", publisher_country: str = "") -> CountryTags:
    """The countries that an article names and those it is about.

    `language` is an ISO 639-1 code, empty where not known. `publisher_country` (ISO 3166-1 alpha-2) makes its places
    the likelier ones where a name is ambiguous; it is never the reason for a country by itself. A text that begins with
    its title is read once. What goes beyond LIMIT characters is not read.
    """
    title, text = title[:LIMIT], text[:LIMIT]
    names = languages.names_for(language, text or title)
    body = _after_title(title, text)
    found = [] if body else mentions.find(title, "title", names)
    found += mentions.find(text, "text", names, body)
    return scores.tags(choice.readings(found, publisher_country))


def _after_title(title: str, text: str) -> int:
    """Where the text goes on after it has repeated the title; 0 if it does not."""
    heading = title.strip()
    start = len(text) - len(text.lstrip())
    end = start + len(heading)
    return end if heading and text[start:end].casefold() == heading.casefold() else 0

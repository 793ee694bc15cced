"""BibTeX: the cited articles for LaTeX and reference managers, in the fields of biblatex (its manual, section 2).

An article with a link is `@online` with its publisher as organisation, one without is `@article` in its publisher. Keys
depend on the article alone, so that they stay the same in later exports.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2s
from typing import TYPE_CHECKING
from urllib.parse import quote

from components.exports import cells
from components.wording import day
from data.codes import language_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from components.content import Cited
    from components.exports import Options, Step
    from components.report.document import Document

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # an escaped brace would still count as one, and leave the field open
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_IN_ADDRESS = "/:?#[]@!$&'()*+,;=%~-._"
"""Signs of an address that stay as they are; all others are percent-encoded (RFC 3986)."""


def write(document: Document, _options: Options, step: Step) -> bytes:
    """The file; the method card stands before the entries, where BibTeX looks for nothing."""
    parts = ["\n".join(f"% {words}" for words in _head(document))]
    for place, (key, cited) in enumerate(zip(keys(document.cited), document.cited, strict=True)):
        step(place / len(document.cited), f"Writing source {place + 1} of {len(document.cited)}")
        parts.append(entry(key, cited, document.made.date()))
    step(1.0, "Written")
    return ("\n\n".join(parts) + "\n").encode()


def _head(document: Document) -> list[str]:
    said = [f"Cited in: {document.title}", f"Made {day(document.made.date())}", f"Sources: {document.cited_of}"]
    said += [f"{label}: {words}" for label, words in document.method.rows()]
    return [cells.line(words).replace("@", "(at)") for words in said]  # an @ would begin an entry


def keys(articles: Sequence[Cited]) -> list[str]:
    """A key for each: publisher and year for those who read it, and a number made from the id of the article."""
    found: dict[str, None] = {}
    for cited in articles:
        name = unicodedata.normalize("NFKD", cells.line(cited.publisher)).casefold()
        letters = "".join(re.findall("[a-z0-9]", name))[:20] or "article"
        number = blake2s(cited.id.encode("utf-8", "replace"), digest_size=4).hexdigest()
        key = f"{letters}{cited.published.year if cited.published else ''}-{number}"
        while key in found:
            key += "x"
        found[key] = None
    return list(found)


def entry(key: str, cited: Cited, seen: date) -> str:
    """One entry; `seen`: when the link was looked up."""
    address, publisher = cells.link(cited), _words(cited.publisher)
    fields = {
        "title": f"{{{_words(cited.title) or 'Without a title'}}}",  # the inner braces keep capitals as they are
        "organization" if address else "journaltitle": f"{{{publisher}}}" if publisher else "",
        "date": cited.published.isoformat() if cited.published else "",
        "url": quote(address, safe=_IN_ADDRESS),
        "urldate": seen.isoformat() if address else "",
        "language": _words(language_name(cited.language)) if cited.language else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{'online' if address else 'article'}{{{key},", *lines, "}"])


def _words(text: str) -> str:
    return cells.line(text).translate(_SPECIAL)

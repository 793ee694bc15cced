"""Words that are no keywords or say little, by language: the package stopwordsiso and our own ``stopwords.toml``."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from data.errors import ResourceError
from data.tagging import words

FILE = Path(__file__).with_name("stopwords.toml")


@dataclass(frozen=True, slots=True)
class Stopwords:
    """The words of one language, in small letters: `grammar` and `news` are skipped, the others by their stems."""

    grammar: frozenset[str] = frozenset()
    """Words of the package; with a capital inside a sentence they may still be part of a name ("World Bank")."""
    news: frozenset[str] = frozenset()
    """Never a keyword."""
    common: frozenset[str] = frozenset()
    """Stems of words that say little."""
    titles: frozenset[str] = frozenset()
    """Stems of words that stand before a name and are no part of it."""


@functools.cache
def stopwords(language: str) -> Stopwords:
    """The stopwords of `language` (ISO 639-1); empty where neither source has any."""
    import stopwordsiso  # 40 ms

    own = {name: _listed(text) for name, text in _file().get(language, {}).items()}
    packaged = stopwordsiso.stopwords(language) if stopwordsiso.has_lang(language) else set()
    return Stopwords(
        grammar=frozenset(words.normal(word) for word in packaged) - own.get("keep", frozenset()),
        news=own.get("news", frozenset()),
        common=frozenset(words.stem(word, language) for word in own.get("common", ())),
        titles=frozenset(words.stem(word, language) for word in own.get("titles", ())),
    )


@functools.cache
def _file() -> dict[str, dict[str, str]]:
    try:
        tables: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(f"The stopwords in {FILE.name} cannot be read ({error}). Reinstall the program.") from error
    return tables


def _listed(text: str) -> frozenset[str]:
    return frozenset(words.normal(word) for part in text.split(",") if (word := part.strip()))

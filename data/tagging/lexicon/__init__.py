"""Seed terms of the 17 topics, one file a language: what they look like and how they are read.

A file ``<language>.toml`` has one entry a topic: its key (see :data:`data.taxonomy.TOPICS`) and its terms, separated by
commas. A term is one word or a phrase; its signs are

==============  ==========================================================================================
``election``    every form with the same stem, in small letters or capitals: election, Elections
``=author``     this form only, where others with the same stem mean something else ("authority")
``vaccin*``     every word that begins so; also inside a phrase
``Labour``      with a capital: only as written here, so that "labour" stays a topic of its own
``~game``       in front of the other signs: a hint that counts half, for words at home in many topics
==============  ==========================================================================================

A term may stand under several topics and then counts for each in part. In German, where all nouns have a capital,
capitals mean nothing. Chinese does not separate words: there every term is looked for as it is, wherever it stands;
its file also has the pairs ``traditional``, by which traditional letters are read as simplified ones.
"""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from pathlib import Path

from data.errors import ResourceError
from data.tagging.lexicon.spotting import Lexicon, RunningLexicon, SpacedLexicon, Term
from data.taxonomy import TOPICS

FOLDER = Path(__file__).parent
LANGUAGES: tuple[str, ...] = ("ar", "de", "en", "es", "fr", "pt", "ru", "sw", "zh")
"""ISO 639-1 codes of the languages that have seed terms."""


@functools.cache
def load(language: str) -> Lexicon | None:
    """The seed terms of `language` (ISO 639-1), None where there are none; ResourceError where the file is damaged."""
    if language not in LANGUAGES:
        return None
    entries = read(language)
    terms = gather({topic: entries[topic] for topic in TOPICS if topic in entries}, folded=language == "de")
    if "traditional" in entries:
        return RunningLexicon(terms, str.maketrans({pair[0]: ord(pair[1]) for pair in entries["traditional"].split()}))
    return SpacedLexicon(terms, language)


def read(language: str) -> dict[str, str]:
    """The entries of the file of `language` as they are written; ResourceError where it cannot be read."""
    path = FOLDER / f"{language}.toml"
    try:
        entries: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(f"Seed terms in {path.name} cannot be read ({error}). Reinstall the program.") from error
    if missing := TOPICS.keys() - entries.keys():
        raise ResourceError(f"{path.name} has no seed terms for {', '.join(sorted(missing))}. Reinstall the program.")
    return entries


def gather(entries: dict[str, str], *, folded: bool = False) -> tuple[Term, ...]:
    """The terms of all topics, each once with every topic that names it; `folded` takes capitals away first."""
    topics: dict[str, list[str]] = defaultdict(list)
    for topic, listing in entries.items():
        for written in terms_of(listing.lower() if folded else listing):
            topics[written].append(topic)
    strong = {written for written in topics if not written.startswith("~")}
    weak = {written[1:]: tuple(named) for written, named in topics.items() if written.startswith("~")}
    return tuple(
        Term(written, strong=tuple(topics.get(written, ())), weak=weak.get(written, ()))
        for written in sorted(strong | weak.keys())
    )


def terms_of(listing: str) -> list[str]:
    """The terms of one entry, in order and each once, spaces tidied."""
    return list(dict.fromkeys(term for part in listing.split(",") if (term := " ".join(part.split()))))

"""Forms of a name or an adjective in languages that inflect; used by `build.py` only.

The rules cover the regular declensions that names of countries follow (`hand/inflection.toml`). They write a few forms
that nobody uses, which do no harm, and miss irregular ones, which the hand tables list.
"""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("hand") / "inflection.toml"
WITHOUT_CAPITALS = frozenset({"ar", "nl"})
"""Languages whose adjectives are not listed with a capital letter as well: Arabic has none, Dutch always has one."""


@cache
def rules() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def names(name: str, language: str) -> set[str]:
    """Forms of the name of a country or a city."""
    if language in rules()["nouns"]:
        words = [_declined(word, language) for word in name.split(" ")]
        if len(words) <= 2 and len(name) > 3 and not name.isupper():
            return {name, *(" ".join(parts) for parts in product(*words))}
    if language == "de" and " " not in name and name[-1] not in "sßxz":
        return {name, name + "s"}
    if language in rules()["prefixes"]:
        return {name} | _prefixed(name, language)
    return {name}


def _endings(cell: str) -> list[str]:
    return ["" if ending == "-" else ending for ending in cell.split()]


def _declined(word: str, language: str) -> list[str]:
    for ending, forms in rules()["nouns"][language].items():
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return [word.removesuffix(ending) + form for form in _endings(forms)]
    if word[-1:] in rules()["consonant"]["letters"] and len(word) > 2:
        return [word, *(word + form for form in rules()["consonant"][language].split())]
    return [word]


def _prefixed(name: str, language: str) -> set[str]:
    """The name with prepositions attached; the Arabic article merges with one of them."""
    prefixes = rules()["prefixes"]
    forms = {prefix + name for prefix in prefixes[language].split()}
    if language == "ar" and name.startswith(prefixes["ar_article"]):
        forms |= {merged + name.removeprefix(prefixes["ar_article"]) for merged in prefixes["ar_merged"].split()}
    return forms


def adjectives(cell: str, language: str) -> set[str]:
    """Forms of what a cell of `adjectives.csv` lists: adjectives by bar; nouns, after a slash, stay as they are."""
    listed, _, nouns = cell.partition("/")
    forms = {noun for noun in nouns.split("|") if noun}
    for adjective in filter(None, listed.split("|")):
        forms |= _adjective(adjective, language)
    if language not in WITHOUT_CAPITALS:
        forms |= {form[:1].upper() + form[1:] for form in forms}
    return forms


def _adjective(word: str, language: str) -> set[str]:
    if language in rules()["adjective"]:
        forms = {word + ending for ending in rules()["adjective"][language].split()}
        if language == "ar":
            return forms | {prefix + form for prefix in rules()["prefixes"]["ar_adjective"].split() for form in forms}
        return forms | {word} if language in ("de", "nl") else forms
    for ending, endings in rules()["adjectives"][language].items():
        if word.endswith(ending):
            return {word} | {word.removesuffix(ending) + form for form in _endings(endings)}
    return {word}

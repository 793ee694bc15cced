"""The IPTC Media Topics by which every article is filed: 17 at the top level, 120 at the second level below them.

Names and codes: IPTC Media Topic NewsCodes, copyright International Press Telecommunications Council, see NOTICE. The
second level stands in ``subtopics.csv``: those of the NewsCodes of 31 March 2025 that are in use; its keys and short
names are our own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from data.errors import ResourceError


@dataclass(frozen=True, slots=True)
class Topic:
    """One Media Topic: `key` is used in code and addresses, `label` is IPTC's name, `short` fits an axis."""

    key: str
    """Of a topic of the second level: its parent's key, a full stop, its own word ("politics.election")."""
    code: str
    label: str
    short: str

    @property
    def uri(self) -> str:
        """The qualified code as IPTC writes it, for instance ``medtop:11000000``."""
        return f"medtop:{self.code}"

    @property
    def parent(self) -> str:
        """The key of the topic above; empty at the top level."""
        return parent(self.key)


def parent(key: str) -> str:
    """The key of the topic above the one with `key`; empty at the top level."""
    return key.partition(".")[0] if "." in key else ""


TOPICS: dict[str, Topic] = {
    topic.key: topic
    for topic in (
        Topic("arts", "01000000", "arts, culture, entertainment and media", "Arts & media"),
        Topic("crime", "02000000", "crime, law and justice", "Crime & justice"),
        Topic("disaster", "03000000", "disaster, accident and emergency incident", "Disasters"),
        Topic("economy", "04000000", "economy, business and finance", "Economy"),
        Topic("education", "05000000", "education", "Education"),
        Topic("environment", "06000000", "environment", "Environment"),
        Topic("health", "07000000", "health", "Health"),
        Topic("human-interest", "08000000", "human interest", "Human interest"),
        Topic("labour", "09000000", "labour", "Labour"),
        Topic("lifestyle", "10000000", "lifestyle and leisure", "Lifestyle"),
        Topic("politics", "11000000", "politics", "Politics"),
        Topic("religion", "12000000", "religion", "Religion"),
        Topic("science", "13000000", "science and technology", "Science & tech"),
        Topic("society", "14000000", "society", "Society"),
        Topic("sport", "15000000", "sport", "Sport"),
        Topic("conflict", "16000000", "conflict, war and peace", "Conflict"),
        Topic("weather", "17000000", "weather", "Weather"),
    )
}


def _read() -> dict[str, Topic]:
    path = Path(__file__).with_name("subtopics.csv")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["key"]: Topic(**row) for row in csv.DictReader(file)}
    except OSError as error:
        raise ResourceError(f"The table {path.name} cannot be read: reinstall the program.") from error


SUBTOPICS: dict[str, Topic] = _read()
"""The topics of the second level by key, in the order of IPTC."""
BELOW: dict[str, tuple[str, ...]] = {topic: tuple(key for key in SUBTOPICS if parent(key) == topic) for topic in TOPICS}
"""For each topic of the top level the keys of those below it."""

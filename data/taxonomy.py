"""The 17 top-level IPTC Media Topics: the fixed scheme by which every article is filed.

Names and codes: IPTC Media Topic NewsCodes, copyright International Press Telecommunications Council, see NOTICE.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One Media Topic: `key` is used in code and addresses, `label` is IPTC's name, `short` fits an axis."""

    key: str
    code: str
    label: str
    short: str

    @property
    def uri(self) -> str:
        """The qualified code as IPTC writes it, for instance ``medtop:11000000``."""
        return f"medtop:{self.code}"


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

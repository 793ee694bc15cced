"""Subject codes of services and agencies, and the Media Topics that they mean."""

from __future__ import annotations

import re
from functools import cache

from data.taxonomy import SUBTOPICS, TOPICS, parent

_IPTC = re.compile(r"(?:medtop|mediatopic|subj|subjectcode|subject-code)[:/](?:\w{0,20}[:/])?(\d{8})$", re.IGNORECASE)
_SUBJECT_CODE = re.compile(r"(\d{2})\d{6}")

# Words by which services file their news, in small letters. What may mean several topics (world, nation, general,
# top) means none.
_SECTIONS: dict[str, str] = {
    word: topic
    for topic, words in {
        "arts": "arts entertainment arts_and_entertainment culture music books movies media",
        "crime": "crime law",
        "economy": "business economy economics finance energy markets money",
        "education": "education",
        "environment": "environment climate",
        "health": "health",
        "lifestyle": "lifestyle food travel recreation fashion beauty gaming games home tourism",
        "politics": "politics government",
        "religion": "religion religion_and_spirituality",
        "science": "science technology tech computers",
        "society": "society",
        "sport": "sport sports",
        "weather": "weather",
    }.items()
    for word in words.split()
}

# Subject codes of Factiva, which it shares with the Reuters Corpus (Lewis et al., JMLR 5, 2004, table of topics);
# longer codes stand below shorter ones.
_FACTIVA: dict[str, str] = {
    code: topic
    for topic, codes in {
        "economy": "c1 c2 c3 c4 ccat e1 e2 e3 e4 e5 e6 e7 ecat m1 m14 mcat",
        "labour": "c42 e41 gjob glab",
        "politics": "gpol gvote gdip gpir g15 gvexe gvbod",
        "crime": "gcrim gjudi",
        "conflict": "gvio gdef gterr",
        "disaster": "gdis",
        "environment": "genv gpollu",
        "health": "ghea",
        "science": "gsci",
        "sport": "gspo",
        "religion": "grel",
        "arts": "gent gcul",
        "lifestyle": "gfas gtour glife gtrav",
        "weather": "gwea",
        "education": "gedu",
        "society": "gwelf gsoc",
        "human-interest": "godd",
    }.items()
    for code in codes.split()
}


def section_topic(name: str) -> str:
    """Key of the topic that a section's or category's name means, or empty."""
    return _SECTIONS.get("_".join(name.casefold().split()), "")


def factiva_topic(code: str) -> str:
    """Key of the topic of a Factiva subject code: its own, or that of the longest code it begins with."""
    code = code.casefold()[:12]
    return next((topic for end in range(len(code), 1, -1) if (topic := _FACTIVA.get(code[:end]))), "")


def iptc_code(*names: str) -> str:
    """The eight digits of the first name that is an IPTC Media Topic or Subject Code, qualified or as an address."""
    return next((match[1] for name in names if (match := _IPTC.search(name[:200]))), "")


def iptc_topic(code: str) -> str:
    """Key of the top-level topic of an IPTC code; of the Media Topics below the second level only Subject Codes tell.

    The 17 Subject Codes at the top, and so the first two digits of all below them, are those of the Media Topics.
    """
    if code in _by_code():
        return _by_code()[code]
    match = _SUBJECT_CODE.fullmatch(code)
    return _by_code().get(f"{match[1]}000000", "") if match and match[1] != "20" else ""


@cache
def _by_code() -> dict[str, str]:
    top = {topic.code: key for key, topic in TOPICS.items()}
    return top | {topic.code: parent(key) for key, topic in SUBTOPICS.items()}

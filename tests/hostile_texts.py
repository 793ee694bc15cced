"""Texts of any length that no newspaper prints, to find what fails on them or takes more than its share of time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = """the minister said on Monday that talks about the new law would go on in Geneva while voters in Kenya wait
for a result and Mr Jordan of the National Bank of Georgia warned of higher prices""".split()  # noqa: SIM905
_SCRIPTS = """election выборы انتخابات 选举 εκλογές चुनाव 選挙 בחירות 선거 การเลือกตั้ง ընտրություններ Wahlen
élection""".split()  # noqa: SIM905
_EMOJI = "😀🇫🇷👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿❤️🙏🏿"
_MARKS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
_SEEDS = "election parliament army hospital football vaccine stock market police flood film school climate church"


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _drawn(pieces: list[str], between: str = "") -> Callable[[int], str]:
    """Pieces in an order that does not repeat, the same in every run."""

    def made(size: int) -> str:
        draw = random.Random(size)
        longest = size // (min(map(len, pieces)) + len(between)) + 1
        return between.join(draw.choices(pieces, k=longest))[:size]

    return made


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line of words": _drawn(_WORDS, " "),
    "no spaces": _drawn(list("abcdefghijklmnopqrstuvwxyz")),
    "one letter": _repeated("a"),
    "all capitals": _drawn([word.upper() for word in _WORDS], " "),
    "mixed scripts": _drawn(_SCRIPTS, " "),
    "scripts without spaces": _drawn(_SCRIPTS),
    "chinese": _drawn(list("中国政府宣布经济选举总统的在了是")),
    "japanese": _drawn(list("日本政府は選挙のニュースを発表したカタカナ")),
    "accents piled up": _repeated("e" + "\u0301" * 50),
    "curly quotes": _drawn([f"\u201c{word}\u2019s\u201d" for word in _WORDS], " "),
    "unseen marks": _drawn(list(_MARKS + "aé")),
    "lone surrogates": _drawn(["\ud800", "\udfff", "election ", "Paris "]),
    "emoji": _drawn(list(_EMOJI)),
    "digits": _drawn(list("0123456789")),
    "punctuation": _drawn(list(".,;:!?-—…'\"()[]{}/|\\")),
    "hyphens": _repeated("a-b'c-"),
    "names only": _repeated("Georgia "),
    "names in capitals": _repeated("GEORGIA, JORDAN, "),
    "many names": _drawn([f"{a}{b}{c}" for a in "BDKLMNR" for b in ("ar", "en", "ov") for c in "adinost"], " "),
    "seed terms only": _drawn(_SEEDS.split(), " "),
    "initials": _repeated("A.B."),
    "headings": _repeated("Read more: By A. B. Smith\n"),
    "empty lines": _repeated("\n \n"),
    "nul and controls": _drawn(["\0", "\x1b", "\x7f", "a", " "]),
}

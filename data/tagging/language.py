"""The language of an article, told by its script where only one language is written in it, else by py3langid.

Method of py3langid: M. Lui and T. Baldwin, "langid.py: an off-the-shelf language identification tool", ACL 2012.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

VERSION = "1"
"""Changes whenever the same text may be given another language."""
SAMPLE = 300
"""Characters of the title and of the text that are looked at; more makes it slower, not better."""
LEAST_CONFIDENCE = 0.2
"""Below this the answer is a guess (a single word, a name) and is not given."""

_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_OWN_SCRIPTS = {
    "ko": re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "hy": re.compile("[\u0531-\u058f]"),
    "pa": re.compile("[\u0a01-\u0a75]"),
    "gu": re.compile("[\u0a81-\u0af1]"),
    "or": re.compile("[\u0b01-\u0b71]"),
    "ta": re.compile("[\u0b82-\u0bfa]"),
    "te": re.compile("[\u0c00-\u0c7f]"),
    "kn": re.compile("[\u0c80-\u0cf2]"),
    "ml": re.compile("[\u0d00-\u0d7f]"),
    "si": re.compile("[\u0d81-\u0df4]"),
    "th": re.compile("[\u0e01-\u0e5b]"),
    "lo": re.compile("[\u0e81-\u0edf]"),
    "my": re.compile("[\u1000-\u109f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "km": re.compile("[\u1780-\u17f9]"),
}
"""Scripts that (nearly) all news in one language and none in another is written in."""
_NO_NEWS_IN = {"an", "eo", "la", "oc", "sa", "vo", "wa"}
"""Languages that py3langid knows but whose guesses are nearly always short pieces of another language."""
_SAME = {"nn": "no", "nb": "no"}
"""Written standards of one language, filed under it."""


def detect(text: str, *, title: str = "") -> str:
    """The ISO 639-1 code of the language of an article, "" where it cannot be told (digits, a name, nothing)."""
    sample = f"{title[:SAMPLE]} {text[:SAMPLE]}"
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return ""
    return _by_script(sample, letters) or _by_statistics(sample)


def _by_script(sample: str, letters: int) -> str:
    """The language whose own script most `letters` of the sample are in, "" where many languages share it.

    A tenth of kana makes a text Japanese: its other letters are Chinese characters. Without them it is Chinese.
    """
    if max(sample) < "\u0370":  # Latin letters and nothing else: many languages share them
        return ""
    kana, han = len(_KANA.findall(sample)), len(_HAN.findall(sample))
    if 2 * (kana + han) > letters:
        return "ja" if 10 * kana > letters else "zh"
    return next((code for code, script in _OWN_SCRIPTS.items() if 2 * len(script.findall(sample)) > letters), "")


def _by_statistics(sample: str) -> str:
    code, confidence = _identifier().classify(sample)
    return _SAME.get(code, code) if confidence >= LEAST_CONFIDENCE else ""


@functools.cache
def _identifier() -> LanguageIdentifier:
    """py3langid with probabilities, for the languages that have a two-letter code.

    Of the model's table only the columns of these are kept, those of a feature side by side. To choose the languages
    afterwards, as is usual, would keep the whole table in memory and read the columns far apart, at twice the time.
    """
    import numpy as np
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier  # 250 ms, and 500 ms for its model
    from py3langid.modelio import load_model

    table, priors, codes, moves, rows, features = load_model(MODEL_DIR / MODEL_FILE)
    kept = [place for place, code in enumerate(codes) if len(code) == 2 and code not in _NO_NEWS_IN]
    return LanguageIdentifier(
        np.ascontiguousarray(table[:, kept]),
        priors[kept],
        [codes[place] for place in kept],
        moves,
        features,
        norm_probs=True,
        tk_row=rows,
    )

"""As many articles as wanted, put together from sentences of the built-in set: for measuring speed, not content."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.geography import COUNTRIES
from data.starter import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator


def articles(n: int, seed: int = 7) -> Iterator[dict[str, object]]:
    """`n` English articles of two to four briefs' sentences over two years, from 300 publishers; fixed by the seed."""
    draw = random.Random(seed)
    english = [Path(file) for file in FILES if "english" in file]
    lines = (line for path in english for line in path.read_text(encoding="utf-8").splitlines())
    briefs = [json.loads(line) for line in lines]
    sentences = [re.split(r"(?<=[.!?]) ", brief["text"]) for brief in briefs]
    places = sorted(COUNTRIES)
    publishers = [(f"Publisher {number}", places[number * 7 % len(places)]) for number in range(300)]
    for number in range(n):
        first = draw.randrange(len(briefs))
        others = [draw.randrange(len(briefs)) for _ in range(draw.randrange(1, 4))]
        text = " ".join([*sentences[first], *(draw.choice(sentences[other]) for other in others)])
        publisher, place = draw.choice(publishers)
        yield {
            "id": f"s{number}",
            "title": briefs[first]["title"],
            "text": text,
            "published": (date(2024, 1, 1) + timedelta(draw.randrange(730))).isoformat(),
            "publisher": publisher,
            "publisher_country": place,
            "language": "en",
        }


def write(path: Path, n: int, seed: int = 7) -> Path:
    """Writes `n` articles as JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(article) + "\n" for article in articles(n, seed))
    return path

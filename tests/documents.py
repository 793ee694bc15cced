"""A document with a slide of every kind of marks, made by hand, for the tests of whatever draws or exports one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import log10

import numpy as np
import pandas as pd

from components.content import (
    Apart,
    Bars,
    Cited,
    Content,
    Course,
    Entry,
    Grid,
    Marks,
    Paired,
    Places,
    Ranked,
    Sentences,
    Series,
    Source,
    Words,
)
from components.method import Method
from components.report.document import Document, Slide
from components.report.findings import Finding, Report
from components.shapes import shapes
from components.theme import TOPIC_COLOURS
from data import geography
from data.statistics import shares, wilson

MADE = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
SOURCE = Source("Store of tests", (("topics", "2"), ("countries", "3")), 7, MADE, 2)
METHOD = Method(
    selection="Articles about Europe, from 1 May 2025 to 30 June 2025.",
    unit="articles",
    n=1204,
    of=9113,
    base="the 1,204 articles selected",
    first=date(2025, 5, 1),
    last=date(2025, 6, 30),
    undated=12,
    unsure=85,
    no_country=0,
    copies=40,
    corrections=3,
    source=SOURCE,
    query={"region": ["Europe"], "from": ["2025-05-01"], "to": ["2025-06-30"]},
)
CITED = (
    Cited(
        "a1", "Ministers agree on rivers & ports", "The Harbour Post", date(2025, 5, 2), "https://example.org/a1", "en"
    ),
    Cited("a2", "Реки разлились после дождей", "Вестник", date(2025, 5, 3), "https://example.org/a2", "ru"),
    Cited("a3", "المدينة تفتح الميناء من جديد", "صحيفة الميناء", None, "https://example.org/a3", "ar"),
    Cited("a4", "港口在洪水后重新开放", "海港日报", date(2025, 6, 1), "", "zh"),
    Cited("a5", "Το λιμάνι ανοίγει ξανά", "Εφημερίδα", date(2025, 6, 2), "https://example.org/a5", "el"),
)


def bars() -> Bars:
    """Five topics, one of them opened into two parts, and the unsure."""
    rows = [
        ("conflict", "Conflict", 458, TOPIC_COLOURS["conflict"], 0),
        ("armed-conflict", "Armed conflict", 300, "#d3768f", 1),
        ("peace", "Peace process", 90, "#d3768f", 1),
        ("politics", "Politics", 401, TOPIC_COLOURS["politics"], 0),
        ("economy", "Economy", 322, TOPIC_COLOURS["economy"], 0),
        ("weather", "Weather", 3, TOPIC_COLOURS["weather"], 0),
        ("none", "Unsure", 85, "#9aa5b1", 0),
    ]
    frame = shares(pd.DataFrame(rows, columns=["value", "label", "n", "colour", "level"]), 1204).assign(of=1204)
    return Bars(frame, "topic")


def course() -> Course:
    """Nine weeks with two topics, one week of them without any publisher."""
    starts = [date(2025, 5, 5 + 7 * n) if 5 + 7 * n < 32 else date(2025, 6, 5 + 7 * n - 31) for n in range(8)]
    frame = pd.DataFrame(
        {
            "start": starts,
            "all": [120, 150, 0, 180, 160, 170, 240, 184],
            "conflict": [40, 60, 0, 75, 60, 58, 95, 70],
            "politics": [50, 40, 0, 60, 70, 61, 60, 60],
            "publishers": [14, 15, 0, 15, 16, 15, 22, 15],
            "gap": [False, False, True, False, False, False, False, False],
        }
    )
    lines = (
        Series("conflict", "Conflict", TOPIC_COLOURS["conflict"]),
        Series("politics", "Politics", TOPIC_COLOURS["politics"], "dash"),
    )
    return Course(frame, lines, "week")


def grid() -> Grid:
    """Two regions by three topics, one region with few articles."""
    cells = [
        ("Africa", "conflict", "Africa", "Conflict", 3, 8),
        ("Africa", "politics", "Africa", "Politics", 2, 8),
        ("Africa", "none", "Africa", "Unsure", 1, 8),
        ("Europe", "conflict", "Europe", "Conflict", 458, 1204),
        ("Europe", "politics", "Europe", "Politics", 401, 1204),
        ("Europe", "none", "Europe", "Unsure", 85, 1204),
    ]
    names = ["column", "row", "column_label", "row_label", "n", "of"]
    frame = pd.DataFrame(cells, columns=names)
    return Grid(frame.assign(share=frame["n"] / frame["of"]), 10)


def places(scale: str = "log") -> Places:
    """Countries large and small, one across the antimeridian."""
    counts = {"UA": 310, "RU": 280, "FR": 120, "US": 60, "FJ": 4, "SG": 3, "NA": 1, "CN": 25}
    rows = []
    for code, n in counts.items():
        country = geography.COUNTRIES[code]
        shape = shapes().get(country.iso3)
        value = {"log": log10(n), "share": n / 1204, "difference": n / 1204 - 0.1}[scale]
        point = (shape.longitude, shape.latitude) if shape else (country.longitude, country.latitude)
        small = shape is None or shape.small
        rows.append((code, country.iso3, country.name, n, 1204, n / 1204, value, f"{n} articles", *point, small))
    names = ["code", "iso3", "name", "n", "of", "share", "value", "said", "longitude", "latitude", "small"]
    legend = {"log": "Articles (log scale)", "share": "Share", "difference": "Difference of shares, A less B"}
    return Places(pd.DataFrame(rows, columns=names), scale, legend[scale])  # type: ignore[arg-type]


def words() -> Words:
    """A cloud of a few words of several scripts."""
    counts = {"ceasefire": 90, "river": 60, "порт": 40, "ميناء": 30, "港口": 25, "=1+1": 12}
    placed, y = [], 30
    for word, n in counts.items():
        size = 8 + n // 5
        placed.append({"word": word, "size": size, "x": 20.0, "y": float(y), "turned": False, "length": size * 4.0})
        y += size + 6
    frame = pd.DataFrame(
        {"word": list(counts), "n": list(counts.values()), "weight": [float(n) for n in counts.values()]}
    )
    return Words(frame, tuple(placed), 300, 255)


def ranked() -> Ranked:
    """Two lists: stories with their course, terms with two bars each."""
    stories = (
        Entry(
            "Ministers agree on rivers & ports",
            "9 publishers · France, Spain",
            "41",
            "articles",
            (3, 9, 20, 9),
            "2 – 9 May 2025",
        ),
        Entry("Реки разлились после дождей", "4 publishers · Russia", "12", "articles", (1, 0, 11), "3 May 2025"),
    )
    terms = (
        Entry(
            "ceasefire",
            "60 of 400 now, 30 of 804 before",
            bars=(("now", 1.0, "15 % now"), ("before", 0.25, "4 % before")),
        ),
    )
    return Ranked((("Stories", stories), ("Terms", terms)))


def sentences() -> Sentences:
    """Three sentences with their articles."""
    return Sentences(
        (
            ("Ministers of nine states agreed on Friday to dredge two rivers.", CITED[0]),
            ("Реки вышли из берегов в трёх областях.", CITED[1]),
            ("المدينة أعادت فتح الميناء يوم الأحد.", CITED[2]),
        )
    )


def paired() -> Paired:
    """Three topics in two selections."""
    rows = [
        ("conflict", "Conflict", 458, 1204, 200, 900),
        ("politics", "Politics", 401, 1204, 310, 900),
        ("sport", "Sport", 20, 1204, 16, 900),
    ]
    frame = pd.DataFrame(rows, columns=["value", "label", "a_n", "a_of", "b_n", "b_of"])
    for side in "ab":
        low, high = wilson(frame[f"{side}_n"], frame[f"{side}_of"])
        frame = frame.assign(
            **{f"{side}_share": frame[f"{side}_n"] / frame[f"{side}_of"], f"{side}_low": low, f"{side}_high": high}
        )
    gap = frame["a_share"] - frame["b_share"]
    frame = frame.assign(difference=gap, low=gap - 0.03, high=gap + 0.03, clear=[True, False, False])
    return Paired(frame, ("About Europe", "About Asia"), "topic")


def apart() -> Apart:
    """Words of both sides, one with sentences."""
    frame = pd.DataFrame(
        [
            ("ceasefire", "A", 90, 1204, 10, 900, 6.1, 6.2, "far more often", 0.001),
            ("tariff", "B", 20, 1204, 70, 900, -5.2, 4.4, "far more often", 0.002),
        ],
        columns=["word", "side", "a_n", "a_of", "b_n", "b_of", "z", "times", "effect", "chance"],
    )
    said = {"ceasefire": (("Both sides signed a ceasefire.", CITED[0]), ("A ceasefire was refused.", CITED[4]))}
    return Apart(frame, ("About Europe", "About Asia"), said)


KINDS: dict[str, tuple[str, Marks]] = {
    "topics": ("Topics", bars()),
    "timeline": ("Over time", course()),
    "region-topic": ("Topics by region", grid()),
    "map": ("Countries the news is about", places()),
    "cloud": ("Keywords", words()),
    "top-stories": ("Top stories", ranked()),
    "brief": ("In brief", sentences()),
    "compare-topics": ("Topics compared", paired()),
    "compare-words": ("Words that differ", apart()),
    "compare-map": ("Countries compared", places("difference")),
}


def table_of(marks: Marks) -> pd.DataFrame:
    """A small table twin for the marks."""
    if isinstance(marks, Bars | Paired | Words | Apart | Grid | Course | Places):
        frame = marks.frame
        keep = [
            name for name in frame.columns if name not in ("colour", "level", "longitude", "latitude", "small", "value")
        ]
        return frame[keep].rename(
            columns={"label": "Label", "n": "Articles", "share": "Share", "low": "Lowest", "high": "Highest"}
        )
    if isinstance(marks, Ranked):
        lines = [(head, e.name, e.about, e.number) for head, entries in marks.parts for e in entries]
        return pd.DataFrame(lines, columns=["List", "Name", "About", "Number"])
    return pd.DataFrame(
        [(said, c.title, c.publisher) for said, c in marks.said], columns=["Sentence", "Article", "Publisher"]
    )


def content(panel: str, marks: Marks | None = None, title: str = "") -> Content:
    """The content of one panel, with these marks or those of its kind."""
    name, usual = KINDS[panel]
    drawn = marks or usual
    return Content(
        panel=panel,
        title=title or name,
        marks_of=lambda: drawn,
        table_of=lambda: table_of(drawn),
        caption="Shares of 1,204 articles; with up to two topics each, they add up to more than 100 %.",
        alt=f"{name}: the table shows all.",
        sentence_of=lambda: f"{name} of Europe: 38 % of 1,204 articles",
        method=METHOD,
        cited=CITED[:2],
    )


def nothing() -> Content:
    """A panel without anything to draw."""
    table = pd.DataFrame({"Keyword": [], "Articles": np.array([], np.int64)})
    return Content(
        panel="cloud",
        title="Keywords",
        marks_of=None,
        table_of=lambda: table,
        caption="0 keywords.",
        alt="No keywords.",
        method=METHOD,
        empty="No articles match.",
    )


def document(*, note: str = "Said in the meeting.", sentence: str = "", title: str = "Rivers and ports") -> Document:
    """A slide of every kind, and one that is empty."""
    contents = [*(content(panel) for panel in KINDS), nothing()]
    slides = tuple(
        Slide(sentence or c.sentence or c.title, note, c, "was 37 %" if n == 1 else "") for n, c in enumerate(contents)
    )
    findings = tuple(
        Finding(c.panel, (("region", ("Europe",)),), s.sentence, c.sentence, s.note)
        for c, s in zip(contents, slides, strict=True)
    )
    return Document(
        title=title,
        subtitle=METHOD.selection,
        slides=slides,
        method=METHOD,
        cited=CITED,
        cited_of="5 of 1,204 articles: the most central of every story first",
        made=MADE,
        report=Report(findings, title, "7"),
        languages=("ar", "el", "en", "ru", "zh"),
    )

"""Plain text into stories where its words change."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources.files import splitting
from data.sources.files.splitting import boundaries, split, words
from tests.corpora import corpus
from tests.evaluation import splitting as evaluation

STORM = [
    "The storm Agda reached the harbour of Lindvik at dawn and tore the roof from the ferry terminal; nobody slept.",
    "Ferries between Lindvik and the islands stay in harbour until the terminal has a roof, the port master said.",
    "Agda was the third storm of the autumn; the port master counted forty dinghies sunk in the harbour of Lindvik.",
]
CHEESE = [
    "A cheese from the Vallorna valley won the gold medal of the dairy fair, ahead of nine hundred foreign cheeses.",
    "The dairy of Vallorna ripens its cheese for two winters in a cave; the medal hangs above the cave's entrance.",
]
CHESS = [
    "Grandmaster Ilya Torvald, eleven, drew the final game of the chess open by a bishop sacrifice and won the title."
]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([], []),
        (STORM[:1], [range(1)]),
        (STORM, [range(3)]),
        (STORM + CHEESE, [range(3), range(3, 5)]),
        (CHEESE + CHESS + STORM, [range(2), range(2, 3), range(3, 6)]),
        ([""], [range(1)]),
        (["", " ", "..."], [range(3)]),
    ],
)
def test_stories(paragraphs: list[str], expected: list[range]) -> None:
    assert split(paragraphs) == expected


def test_languages_without_spaces() -> None:
    storm = [
        "台风海神清晨抵达林德港，掀翻了渡轮码头的屋顶。",
        "林德港与群岛之间的渡轮停航，码头负责人说屋顶要修。",
        "海神是今秋第三个台风，林德港沉了四十条小船。",
    ]
    cheese = ["瓦洛纳山谷的奶酪在乳品展览会上获得金奖。", "瓦洛纳乳品厂把奶酪放在山洞里熟成两个冬天，金奖挂在洞口。"]
    assert split(storm + cheese) == [range(3), range(3, 5)]


def test_words() -> None:
    assert dict(words("London’s mayor, the mayors of 12 cities; A b")) == {
        "london": 1,
        "mayor": 2,
        "the": 1,
        "of": 1,
        "citie": 1,
    }
    assert dict(words("总统宣布")) == {"总统": 1, "统宣": 1, "宣布": 1}
    assert max(map(len, words("x" * 5_000_000))) <= 40


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("ab中 .\ud800\u202e"), max_size=30), max_size=40))
def test_law_stories_cover_all_paragraphs_in_order(paragraphs: list[str]) -> None:
    assert [index for story in split(paragraphs) for index in story] == list(range(len(paragraphs)))


@pytest.mark.parametrize("reach", [1, 2, 3, 6])
def test_the_best_segments_are_found(reach: int) -> None:
    """The linear search finds what trying every segmentation finds."""
    chance = random.Random(reach)
    for _ in range(200):
        n = chance.randint(2, 7)
        table = np.zeros((n, min(reach, n - 1)))
        for i in range(n):
            for d in range(1, min(i, table.shape[1]) + 1):
                table[i, d - 1] = chance.uniform(-2, 2)
        found = splitting._best(table)
        scores = {starts: gain(table, starts) for k in range(n) for starts in combinations(range(1, n), k)}
        best = max(scores, key=lambda starts: scores[starts])
        if scores[best] < scores[()] + splitting.margin(n, table.shape[1]):
            assert found == []
        else:
            assert gain(table, tuple(found)) == pytest.approx(scores[best])


def gain(table: np.ndarray, starts: tuple[int, ...]) -> float:
    story = np.cumsum([i in starts for i in range(len(table))])
    inside = (
        (i, d) for i in range(len(table)) for d in range(1, min(i, table.shape[1]) + 1) if story[i] == story[i - d]
    )
    return float(sum(table[i, d - 1] for i, d in inside))


def test_long_files_are_split_in_portions_without_a_seam() -> None:
    chance = random.Random(7)
    paragraphs: list[str] = []
    starts = []
    for _ in range(2000):
        vocabulary = ["".join(chance.choices("abcdefghiklmnoprstu", k=8)) for _ in range(30)]
        starts.append(len(paragraphs))
        paragraphs += [" ".join(chance.choices(vocabulary, k=25)) for _ in range(chance.randint(1, 5))]
    assert len(paragraphs) > 2 * splitting._BLOCK
    assert [story.start for story in split(paragraphs)] == starts


def test_one_line_of_five_megabytes() -> None:
    assert split(["word " * 1_000_000, STORM[0]]) in ([range(2)], [range(1), range(1, 2)])


def test_the_sample_file_is_five_stories() -> None:
    corpus("seed")
    assert evaluation.seed_lines() == [1, 12, 13, 14, 15]


def test_joined_articles_of_the_held_out_half() -> None:
    pool = evaluation.stories(evaluation.WIKINEWS, looking=False)
    sample = evaluation.documents(pool, seed=4, count=100)
    ours = evaluation.score(boundaries, sample)
    assert ours.f1 > 0.85
    assert ours.f1 > evaluation.score(evaluation.text_tiling, sample).f1

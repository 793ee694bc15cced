"""``python -m data tag``: what it writes, however many processes write it, and how it ends."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import workers
from data.__main__ import main
from data.articles import Article, Reject
from data.commands import COMMANDS, tag
from data.commands.output import output
from data.commands.progress import Progress, words
from data.commands.tag import ARTICLES, LISTED, Tally, batches
from data.errors import NewsError, SourceError
from data.seen import Known, Seen
from data.tagging.remembered import Remembered
from data.tagging.tags import CountryTag, Evidence, KeywordTag, TopicTag, plain
from data.taxonomy import TOPICS
from tests.benchmarks import synthetic
from tests.tasks import chatter, fail, refuse, where

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[1]
MANY = (workers.FEW + 3) * 10
"""Articles that are worth several processes where a batch has ten."""


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthetic.write(tmp_path_factory.mktemp("news") / "news.jsonl", 40)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_one_process_and_three_write_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    location = synthetic.write(tmp_path / "news.jsonl", MANY)
    for jobs, size in ((1, ARTICLES), (3, 10)):
        monkeypatch.setattr(tag, "ARTICLES", size)
        assert main(["tag", str(location), "--jobs", str(jobs), "--out", str(tmp_path / f"{jobs}.jsonl")]) == 0
        assert capsys.readouterr().err == f"{MANY:,} rows: {MANY:,} articles, 0 rejects\n"
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "3.jsonl").read_bytes()
    assert [row["id"] for row in lines(tmp_path / "1.jsonl")] == [f"s{number}" for number in range(MANY)]


def test_a_folder_of_the_same_name_is_no_package_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "__init__.py").write_text("raise SystemExit('wrong package')")
    monkeypatch.chdir(tmp_path)
    assert list(workers.spread(len, [[]] * 20, 2)) == [0] * 20


def test_rejects_are_counted_and_the_first_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*(f'{{"title": "Comet {n} passes"}}' for n in range(30)), *["{broken"] * 25, '{"title": "Comet 1 passes"}']
    (tmp_path / "news.jsonl").write_text("\n".join(rows), encoding="utf-8")
    assert main(["tag", str(tmp_path / "news.jsonl"), "--out", str(tmp_path / "tags.jsonl")]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "56 rows: 30 articles, 26 rejects"
    assert told[1].startswith("  news.jsonl row 31: no valid JSON")
    assert told[-1] == f"  and {26 - LISTED} more"
    assert len(told) == LISTED + 2
    assert len(lines(tmp_path / "tags.jsonl")) == 30


def test_scores_are_those_of_all_topics(tmp_path: Path, news: Path) -> None:
    assert main(["tag", str(news), "--out", str(tmp_path / "without.jsonl")]) == 0
    assert main(["tag", str(news), "--scores", "--out", str(tmp_path / "with.jsonl")]) == 0
    bare, full = lines(tmp_path / "without.jsonl"), lines(tmp_path / "with.jsonl")
    labels = [topic.label for topic in TOPICS.values()]
    assert [list(row.pop("topic_scores")) for row in full] == [labels] * len(full)
    assert full == bare


def test_the_best_score_is_that_of_the_first_topic(tmp_path: Path, news: Path) -> None:
    main(["tag", str(news), "--scores", "--out", str(tmp_path / "tags.jsonl")])
    tagged = [row for row in lines(tmp_path / "tags.jsonl") if row["topics"]]
    assert tagged
    for row in tagged:
        assert max(row["topic_scores"], key=row["topic_scores"].get) == row["topics"][0]["label"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["tag", "no/such/file.csv"], 1, "There is no file or folder"),
        (["tag", "NEWS", "--out", "no/such/folder/tags.jsonl"], 1, "cannot be written (No such file or directory)"),
        (["tag", "NEWS", "--corrections", "no/such/file.jsonl"], 1, "cannot be read"),
        (["tag", "NEWS", "--jobs", "0"], 2, "'0' is no number of processes"),
        (["tag", "NEWS", "--jobs", "many"], 2, "'many' is no number of processes"),
        (["tag"], 2, "required: input"),
        ([], 2, "required: COMMAND"),
        (["dance"], 2, "invalid choice: 'dance'"),
    ],
)
def test_exit_codes(arguments: list[str], code: int, said: str, news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given_ones = [str(news) if argument == "NEWS" else argument for argument in arguments]
    try:
        ended: object = main(given_ones)
    except SystemExit as error:
        ended = error.code
    assert ended == code
    assert said in capsys.readouterr().err


def test_who_reads_may_stop_reading(tmp_path: Path) -> None:
    location = synthetic.write(tmp_path / "news.jsonl", 2 * ARTICLES)
    command = [sys.executable, "-m", "data", "tag", str(location), "--jobs", "1"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["id"] == "s0"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_stopped_by_hand_it_leaves_nothing_behind(tmp_path: Path) -> None:
    location = synthetic.write(tmp_path / "news.jsonl", 20_000)
    out = tmp_path / "tags.jsonl"
    command = [sys.executable, "-m", "data", "tag", str(location), "--jobs", "2", "--out", str(out)]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, start_new_session=True) as process:
        while process.poll() is None and not list(tmp_path.glob(".tags*")):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read().decode() == "python -m data: stopped\n"
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == [location]


@pytest.mark.parametrize(
    ("share", "articles", "seconds", "said"),
    [
        (0.0, 0, 0.1, "0 % read, 0 articles"),
        (None, 0, 0.1, "0 articles"),
        (0.5, 1200, 0.5, "50 % read, 1,200 articles"),
        (0.5, 1200, 2, "50 % read, 1,200 articles, 600 a second"),
        (0.25, 6000, 10, "25 % read, 6,000 articles, 600 a second, about 30 s left"),
        (0.1, 60_000, 100, "10 % read, 60,000 articles, 600 a second, about 15 min left"),
        (0.01, 60_000, 100, "1 % read, 60,000 articles, 600 a second, about 2.8 h left"),
        (1.0, 60_000, 100, "100 % read, 60,000 articles, 600 a second"),
        (None, 60_000, 100, "60,000 articles, 600 a second"),
    ],
)
def test_what_the_progress_says(share: float | None, articles: int, seconds: float, said: str) -> None:
    assert words(share, articles, seconds) == said


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_replaces_itself_on_a_terminal_and_goes() -> None:
    with Progress(shown=True, stream=(screen := Terminal())) as progress:
        progress.update(0.0, 0)
        progress.update(0.5, 100)  # too soon after the first
    first = "0 % read, 0 articles"
    assert screen.getvalue() == f"\r{first}\r{' ' * len(first)}\r"


def test_progress_in_a_file_is_lines() -> None:
    with Progress(shown=True, stream=(file := io.StringIO())) as progress:
        progress.update(0.0, 0)
    assert file.getvalue() == "0 % read, 0 articles\n"


@pytest.mark.parametrize(("option", "told"), [("--progress", True), ("--no-progress", False), (None, False)])
def test_progress_is_told_on_request(
    option: str | None, told: bool, news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["tag", str(news), "--out", str(tmp_path / "tags.jsonl"), *([option] if option else [])])
    assert ("0 % read, 0 articles" in capsys.readouterr().err) is told


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    for name, command in COMMANDS.items():
        assert f"{name} {command.help}" in said


def test_output_is_there_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "tags.jsonl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(SourceError):
        fail(path)
    assert path.read_text(encoding="utf-8") == "old"
    with output(path) as out:
        out.write(b"new")
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_the_folder_that_is_read_may_be_written_to(tmp_path: Path) -> None:
    synthetic.write(tmp_path / "news.jsonl", 5)
    assert main(["tag", str(tmp_path), "--out", str(tmp_path / "tags.jsonl")]) == 0
    assert len(lines(tmp_path / "tags.jsonl")) == 5


def made(number: int, length: int = 10) -> Article:
    return Article(id=str(number), title="", text="x" * length)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([1, 1_000, 400_000, 3_000_000]), max_size=30))
def test_batches_hold_every_article_in_order_and_no_more_than_fits(lengths: list[int]) -> None:
    articles = [made(number, length) for number, length in enumerate(lengths)]
    found = list(batches(articles))
    assert [article for batch in found for article in batch] == articles
    for batch in found:
        assert 0 < len(batch) <= ARTICLES
        assert sum(len(article.text) for article in batch[:-1]) < 1_000_000


def test_reading_goes_no_further_than_the_work() -> None:
    """The input is not read ahead: at most two batches a process wait, and those that show that there are many."""
    taken = 0

    def endless() -> Iterator[list[int]]:
        nonlocal taken
        while True:
            taken += 1
            yield [taken]

    answers = workers.spread(sum, endless(), 2)
    assert [next(answers) for _ in range(50)] == list(range(1, 51))
    assert taken <= 50 + 2 * 2 + workers.FEW + 1
    answers.close()  # type: ignore[attr-defined]  # a generator


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_answers_come_in_order(jobs: int) -> None:
    assert list(workers.spread(len, ["x" * n for n in range(60)], jobs)) == list(range(60))


def test_few_batches_stay_in_this_process() -> None:
    here = os.getpid()
    assert {pid for pid, _ in workers.spread(where, range(workers.FEW), 8)} == {here}
    assert here not in {pid for pid, _ in workers.spread(where, range(workers.FEW + 1), 2)}


def test_a_process_that_ends_is_an_error_in_plain_words() -> None:
    with pytest.raises(NewsError, match=r"ended before it was done \(exit code 3\)"):
        list(workers.spread(os._exit, [3] * 20, 2))


def test_an_explained_error_in_a_process_is_raised_here() -> None:
    with pytest.raises(SourceError, match="no good"):
        list(workers.spread(refuse, range(20), 2))


def test_what_a_task_prints_does_not_come_between_the_answers() -> None:
    assert list(workers.spread(chatter, range(20), 2)) == list(range(20))


def test_seen_knows_the_first() -> None:
    with Seen() as seen:
        assert seen.first("1", "a", "file#1") is None
        assert seen.first("2", "a", "file#2") is None
        assert seen.first("1", "b", "file#3") == Known("a", "file#1")
        assert seen.first("\ud800", "c", "file#4") is None
        assert seen.first("\ud800", "d", "file#5") == Known("c", "file#4")


def test_the_tally_keeps_the_first_rejects_only() -> None:
    tally = Tally()
    items = [made(0), *(Reject("file", row, "bad") for row in range(50)), made(1)]
    assert [article.id for article in tally.sorted_out(items)] == ["0", "1"]
    assert (tally.articles, tally.rejected, len(tally.rejects)) == (2, 50, LISTED)


@given(st.lists(st.sampled_from("abcdefgh"), max_size=200))
def test_remembered_answers_as_the_function_does_and_forgets(texts: list[str]) -> None:
    asked: list[str] = []

    def answer(text: str) -> str:
        asked.append(text)
        return text.upper()

    remembered = Remembered(answer, entries=2)
    assert [remembered[text] for text in texts] == [text.upper() for text in texts]
    assert len(remembered) <= 2
    assert len(asked) <= len(texts)


def test_remembered_asks_once_for_what_is_frequent() -> None:
    asked: list[str] = []
    remembered = Remembered(lambda text: asked.append(text) or text, entries=3)
    for number in range(20):
        assert remembered["often"] == "often"
        assert remembered[f"rare {number}"] == f"rare {number}"
    assert asked.count("often") == 1


@pytest.mark.parametrize(
    "given_one",
    [
        CountryTag("FR", 1.0, (Evidence("text", 0, 5, "Paris", "capital"), Evidence("title", 1, 2, "x"))),
        CountryTag("FR", 0.5),
        TopicTag("politics", 0.5, (Evidence("text", 0, 5, "Paris"),)),
        KeywordTag("summit", 1.0),
    ],
)
def test_plain_is_what_dataclasses_make_of_it(given_one: Any) -> None:
    assert plain(given_one) == asdict(given_one)

"""The store from the terminal: add, status, rejects, undo, export, compact and clean."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.__main__ import main
from data.commands import COMMANDS, export
from data.errors import SelectionError
from data.inert import inert
from data.selection import Selection
from data.store import Store
from data.store.adding import Addition
from tests.samples import article, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

NEWS = """title,text,published,publisher
Voters in Japan elect a parliament,"The Japanese election brought a new parliament. Tokyo voted.",2025-03-01,Post
=1+1 comets pass,"Astronomers watched a comet with a telescope.",,
,,2025-03-02,Empty
"""


@pytest.fixture
def news(tmp_path: Path) -> str:
    (tmp_path / "news.csv").write_text(NEWS, encoding="utf-8")
    return str(tmp_path / "news.csv")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on a store of its own: exit code, standard output, standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--store", str(tmp_path / "store")])
        return code, *capsys.readouterr()

    return run


def test_add_status_rejects_undo(run: Run, news: str, tmp_path: Path) -> None:
    code, out, _ = run("add", news, "--json")
    added = json.loads(out)
    assert code == 0
    assert [added[name] for name in ("rows", "stored", "known", "rejected")] == [3, 2, 0, 1]
    assert run("add", news)[1] == f"{news}: 3 rows: 0 stored, 2 already there, 1 rejected\n"
    found = json.loads(run("status", "--json")[1])
    assert (found["articles"], found["rejects"], found["health"]["whole"]) == (2, 1, True)
    assert [version["kind"] for version in found["versions"]] == ["added", "added", "made"]
    assert "added news.csv — 3 rows: 2 stored, 0 already there, 1 rejected" in run("status")[1]
    assert run("rejects")[1] == "news.csv row 3: no title and no text\n"
    assert json.loads(run("rejects", "--json", "--run", added["run"])[1])[0]["reason"] == "no title and no text"
    assert run("rejects", "--csv", str(tmp_path / "rejects.csv"))[0] == 0
    rows = list(csv.DictReader((tmp_path / "rejects.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["file"], row["row"]) for row in rows] == [("news.csv", "3")]
    run("undo")
    assert run("undo")[1] == "Took back: added news.csv (2 articles, 1 rejects)\n"
    code, _, error = run("undo")
    assert (code, "nothing to undo" in error) == (1, True)
    assert run("rejects")[1] == "Nothing was rejected.\n"


def test_partly_and_not_at_all(run: Run, news: str) -> None:
    code, out, _ = run("add", news, "missing.csv")
    assert code == 3
    assert "missing.csv: There is no file" in out
    code, out, error = run("add", "missing.csv")
    assert (code, out, "There is no file" in error) == (1, "", True)


@pytest.mark.parametrize("command", ["status", "rejects", "undo", "export", "compact", "clean"])
def test_without_a_store_each_says_how_to_make_one(run: Run, command: str) -> None:
    code, out, error = run(command)
    assert (code, out) == (1, "")
    assert "python -m data add" in error


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert command == "tag" or "examples:" in capsys.readouterr().out


def test_a_damaged_store_is_said(run: Run, news: str, tmp_path: Path) -> None:
    run("add", news)
    next((tmp_path / "store" / "articles").glob("*.parquet")).unlink()
    code, out, _ = run("status")
    assert code == 1
    assert "1 files are missing or damaged" in out


def test_compact_and_clean(run: Run, news: str, tmp_path: Path) -> None:
    assert run("add", news)[0] == 0
    assert "nothing to join" in run("compact")[1]
    (tmp_path / "more.csv").write_text("title,text\nA cup in Kenya,The final.\n", encoding="utf-8")
    run("add", str(tmp_path / "more.csv"))
    assert "were joined" in run("compact")[1]
    assert json.loads(run("clean", "--hours", "0", "--json")[1])["deleted"] >= 2
    assert json.loads(run("status", "--json")[1])["articles"] == 3
    assert run("clean", "--hours", "-1")[0] == 1


def _read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))
    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = pd.read_parquet(path).to_dict("records")
        return rows
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("form", export.WRITERS)
def test_export_writes_what_is_chosen(run: Run, news: str, tmp_path: Path, form: str) -> None:
    run("add", news)
    out = tmp_path / f"out.{form}"
    code, said, _ = run("export", "--select", "region=Asia", "--out", str(out))
    assert (code, said) == (0, f"Articles about Asia: 1 of 2 articles written to {out}\n")
    (row,) = _read(out)
    assert row["title"] == "Voters in Japan elect a parliament"
    assert "Tokyo" in row["text"]
    run("export", "--out", str(out))
    assert len(_read(out)) == 2


def test_cells_of_a_csv_do_nothing(run: Run, news: str, tmp_path: Path) -> None:
    run("add", news)
    for options, title in ([], "'=1+1 comets pass"), (["--raw"], "=1+1 comets pass"):
        run("export", "--select", "day=none", "--out", str(tmp_path / "out.csv"), *options)
        assert [row["title"] for row in _read(tmp_path / "out.csv")] == [title]


def test_export_shows_keywords_in_the_form_of_the_page(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    for name, words in ("a", ["elections"]), ("b", ["election"]), ("c", ["election"]):
        Addition(store, "added").write(table([article(name, language="en")]).assign(keywords=[words]))
    rows = pd.concat([rows for rows, _ in export.selected(store, Selection().choose("keyword", ["election"]))])
    assert sorted(rows["id"]) == ["a", "b", "c"]
    assert rows["keywords"].tolist() == [["election"]] * 3


@pytest.mark.parametrize("query", ["colour=red", "region=Asia&nose=x", "from=yesterday", "region="])
def test_a_selection_that_is_not_understood(query: str) -> None:
    with pytest.raises(SelectionError):
        export.selection_of(query)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "All articles"),
        ("?region=Asia&region=Europe", "about Asia or Europe"),
        ("q=vote&from=2026-01-01", "since 1"),
    ],
)
def test_a_selection_of_an_address(query: str, said: str) -> None:
    assert said in export.selection_of(query).describe()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        (" +1", "' +1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r", "'\r"),
        ("a=1", "a=1"),
        ("", ""),
        (-2, -2),
        (1.5, 1.5),
        (None, None),
        ("a\0\ud800", "a?"),
    ],
)
def test_no_cell_is_a_formula(value: object, cell: object) -> None:
    assert inert(value) == cell

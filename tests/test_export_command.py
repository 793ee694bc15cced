"""``python -m components.exports``: the files of a selection or a report, without the page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from components.exports import __main__ as command
from components.exports.__main__ import main
from components.exports.choosing import known, state_of
from components.report.findings import Finding, Report, from_json, to_json
from components.report.links import pack
from data.__main__ import main as data_command
from data.engines.memory import MemoryEngine
from data.errors import SelectionError
from data.selection import Selection
from tests.samples import tagged

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

PROJECT = Path(__file__).parents[1]
HEAD = "title,text,published,publisher,language\n"
FRANCE = (
    "France votes,Voters in France elected a new parliament on Sunday. The election was close.,2025-03-01,Post,en\n"
)
SPAIN = "Spain votes,Spain held an election. Its parliament will meet in Madrid.,2025-03-02,Globe,en\n"
JAPAN = "Cup final in Japan,Japan won the football cup final in Tokyo on Sunday.,2025-03-09,Post,en\n"


@pytest.fixture
def news(tmp_path: Path) -> str:
    (tmp_path / "news.csv").write_text(HEAD + FRANCE + SPAIN + JAPAN, encoding="utf-8")
    return str(tmp_path / "news.csv")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command with a folder of its own to write to: exit code, standard output, standard error."""

    def run(*arguments: str, formats: str = "json", out: str = "out") -> tuple[int, str, str]:
        code = main([*arguments, "--out", str(tmp_path / out), "--format", formats])
        return code, *capsys.readouterr()

    return run


def told(folder: Path, name: str = "out/report.json") -> Any:
    """What a JSON export says of its document."""
    return json.loads((folder / name).read_text(encoding="utf-8"))["document"]


def test_files_of_a_selection(run: Run, news: str, tmp_path: Path) -> None:
    code, out, error = run(news, "--select", "country=France", "--panels", "topics,map", formats="json,xlsx", out="a/b")
    assert (code, error) == (0, "")
    said, *files = out.splitlines()
    assert said == f"The news about France: 2 findings, 1 of 3 articles (33 %). {news}."
    assert [Path(line.partition("  ")[0]).name for line in files] == [
        "the-news-about-france.json",
        "the-news-about-france.xlsx",
    ]
    found = told(tmp_path, "a/b/the-news-about-france.json")
    assert [each["panel"] for each in found["slides"]] == ["topics", "map"]
    assert found["method"]["Selection"] == "Articles about France."
    book = openpyxl.load_workbook(tmp_path / "a/b/the-news-about-france.xlsx")
    assert len(book.sheetnames) == 5


def test_summary_in_json(run: Run, news: str, tmp_path: Path) -> None:
    code, out, _ = run(news, "--panels", "topics", "--unit", "publishers", "--title", "Our week", "--json")
    record, file = json.loads(out), tmp_path / "out" / "our-week.json"
    assert code == 0
    assert [record[name] for name in ("title", "unit", "n", "of", "failed")] == ["Our week", "publishers", 2, 2, []]
    assert [(made["format"], made["file"], made["bytes"]) for made in record["files"]] == [
        ("json", str(file), file.stat().st_size)
    ]
    assert record["findings"] == [slide["sentence"] for slide in told(tmp_path, "out/our-week.json")["slides"]]


def test_a_saved_report_and_a_link_make_the_same(run: Run, news: str, tmp_path: Path) -> None:
    findings = (
        Finding("topics", (("country", ("FR",)),), "As I say it", "", "A note"),
        Finding("map", (("unit", ("publishers",)),), ""),
    )
    report = Report(findings, "Report")
    (tmp_path / "saved.json").write_text(to_json(report), encoding="utf-8")
    assert run(news, "--report", str(tmp_path / "saved.json"))[0] == 0
    whole = told(tmp_path)
    assert [(each["panel"], each["note"]) for each in whole["slides"]] == [("topics", "A note"), ("map", "")]
    assert whole["slides"][0]["sentence"] == "As I say it"
    assert "publishers" in whole["slides"][1]["method"]["Counted"]
    assert from_json((tmp_path / "out/report.json").read_bytes()) == report
    assert run(news, "--select", f"?region=Asia&tables=map&report={pack(report)}", out="linked")[0] == 0
    assert told(tmp_path, "linked/report.json")["slides"] == whole["slides"]


def test_two_selections(run: Run, news: str, tmp_path: Path) -> None:
    pytest.importorskip("components.compare.topics")
    code, _, error = run(news, "--select", "country=France&b.country=Spain", "--name", "report")
    assert (code, error) == (0, "")
    assert all(slide["panel"].startswith("compare-") for slide in told(tmp_path)["slides"])


def test_files_are_written_over_and_named_as_asked(run: Run, news: str, tmp_path: Path) -> None:
    for panels in ("topics", "topics,map"):
        assert run(news, "--panels", panels, "--name", "../Weekly / report")[0] == 0
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["weekly-report.json"]
    assert len(told(tmp_path, "out/weekly-report.json")["slides"]) == 2


def test_one_format_that_cannot_be_made_leaves_the_others(run: Run, news: str, tmp_path: Path) -> None:
    (tmp_path / "bad.pptx").write_bytes(b"no presentation")
    code, out, error = run(
        news, "--panels", "topics", "--template", str(tmp_path / "bad.pptx"), "--json", formats="pptx,json"
    )
    assert code == 3
    assert [made["format"] for made in json.loads(out)["files"]] == ["json"]
    assert [failed["format"] for failed in json.loads(out)["failed"]] == ["pptx"]
    assert "python -m components.exports: pptx: " in error


def test_versions_of_a_store(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, file = str(tmp_path / "store"), tmp_path / "part.csv"
    for rows in (FRANCE, SPAIN):
        file.write_text(HEAD + rows, encoding="utf-8")
        assert data_command(["add", str(file), "--store", store, "--json"]) == 0
    capsys.readouterr()
    arguments = ("--store", store, "--panels", "topics", "--json")
    assert json.loads(run(*arguments)[1])["of"] == 2
    assert json.loads(run(*arguments, "--version", "1")[1])["of"] == 1
    pinned = tmp_path / "pinned.json"
    pinned.write_text(to_json(Report((Finding("topics", (), "Topics"),), "Pinned", "1")), encoding="utf-8")
    assert json.loads(run("--report", str(pinned), "--store", store, "--json")[1])["of"] == 1
    assert json.loads(run("--report", str(pinned), "--store", store, "--version", "latest", "--json")[1])["of"] == 2
    code, _, error = run(*arguments, "--version", "99")
    assert (code, "version 99" in error) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "topic=conflikt"], "no topic 'conflikt'. Did you mean Conflict"),
        (["--select", "region=Erope"], "no region 'Erope'. Did you mean Europe"),
        (["--select", "place=Europe"], "Cannot select by place; choose of topic"),
        (["--select", "from=yesterday"], "Days are written like 2026-01-31"),
        (["--select", "unit=words"], "Not understood: unit=words"),
        (["--select", "country=Chad"], "nothing to export. Articles about Chad: none in "),
        (["--report", "missing.json"], "missing.json cannot be read (No such file or directory)"),
        (["--template", "missing.pptx"], "missing.pptx cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(run: Run, news: str, arguments: list[str], said: str) -> None:
    code, out, error = run(news, *arguments)
    assert (code, out) == (1, "")
    assert error.startswith("python -m components.exports: ")
    assert said in error


def test_a_store_that_is_not_there(run: Run, tmp_path: Path) -> None:
    code, _, error = run("--store", str(tmp_path / "none"))
    assert (code, "There is no store in" in error) == (1, True)


def test_a_folder_that_cannot_be_made(run: Run, news: str, tmp_path: Path) -> None:
    code, _, error = run(news, "--panels", "topics", out="news.csv/deep")
    assert code == 1
    assert "cannot be made (Not a directory)" in error
    assert (tmp_path / "news.csv").read_text(encoding="utf-8").startswith(HEAD)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "docx"], "'docx': choose of pptx, html, pdf"),
        (["--format", "json", "--panels", "map,pie"], "'map,pie': choose of brief, map"),
        (["--format", "json", "--report", "a.json", "--select", "topic=sport"], "leave out --select"),
        (["--format", "json", "a.csv", "--store", "b"], "not both"),
        (["--format", "json", "--version", "new"], "'new' is no version"),
        ([], "required: --format"),
    ],
)
def test_wrong_arguments(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--out", "nowhere"])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_stopped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "run", stop)
    code, _, error = run()
    assert (code, error) == (130, "python -m components.exports: stopped\n")


def test_a_publisher_that_is_not_there_today_is_told_and_the_rest_is_written(run: Run, news: str) -> None:
    code, _, error = run(news, "--select", "publisher=Pots&publisher=Globe", "--panels", "topics")
    assert code == 0
    assert error == (
        "python -m components.exports: There is no publisher 'Pots' in these articles. Did you mean Post?\n"
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=france&country=DE", {"country": ["FR", "DE"]}),
        ("topic=Politics", {"topic": ["politics"]}),
        ("region=europe", {"region": ["Europe"]}),
        ("language=English", {"language": ["en"]}),
        ("published_in=United Kingdom", {"published_in": ["GB"]}),
        ("topic=none&publisher=herald", {"topic": ["none"], "publisher": ["Herald"]}),
        ("keyword=budget&q=a+b&from=2025-01-01", {"keyword": ["budget"], "q": ["a b"], "from": ["2025-01-01"]}),
    ],
)
def test_words_do_as_well_as_codes(query: str, expected: dict[str, list[str]]) -> None:
    said: list[str] = []
    found = known(state_of(query).a, MemoryEngine(tagged()), said.append)
    assert found == Selection.from_query(expected)
    assert not said


@pytest.mark.parametrize(("name", "value"), [("topic", "nonsense"), ("country", "Atlantis"), ("language", "Klingon")])
def test_what_no_data_can_hold_is_refused(name: str, value: str) -> None:
    with pytest.raises(SelectionError, match=value):
        known(Selection().choose(name, [value]), MemoryEngine(tagged()), print)


def test_an_address_of_the_page_is_taken_as_it_is() -> None:
    state = state_of("?region=Europe&b.region=Asia&numbers=shares&tables=map&page=3&version=7&mode=explore", "stories")
    assert (state.a.chosen("region"), state.b.chosen("region")) == (("Europe",), ("Asia",))
    assert (state.view.unit, state.view.numbers, state.view.version, state.view.mode) == (
        "stories",
        "shares",
        "7",
        "compare",
    )
    assert (state.view.tables, state.view.page) == ((), 1)


def test_help_is_quick_and_names_every_format() -> None:
    code = "import sys, components.exports.__main__ as c; c.parser().print_help(); print('streamlit' in sys.modules)"
    said = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=PROJECT)
    assert said.endswith("False\n")
    assert "pptx,html,pdf,xlsx,csv,png,svg,json,bib,ris" in "".join(said.split())

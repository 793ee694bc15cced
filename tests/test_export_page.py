"""The web page export: what it holds, that texts stay texts, and what a person does with it in a real browser."""

from __future__ import annotations

import re
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from lxml import html

from components import theme
from components.content import Cited, Entry, Ranked, Sentences
from components.exports import write
from components.exports.web import assets
from components.exports.web.rows import NOTHING, Cell, cell, kinds_of, table
from components.exports.web.shown import columns, inert, isolated
from components.wording import plain
from data.errors import StoppedError
from tests import documents
from tests.browser import Window, window
from tests.hostile_texts import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from components.exports.cells import Value
    from components.exports.web.rows import Kind
    from components.report.document import Document
    from components.theme import Palette

DANGEROUS = (
    "</script><script>alert(1)</script>",
    "</title><script>alert(2)</script>",
    "</style></noscript></textarea><script>alert(3)</script>",
    "<img src=https://outside.example/a.png onerror=alert(4)>",
    '" onmouseover="alert(5)" style="background:url(\'https://outside.example/b.png\')',
    "' autofocus onfocus='alert(6)",
    "<svg><script>alert(7)</script></svg><!--",
    "{{ 7 * 7 }}{% include 'page.html' %}",
    "<style>@import url(https://outside.example/c.css);</style>",
    "&lt;script&gt;alert(8)&lt;/script&gt; &#x3c;b&#x3e;",
    "]]><iframe srcdoc='<script>alert(9)</script>'>",
)


def bars(palette: Palette) -> theme.Figure:
    """Bars with a text that would be a script, were it not escaped."""
    trace = {"type": "bar", "x": [3, 1], "y": ["Conflict", "&lt;/script&gt;"], "orientation": "h"}
    axis = theme.axis(palette)
    return theme.Figure([trace], theme.layout(palette, height=300, yaxis=axis, xaxis=axis))


def world(palette: Palette) -> theme.Figure:
    """A map of two countries."""
    trace = {"type": "choropleth", "locations": ["FRA", "RUS"], "z": [1, 2], "colorscale": theme.colour_scale(palette)}
    geo = {"visible": False, "projection": {"type": "equal earth"}}
    return theme.Figure([trace | {"showscale": False}], theme.layout(palette, height=None, geo=geo))


FIGURES: dict[str, Callable[[Palette], theme.Figure]] = {"topics": bars, "timeline": bars, "map": world}


def document(**changes: str) -> Document:
    """The document of the tests with some interactive figures."""
    made = documents.document(**changes)
    drawn = (replace(s, content=replace(s.content, figure=FIGURES.get(s.content.panel))) for s in made.slides)
    return replace(made, slides=tuple(drawn))


def read(made: Document) -> Any:
    """The page as a browser without scripts reads it."""
    return html.document_fromstring(write(made, "html").decode("utf-8"))


def words(element: Any) -> str:
    """The text of an element with single spaces."""
    return " ".join(element.text_content().split())


def squeezed(text: str) -> str:
    """How `words` gives a text from outside."""
    return " ".join(plain(text).split())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the page in a file."""
    return saved(document(), tmp_path_factory.mktemp("page") / "report.html")


def saved(made: Document, path: Path) -> str:
    path.write_bytes(write(made, "html"))
    return path.as_uri()


@contextmanager
def opened(browser: Any, address: str, **look: Any) -> Iterator[Window]:
    """The page in a window, with its figures drawn; nothing but the file may have been asked for."""
    with window(browser, **look) as shown:
        shown.page.goto(address)
        shown.page.wait_for_selector("html[data-drawn]")
        yield shown
        assert [asked for asked in shown.outside if asked.partition("#")[0] != address] == []
        assert (shown.scripts, shown.errors) == ([], [])


def test_every_slide_has_all_its_parts() -> None:
    made = document()
    page = read(made)
    assert page.get("lang") == "en"
    assert words(page.xpath("//h1")[0]) == made.title
    sections = page.xpath("//section[contains(@class, 'finding')]")
    assert [words(section.xpath("./h2")[0]) for section in sections] == [slide.sentence for slide in made.slides]
    for section, slide in zip(sections, made.slides, strict=True):
        assert words(section.find_class("caption")[0]) == slide.content.caption
        assert words(section.find_class("note")[0]) == slide.note
        assert [words(each) for each in section.xpath(".//dt")] == [name for name, _ in slide.content.method.rows()]
        assert [words(each) for each in section.xpath(".//dd")] == [said for _, said in slide.content.method.rows()]
        assert [slide.moved in words(each) for each in section.find_class("moved")] == [True] * bool(slide.moved)
    assert len(page.xpath("//nav//ol/li/a")) == len(made.slides)
    assert len(page.xpath("//section[@id='method']//dt")) == len(made.method.rows())


def test_the_sources_name_publisher_day_title_and_link() -> None:
    made = document()
    section = read(made).get_element_by_id("sources")
    assert made.cited_of in words(section)
    items = section.xpath(".//li")
    for item, cited in zip(items, made.cited, strict=True):
        assert cited.publisher in words(item)
        assert cited.title in words(item)
        assert [a.get("href") for a in item.xpath(".//a")] == ([cited.url] if cited.url else [])
        assert {a.get("rel") for a in item.xpath(".//a")} <= {"noopener noreferrer nofollow"}
        assert item.xpath(".//@lang") == [cited.language]
        assert item.xpath(".//time/@datetime") == ([cited.published.isoformat()] if cited.published else [])


def test_an_empty_panel_says_so() -> None:
    section = read(document()).xpath("//section[contains(@class, 'finding')]")[-1]
    assert words(section.find_class("empty")[0]) == "No articles match."
    assert not section.xpath(".//table")


def test_every_number_is_there_to_the_digit() -> None:
    made = document()
    sections = read(made).xpath("//section[contains(@class, 'finding')]")
    checked = 0
    for section, slide in zip(sections, made.slides, strict=True):
        for row, (_, values) in zip(section.xpath(".//tbody/tr"), slide.content.table.iterrows(), strict=False):
            numbers = [v for v in values[1:] if isinstance(v, float | int) and not isinstance(v, bool)]
            assert [float(value) for value in row.xpath("./td/data/@value")] == pytest.approx(numbers, rel=0, abs=0)
            checked += len(numbers)
    assert checked > 100


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (1204, "number", Cell("1,204", "1204")),
        (0.38, "share", Cell("38 %", "0.38")),
        (0.004, "share", Cell("under 1 %", "0.004")),
        (0, "share", Cell("0 %", "0")),
        (-0.002, "difference", Cell("−0.2 points", "-0.002")),
        (6.25, "number", Cell("6.25", "6.25")),
        (1204.0, "number", Cell("1,204", "1204.0")),
        (None, "number", Cell(NOTHING)),
        (True, "number", Cell("yes")),
        (date(2025, 5, 3), "number", Cell("3 May 2025")),
        ("=1+1", "number", Cell("=1+1")),
    ],
)
def test_a_value_as_a_cell(value: Value, kind: Kind, expected: Cell) -> None:
    assert cell(value, kind) == expected


def test_the_ends_of_an_interval_are_those_of_the_difference() -> None:
    assert kinds_of(("A share", "Difference in share", "Lowest")) == ["share", "difference", "difference"]
    assert kinds_of(("Share", "Lowest", "Articles")) == ["share", "share", "number"]


def test_columns_of_shares_are_known_by_their_names() -> None:
    frame = pd.DataFrame({"Share": [0.5], "A share": [0.5], "Lowest": [0.5], "Shared": [0.5], "Label": ["x"]})
    made = table(replace(documents.nothing(), table_of=lambda: frame))
    assert [each.text for each in made.rows[0]] == ["50 %", "50 %", "50 %", "0.50", "x"]
    assert [number for _, number in made.heads] == [True, True, True, True, False]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)//https://example.org", "data:text/html,x", "//example.org", "\ud800"]
)
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    made = document()
    cited = replace(made.cited[0], url=url)
    page = read(replace(made, cited=(cited,)))
    assert page.xpath("//section[@id='sources']//a") == []
    assert not [a for a in page.xpath("//a/@href") if not a.startswith(("#", "https://example.org/"))]


def test_figures_cannot_end_their_script() -> None:
    assert inert('{"a": "</script><!--"}').count("<") == 0
    assert columns((0, 5, 10)) == [(0, 25.0, 1.0), (8, 13.0, 13.0), (16, 0.0, 26.0)]
    assert columns(()) == []


def test_the_policy_names_every_script_and_lets_nothing_in() -> None:
    page = read(document())
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in rules["script-src"]
    running = [s for s in page.xpath("//script") if s.get("type") is None]
    assert len(running) == 1
    hashed = b64encode(sha256(running[0].text.encode()).digest()).decode()
    assert f"'sha256-{hashed}'" in rules["script-src"]
    assert "connect-src" not in rules


def test_nothing_in_the_page_points_outside() -> None:
    page = read(document())
    asked = page.xpath("//*[self::script or self::img or self::link or self::iframe or self::object]/@src | //link")
    assert asked == []
    assert not re.search(r"@import|url\(", assets.styles())


def test_the_library_is_left_out_where_no_figure_needs_it() -> None:
    assert len(write(documents.document(), "html")) < 200_000
    with_bars = replace(document(), slides=document().slides[:1])
    assert "shapes" not in read(with_bars).xpath("//script/@id")
    assert len(write(document(), "html")) < 6_000_000


def test_every_slide_is_a_step_that_can_stop_it() -> None:
    shares: list[float] = []

    def step(share: float, said: str) -> None:
        shares.append(share)
        if len(shares) == 4:
            raise StoppedError

    with pytest.raises(StoppedError):
        write(document(), "html", step=step)
    assert shares == sorted(shares)
    assert len(shares) == 4


def hostile(text: str) -> Document:
    """A document that has `text` wherever a text from outside may stand."""
    made = document(note=text, sentence=text, title=text)
    cited = Cited(text, text, text, date(2025, 5, 1), text, text)
    entry = Entry(text, text, text, text, (1, 2), text, (("now", 1.0, text),))
    marks = {"top-stories": Ranked(((text, (entry,)),)), "brief": Sentences(((text, cited),))}
    method = replace(made.method, selection=text, base=text, how=text)
    frame = pd.DataFrame([(text, 1)], columns=pd.Index([text, "Articles"], dtype=object), dtype=object)
    drawn = {slide.content.panel: marks.get(slide.content.panel, slide.content.marks) for slide in made.slides}
    slides = tuple(
        replace(
            slide,
            moved=text,
            content=replace(
                slide.content,
                title=text,
                alt=text,
                caption=text,
                empty=text,
                table_of=lambda: frame,
                method=method,
                cited=(cited,),
                marks_of=partial(drawn.get, slide.content.panel),
            ),
        )
        for slide in made.slides
    )
    return replace(made, subtitle=text, slides=slides, cited=(cited,), cited_of=text, method=method)


@pytest.mark.parametrize("text", [*DANGEROUS, *(make(5_000) for make in HOSTILE.values())], ids=lambda text: text[:12])
def test_any_text_is_shown_as_text(text: str) -> None:
    usual, page = read(document()), read(hostile(text))
    for name in ("script", "iframe", "img", "style", "link", "textarea"):
        assert len(page.xpath(f"//{name}")) == len(usual.xpath(f"//{name}"))
    assert not [name for element in page.iter() for name in element.attrib if str(name).startswith("on")]
    assert words(page.xpath("//h1")[0]) == (squeezed(text) if plain(text) else "World News Themes")
    assert words(page.find_class("name")[0]) == squeezed(text)
    assert words(page.xpath("//blockquote")[0]) == squeezed(text)
    assert page.xpath("//section[@id='sources']//a/@href") == []
    assert words(page.xpath("//section[@id='sources']//bdi")[0]) == squeezed(text)


def test_no_text_runs_or_asks_another_machine(browser: Any, tmp_path: Path) -> None:
    for number, text in enumerate((" ".join(DANGEROUS), *DANGEROUS)):
        made = hostile(text)
        if number:  # one with figures is enough
            made = replace(made, slides=tuple(replace(s, content=replace(s.content, figure=None)) for s in made.slides))
        with opened(browser, saved(made, tmp_path / f"{number}.html")) as shown:
            assert squeezed(shown.page.locator("h1").text_content()) == squeezed(text)
            shown.page.wait_for_timeout(50)


def test_even_markup_could_not_run_or_ask_another_machine(browser: Any, file: str) -> None:
    """The second wall: what were to slip through the escaping is stopped by the policy."""
    with window(browser) as shown:
        failed: dict[str, str] = {}
        shown.page.on("requestfailed", lambda request: failed.update({request.url: request.failure}))
        shown.page.goto(file)
        stopped = shown.page.evaluate(
            """async () => {
                const stopped = [];
                addEventListener("securitypolicyviolation", event => stopped.push(event.effectiveDirective));
                document.body.insertAdjacentHTML("beforeend", `<img src="https://outside.example/a.png"
                    onerror="alert(1)"><iframe srcdoc="<script>alert(2)</scr` + `ipt>"></iframe>`);
                const script = document.createElement("script");
                script.textContent = "alert(3)";
                document.body.append(script);
                await fetch("https://outside.example/b").catch(() => {});
                await new Promise(done => setTimeout(done, 300));
                return stopped;
            }"""
        )
        assert {"img-src", "script-src-elem", "connect-src"} <= set(stopped)
        outside = [asked for asked in shown.outside if not asked.startswith("file:")]
        assert [failed.get(asked) for asked in outside] == ["csp"] * len(outside)
        assert shown.scripts == []


def test_the_check_can_fire(browser: Any, tmp_path: Path) -> None:
    careless = tmp_path / "careless.html"
    careless.write_text(f"<title>x</title>{DANGEROUS[3]}{DANGEROUS[0]}", encoding="utf-8")
    with window(browser) as shown:
        shown.page.goto(careless.as_uri())
        shown.page.wait_for_timeout(300)
        assert shown.scripts
        assert any("outside.example" in asked for asked in shown.outside)


def test_figures_are_drawn_from_the_file_alone(browser: Any, file: str) -> None:
    with opened(browser, file) as shown:
        assert shown.page.locator(".plot .main-svg").count() >= 3
        assert shown.page.locator(".plot.map .choroplethlayer path").count() >= 2
        assert shown.page.locator("[role=img]").evaluate_all("all => all.every(one => one.ariaLabel)")
        assert shown.page.evaluate("Object.keys(window).filter(name => ['slides', 'plots', 'go'].includes(name))") == []


def test_without_scripts_the_tables_stand_for_the_figures(browser: Any, file: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(file)
        assert page.locator("#table-1 tbody tr").first.is_visible()
        assert page.locator(".cloud").is_visible()
        assert not page.locator(".turn").first.is_visible()
        assert not page.locator("#present").is_visible()
    finally:
        context.close()


def test_a_chart_turns_into_its_table_that_can_be_sorted(browser: Any, file: str) -> None:
    with opened(browser, file) as shown:
        first = shown.page.locator("#finding-1")
        assert first.locator(".plot").is_visible()
        assert not first.locator("table").is_visible()
        first.locator(".turn").focus()
        shown.page.keyboard.press("Enter")
        assert first.locator("table").is_visible()
        assert not first.locator(".plot").is_visible()
        assert first.locator(".turn").get_attribute("aria-pressed") == "true"
        head = first.locator("th", has_text="Articles")
        for order in ("descending", "ascending"):
            head.locator("button").click()
            assert head.get_attribute("aria-sort") == order
            column = 1 + head.evaluate("head => head.cellIndex")
            values = first.locator(f"tbody td:nth-child({column}) data").evaluate_all("all => all.map(d => +d.value)")
            assert values == sorted(values, reverse=order == "descending")
        first.locator(".turn").click()
        assert first.locator(".plot").is_visible()


def test_the_theme_follows_the_system_and_a_switch(browser: Any, file: str) -> None:
    for dark in (False, True):
        with opened(browser, file, dark=dark) as shown:
            background = "getComputedStyle(document.body).backgroundColor"
            ink = "getComputedStyle(document.querySelector('.plot text')).fill"
            now = [shown.page.evaluate(background), shown.page.evaluate(ink)]
            assert now[0] == ("rgb(17, 22, 29)" if dark else "rgb(255, 255, 255)")
            shown.page.locator("#theme").click()
            assert shown.page.evaluate(background) == ("rgb(255, 255, 255)" if dark else "rgb(17, 22, 29)")
            assert shown.page.evaluate(ink) != now[1]
            assert shown.page.locator("#theme").get_attribute("aria-pressed") == str(not dark).lower()


def test_presenting_by_keys(browser: Any, file: str) -> None:
    slides = len(document().slides) + 3
    with opened(browser, file) as shown:
        page, keys = shown.page, shown.page.keyboard
        page.locator("#present").click()
        seen = lambda: (page.locator("[data-slide]:visible").count(), page.locator("#stage [role=status]").inner_text())  # noqa: E731
        assert seen() == (1 + 0, f"1 / {slides}")
        keys.press("ArrowRight")
        assert page.locator("#finding-1").is_visible()
        assert page.evaluate("document.activeElement.id") == "head-1"
        for key, at in (("ArrowRight", 3), (" ", 4), ("ArrowLeft", 3), ("End", slides), ("ArrowRight", slides)):
            keys.press(key)
            assert page.locator("#stage [role=status]").inner_text() == f"{at} / {slides}"
        assert page.locator("#sources").is_visible()
        assert page.locator("section:visible").count() == 1
        keys.press("Home")
        keys.press("Escape")
        assert page.locator("section:visible").count() == slides - 1
        assert not page.locator("#stage").is_visible()
        assert page.evaluate("document.activeElement.id") == "present"


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768)])
def test_a_slide_fits_the_screen_and_is_larger_than_the_page(browser: Any, file: str, width: int, height: int) -> None:
    with opened(browser, file, width=width, height=height) as shown:
        shown.page.locator("#present").click()
        for _ in document().slides:
            shown.page.keyboard.press("ArrowRight")
            shown.page.wait_for_timeout(120)
            assert shown.page.evaluate("document.scrollingElement.scrollHeight - innerHeight") <= 0
            assert shown.page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
            assert cut(shown) == []
        shown.page.keyboard.press("Home")
        shown.page.keyboard.press("ArrowRight")
        shown.page.wait_for_timeout(120)
        scale = shown.page.locator("#figure-1 .drawn").evaluate(
            "one => new DOMMatrix(getComputedStyle(one).transform).a"
        )
        assert scale > 1.2


def cut(shown: Window) -> list[str]:
    """Labels of visible figures that lie outside of them."""
    found: list[str] = shown.page.evaluate(
        """() => [...document.querySelectorAll(".plot")].flatMap(plot => {
            const box = plot.getBoundingClientRect();
            return [...plot.querySelectorAll("text")].filter(t => t.textContent.trim()).filter(t => {
                const r = t.getBoundingClientRect(), sideways = r.left < box.left - 2 || r.right > box.right + 2;
                return r.width && (sideways || r.bottom > box.bottom + 3 || r.top < box.top - 3);
            }).map(t => t.textContent);
        })"""
    )
    return found


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 800), (390, 844)])
def test_nothing_is_cut_at_any_size(browser: Any, file: str, width: int, height: int) -> None:
    with opened(browser, file, width=width, height=height) as shown:
        wider = shown.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.getBoundingClientRect().width > 0
                             && !e.closest(".table, .plot, .skip"))
                .map(e => e.className.toString())"""
        )
        assert wider == []
        assert cut(shown) == []


def test_paper_has_every_finding_on_a_page_of_its_own_with_table_and_method(browser: Any, file: str) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    made = document()
    with opened(browser, file, dark=True) as shown:
        shown.page.locator("#finding-1 .turn").click()
        with pdfium.PdfDocument(shown.page.pdf(format="A4")) as printed:
            pages = [page.get_textpage().get_text_range() for page in printed]
        assert len(pages) >= len(made.slides) + 3
        for number, slide in enumerate(made.slides, 1):
            head = f"{number} {slide.content.title} {slide.sentence}"
            first = next(text for text in pages[1:] if head in " ".join(text.split()))
            assert slide.content.caption in " ".join(first.split())
            assert "Base of shares" in first
        assert "Conflict" in pages[1]
        shown.page.wait_for_function("document.querySelectorAll('details[open]').length === 0")
        assert shown.page.locator("#finding-1 table").is_visible()
        assert not shown.page.locator("#finding-1 .plot").is_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("way", ["page", "tables", "slides"])
def test_axe_finds_nothing(browser: Any, file: str, way: str, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with opened(browser, file, dark=dark) as shown:
        if way == "tables":
            shown.page.locator(".turn, summary").evaluate_all("all => all.forEach(one => one.click())")
        if way == "slides":
            shown.page.locator("#present").click()
        for _ in range(7 if way == "slides" else 1):
            found = Axe().run(shown.page).response["violations"]
            assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []
            shown.page.keyboard.press("ArrowRight")
            shown.page.keyboard.press("ArrowRight")


def test_by_keyboard_alone(browser: Any, file: str) -> None:
    with opened(browser, file) as shown:
        focused = "document.activeElement.id || document.activeElement.className"
        shown.page.keyboard.press("Tab")
        assert shown.page.evaluate(focused) == "skip"
        shown.page.keyboard.press("Enter")
        assert shown.page.evaluate("location.hash") == "#findings"
        shown.page.keyboard.press("Tab")
        assert shown.page.evaluate(focused) == "turn"
        shown.page.keyboard.press("Space")
        shown.page.keyboard.press("Tab")
        assert shown.page.evaluate(focused) == "table-1"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Politics leads", "Politics leads"),
        ("Largest: “الميناء”, 5 articles", "Largest: “<bdi>الميناء</bdi>”, 5 articles"),
        ("“a” and “<b>”", "“<bdi>a</bdi>” and “<bdi>&lt;b&gt;</bdi>”"),
        ("“ left open <i>", "“ left open &lt;i&gt;"),
        ("", ""),
    ],
)
def test_quotations_keep_their_direction(sentence: str, expected: str) -> None:
    assert isolated(sentence) == expected


def test_a_browser_that_cannot_unpack_shows_the_tables(browser: Any, file: str) -> None:
    with window(browser) as shown:
        shown.page.add_init_script("delete window.DecompressionStream")
        shown.page.goto(file)
        shown.page.wait_for_selector("#table-1 table")
        assert not shown.page.locator("#figure-1").is_visible()
        assert shown.page.locator("#figure-5").is_visible()
        assert shown.errors == []

"""What holds on every page of the site map: found by axe, at 320 px, at twice the letters, on paper, by weight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.cast import PASSWORD
from tests.journeys.conftest import ROOT, Running

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}
# Beyond the URL map: what people meet when something is wrong.
MORE = (("", "/no-such-page"), ("", "/sign-in?next=/places/schools"))
COLD_VISITOR, COLD, WARM = 60_000, 100_000, 15_000


def signed_in(
    chromium: Browser, running: Running, role: str, language: str, **look: object
) -> BrowserContext:
    context = chromium.new_context(base_url=running.site, **look)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "language", "value": language, "url": running.site}])
    if role:
        page = context.new_page()
        page.goto("/sign-in")
        page.locator("input[name=login]").fill(running.login(role, language))
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button.primary").first.click()
        page.wait_for_url(f"{running.site}/")
        page.close()
    return context


def by_reader(running: Running) -> dict[str, list[str]]:
    """The site map, sorted by who opens the page: one sign-in serves all of theirs."""
    found: dict[str, list[str]] = {}
    for role, path in (*running.pages, *MORE):
        found.setdefault(role, []).append(path)
    return found


def walk(chromium: Browser, running: Running, language: str, **look: object) -> Iterator[tuple[str, Page]]:
    for role, paths in by_reader(running).items():
        context = signed_in(chromium, running, role, language, **look)
        page = context.new_page()
        for path in paths:
            page.goto(path)
            yield f"{path} ({role or 'visitor'}, {language})", page
        context.close()


@pytest.mark.parametrize("language, theme", [("kk", "light"), ("ru", "dark")])
def test_axe_finds_nothing_grave(chromium: Browser, running: Running, language: str, theme: str) -> None:
    found = []
    axe = Path(AXE).read_text("utf-8")
    for where, page in walk(chromium, running, language, color_scheme=theme):
        page.evaluate(axe + "; 0")
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        found += [
            f"{where}: {one['id']} at {one['nodes'][0]['target']}"
            for one in result["violations"]
            if one["impact"] in GRAVE
        ]
    assert found == []


OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PAPER = "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_page_bends(chromium: Browser, running: Running, language: str) -> None:
    """No page is wider than a small phone, or than a screen with letters of double size; paper is white."""
    wrong = []
    for where, page in walk(chromium, running, language, color_scheme="dark"):
        page.set_viewport_size({"width": 320, "height": 640})
        if page.evaluate(OVERFLOW):
            wrong.append(f"{where}: wider than 320 px")
        page.set_viewport_size({"width": 1280, "height": 800})
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        if page.evaluate(OVERFLOW):
            wrong.append(f"{where}: too wide at 200 %")
        page.emulate_media(media="print")
        bare = not page.locator("header.site-header").is_visible()
        if not (bare and page.locator("main h1").first.is_visible() and page.evaluate(PAPER)):
            wrong.append(f"{where}: not fit for paper")
        page.emulate_media(media="screen")
    assert wrong == []


def transferred(page: Page, path: str) -> int:
    """Bytes on the line, headers too; what the browser has already costs nothing."""
    answers: list[Request] = []
    page.on("requestfinished", lambda one: answers.append(one))
    page.goto(path, wait_until="load")
    sizes = [one.sizes() for one in answers]
    return sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)


def test_pages_are_light(chromium: Browser, running: Running) -> None:
    """Each page in a browser that has nothing yet, then once more."""
    heavy = []
    for role, paths in by_reader(running).items():
        known = signed_in(chromium, running, role, "kk")
        state = known.storage_state()
        known.close()
        most = COLD if role else COLD_VISITOR
        for path in paths:
            context = chromium.new_context(base_url=running.site, storage_state=state)
            cold, warm = (transferred(context.new_page(), path) for _time in range(2))
            context.close()
            if cold > most or warm > WARM:
                heavy.append(f"{path} as {role}: {cold} cold, {warm} warm")
    assert heavy == []


def test_what_a_page_needs_is_named_in_its_html(chromium: Browser, running: Running) -> None:
    """No chain: styles and behaviours are asked for by the page itself, and by nothing that comes after it."""
    for where, page in walk(chromium, running, "kk"):
        html = page.content()
        loaded = page.evaluate(
            "performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"
        )
        assert [path for path in loaded if path not in html] == [], where

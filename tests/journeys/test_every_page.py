"""What holds on every page of the site map: for axe, at 320 px, at twice the letters, on paper, by weight.

A page is opened once in each language and looked at in every way; the list of what is wrong is whole at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

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


@dataclass
class Opened:
    """A page as it stands in the browser, and what its parts weigh on the line, headers too."""

    page: Page
    path: str
    role: str
    html: str
    loaded: list[str]
    warm: int  # what the browser may not keep and asks for every time
    cold: int


def walk(chromium: Browser, running: Running, language: str, **look: object) -> Iterator[Opened]:
    for role, paths in by_reader(running).items():
        context = signed_in(chromium, running, role, language, **look)
        context.add_init_script(path=AXE)
        page = context.new_page()
        came: list[Request] = []
        # Kept by the browser when it met them on the way: whoever comes cold loads them too.
        parts: dict[str, int] = {}
        page.on("requestfinished", lambda one, came=came: came.append(one))  # type: ignore[misc]
        for path in paths:
            came.clear()
            page.goto(path)
            warm = 0
            for request in came:
                sizes = request.sizes()
                bytes_ = sizes["responseBodySize"] + sizes["responseHeadersSize"]
                if kept(request):
                    parts[urlsplit(request.url).path] = bytes_
                else:
                    warm += bytes_
            loaded: list[str] = page.evaluate(LOADED)
            cold = warm + sum(parts.get(part, 0) for part in set(loaded))
            yield Opened(page, path, role, page.content(), loaded, warm, cold)
        context.close()


def kept(request: Request) -> bool:
    answer = request.response()
    return answer is not None and "immutable" in (answer.header_value("cache-control") or "")


@pytest.mark.parametrize("language, theme", [("kk", "light"), ("ru", "dark")])
def test_every_page(chromium: Browser, running: Running, language: str, theme: str) -> None:
    wrong = [
        f"{one.path} ({one.role or 'visitor'}, {language}): {fault}"
        for one in walk(chromium, running, language, color_scheme=theme)
        for judge in (heavy, chained, grave, wide, paper)
        for fault in judge(one)
    ]
    assert wrong == []


def heavy(one: Opened) -> Iterator[str]:
    """Whoever comes for the first time waits for all its parts, whoever comes again for little more than the text."""
    if one.cold > (COLD if one.role else COLD_VISITOR) or one.warm > WARM:
        yield f"{one.cold} bytes cold, {one.warm} warm"


def chained(one: Opened) -> Iterator[str]:
    """Styles and behaviours are asked for by the page itself, and by nothing that comes after it."""
    for part in one.loaded:
        if part not in one.html:
            yield f"{part} is asked for by something else than the page"


def grave(one: Opened) -> Iterator[str]:
    for found in one.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
        if found["impact"] in GRAVE:
            yield f"{found['id']} at {found['nodes'][0]['target']}"


def wide(one: Opened) -> Iterator[str]:
    """No page is wider than a small phone, or than a screen with letters of double size."""
    one.page.set_viewport_size({"width": 320, "height": 640})
    yield from (f"at 320 px {found} sticks out" for found in one.page.evaluate(STICKS_OUT))
    one.page.set_viewport_size({"width": 1280, "height": 800})
    one.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    yield from (f"at 200 % {found} sticks out" for found in one.page.evaluate(STICKS_OUT))


def paper(one: Opened) -> Iterator[str]:
    """Printed: white, the heading and the content, and nothing of the frame around them."""
    one.page.emulate_media(media="print")
    bare = not one.page.locator("header.site-header").is_visible()
    if not (bare and one.page.locator("main h1").first.is_visible() and one.page.evaluate(PAPER)):
        yield "not fit for paper"
    one.page.emulate_media(media="screen")


LOADED = "performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"
PAPER = "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'"
STICKS_OUT = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const out = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
  return [out.slice(-3).map((one) => one.outerHTML.slice(0, 120)).join(' … ') || 'something'];
}"""

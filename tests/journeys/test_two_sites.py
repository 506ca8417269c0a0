"""Is the site a boundary against uploaded content? Measured, not believed: docs/decisions/0002-two-sites.md.

The same attacks run against three pairs of names. Two ports of one name are here as the proof that the
attacks work: a measurement that cannot fail measures nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from lms.core.settings import load_settings
from tests.journeys.two_hosts import PLANTED, REAL, TwoHosts, as_script, two_hosts


@dataclass
class Boundary:
    """What a package achieved; everything here should be empty or False."""

    planted: set[str]  # cookies of the package that reached the system
    carried: set[str]  # the system's cookies that rode on the package's requests
    leaked: set[str]  # the system's cookies that reached the content server
    evicted: set[str]  # the system's cookies that were gone after a flood
    shared_storage: set[str]
    reached_windows: set[str]


SAFE = Boundary(set(), set(), set(), set(), set(), set())


@pytest.fixture(scope="module")
def hosts() -> Iterator[TwoHosts]:
    with two_hosts() as running:
        yield running


@pytest.fixture(scope="module")
def second() -> Iterator[TwoHosts]:
    with two_hosts() as running:
        yield running


def names(cookies: str) -> set[str]:
    return {one.partition("=")[0] for one in cookies.split("; ") if one}


class Attack:
    def __init__(
        self, chromium: Browser, system: str, content: str, hosts: TwoHosts, there: TwoHosts
    ) -> None:
        self.system, self.content, self.hosts, self.there = system, content, hosts, there
        self.context: BrowserContext = chromium.new_context()
        self.page: Page = self.context.new_page()
        self.page.goto(f"http://{system}/set")

    def run(self) -> Boundary:
        try:
            return Boundary(
                carried=self.carried(),
                leaked=self.leaked(),
                shared_storage=self.shared_storage(),
                reached_windows=self.reached_windows(),
                planted=self.planted(),
                evicted=self.evicted(),
            )
        finally:
            self.context.close()

    def sent_to_system(self, path: str) -> str:
        self.page.goto(f"http://{self.system}{path}")
        return self.hosts.last(self.system, path).cookies

    def planted(self) -> set[str]:
        self.page.goto(f"http://{self.content}/plant")
        self.page.evaluate(as_script(PLANTED))
        self.page.goto(f"http://{self.content}/api/")
        self.page.evaluate(as_script(PLANTED))
        sent = {one for path in ("/", "/api/") for one in self.sent_to_system(path).split("; ")}
        return {one for one in sent if "evil" in one}

    def carried(self) -> set[str]:
        """POST by fetch, by beacon, by a form in this window, in a frame; a picture; a frame of the system."""
        self.page.goto(f"http://{self.content}/attack")
        self.page.evaluate(
            """async (system) => {
              await fetch(`${system}/by-fetch`, {method: 'POST', mode: 'no-cors', credentials: 'include', body: 'x'});
              navigator.sendBeacon(`${system}/by-beacon`, 'x');
              const frame = document.createElement('iframe');
              frame.name = 'inside';
              document.body.append(frame);
              const picture = new Image();
              await new Promise((done) => { picture.onerror = done; picture.src = `${system}/by-picture`; });
              const form = document.createElement('form');
              Object.assign(form, {method: 'POST', action: `${system}/by-framed-form`, target: 'inside'});
              document.body.append(form);
              await new Promise((done) => { frame.onload = done; form.submit(); });
              await new Promise((done) => { frame.onload = done; frame.src = `${system}/by-frame`; });
            }""",
            f"http://{self.system}",
        )
        with self.page.expect_navigation():
            self.page.evaluate(
                """(system) => {
                  const form = document.createElement('form');
                  Object.assign(form, {method: 'POST', action: `${system}/by-form`});
                  document.body.append(form);
                  form.submit();
                }""",
                f"http://{self.system}",
            )
        posts = ("/by-fetch", "/by-beacon", "/by-framed-form", "/by-form")
        heard = [self.hosts.last(self.system, path, "POST") for path in posts]
        heard += [self.hosts.last(self.system, path) for path in ("/by-picture", "/by-frame")]
        return {f"{one.path} {name}" for one in heard for name in names(one.cookies)}

    def leaked(self) -> set[str]:
        self.page.goto(f"http://{self.content}/from-system")
        return names(self.there.last(self.content, "/from-system").cookies)

    def shared_storage(self) -> set[str]:
        """Written on the content site, looked for on the system's; each on a page of its own."""
        self.page.goto(f"http://{self.content}/store")
        worker = self.page.evaluate(
            """async () => {
              localStorage.evil = '1'; sessionStorage.evil = '1';
              await (await caches.open('evil')).put('/x', new Response('x'));
              await new Promise((done) => { indexedDB.open('evil').onsuccess = done; });
              return (await navigator.serviceWorker.register('/worker.js', {scope: '/'})).scope;
            }"""
        )
        speaker = self.context.new_page()
        speaker.goto(f"http://{self.content}/speak")
        self.page.goto(f"http://{self.system}/store")
        listening = "new Promise(done => { new BroadcastChannel('x').onmessage = () => done('channel'); setTimeout(() => done(''), 800) })"
        self.page.evaluate(f"window.heard = {listening}; 0")
        speaker.evaluate("new BroadcastChannel('x').postMessage('evil')")
        speaker.close()
        found = self.page.evaluate(
            """async () => [
              localStorage.evil && 'localStorage', sessionStorage.evil && 'sessionStorage',
              await caches.has('evil') && 'caches', (await indexedDB.databases()).length && 'IndexedDB',
              (await navigator.serviceWorker.getRegistrations()).length && 'service worker', await window.heard]"""
        )
        assert worker == f"http://{self.content}/"
        return {one for one in found if one}

    def reached_windows(self) -> set[str]:
        """From a frame to the page around it, from an opened window to its opener, with document.domain."""
        self.page.goto(f"http://{self.system}/around")
        self.page.evaluate(
            """(content) => new Promise((done) => {
              const frame = document.createElement('iframe');
              frame.onload = done; frame.src = `${content}/framed`; document.body.append(frame);
            })""",
            f"http://{self.content}",
        )
        with self.page.expect_popup() as opened:
            self.page.evaluate("(content) => { window.open(`${content}/opened`) }", f"http://{self.content}")
        opened.value.wait_for_url("**/opened")
        for where in (self.page, opened.value, self.page.frames[1]):
            where.evaluate("() => { try { document.domain = 'localhost' } catch { } }")
        touch = (
            "(name) => { try { return Boolean(window[name].document.title) && name } catch { return '' } }"
        )
        found = {self.page.frames[1].evaluate(touch, "top"), opened.value.evaluate(touch, "opener")}
        opened.value.close()
        return found - {""}

    def evicted(self) -> set[str]:
        self.page.goto(f"http://{self.content}/flood")
        flood = "for (let n = 0; n < 400; n++) document.cookie = `flood${n}=${'x'.repeat(60)}; path=/; max-age=9999` + %s"
        for domain in ("''", "'; domain=localhost'", "'; domain=content.localhost'"):
            self.page.evaluate(flood % domain)
        kept = names(self.sent_to_system("/after-flood"))
        return {one.partition("=")[0] for one in REAL} - kept


def test_the_default_sites_are_a_boundary(chromium: Browser, hosts: TwoHosts) -> None:
    default = load_settings({})
    assert (default.site, default.content_site) == ("http://localhost:8000", "http://content.localhost:8000")
    system, content = f"localhost:{hosts.port}", f"content.localhost:{hosts.port}"
    assert asdict(Attack(chromium, system, content, hosts, hosts).run()) == asdict(SAFE)


def test_they_are_as_good_as_two_names_below_localhost(chromium: Browser, hosts: TwoHosts) -> None:
    system, content = f"lms.localhost:{hosts.port}", f"content.localhost:{hosts.port}"
    assert asdict(Attack(chromium, system, content, hosts, hosts).run()) == asdict(SAFE)


def test_two_ports_of_one_name_are_no_boundary(chromium: Browser, hosts: TwoHosts, second: TwoHosts) -> None:
    found = Attack(chromium, f"localhost:{hosts.port}", f"localhost:{second.port}", hosts, second).run()
    assert "session=evil" in found.planted
    assert {"/by-fetch strict", "/by-form session", "/by-frame __Host-session"} <= found.carried
    assert "strict" in found.leaked
    assert "session" in found.evicted


def test_the_browser_calls_the_two_sites_cross_site(chromium: Browser, hosts: TwoHosts) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"http://content.localhost:{hosts.port}/")
    page.evaluate("(to) => fetch(to, {mode: 'no-cors'})", f"http://localhost:{hosts.port}/whence")
    context.close()
    assert hosts.last(f"localhost:{hosts.port}", "/whence").fetch_site == "cross-site"

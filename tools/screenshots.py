"""Pictures of the system with the demo in it.

python tools/screenshots.py             the few of the README, into docs/pictures
python tools/screenshots.py all FOLDER  every page, in both languages, narrow and wide, by day and by night
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from lms.demo.people import PASSWORD

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-quic",
]
WIDE, NARROW = (1280, 800), (360, 740)


class Shot(NamedTuple):
    name: str
    path: str
    login: str = ""
    language: str = "kk"
    size: tuple[int, int] = WIDE
    theme: str = "light"


README = (
    Shot("home-kk", "/", "tirek"),
    Shot("home-ru", "/", "uchitel", "ru"),
    Shot("sign-in-kk", "/sign-in"),
    Shot("schools-ru", "/places/schools", "district", "ru"),
    Shot("people-phone-kk", "/people", "director", "kk", NARROW, "dark"),
)
PAGES = (
    ("sign-in", "/sign-in", ""), ("appearance", "/appearance", ""), ("missing", "/no-such-page", ""),
    ("help", "/help", "mugalim"), ("topic", "/help/sign-in", ""), ("about", "/about", ""),
    ("home-teacher", "/", "mugalim"), ("home-officer", "/", "district"), ("schools", "/places/schools", "district"),
    ("place", "/places/", "district"), ("audit-log", "/admin/audit-log", "admin"), ("jobs", "/admin/jobs", "admin"),
    ("health", "/admin/health", "admin"), ("settings", "/admin/settings", "admin"),
)  # fmt: skip


def every_page() -> list[Shot]:
    return [
        Shot(f"{name}-{language}-{size[0]}-{theme}", path, login, language, size, theme)
        for name, path, login in PAGES
        for language in ("kk", "ru")
        for size in (WIDE, NARROW)
        for theme in ("light", "dark")
    ]


def main(words: list[str]) -> None:
    shots, folder = (
        (every_page(), Path(words[1])) if words[:1] == ["all"] else (README, ROOT / "docs" / "pictures")
    )
    folder.mkdir(parents=True, exist_ok=True)
    with running_demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for shot in shots:
            take(browser, site, shot, folder)
        browser.close()


def take(browser: Browser, site: str, shot: Shot, folder: Path) -> None:
    width, height = shot.size
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": height}, color_scheme=shot.theme, locale="kk-KZ"
    )
    context.add_cookies([{"name": "language", "value": shot.language, "url": site}])
    page = context.new_page()
    if shot.login:
        sign_in(page, shot)
    page.goto(shot.path)
    target = folder / f"{shot.name}.png"
    page.screenshot(path=target)
    context.close()
    shrink(target)
    print(target.name, target.stat().st_size)


def sign_in(page: Page, shot: Shot) -> None:
    page.goto("/sign-in")
    page.locator("input[name=login]").fill(shot.login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    switch = page.locator(f"header button[lang={shot.language}]")
    if switch.count():
        switch.click()


def shrink(picture: Path) -> None:
    """A page has few colours; a palette keeps its picture small."""
    with Image.open(picture) as image:
        image.convert("RGB").quantize(160).save(picture, optimize=True)


@contextmanager
def running_demo() -> Iterator[str]:
    with socket.socket() as probe, tempfile.TemporaryDirectory() as data:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        given = {
            "LMS_DATA": data,
            "LMS_SITE": f"http://localhost:{port}",
            "LMS_LOG_LEVEL": "ERROR",
            "LMS_REQUIRE_TOTP": "no",
        }
        environment = {**os.environ, **given, "LMS_CONTENT_SITE": f"http://content.localhost:{port}"}
        for word in ("migrate", "demo"):
            subprocess.run(
                [sys.executable, "-m", "lms", word],
                env=environment,
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        command = [
            "gunicorn",
            "lms:create_app()",
            f"--bind=127.0.0.1:{port}",
            "--threads=4",
            "--no-control-socket",
        ]
        server = subprocess.Popen(
            [sys.executable, "-m", *command, "--log-level=error"], env=environment, cwd=ROOT
        )
        try:
            wait_for(port)
            yield given["LMS_SITE"]
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int) -> None:
    for _try in range(200):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise SystemExit("The application did not start.")


if __name__ == "__main__":
    main(sys.argv[1:])

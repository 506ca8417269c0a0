"""A browser as people have it: its own profile, none of the switches of test tools, and it can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

from tests.journeys.conftest import CHROMIUM_FLAGS, browser_path

DEPRECATE_UNLOAD = "--enable-features=DeprecateUnload"


class PeopleBrowser:
    def __init__(self, playwright: Playwright, profile: Path, flags: Sequence[str] = ()) -> None:
        self.playwright, self.profile, self.flags = playwright, profile, flags
        self.context = self.starts()

    def starts(self) -> BrowserContext:
        port = self.profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        for left in self.profile.glob("Singleton*"):
            left.unlink()  # a browser that was killed leaves its lock
        self.process = subprocess.Popen(
            [browser_path(), "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={self.profile}",
             *CHROMIUM_FLAGS, *self.flags, "about:blank"],
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.connection = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{self._port(port)}")
        self.context = self.connection.contexts[0]
        self.context.set_default_timeout(20_000)
        return self.context

    def _port(self, file: Path) -> str:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if file.exists() and len(lines := file.read_text().split()) > 1:
                return lines[0]
            time.sleep(0.05)
        raise RuntimeError("the browser did not start")

    def is_quit(self) -> None:
        """As its owner closes it: everything is on the disk."""
        self.connection.new_browser_cdp_session().send("Browser.close")
        self.process.wait(20)

    def is_killed(self) -> None:
        """As when the power fails: nothing can be said any more."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def is_closed(self) -> None:
        self.connection.close()
        if self.process.poll() is None:
            self.is_killed()

"""A Janus of our own for a journey: its folder, its ports, its secrets; nothing outside this computer hears of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from lms.core.settings import Settings
from tests.journeys.conftest import free_port

PROGRAM = shutil.which("janus")
SECRET, KEY = "only for journeys", "rooms of journeys"


@dataclass
class Media:
    """What the application is told of it, and where it keeps what it recorded."""

    names: dict[str, str]
    recordings: Path

    def set_in(self, settings: Settings) -> None:
        for name, value in self.names.items():
            object.__setattr__(settings, name, value)


@contextmanager
def media(folder: Path) -> Iterator[Media]:
    sockets, calls = free_port(), free_port()
    _configured(folder, sockets, calls)
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [str(PROGRAM), "-F", str(folder)], stdout=log, stderr=log, start_new_session=True, cwd=folder
    )
    try:
        api = f"http://127.0.0.1:{calls}/janus"
        _until_alive(f"{api}/info", folder / "log")
        yield Media({
            "janus_server": f"ws://127.0.0.1:{sockets}", "janus_secret": SECRET, "janus_api": api, "janus_key": KEY,
            "janus_recordings": str(folder / "recordings"),
        }, folder / "recordings")  # fmt: skip
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        log.close()


def _configured(folder: Path, sockets: int, calls: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plugins").mkdir()
    (folder / "transports").mkdir()
    (folder / "recordings").mkdir()
    for kind, name in (("plugins", "videoroom"), ("transports", "http"), ("transports", "websockets")):
        found = glob(f"/usr/lib/*/janus/{kind}/libjanus_{name}.so")[0]
        (folder / kind / Path(found).name).symlink_to(found)
    first = free_port()
    (folder / "janus.jcfg").write_text(f"""
general: {{
  configs_folder = "{folder}"
  plugins_folder = "{folder}/plugins"
  transports_folder = "{folder}/transports"
  events_folder = "{folder}/none"
  loggers_folder = "{folder}/none"
  token_auth = true
  token_auth_secret = "{SECRET}"
  session_timeout = 20
  debug_level = 4
}}
media: {{ rtp_port_range = "{first}-{min(first + 200, 65000)}" }}
nat: {{ ice_enforce_list = "127.0.0.1" }}
""")
    (folder / "janus.plugin.videoroom.jcfg").write_text(f'general: {{ admin_key = "{KEY}" }}\n')
    (folder / "janus.transport.http.jcfg").write_text(
        f'general: {{ http = true\n port = {calls}\n ip = "127.0.0.1"\n https = false }}\nadmin: {{ admin_http = false }}\n'
    )
    (folder / "janus.transport.websockets.jcfg").write_text(
        f'general: {{ ws = true\n ws_port = {sockets}\n ws_ip = "127.0.0.1" }}\nadmin: {{ admin_ws = false }}\n'
    )


def _until_alive(address: str, log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(log.read_text()[-2000:])

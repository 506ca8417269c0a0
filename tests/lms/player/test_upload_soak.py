"""Half a gigabyte over a line and a server that both give up: the server is killed, and the upload goes on."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask_migrate import upgrade

from lms import create_app
from lms.core.db import db
from lms.core.settings import load_settings
from tests.cast import Cast
from tests.lms.player.household import served, two_free_ports
from tests.lms.player.sending import MEGABYTE, Line, Sending
from tests.lms.player.shelving import zipped

pytestmark = pytest.mark.pure
FILM = 20  # megabytes
MOST = 300 * 1024  # kilobytes of one process
KILLS = 5


def write_package(path: Path, megabytes: int) -> None:
    noise = random.Random(4)
    path.write_bytes(zipped("minimal-12"))
    with ZipFile(path, "a") as archive:
        for start in range(0, megabytes, FILM):
            with archive.open(f"film-{start}.mp4", "w") as out:
                for _ in range(min(FILM, megabytes - start)):
                    out.write(noise.randbytes(MEGABYTE))


def arrives(folder: Path, megabytes: int, kills: int) -> None:
    """The package is published in the end, and no process of the family has ever been large."""
    port, peaks = two_free_ports(), list[int]()
    names = {"LMS_DATA": str(folder / "data"), "LMS_SITE": f"http://localhost:{port}", "LMS_REQUIRE_TOTP": "no",
             "LMS_CONTENT_SITE": f"http://content.localhost:{port}", "LMS_LOG_LEVEL": "ERROR"}  # fmt: skip
    app = create_app(load_settings(names))
    with app.app_context():
        upgrade()
        login = Cast(app).person("methodologist", login="adisker").login or ""
        db.engine.dispose()
    write_package(folder / "large.zip", megabytes)
    sending = Sending(Line(port), folder / "large.zip")
    began = time.monotonic()
    for life in range(kills + 1):
        with served(names) as family:
            sending.line.until_alive()
            if not sending.key:
                sending.line.signs_in(login)
                sending.begins()
            goal = sending.size * (life + 1) // (kills + 1)
            first = sending.goes_on_to(goal)
            assert life == 0 or first >= sending.size * life // (kills + 1), "what had arrived is still there"
            if life < kills:
                sending.leaves_half_a_piece(goal)
            else:
                is_published(sending)
        peaks += family.peaks.values()
    sys.stdout.write(
        f"{sending.size // MEGABYTE} MB, {kills} kills, published after {time.monotonic() - began:.0f} s; "
        f"largest process {max(peaks) // 1024} MB of {len(peaks)}\n"
    )
    assert max(peaks) < MOST


def is_published(sending: Sending) -> None:
    """Out of the pieces comes a package; the worker of the family inspects it."""
    line, plain = sending.line, {"Content-Type": "application/x-www-form-urlencoded"}
    token = line.head["X-CSRFToken"]
    status, _page, version = line.is_led(
        "POST", "/shelf/upload", f"csrf_token={token}&upload={sending.key}".encode(), **plain
    )
    assert status == 303
    until = time.monotonic() + 600
    while f"{version}/publish" not in (page := line.asks("GET", version)[1].decode()):
        assert time.monotonic() < until, page
        time.sleep(0.2)
    status, _page, _there = line.is_led("POST", f"{version}/publish", f"csrf_token={token}".encode(), **plain)
    assert status == 303
    assert f"{version}/archive" in line.asks("GET", version)[1].decode()


@pytest.mark.slow
def test_a_small_upload_survives_the_death_of_the_server(tmp_path: Path) -> None:
    arrives(tmp_path, 12, 1)


@pytest.mark.soak
def test_half_a_gigabyte_survives_five_deaths_in_little_memory(tmp_path: Path) -> None:
    arrives(tmp_path, 490, KILLS)

"""Run as a program: a large package arrives in pieces and is inspected. Prints its state and two peaks in MB.

python tests/lms/player/large_package.py DATA MEGABYTES → "ready 151 98": this process, then what it started
"""

from __future__ import annotations

import random
import re
import resource
import sys
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

from sqlalchemy import select

from lms import create_app
from lms.core.db import Base, db, edge
from lms.core.jobs import Job
from lms.core.jobs.running import run_now
from lms.core.settings import load_settings
from lms.core.uploads import service as uploads
from lms.player.models import PackageVersion
from lms.player.service import shelf
from tests.cast import Cast
from tests.lms.player.shelving import zipped

MEGABYTE = 1024 * 1024
FILM = 20  # megabytes


def write_package(path: Path, megabytes: int) -> None:
    """The smallest package with films of noise, which nothing can make smaller."""
    path.write_bytes(zipped("minimal-12"))
    noise = random.Random(4)
    with ZipFile(path, "a") as archive:
        for number in range(megabytes // FILM):
            with archive.open(f"film-{number}.mp4", "w") as out:
                for _ in range(FILM):
                    out.write(noise.randbytes(MEGABYTE))


def arrive(cast: Cast, path: Path) -> UUID:
    teacher, size = cast.person("teacher"), path.stat().st_size
    with edge():
        key = uploads.begin(teacher.id, path.name, size).id
    with path.open("rb") as file:
        for offset in range(0, size, uploads.PIECE):
            with edge():
                row = db.session.get_one(uploads.Upload, key, populate_existing=True)
                uploads.add_piece(row, offset, BytesIO(file.read(uploads.PIECE)))
    with edge():
        row = db.session.get_one(uploads.Upload, key, populate_existing=True)
        return shelf.put_on_shelf(cast.school, row, teacher.id).id


def main(data: Path, megabytes: int) -> None:
    app = create_app(load_settings({}, data=str(data), sqlite_synchronous="OFF", log_level="ERROR"))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        package = data / "large.zip"
        write_package(package, megabytes)
        key = arrive(Cast(app), package)
        for job in db.session.scalars(select(Job.id)).all():
            run_now(job)
        state = db.session.get_one(PackageVersion, key, populate_existing=True).state
    own = int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0]) // 1024
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    sys.stdout.write(f"{state} {own} {started}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

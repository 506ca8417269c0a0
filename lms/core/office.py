"""Documents of an office made into PDF by LibreOffice, where the operator has installed it.

`pdf_of` calls `as_pdf` in a process of its own, with an empty network: its limits hold for the program it starts as well,
and whoever ends it ends both. Macros are not run and no profile is kept.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from lms.core.jobs import ConfinedError, run_confined

OFFICE = frozenset({"docx", "pptx", "xlsx", "odt", "odp"})
NAMES = ("soffice", "libreoffice")
MEMORY_MB, SECONDS = 4096, 60


class NoOffice(OSError):
    """There is no such program, or it made nothing of the file."""

    code = "no-office"


def program() -> str | None:
    return next(filter(None, (shutil.which(name) for name in NAMES)), None)


def pdf_of(path: str, ending: str, folder: Path) -> str | None:
    """Where the PDF lies; None: the program is not there, takes no such file or makes nothing of it."""
    if ending not in OFFICE or program() is None:
        return None
    folder.mkdir()
    given = {"path": path, "ending": ending, "folder": str(folder)}
    try:
        return str(run_confined("lms.core.office:as_pdf", given, memory_mb=MEMORY_MB, seconds=SECONDS))
    except ConfinedError:
        return None


def as_pdf(path: str, ending: str, folder: str) -> str:
    """Where the PDF lies. The file gets a plain name: what a stranger called it reaches no command line."""
    found = program()
    if found is None or ending not in OFFICE:
        raise NoOffice
    inner = Path(folder) / "office"
    inner.mkdir()
    source = inner / f"document.{ending}"
    shutil.copyfile(path, source)
    subprocess.run(
        [
            found, f"-env:UserInstallation={(inner / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
            "--nolockcheck", "--nodefault", "--convert-to", "pdf", "--outdir", str(inner), str(source),
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(inner), "LANG": "C.UTF-8"}, cwd=inner,
    )  # fmt: skip
    made = inner / "document.pdf"
    if not made.is_file() or not made.stat().st_size:
        raise NoOffice
    return str(made)

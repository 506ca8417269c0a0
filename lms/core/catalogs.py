"""Catalogs: .po files are kept in the repository, .mo files are made from them when they are older."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogs(folder: Path) -> None:
    for po in folder.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            _compile(po, mo)


def _compile(po: Path, mo: Path) -> None:
    with po.open("rb") as source:
        catalog = read_po(source, locale=po.parent.parent.name)
    # Several processes may start at once: each writes its own file, the last rename wins.
    fresh = mo.with_suffix(f".{os.getpid()}")
    with fresh.open("wb") as target:
        write_mo(target, catalog)
    fresh.replace(mo)

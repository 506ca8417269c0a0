"""The browser half in Node: its own tests, its types, its size, and where it may talk."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.scorm.adapter.peers import NODE

pytestmark = pytest.mark.pure

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SOURCES = sorted((ROOT / "scorm" / "adapter").glob("*.ts"))


def node(*arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [NODE, *arguments],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.mark.parametrize("story", sorted(one.name for one in HERE.glob("*.test.mjs")))
def test_the_adapter_in_node(built: Path, story: str) -> None:
    run = node("--test", str(HERE / story))
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
    assert int(re.findall(r"^# pass (\d+)$", run.stdout, re.MULTILINE)[0]) > 0


@pytest.mark.soak
def test_a_thousand_stories_with_faults_and_deaths_lose_nothing(built: Path) -> None:
    run = node("--test", str(HERE / "replay.test.mjs"), STORIES="1000")
    assert run.returncode == 0, run.stdout[-8000:]


def test_the_types_hold_strictly() -> None:
    run = node("node_modules/typescript/bin/tsc", "--noEmit", "-p", ".")
    assert run.returncode == 0, run.stdout
    options = json.loads((ROOT / "tsconfig.json").read_text())["compilerOptions"]
    assert options["strict"] and options["noUncheckedIndexedAccess"] and options["exactOptionalPropertyTypes"]


def test_both_versions_with_their_tables_weigh_at_most_25_kilobytes_on_the_line(built: Path) -> None:
    weight = len(gzip.compress((built / "adapter.js").read_bytes(), 9))
    assert weight <= 25_000, weight


def test_only_the_courier_talks_and_nobody_uses_what_an_insecure_context_lacks() -> None:
    for source in SOURCES:
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
        banned = r"localStorage|sessionStorage|crypto|navigator|sendBeacon|XMLHttpRequest|WebSocket"
        if source.name == "net.ts":  # the last moment, for which a database is too slow
            banned = banned.replace("localStorage|", "")
        assert not re.search(banned, code), source.name
        if source.name not in {"courier.ts", "world.ts", "index.ts"}:  # index hands the browser's fetch over
            assert "fetch" not in code, source.name


def test_the_adapter_has_no_dependency() -> None:
    for source in SOURCES:
        for wanted in re.findall(r'from "([^"]+)"|import\("([^"]+)"\)', source.read_text(encoding="utf-8")):
            assert wanted[0].startswith("./") or wanted[0] == "../datamodel/tables.json", source.name


def test_the_lock_names_exact_versions_and_no_address() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "://registry" not in lock
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert all(re.fullmatch(r"[0-9][0-9.]*", version) for version in wanted.values())

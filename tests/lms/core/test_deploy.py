"""The files an operator copies: they name what exists, and nginx takes its own where it is installed."""

from __future__ import annotations

import configparser
import importlib
import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from lms.commands import main
from lms.core.settings import Settings, load_settings

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
KNOWN = {f"LMS_{one.name.upper()}" for one in fields(Settings)}


def test_the_settings_file_is_read_and_names_only_settings_there_are() -> None:
    text = (DEPLOY / "lms.env").read_text()
    assert set(re.findall(r"LMS_[A-Z_0-9]+(?==)", text)) <= KNOWN
    settings = load_settings({"LMS_SETTINGS": str(DEPLOY / "lms.env")})
    assert settings.behind_proxy and settings.host_cookie
    assert settings.site_host != settings.content_host


def test_the_guide_names_only_settings_there_are() -> None:
    named = set(re.findall(r"LMS_[A-Z_0-9]+", (ROOT / "docs" / "operating.md").read_text()))
    assert named <= KNOWN


@pytest.mark.parametrize("unit", sorted(path.name for path in DEPLOY.glob("*.service")))
def test_a_unit_starts_what_there_is(unit: str) -> None:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / unit)
    for line in re.findall(r"^ExecStart(?:Pre)?=(.*)$", (DEPLOY / unit).read_text(), re.MULTILINE):
        program, first, *_rest = shlex.split(line)
        if program.endswith("/lms"):
            assert first in main.commands
        else:
            module, _, name = first.partition(":")
            assert callable(getattr(importlib.import_module(module), name.removesuffix("()")))
    assert parser["Service"]["User"] == "lms"


if shutil.which("nginx"):

    def test_nginx_takes_its_file(tmp_path: Path) -> None:
        key, certificate = tmp_path / "lms.key", tmp_path / "lms.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=lms.example.kz",
             "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True,
        )  # fmt: skip
        site = (DEPLOY / "nginx.conf").read_text().replace("/etc/lms/", f"{tmp_path}/")
        whole = tmp_path / "nginx.conf"
        whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {site} }}")
        done = subprocess.run(
            ["nginx", "-t", "-e", str(tmp_path / "errors"), "-c", str(whole)], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

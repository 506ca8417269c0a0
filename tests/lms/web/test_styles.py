"""The built sheet: small, and nothing in it asks for a token that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
DIST = Path(__file__).parents[3] / "lms" / "web" / "static" / "dist"


def test_every_token_that_is_used_is_set_or_has_a_fallback() -> None:
    sheet = (DIST / "site.css").read_text("utf-8")
    used = set(re.findall(r"var\((--[\w-]+)\)", sheet))
    assert used - set(re.findall(r"(--[\w-]+):", sheet)) == set()


def test_night_changes_every_colour_of_day() -> None:
    tokens = (DIST.parents[1] / "assets" / "styles" / "_tokens.scss").read_text("utf-8")
    day, night = (set(re.findall(r"(--[\w-]+):", part)) for part in re.split("@mixin |:root", tokens)[1:3])
    assert "--ink" in night
    assert {name for name in day if not name.startswith("--bs")} - {"--gap", "--radius", "--measure"} == night


def test_styles_and_behaviours_leave_room_for_the_page() -> None:
    packed = {name: (DIST / f"{name}.gz").stat().st_size for name in ("site.css", "site.js")}
    assert packed["site.css"] < 12_000 and packed["site.js"] < 6_000, packed

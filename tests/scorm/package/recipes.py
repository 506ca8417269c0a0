"""Broken zips out of recipe.json: faults that no folder can have.

A recipe is a package in order (`plain` false: nothing) with `members` added, cut or wrapped in bytes that do not
belong there. A member's keys are those of `zips.Member`; `text` repeated `repeat` times is its content.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.scorm.package.zips import Member, build, manifest_xml

PAGE = (
    '<html lang="kk"><head><title>Бет</title>{head}</head><body><script>'
    'parent.API && parent.API.LMSInitialize("")</script></body></html>'
)
_AS_THEY_ARE = ("flags", "method", "mode", "crc", "offset")


def zip_bytes(folder: Path) -> bytes:
    """The zip a recipe describes."""
    recipe = json.loads((folder / "recipe.json").read_text("utf-8"))
    if "raw" in recipe:
        return str(recipe["raw"]).encode()
    members = [*_plain(recipe), *map(_member, recipe.get("members", ()))]
    data = recipe.get("prefix", "").encode() + build(*members) + recipe.get("suffix", "").encode()
    return data[: len(data) - recipe.get("cut", 0)]


def _plain(recipe: dict[str, Any]) -> list[Member]:
    if not recipe.get("plain", True):
        return []
    href = recipe.get("manifest", "page.html")
    resource = (
        f'<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="{href}">'
        f'<file href="{href}"/></resource>'
    )
    name = recipe.get("manifest_name", "imsmanifest.xml").encode()
    found = [Member(name, manifest_xml(resource).encode())]
    if "manifest" not in recipe:
        found.append(Member(b"page.html", PAGE.format(head=recipe.get("page", "")).encode()))
    return found


def _member(written: dict[str, Any]) -> Member:
    text = PAGE.format(head="") if written.get("text") == "page" else written.get("text", "x")
    encoding = written.get("encoding", "utf-8")
    values = {key: written[key] for key in _AS_THEY_ARE if key in written}
    if "local_name" in written:
        values["local_name"] = written["local_name"].encode()
    return Member(written["name"].encode(encoding), text.encode() * written.get("repeat", 1), **values)

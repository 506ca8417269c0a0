"""A room's blueprint: its pages under its own folder of templates and static files."""

from __future__ import annotations

from flask import Blueprint


def room(name: str, import_name: str, prefix: str = "") -> Blueprint:
    return Blueprint(
        name, import_name, url_prefix=prefix or None, template_folder="templates", static_folder=None
    )

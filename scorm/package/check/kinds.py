"""Kinds of files by the ends of their names."""

from __future__ import annotations

PAGES = frozenset({"html", "htm", "xhtml"})
SCRIPTS = frozenset({"js", "mjs"})
STYLES = frozenset({"css"})
READ = PAGES | SCRIPTS | STYLES
SHOWN = PAGES | frozenset(
    {"svg", "xml", "pdf", "txt", "png", "jpg", "jpeg", "gif", "webp", "mp3", "mp4", "webm", "ogg", "wav"}
)
FLASH = frozenset({"swf", "flv", "fla"})
ARCHIVES = frozenset({"zip", "rar", "7z", "tar", "gz"})
PROGRAMS = frozenset(
    {"exe", "dll", "msi", "bat", "cmd", "com", "scr", "vbs", "ps1", "sh", "jar", "php", "asp"}
)
SCHEMAS = frozenset({"xsd", "dtd"})


def suffix(name: str) -> str:
    """In small letters, "" where there is none."""
    last = name.rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""

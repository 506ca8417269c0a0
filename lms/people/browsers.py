"""What a browser calls itself, in words its owner knows: "Chrome, Windows" instead of a line of versions."""

from __future__ import annotations

# The order matters: nearly every browser also says that it is Chrome or Safari.
BROWSERS = (
    ("YaBrowser", "Yandex"), ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def called(line: str) -> str:
    names = (_first(line, BROWSERS), _first(line, SYSTEMS))
    return ", ".join(filter(None, names)) or line[:40]


def _first(line: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if mark in line), "")

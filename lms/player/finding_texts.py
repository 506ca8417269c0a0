"""The report of an inspection in the reader's language, made of codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from lms.core.i18n import number
from lms.player.change_texts import CHANGES
from lms.player.finding_groups import GROUPS
from lms.player.finding_texts_archive import TEXTS as ARCHIVE
from lms.player.finding_texts_course import TEXTS as COURSE
from scorm.package.check.remedies import REPAIRABLE

GROUP_OF: dict[str, str] = {
    code: group for texts in (ARCHIVE, COURSE) for group, codes in texts.items() for code in codes
}
TEXTS: dict[str, Any] = {
    code: text for texts in (ARCHIVE, COURSE) for codes in texts.values() for code, text in codes.items()
}


@dataclass(frozen=True)
class Explained:
    """All findings of one code: what is wrong, what it means for pupils, what to do, and where."""

    code: str
    level: str
    text: str
    meaning: str
    advice: str
    repairable: bool
    places: tuple[str, ...]


def explained(findings: Iterable[dict[str, Any]]) -> list[Explained]:
    """One entry for each code and level, in the order the findings were made."""
    together: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        together.setdefault((one["code"], one["level"]), []).append(_place(one))
    return [_explained(code, level, places) for (code, level), places in together.items()]


def changes(repairs: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    """(what was changed, where)"""
    return [(str(CHANGES[one["code"]]), one["where"]) for one in repairs]


def _explained(code: str, level: str, places: list[str]) -> Explained:
    meaning, advice = GROUPS[GROUP_OF[code]]
    where = tuple(dict.fromkeys(filter(None, places)))
    return Explained(code, level, str(TEXTS[code]), str(meaning), str(advice), code in REPAIRABLE, where)


def _place(finding: dict[str, Any]) -> str:
    """Where it is, and the figures that belong to it."""
    values = finding.get("values") or {}
    said = _waiting(values) if "seconds_at_64_kbit" in values else " ".join(map(str, values.values()))
    return " · ".join(filter(None, (finding["where"], said)))


def _waiting(values: dict[str, str]) -> str:
    return gettext(
        "%(size)s KB; %(slow)s s at 64 kbit/s, %(quick)s s at 8 Mbit/s",
        size=number(round(int(values["bytes"]) / 1024, 1)),
        slow=number(float(values["seconds_at_64_kbit"])),
        quick=number(float(values["seconds_at_8_mbit"])),
    )

"""Lengths of time: SCORM 1.2's CMITimespan and SCORM 2004's timeinterval(second,10,2), in seconds and back."""

from __future__ import annotations

import re

_CLOCK = re.compile(r"([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2}(?:\.[0-9]+)?)")
_INTERVAL = re.compile(
    r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_DAY = 86400
# A year and a month have no fixed length; SCOs never mean more by them than "very long".
_UNITS = (365 * _DAY, 30 * _DAY, _DAY, 3600, 60, 1)


def seconds(text: str) -> float:
    """The length a valid text stands for, whichever version wrote it; 0 for an empty one."""
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + float(clock[3])
    interval = _INTERVAL.fullmatch(text)
    if not interval:
        return 0.0
    return float(
        sum(float(part) * unit for part, unit in zip(interval.groups(), _UNITS, strict=True) if part)
    )


def _split(total: float) -> tuple[int, int, int, int]:
    """Hours, minutes, seconds and hundredths."""
    hundredths = round(total * 100)
    minutes, rest = divmod(hundredths, 6000)
    return minutes // 60, minutes % 60, rest // 100, rest % 100


def timespan(total: float) -> str:
    """RTE 1.2: HHHH:MM:SS.SS"""
    hours, minutes, whole, part = _split(total)
    return f"{min(hours, 9999):04d}:{minutes:02d}:{whole:02d}.{part:02d}"


def interval(total: float) -> str:
    """RTE 4.1.1.7"""
    hours, minutes, whole, part = _split(total)
    fraction = f".{part:02d}".rstrip("0") if part else ""
    return f"PT{hours}H{minutes}M{whole}{fraction}S"


def written(version: str, total: float) -> str:
    return timespan(total) if version == "1.2" else interval(total)

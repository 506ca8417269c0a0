"""The individual identification number: twelve digits, the last one a checksum in two passes.

Since the decree of 2013 the birth date in it is not binding, so a mismatch is only worth a remark. It is kept
encrypted; a keyed digest finds doubles. It never stands in an address or a log.
"""

from __future__ import annotations

import re
from datetime import date

from lms.core.sealing import keyed_digest, seal, unseal

PURPOSE = "iin"
FIRST = tuple(range(1, 12))
SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


def as_iin(text: str) -> str | None:
    """Twelve digits with a right checksum, or None. Zeros that a spreadsheet cut off in front are put back."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{9,12}", digits):
        return None
    digits = digits.zfill(12)
    return digits if check_digit(digits) == int(digits[11]) else None


def check_digit(digits: str) -> int | None:
    """None: no such number is ever issued."""
    body = [int(digit) for digit in digits[:11]]
    for weights in (FIRST, SECOND):
        rest = sum(digit * weight for digit, weight in zip(body, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def birth_date(iin: str) -> date | None:
    century = CENTURIES.get(iin[6])
    try:
        return date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6])) if century is not None else None
    except ValueError:
        return None


def sealed(iin: str) -> bytes:
    return seal(iin, PURPOSE)


def opened(kept: bytes | None) -> str:
    return (unseal(kept, PURPOSE) or "") if kept else ""


def digest(iin: str) -> str:
    return keyed_digest(iin, PURPOSE)

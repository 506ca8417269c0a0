"""Which sheet this is: 40 bits of number, 8 of page, 16 to check them (CRC-16/CCITT, ITU-T V.41)."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 2**40
START = 0xFFFF
POLYNOMIAL = 0x1021


def bits_of(number: int, page: int) -> list[bool]:
    if not 0 <= number < MOST or not 0 <= page < 256:
        raise ValueError("no such sheet")
    data = number.to_bytes(5, "big") + page.to_bytes(1, "big")
    whole = data + checksum(data).to_bytes(2, "big")
    return [bool(byte >> bit & 1) for byte in whole for bit in range(7, -1, -1)]


def read_bits(bits: Sequence[bool]) -> tuple[int, int] | None:
    """(number, page), or None when a single bit is wrong."""
    whole = bytes(
        sum(bit << (7 - place) for place, bit in enumerate(bits[n : n + 8])) for n in range(0, 64, 8)
    )
    if checksum(whole[:6]) != int.from_bytes(whole[6:], "big"):
        return None
    return int.from_bytes(whole[:5], "big"), whole[5]


def checksum(data: bytes) -> int:
    found = START
    for byte in data:
        found ^= byte << 8
        for _bit in range(8):
            found = (found << 1 ^ (POLYNOMIAL if found & 0x8000 else 0)) & 0xFFFF
    return found

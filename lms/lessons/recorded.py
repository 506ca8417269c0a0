"""Recordings of Janus (MJR: the RTP of one track) made into one Ogg Opus file that browsers play. Pure, no other program.

Sound is not touched: packets are put in order and wrapped anew. Where nothing was sent (silence, a lost line, a camera
switched off and on) empty packets of the same length stand for it, so that the time of the lesson stays.
https://janus.conf.meetecho.com/docs/recordings, RFC 3550, RFC 6716 (3.1), RFC 7845
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

RATE = 48_000
PRE_SKIP = 312
IN_A_PAGE = 50
LONGEST_GAP = 3600 * RATE  # what lies farther apart is another lesson
_PACKETS_OF = (480, 960, 1920, 2880), (480, 960), (120, 240, 480, 960)  # SILK, hybrid, CELT


class NotARecording(Exception):
    """The file does not begin as one of sound does."""


@dataclass(frozen=True)
class Track:
    """One file: when its first packet came, and its packets as (time in samples, bytes)."""

    began: float  # seconds
    packets: list[tuple[int, bytes]]


def track(data: bytes) -> Track:
    if data[:8] != b"MJR00002" or len(data) < 10:
        raise NotARecording
    size = int.from_bytes(data[8:10], "big")
    try:
        about = json.loads(data[10 : 10 + size])
    except ValueError:
        raise NotARecording from None
    if about.get("t") != "a" or about.get("c") != "opus":
        raise NotARecording
    packets = [one for one in map(_opus, _frames(data, 10 + size)) if one]
    return Track(about.get("u", about.get("s", 0)) / 1_000_000, _in_order(packets))


def _frames(data: bytes, at: int) -> Iterator[bytes]:
    """What was written whole: a recorder that was killed leaves half a frame at the end."""
    while data[at : at + 4] == b"MEET" and at + 10 <= len(data):
        size = int.from_bytes(data[at + 8 : at + 10], "big")
        at += 10
        if at + size > len(data):
            return
        yield data[at : at + size]
        at += size


def _opus(rtp: bytes) -> tuple[int, bytes] | None:
    """(timestamp, sound) of one RTP packet, without its header, what extends it, and its padding."""
    if len(rtp) < 13 or rtp[0] >> 6 != 2:
        return None
    begin, end = 12 + 4 * (rtp[0] & 15), len(rtp)
    if rtp[0] & 16:
        if len(rtp) < begin + 4:
            return None
        begin += 4 + 4 * int.from_bytes(rtp[begin + 2 : begin + 4], "big")
    if rtp[0] & 32:
        end -= rtp[-1]
    return (int.from_bytes(rtp[4:8], "big"), rtp[begin:end]) if begin < end else None


def _in_order(packets: Sequence[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """By time, which begins anew every day and a bit; the first is 0, and what came twice stands once."""
    found: dict[int, bytes] = {}
    last = base = packets[0][0] if packets else 0
    for stamp, sound in packets:
        last += (stamp - last + 2**31) % 2**32 - 2**31
        found.setdefault(last - base, sound)
    first = min(found, default=0)
    return [(at - first, found[at]) for at in sorted(found)]


def samples(packet: bytes) -> int:
    """How long a packet sounds: RFC 6716, 3.1."""
    config = packet[0] >> 3
    if config < 12:
        length = _PACKETS_OF[0][config % 4]
    elif config < 16:
        length = _PACKETS_OF[1][config % 2]
    else:
        length = _PACKETS_OF[2][config % 4]
    code = packet[0] & 3
    return length * (1 if code == 0 else 2 if code < 3 else (packet[1] & 63 if len(packet) > 1 else 1))


def _joined(tracks: Iterable[Track]) -> Iterator[bytes]:
    """All packets one after the other, with silence where there were none."""
    ordered = sorted((one for one in tracks if one.packets), key=lambda one: one.began)
    now = 0
    for one in ordered:
        begins = max(now, round((one.began - ordered[0].began) * RATE))
        for at, packet in one.packets:
            gap = begins + at - now
            silent = bytes([packet[0] & 0xFC])
            for _time in range(gap // samples(silent) if 0 < gap <= LONGEST_GAP else 0):
                yield silent
                now += samples(silent)
            yield packet
            now += samples(packet)


def ogg(tracks: Iterable[Track]) -> bytes:
    """Nothing when nothing was said."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, PRE_SKIP, RATE, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 0) + struct.pack("<I", 0)
    pages = [_page([head], 0, 0, 2), _page([tags], 0, 1, 0)]
    now, waiting = 0, list[bytes]()
    for packet in _joined(tracks):
        if len(waiting) == IN_A_PAGE or sum(len(one) // 255 + 1 for one in [*waiting, packet]) > 255:
            pages.append(_page(waiting, now, len(pages), 0))
            waiting = []
        waiting.append(packet)
        now += samples(packet)
    return b"".join([*pages, _page(waiting, now, len(pages), 4)]) if waiting else b""


def _page(packets: Sequence[bytes], granule: int, number: int, kind: int) -> bytes:
    lacing = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, kind, granule, 1, number, 0, len(lacing))
    whole = bytearray(head + lacing + b"".join(packets))
    whole[22:26] = struct.pack("<I", _sum(whole))
    return bytes(whole)


def _table() -> list[int]:
    found = []
    for number in range(256):
        rest = number << 24
        for _bit in range(8):
            rest = (rest << 1) ^ (0x04C11DB7 if rest & 0x80000000 else 0)
        found.append(rest & 0xFFFFFFFF)
    return found


_TABLE = _table()


def _sum(data: bytes | bytearray) -> int:
    rest = 0
    for one in data:
        rest = (rest << 8 & 0xFFFFFFFF) ^ _TABLE[rest >> 24 ^ one]
    return rest

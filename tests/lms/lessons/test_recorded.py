"""The teacher's voice out of the recordings of Janus: put in order, silence filled in, kept, handed to those who missed it."""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from lms.core.db import db, edge
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.lessons import recorded
from lms.lessons.service import planning
from lms.lessons.slides import pack
from tests.cast import read_afresh
from tests.lms.lessons.conftest import Room

TOC = 0xF8  # CELT, 20 ms, one frame
STEP = 960


def mjr(*packets: tuple[int, bytes], began: float = 0.0, codec: str = "opus") -> bytes:
    """A recording as Janus 1.1 writes it: (number of the packet, sound)."""
    about = json.dumps({"t": "a", "c": codec, "s": int(began * 1e6), "u": int(began * 1e6)}).encode()
    frames = []
    for number, sound in packets:
        rtp = (
            struct.pack(">BBHII", 0x80, 111, number & 0xFFFF, (2**32 - 2 * STEP + number * STEP) % 2**32, 7)
            + sound
        )
        frames.append(b"MEET" + struct.pack(">IH", number * 20, len(rtp)) + rtp)
    return b"MJR00002" + struct.pack(">H", len(about)) + about + b"".join(frames)


def sound(number: int, size: int = 40) -> bytes:
    return bytes([TOC]) + bytes([number % 251]) * size


def packets(data: bytes) -> list[bytes]:
    """What lies in an Ogg file, its sums checked by another way of reckoning them than the one that wrote them."""
    found, at, last = [], 0, -1
    while at < len(data):
        assert data[at : at + 4] == b"OggS"
        granule, _serial, number, told, count = struct.unpack("<qIIIB", data[at + 6 : at + 27])
        sizes = data[at + 27 : at + 27 + count]
        end = at + 27 + count + sum(sizes)
        page = data[at : at + 22] + b"\0\0\0\0" + data[at + 26 : end]
        bits = int.from_bytes(page, "big") << 32
        for place in range(bits.bit_length() - 1, 31, -1) if len(page) < 400 else ():
            if bits >> place & 1:
                bits ^= 0x104C11DB7 << (place - 32)
        assert len(page) >= 400 or bits == told
        assert number == last + 1 and granule >= 0
        body, place, size = data[at + 27 + count : end], 0, 0
        for one in sizes:
            size += one
            if one < 255:
                found.append(body[place : place + size])
                place, size = place + size, 0
        at, last = end, number
    return found


@pytest.mark.pure
def test_packets_are_put_in_order_and_silence_takes_its_time() -> None:
    first = mjr(
        (0, sound(0)), (2, sound(2, 300)), (1, sound(1)), (1, sound(1)), (5, sound(5))
    )  # over the end of the clock
    later = mjr((0, sound(9)), began=1.0)
    made = recorded.ogg([recorded.track(later), recorded.track(first)])
    head, tags, *said = packets(made)
    assert head[:8] == b"OpusHead" and tags[:8] == b"OpusTags"
    silent = bytes([TOC])
    assert said == [sound(0), sound(1), sound(2, 300), silent, silent, sound(5), *[silent] * 44, sound(9)]
    assert struct.unpack("<q", made[made.rindex(b"OggS") + 6 :][:8])[0] == 51 * STEP


@pytest.mark.pure
@pytest.mark.parametrize(
    "data", [b"", b"MJR00002", b"MJR00002\0\2{]", b"RIFF" * 9, mjr((0, sound(0)), codec="vp8")]
)
def test_what_is_no_recording_of_sound_is_refused(data: bytes) -> None:
    with pytest.raises(recorded.NotARecording):
        recorded.track(data)


@pytest.mark.pure
def test_a_recorder_that_was_killed_loses_its_last_packet_only() -> None:
    whole = mjr((0, sound(0)), (1, sound(1)))
    assert [len(recorded.track(whole[:-cut]).packets) for cut in (1, 30)] == [1, 1]
    assert recorded.ogg([recorded.track(mjr())]) == b"" and recorded.ogg([]) == b""


@pytest.mark.pure
@pytest.mark.parametrize(("toc", "more", "length"), [
    (0x00, b"", 480), (0x18, b"", 2880), (0x60, b"", 480), (0x80, b"", 120), (0xF8, b"", 960), (0xF9, b"", 1920),
    (0xFB, b"\x03", 2880),
])  # fmt: skip
def test_a_packet_says_how_long_it_sounds(toc: int, more: bytes, length: int) -> None:
    assert recorded.samples(bytes([toc]) + more) == length


@pytest.mark.pure
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="a real decoder needs ffmpeg")
def test_a_real_decoder_hears_the_whole_time(tmp_path: Path) -> None:
    made = recorded.ogg(
        [recorded.track(mjr(*((n, b"\xf8\xff\xfe") for n in range(0, 300) if not 100 <= n < 150)))]
    )
    (tmp_path / "voice.ogg").write_bytes(made)
    command = ["ffmpeg", "-v", "error", "-i", str(tmp_path / "voice.ogg"), "-f", "s16le", "-ac", "1", "-"]
    heard = subprocess.run(command, capture_output=True, check=True)
    assert abs(len(heard.stdout) / 2 - 300 * STEP) <= 2 * STEP and not heard.stderr


def ended_with_voice(here: Room, folder: Path) -> None:
    settings = here.cast.app.extensions["settings"]
    object.__setattr__(settings, "janus_recordings", str(folder))
    spoken = folder / here.lesson_id.hex
    spoken.mkdir(parents=True)
    (spoken / "teacher-1-audio-0.mjr").write_bytes(mjr(*((n, sound(n)) for n in range(100))))
    (spoken / "teacher-1-video-1.mjr").write_bytes(b"pictures")
    (spoken / "teacher-2-audio-0.mjr").write_bytes(b"nothing of the kind")
    (spoken / "class-1-audio-0.mjr").write_bytes(mjr((0, b"\xf8pupils")))
    with edge():
        row = here.lesson
        row.provider = "janus"
        planning.end(row)
    run_now(db.session.scalars(select(Job.id).where(Job.kind == "lessons.keep-voice")).one())
    read_afresh()


def test_the_voice_is_kept_when_the_lesson_ends_and_goes_into_the_pack(
    room_of_two: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room_of_two
    aru = here.signed_in(here.pupils["aru"])
    assert aru.get(f"/streaming/{here.lesson_id}/voice.ogg").status_code == 404
    ended_with_voice(here, tmp_path)
    heard = aru.get(f"/streaming/{here.lesson_id}/voice.ogg")
    assert (heard.status_code, heard.mimetype, heard.data[:4]) == (200, "audio/ogg", b"OggS")
    assert b"pupils" not in heard.data and len(packets(heard.data)) == 102
    assert f"/streaming/{here.lesson_id}/voice.ogg" in aru.get(f"/streaming/{here.lesson_id}/later").text
    with zipfile.ZipFile(io.BytesIO(aru.get(f"/streaming/{here.lesson_id}/pack.zip").data)) as packed:
        assert packed.read("voice.ogg") == heard.data and "voice.ogg" in packed.read("index.html").decode()
    monkeypatch.setattr(pack, "MOST_BYTES", pack.OF_THE_PAGE + len(heard.data) - 1)
    with zipfile.ZipFile(io.BytesIO(aru.get(f"/streaming/{here.lesson_id}/pack.zip").data)) as packed:
        assert "voice.ogg" not in packed.namelist() and "voice.ogg" not in packed.read("index.html").decode()


def test_without_a_recording_nothing_is_kept(room_of_two: Room, tmp_path: Path) -> None:
    here = room_of_two
    object.__setattr__(here.cast.app.extensions["settings"], "janus_recordings", str(tmp_path / "none"))
    with edge():
        row = here.lesson
        row.provider = "janus"
        planning.end(row)
    run_now(db.session.scalars(select(Job.id).where(Job.kind == "lessons.keep-voice")).one())
    read_afresh()
    assert here.lesson.voice is None

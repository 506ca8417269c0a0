"""Films in sizes a thin line carries, made by ffmpeg where the operator has installed it.

Each function runs in a process of its own, with an empty network and limits that hold for ffmpeg as well. A film of a
stranger is opened as what it says it is (mp4 or webm) and as nothing else: no list of other files, no address, no codec
that a browser would not play either.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEMUXERS = {"video/mp4": "mov", "video/webm": "matroska"}
DECODERS = "h264,hevc,mpeg4,vp8,vp9,av1,libdav1d,libaom-av1,libvpx,libvpx-vp9,aac,aac_fixed,mp3,mp3float,opus,libopus,vorbis"
LONGEST = 3 * 3600  # seconds of a film: three lessons with breaks
RUNS_IN = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


@dataclass(frozen=True)
class Size:
    """`picture` and `sound` in thousands of bits a second; `frames` a second at most."""

    height: int
    picture: int
    sound: int
    frames: int


SMALL = Size(240, 110, 32, 15)  # about 150 kbit/s: a thin line carries it in the time of a lesson
MIDDLE = Size(480, 560, 64, 25)


class NoFilm(OSError):
    """There is no such program, or it sees no moving picture in the file."""

    code = "no-film"


def program() -> str | None:
    return shutil.which("ffmpeg") if shutil.which("ffprobe") else None


def look(path: str, media_type: str) -> dict[str, Any]:
    """Height of the picture and seconds of the film."""
    told = _run([
        "ffprobe", "-v", "error", *_opened(media_type), "-select_streams", "v:0", "-show_entries",
        "stream=height:format=duration", "-of", "json", path,
    ])  # fmt: skip
    found = json.loads(told)
    streams = found.get("streams") or []
    if not streams or not streams[0].get("height"):
        raise NoFilm
    seconds = min(float(found.get("format", {}).get("duration") or 0), LONGEST)
    return {"height": int(streams[0]["height"]), "seconds": seconds}


def make(path: str, media_type: str, out: str, steps: str, size: dict[str, int]) -> int:
    """How many bytes were written to `out`; `steps` is a file that says how far it is."""
    one = Size(**size)
    _run([
        "ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "2", *_opened(media_type), "-i", path,
        "-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-t", str(LONGEST),
        "-vf", f"scale=-2:{one.height}", "-fpsmax", str(one.frames), "-pix_fmt", "yuv420p",
        "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-threads", "2",
        "-b:v", f"{one.picture}k", "-maxrate", f"{one.picture * 5 // 4}k", "-bufsize", f"{one.picture * 4}k",
        "-c:a", "aac", "-ac", "1", "-b:a", f"{one.sound}k", "-movflags", "+faststart",
        "-progress", steps, "-f", "mp4", out,
    ])  # fmt: skip
    written = Path(out).stat().st_size
    if not written:
        raise NoFilm
    return written


def seconds_done(steps: Path) -> float:
    """What ffmpeg has last said about its way."""
    told = steps.read_text("utf-8", "replace") if steps.is_file() else ""
    said = [line.partition("=")[2] for line in told.splitlines() if line.startswith("out_time_us=")]
    return int(said[-1]) / 1_000_000 if said and said[-1].isdecimal() else 0.0


def _opened(media_type: str) -> list[str]:
    """Which reader, which codecs, and nothing but the file itself."""
    return ["-protocol_whitelist", "file", "-codec_whitelist", DECODERS, "-f", DEMUXERS[media_type]]


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
        env=RUNS_IN, cwd="/", text=True,
    )  # fmt: skip
    if done.returncode:
        raise NoFilm
    return done.stdout

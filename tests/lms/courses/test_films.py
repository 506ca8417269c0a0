"""Films in sizes a thin line carries where ffmpeg is there; as they came where it is not."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.core import storage
from lms.core.db import db, edge
from lms.core.jobs import Job
from lms.courses import films
from lms.courses.exporting import SHAPES, Leaving
from lms.courses.models import CourseFile, CourseLesson
from lms.courses.service import files
from tests.cast import Cast, read_afresh
from tests.coursed import attached, course_of, lesson_of, published, write
from tests.lms.player.shelving import work_through

NO_FILM = b"\0\0\0\x18ftypmp42" + bytes(400)
HAS_FFMPEG = pytest.mark.skipif(films.program() is None, reason="ffmpeg is not installed on this machine")


def filmed(folder: Path, end: str = "mp4", seconds: int = 4, height: int = 720) -> bytes:
    """A film with a tone, much heavier than it need be."""
    path = folder / f"film.{end}"
    codecs = {"mp4": ("libx264", "aac"), "webm": ("libvpx", "libvorbis")}[end]
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=size={height * 16 // 9}x{height}:rate=25:duration={seconds}",
         "-f", "lavfi", "-i", f"sine=duration={seconds}", "-c:v", codecs[0], "-b:v", "6M", "-c:a", codecs[1], "-ac", "2", str(path)],
        check=True,
    )  # fmt: skip
    return path.read_bytes()


def lesson_with(cast: Cast, data: bytes, name: str = "film.mp4") -> tuple[CourseLesson, CourseFile]:
    teacher = cast.person("teacher")
    course = course_of(teacher, cast.school)
    lesson = lesson_of(course)
    key = attached(course, "video", name, data)
    write(
        lesson, teacher, "video", {"file": key, "subtitles": "", "title": "Арба", "transcript": "Арба жүреді"}
    )
    return lesson, db.session.get_one(CourseFile, UUID(key))


def jobs() -> list[Job]:
    return list(db.session.scalars(select(Job).where(Job.kind == "courses.film")))


def with_sizes(row: CourseFile) -> None:
    with edge():
        row.small, row.small_size = storage.keep(io.BytesIO(b"light")).digest, 1_500_000
        row.middle, row.middle_size = storage.keep(io.BytesIO(b"ordinary")).digest, 6_000_000


def test_without_ffmpeg_a_film_is_sent_as_it_came(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    lesson, row = lesson_with(cast, NO_FILM)
    assert jobs() == []
    browser = cast.signed_in("teacher")
    page = browser.get(f"/courses/lessons/{lesson.id}").text
    assert f'src="/courses/files/{row.id}"' in page and 'data-module="film"' not in page
    answer = browser.get(f"/courses/files/{row.id}", headers={"Range": "bytes=4-7"})
    assert (answer.status_code, answer.data) == (206, b"ftyp")


def test_the_light_one_is_offered_first_and_all_say_what_they_weigh(cast: Cast) -> None:
    lesson, row = lesson_with(cast, NO_FILM)
    with_sizes(row)
    browser = cast.signed_in("teacher")
    page = browser.get(f"/courses/lessons/{lesson.id}").text
    assert f'src="/courses/files/{row.id}?size=small"' in page
    assert "Жеңілі: 1,4 МБ" in page and "Орташасы: 5,7 МБ" in page and "3,1 мин" in page
    for size, data in (("small", b"light"), ("middle", b"ordinary"), ("huge", NO_FILM)):
        answer = browser.get(f"/courses/files/{row.id}?size={size}")
        assert (answer.data, answer.headers["Content-Type"]) == (data, "video/mp4")


def test_what_leaves_the_house_carries_a_film_once_as_it_came(cast: Cast) -> None:
    lesson, row = lesson_with(cast, NO_FILM)
    with_sizes(row)
    edition = published(lesson.module.course, cast.person("teacher"))
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        data = SHAPES["scorm-12"].make(Leaving(edition, "kk"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = [archive.read(one) for one in archive.namelist() if one.endswith(".mp4")]
        page = archive.read("lesson-01.html").decode()
    assert found == [NO_FILM]
    assert "size=small" not in page and "-small" not in page and 'data-module="film"' not in page


@HAS_FFMPEG
def test_what_is_no_film_stays_as_it_came_and_the_page_says_nothing_wrong(cast: Cast) -> None:
    lesson, row = lesson_with(cast, NO_FILM)
    browser = cast.signed_in("teacher")
    block = lesson.blocks[0].id
    assert "өлшемдері жасалып жатыр" in browser.get(f"/courses/lessons/{lesson.id}?block={block}").text
    work_through(cast)
    read_afresh()
    (done,) = jobs()
    assert (done.state, done.result) == ("done", {"code": "no-film"})
    assert db.session.get_one(CourseFile, row.id).small is None
    assert "өлшемдері жасалып жатыр" not in browser.get(f"/courses/lessons/{lesson.id}?block={block}").text


@HAS_FFMPEG
@pytest.mark.parametrize("end", ["mp4", "webm"])
def test_two_sizes_are_made_of_a_film(end: str, cast: Cast, tmp_path: Path) -> None:
    _lesson, row = lesson_with(cast, filmed(tmp_path, end), f"film.{end}")
    work_through(cast)
    read_afresh()
    made = db.session.get_one(CourseFile, row.id)
    (done,) = jobs()
    assert done.result == {"small": made.small_size, "middle": made.middle_size}
    for digest, size in ((made.small, films.SMALL), (made.middle, films.MIDDLE)):
        assert digest is not None
        path = tmp_path / digest
        path.write_bytes(files.stored(digest))
        found = films.look(str(path), "video/mp4")
        assert found["height"] == size.height and 3.5 < found["seconds"] < 4.5
        bits = path.stat().st_size * 8 / found["seconds"] / 1000
        assert bits < 1.4 * (size.picture + size.sound)
        assert path.read_bytes()[36:40] in (b"moov", b"free") or b"moov" in path.read_bytes()[:64]


@HAS_FFMPEG
def test_a_film_that_is_small_already_is_left_alone(cast: Cast, tmp_path: Path) -> None:
    _lesson, row = lesson_with(cast, filmed(tmp_path, height=180, seconds=1))
    work_through(cast)
    read_afresh()
    assert db.session.get_one(CourseFile, row.id).small is None
    assert jobs()[0].state == "done" and jobs()[0].result == {}


@HAS_FFMPEG
@pytest.mark.parametrize(
    "hostile",
    [
        "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXTINF:10.0,\nconcat:http://127.0.0.1:9/a|file:///etc/passwd\n", "ffconcat version 1.0\nfile {real}\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n", "<?xml version=\"1.0\"?><MPD><BaseURL>{real}</BaseURL></MPD>",
    ],
)  # fmt: skip
def test_a_list_of_other_files_is_no_film(hostile: str, tmp_path: Path) -> None:
    """Left to itself ffmpeg would follow it; it is told what to read the file as."""
    real = tmp_path / "real.mp4"
    real.write_bytes(filmed(tmp_path, seconds=1, height=180))
    path = tmp_path / "list.mp4"
    path.write_text(hostile.format(real=real), "utf-8")
    for kind in films.DEMUXERS:
        with pytest.raises(films.NoFilm):
            films.look(str(path), kind)
        with pytest.raises(films.NoFilm):
            out = {"out": str(tmp_path / "out.mp4"), "steps": str(tmp_path / "steps")}
            films.make(str(path), kind, size=asdict(films.SMALL), **out)


@HAS_FFMPEG
def test_it_says_how_far_it_is(tmp_path: Path) -> None:
    path, steps = tmp_path / "a.mp4", tmp_path / "steps"
    path.write_bytes(filmed(tmp_path))
    assert films.seconds_done(steps) == 0
    given: dict[str, Any] = {"out": str(tmp_path / "out.mp4"), "steps": str(steps)}
    films.make(str(path), "video/mp4", size=asdict(films.SMALL), **given)
    assert 3.5 < films.seconds_done(steps) < 4.5

"""Packages as they come from authors' computers open: names of every origin, wrappings, leftovers, other writers."""

import io
import os
import struct
import zipfile
import zlib

import pytest

from scorm.errors import PackageRefused
from scorm.package import manifest
from scorm.package.archive import open_package
from tests.scorm.package.zips import (
    MANIFEST,
    MANIFEST_NAME,
    End,
    Member,
    as_file,
    build,
    course,
    manifest_xml,
    unicode_extra,
    zip64_extra,
)

pytestmark = pytest.mark.pure

LESSON = "Урок 1/страница.html"
KAZAKH = "Сабақ/үй жұмысы ә і ң ғ ү ұ қ ө һ.html"


def opened(data, **options):
    return open_package(as_file(data), **options)


def codes(package):
    return [finding.code for finding in package.findings]


def launching(href):
    resource = (
        '<resource identifier="R" type="webcontent" adlcp:scormtype="sco" '
        f'href="{href}"><file href="{href}"/></resource>'
    )
    return manifest_xml(resource).encode()


def lesson(raw, href=LESSON, flags=0, extra=b""):
    """A package whose lesson has this raw name."""
    member = Member(raw, b"<html>", flags=flags, extra=extra)
    return build(Member(MANIFEST_NAME, launching(href)), member)


def test_members_have_names_and_sizes():
    with opened(course(Member(b"js/a.js", b"let a"))) as package:
        assert package.members == {"imsmanifest.xml": len(MANIFEST), "index.html": 13, "js/a.js": 5}
        assert package.manifest_name == "imsmanifest.xml"
        assert package.read("js/a.js", 100) == b"let a"
        assert package.findings == ()


def test_a_member_is_read_in_pieces():
    data = os.urandom(300_000)
    with opened(course(Member(b"film.mp4", data, method=0), Member(b"text.bin", data))) as package:
        for name in ("film.mp4", "text.bin"):
            pieces = list(package.open(name))
            assert b"".join(pieces) == data
            assert max(map(len, pieces)) <= 64 * 1024


def test_reading_has_a_limit():
    with opened(course()) as package, pytest.raises(PackageRefused) as refused:
        package.read("index.html", 5)
    assert refused.value.code == "member-too-large"


def test_a_member_that_is_not_there_is_refused():
    with opened(course()) as package, pytest.raises(PackageRefused) as refused:
        package.open("other.html")
    assert refused.value.code == "member-missing"


def test_without_verifying_a_damaged_member_is_found_when_it_is_read():
    with opened(course(Member(b"a", b"hello", crc=1)), verify=False) as package:
        with pytest.raises(PackageRefused) as refused:
            package.read("a", 100)
        assert refused.value.code == "bad-crc"


def test_what_the_standard_library_writes_opens():
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", launching(KAZAKH))
        archive.writestr(KAZAKH, "сәлем")
    assert opened(memory.getvalue()).read(KAZAKH, 100) == "сәлем".encode()


def test_what_the_standard_library_writes_without_seeking_opens():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.data = b""

        def writable(self):
            return True

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        with archive.open("index.html", "w", force_zip64=True) as member:
            member.write(b"<html>")
    assert opened(pipe.data).read("index.html", 100) == b"<html>"


@pytest.mark.parametrize("signature", [b"", b"PK\x07\x08"])
@pytest.mark.parametrize("width", ["<3L", "<L2Q"])
def test_sizes_may_stand_behind_the_data_in_four_forms(signature, width):
    plain = Member(b"a", b"hello", flags=8)
    numbers = struct.pack(width, zlib.crc32(b"hello"), len(plain.body), 5)
    member = Member(b"a", b"hello", flags=8, descriptor=signature + numbers)
    assert opened(course(member)).read("a", 100) == b"hello"


def test_an_honest_zip64_end_is_read():
    assert "index.html" in opened(course(end=End(zip64=True))).members
    assert "index.html" in opened(course(end=End(zip64=True, hide=False))).members


def test_honest_zip64_sizes_are_read():
    packed = len(Member(b"a", b"hello").body)
    member = Member(
        b"a",
        b"hello",
        size=0xFFFFFFFF,
        packed_size=0xFFFFFFFF,
        extra=zip64_extra(5, packed),
        local_extra=zip64_extra(5, packed),
    )
    assert opened(course(member)).read("a", 100) == b"hello"


def test_a_comment_that_ends_with_the_file_is_no_fault():
    assert "index.html" in opened(course(end=End(comment="Пәкет".encode()))).members


def test_folders_are_no_members():
    data = course(Member(b"media/", b""), Member(b"./", b""), Member(b"a\\", b"", method=0))
    assert set(opened(data).members) == {"imsmanifest.xml", "index.html"}


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "utf-8"])
def test_names_without_a_mark_are_read_as_what_the_manifest_refers_to(encoding):
    package = opened(lesson(LESSON.encode(encoding)))
    assert LESSON in package.members
    (finding,) = [one for one in package.findings if one.code == "names-encoding"]
    assert finding.values == {"encoding": encoding}


def test_names_that_would_collide_in_another_encoding_do_not():
    names = ["А.html", "Р.html"]  # one letter in two cases, were they cp1251
    members = [Member(name.encode("cp866")) for name in names]
    package = opened(build(Member(MANIFEST_NAME, launching("А.html")), *members))
    assert set(names) <= set(package.members)


def test_western_names_without_a_mark_are_cp437():
    assert (
        "Übung/Größe.html" in opened(lesson("Übung/Größe.html".encode("cp437"), "Übung/Größe.html")).members
    )


@pytest.mark.parametrize("encoding", ["cp866", "cp1251"])
@pytest.mark.parametrize("written", ["utf-8", "cp1251"])
def test_percent_signs_in_the_manifest_find_their_member(encoding, written):
    href = "".join(f"%{byte:02X}" if byte > 127 else chr(byte) for byte in LESSON.encode(written))
    package = opened(lesson(LESSON.encode(encoding), href.replace(" ", "%20")))
    found, findings = manifest.read(package)
    assert found.resources["R"].href == LESSON
    assert [one for one in findings if one.level == "error"] == []


def test_where_the_launch_is_plain_the_listed_files_choose_the_encoding():
    resource = (
        '<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html">'
        '<file href="index.html"/><file href="сурет.png"/></resource>'
    )
    members = Member(b"index.html"), Member("сурет.png".encode("cp1251"))
    package = opened(build(Member(MANIFEST_NAME, manifest_xml(resource).encode()), *members))
    assert "сурет.png" in package.members


def test_a_reference_that_leads_nowhere_does_not_choose():
    data = build(Member(MANIFEST_NAME, launching("../a.html")), Member("карта.png".encode("cp866")))
    assert "карта.png" in opened(data).members


def test_nothing_to_choose_by_takes_the_first_that_fits():
    assert "карта.png" in opened(course(Member("карта.png".encode("cp866")))).members


def test_a_manifest_that_cannot_be_read_does_not_keep_the_names_from_being_read():
    data = build(Member(MANIFEST_NAME, b"<manifest"), Member("карта.png".encode("cp866")))
    assert "карта.png" in opened(data).members


def test_names_marked_as_utf8_keep_their_kazakh_letters():
    assert KAZAKH in opened(lesson(KAZAKH.encode(), KAZAKH, flags=0x800)).members


def test_names_given_again_in_unicode_keep_their_kazakh_letters():
    raw = KAZAKH.encode("cp866", "replace")
    assert KAZAKH in opened(lesson(raw, KAZAKH, extra=unicode_extra(raw, KAZAKH))).members


def test_a_unicode_name_of_another_member_is_ignored():
    raw = LESSON.encode("cp866")
    data = lesson(raw, extra=unicode_extra(b"something else", "evil.html"))
    assert LESSON in opened(data).members


def test_decomposed_letters_are_composed():
    assert "йод.html" in opened(course(Member("и\u0306од.html".encode(), flags=0x800))).members


def test_backslashes_become_slashes():
    package = opened(course(Member(b"media\\film\\a.mp4")))
    assert "media/film/a.mp4" in package.members
    assert codes(package) == ["names-with-backslashes"]


def test_what_operating_systems_leave_behind_is_dropped():
    junk = [b"__MACOSX/._imsmanifest.xml", b".DS_Store", b"media/Thumbs.db", b"media/Desktop.ini"]
    package = opened(course(*map(Member, junk)))
    assert set(package.members) == {"imsmanifest.xml", "index.html"}
    assert [(one.code, one.level, one.values) for one in package.findings] == [
        ("junk-dropped", "note", {"count": "4"})
    ]


def test_one_folder_around_everything_is_taken_off():
    junk = Member(b"__MACOSX/Course/._imsmanifest.xml")
    package = opened(build(Member(b"Course/imsmanifest.xml", MANIFEST), Member(b"Course/index.html"), junk))
    assert set(package.members) == {"imsmanifest.xml", "index.html"}
    assert "wrapping-folder" in codes(package)


def test_a_cyrillic_folder_around_everything_is_taken_off():
    inside = [Member("Курс/imsmanifest.xml".encode("cp1251"), launching(LESSON))]
    package = opened(build(*inside, Member(f"Курс/{LESSON}".encode("cp1251"))))
    assert LESSON in package.members


def test_files_beside_the_folder_of_the_manifest_are_left_out():
    package = opened(build(Member(b"Course/imsmanifest.xml", MANIFEST), Member(b"readme.txt")))
    assert set(package.members) == {"imsmanifest.xml"}
    assert codes(package) == ["wrapping-folder", "members-outside"]


def test_the_nearest_manifest_counts():
    package = opened(course(Member(b"old/imsmanifest.xml", MANIFEST)))
    assert package.manifest_name == "imsmanifest.xml"
    assert codes(package) == ["more-manifests"]


def test_the_manifest_may_be_written_in_other_letters():
    package = opened(build(Member(b"IMSManifest.XML", MANIFEST), Member(b"index.html")))
    assert package.manifest_name == "IMSManifest.XML"
    assert codes(package) == ["manifest-name-case"]
    assert manifest.read(package)[0].identifier == "M"


def test_a_path_is_closed_again_and_a_file_handed_in_is_not(tmp_path):
    place = tmp_path / "course.zip"
    place.write_bytes(course())
    with open_package(place) as package:
        assert package.read("index.html", 100)
    with pytest.raises(PackageRefused):
        package.read("index.html", 100)
    file = as_file(course())
    with open_package(file):
        pass
    assert not file.closed

"""Every way an archive can lie, break or burst is refused with its own code."""

import stat
import struct

import pytest

from scorm.errors import PackageRefused
from scorm.package.archive import open_package
from scorm.package.limits import Limits
from tests.scorm.package.zips import (
    MANIFEST,
    MANIFEST_NAME,
    End,
    Member,
    as_file,
    build,
    course,
    deflate,
    unicode_extra,
    zip64_extra,
)

pytestmark = pytest.mark.pure

GOOD = course()
DOTTED = b"a/" * 41 + b"a.txt"
CRC_X = struct.pack("<L", 0x8CDC1683)

REFUSED = {
    "no zip at all": ("not-a-zip", b"Rar!\x1a\x07\x00 something"),
    "nothing": ("not-a-zip", b""),
    "a web page": ("not-a-zip", b"<html>not found</html>"),
    "cut off in the directory": ("truncated", GOOD[:-30]),
    "cut off in the first member": ("truncated", GOOD[:50]),
    "no members": ("empty-archive", build()),
    "bytes before": ("bytes-before", build(Member(MANIFEST_NAME, MANIFEST), prefix=b"MZ program")),
    "bytes before, disguised": (
        "bytes-before",
        build(Member(MANIFEST_NAME, MANIFEST), prefix=b"PK\x03\x04" + b"\0" * 30),
    ),
    "bytes behind": ("trailing-bytes", GOOD + b"more"),
    "a comment that claims less than there is": (
        "trailing-bytes",
        course(end=End(comment=b"abcdef", comment_length=3)),
    ),
    "two ends": ("ambiguous-end", course(end=End(comment=b"PK\x05\x06" + b"\0" * 18))),
    "several disks": ("several-disks", course(end=End(disk=1))),
    "fewer members here than in all": ("several-disks", course(end=End(count_here=1))),
    "a member on another disk": ("several-disks", course(Member(b"a", disk=2))),
    "a directory elsewhere": ("directory-damaged", course(end=End(shift=-1))),
    "a directory longer than it is": ("directory-damaged", course(end=End(grow=3))),
    "bytes between directory and end": ("directory-damaged", course(end=End(after_directory=b"??"))),
    "more members than the end counts": ("directory-damaged", course(end=End(count=1))),
    "fewer members than the end counts": ("directory-damaged", course(end=End(count=3))),
    "no members counted": ("directory-damaged", course(end=End(count=0))),
    "encrypted": ("encrypted-member", course(Member(b"a.bin", flags=0x0001))),
    "strongly encrypted": ("encrypted-member", course(Member(b"a.bin", flags=0x0041))),
    "encrypted in its own header only": ("local-header-differs", course(Member(b"a", local_flags=1))),
    "deflate64": ("unsupported-method", course(Member(b"a.bin", method=9))),
    "bzip2": ("unsupported-method", course(Member(b"a.bin", method=12))),
    "patched data": ("unsupported-method", course(Member(b"a.bin", flags=0x0020))),
    "symlink": ("symlink", course(Member(b"a", b"/etc/passwd", mode=stat.S_IFLNK | 0o777))),
    "device": ("special-file", course(Member(b"a", b"", mode=stat.S_IFCHR | 0o600))),
    "pipe": ("special-file", course(Member(b"a", b"", mode=stat.S_IFIFO | 0o600))),
    "folder with bytes": ("folder-with-bytes", course(Member(b"a/", b"content"))),
    "another name in its own header": ("local-header-differs", course(Member(b"a", local_name=b"b"))),
    "a longer name in its own header": ("local-header-differs", course(Member(b"a", local_name=b"ab"))),
    "another method in its own header": ("local-header-differs", course(Member(b"a", local_method=0))),
    "another checksum in its own header": ("local-header-differs", course(Member(b"a", local_crc=1))),
    "another size in its own header": ("local-header-differs", course(Member(b"a", local_size=9))),
    "no header where it should be": (
        "local-header-differs",
        course(Member(b"a", local_signature=b"PK\x03\x05")),
    ),
    "gap": ("gap-between-members", course(Member(b"a"), Member(b"b", before=b"hidden"))),
    "gap before the directory": ("gap-between-members", course(Member(b"a", descriptor=b"junk"))),
    "a descriptor that lies": (
        "gap-between-members",
        course(Member(b"a", flags=8, descriptor=b"PK\x07\x08" + b"\1" * 12)),
    ),
    "a descriptor that is missing": ("gap-between-members", course(Member(b"a", flags=8))),
    "two members in one place": ("overlapping-members", course(Member(b"a"), Member(b"b", offset=0))),
    "a member inside another": (
        "overlapping-members",
        build(
            Member(MANIFEST_NAME, MANIFEST),
            Member(b"a", Member(b"b").local(), method=0),
            Member(b"b", offset=len(Member(MANIFEST_NAME, MANIFEST).local()) + 31),
        ),
    ),
    "a member running into the next": (
        "overlapping-members",
        course(Member(b"a", b"abc", method=0, packed_size=90, size=90)),
    ),
    "marked as UTF-8 and is not": ("name-undecodable", course(Member(b"\xd3\xf0.html", flags=0x800))),
    "a control character": ("name-forbidden", course(Member(b"a\x00.html"))),
    "no name": ("name-forbidden", course(Member(b""))),
    "upwards": ("member-escapes", course(Member(b"../evil.sh"))),
    "upwards in the middle": ("member-escapes", course(Member(b"a/../../evil.sh"))),
    "upwards, the Windows way": ("member-escapes", course(Member(b"a\\..\\..\\evil.bat"))),
    "upwards in the second name": (
        "member-escapes",
        course(Member(b"\x93.sh", extra=unicode_extra(b"\x93.sh", "../evil.sh"))),
    ),
    "upwards without a mark": ("member-escapes", course(Member(b"../\x93.sh"))),
    "from the root": ("member-escapes", course(Member(b"/etc/cron.d/evil"))),
    "from a drive": ("member-escapes", course(Member(b"C:\\evil.bat"))),
    "from a network place": ("member-escapes", course(Member(b"\\\\host\\evil.bat"))),
    "a long path": ("name-too-long", course(Member(b"/".join([b"a" * 200] * 6)))),
    "a long part": ("name-too-long", course(Member(b"a" * 256))),
    "a long part in letters of two bytes": (
        "name-too-long",
        course(Member(("ә" * 130).encode(), flags=0x800)),
    ),
    "deep folders": ("folders-too-deep", course(Member(DOTTED))),
    "one name twice": ("name-twice", course(Member(b"index.html"))),
    "one name twice but for the case": ("name-twice", course(Member(b"INDEX.html"))),
    "one name twice but for composition": (
        "name-twice",
        course(Member("й.html".encode(), flags=0x800), Member("и\u0306.html".encode(), flags=0x800)),
    ),
    "one name twice but for slashes": ("name-twice", course(Member(b"a/b"), Member(b"a\\b"))),
    "file and folder": ("file-is-also-folder", course(Member(b"index.html/a.js"))),
    "damaged data": ("bad-deflate", course(Member(b"a", packed=b"\xff\xff\xff"))),
    "data cut off": ("bad-deflate", course(Member(b"a", b"hello" * 50, packed=deflate(b"hello" * 50)[:-2]))),
    "bytes behind the data": ("bad-deflate", course(Member(b"a", packed=deflate(b"x") + b"more"))),
    "no data at all": ("bad-deflate", course(Member(b"a", packed=b""))),
    "more than announced": ("size-wrong", course(Member(b"a", b"hello" * 50, size=10))),
    "less than announced": ("size-wrong", course(Member(b"a", b"hello", size=10))),
    "stored in more bytes than it has": ("size-wrong", course(Member(b"a", b"hello", method=0, size=3))),
    "wrong checksum": ("bad-crc", course(Member(b"a", b"hello", crc=1))),
    "wrong checksum, stored": ("bad-crc", course(Member(b"a", b"hello", method=0, crc=1))),
    "large, without the numbers": ("zip64-dishonest", course(Member(b"a", size=0xFFFFFFFF))),
    "large, with half the numbers": (
        "zip64-dishonest",
        course(Member(b"a", size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=zip64_extra(1))),
    ),
    "large numbers twice": (
        "zip64-dishonest",
        course(Member(b"a", size=0xFFFFFFFF, extra=zip64_extra(1) + zip64_extra(2))),
    ),
    "a zip64 end that counts otherwise": (
        "zip64-dishonest",
        course(end=End(zip64=True, hide=False, zip64_count=1)),
    ),
    "a zip64 end elsewhere": ("zip64-dishonest", course(end=End(zip64=True, zip64_shift=4))),
    "a zip64 end far away": ("zip64-dishonest", course(end=End(zip64=True, zip64_shift=1 << 40))),
    "no zip64 end though promised": ("zip64-dishonest", course(end=End(count=0xFFFF))),
    "no manifest": ("no-manifest", build(Member(b"index.html"))),
    "no manifest in many files": ("no-manifest", build(*(Member(b"%d.zip" % n) for n in range(4)))),
    "zipped twice": ("double-zip", build(Member(b"course.zip", GOOD))),
    "zipped twice with leftovers": (
        "double-zip",
        build(Member(b"my/course.zip", GOOD), Member(b"__MACOSX/._course.zip")),
    ),
    "two manifests side by side": (
        "several-manifests",
        build(Member(b"a/imsmanifest.xml", MANIFEST), Member(b"b/imsmanifest.xml", MANIFEST)),
    ),
}


@pytest.mark.parametrize(("code", "data"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_its_code(code, data):
    with pytest.raises(PackageRefused) as refused:
        open_package(as_file(data))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("archive-too-large", Limits(archive_size=100)),
        ("too-many-members", Limits(members=2)),
        ("member-too-large", Limits(member_size=2_000)),
        ("unpacked-too-large", Limits(unpacked_size=2_500)),
        ("bomb-ratio", Limits(ratio_from=1_000)),
    ],
)
def test_each_bound_is_kept(code, limits):
    data = course(Member(b"a.bin", b"\0" * 2_100))
    with pytest.raises(PackageRefused) as refused:
        open_package(as_file(data), limits)
    assert refused.value.code == code


def test_many_small_members_that_burst_together_are_a_bomb_too():
    data = course(*(Member(b"%d" % n, b"\0" * 9_000) for n in range(40)))
    with pytest.raises(PackageRefused) as refused:
        open_package(as_file(data), Limits(ratio_from=100_000))
    assert refused.value.code == "bomb-ratio"


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = Member(b"bomb.bin", b"", packed=deflate(b"\0" * 1_000), size=10 * 1024**3 % 2**32, crc=0)
    with pytest.raises(PackageRefused) as refused:
        open_package(as_file(course(bomb)))
    assert refused.value.code == "member-too-large"


def test_ten_gigabytes_announced_in_zip64_are_refused_before_they_are_unpacked():
    size = 10 * 1024**3
    bomb = Member(
        b"bomb.bin",
        packed=b"\0" * 50,
        size=0xFFFFFFFF,
        crc=0,
        extra=zip64_extra(size),
        local_extra=zip64_extra(size, 50),
    )
    with pytest.raises(PackageRefused) as refused:
        open_package(as_file(course(bomb)))
    assert refused.value.code == "member-too-large"


def test_the_member_is_named():
    with pytest.raises(PackageRefused) as refused:
        open_package(as_file(course(Member("сабақ.html".encode(), flags=0x800, crc=1))))
    assert refused.value.where == "сабақ.html"


def test_two_hundred_thousand_members_are_refused_by_their_count_alone():
    end = End(zip64=True, count=200_000, hide=True)
    with pytest.raises(PackageRefused) as refused:
        open_package(as_file(course(end=end)))
    assert refused.value.code == "too-many-members"


def test_a_name_that_no_encoding_makes_a_name_is_refused():
    with pytest.raises(PackageRefused) as refused:
        open_package(as_file(course(Member(b"\x80" * 255 + b"a"))))
    assert refused.value.code == "name-too-long"


def test_a_file_that_is_cut_off_after_opening_is_noticed():
    file = as_file(course(Member(b"a", b"hello", method=0)))
    package = open_package(file)
    file.truncate(100)
    with pytest.raises(PackageRefused) as refused:
        package.read("a", 100)
    assert refused.value.code == "truncated"


def test_what_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(PackageRefused) as refused:
        open_package(tmp_path / "nowhere.zip")
    assert refused.value.code == "cannot-be-read"

"""Packages that are no zip: folders, and manifests on their own."""

import os

import pytest

from scorm.errors import PackageRefused
from scorm.package import manifest
from scorm.package.archive import from_folder, from_manifest, open_any, open_package
from scorm.package.limits import Limits
from tests.scorm.package.zips import MANIFEST, course

pytestmark = pytest.mark.pure


def test_a_folder_is_a_package(tmp_path):
    (tmp_path / "Курс/media").mkdir(parents=True)
    (tmp_path / "Курс/imsmanifest.xml").write_bytes(MANIFEST)
    (tmp_path / "Курс/index.html").write_text("<html>")
    (tmp_path / "Курс/media/.DS_Store").write_text("junk")
    with open_any(tmp_path) as package:
        assert set(package.members) == {"imsmanifest.xml", "index.html"}
        assert package.read("index.html", 100) == b"<html>"
        assert manifest.read(package)[0].identifier == "M"


def test_a_folder_keeps_to_the_rules_of_a_zip(tmp_path):
    (tmp_path / "imsmanifest.xml").write_bytes(MANIFEST)
    (tmp_path / "large.bin").write_bytes(b"x" * 2_000)
    for code, limits in [
        ("member-too-large", Limits(member_size=1_000)),
        ("unpacked-too-large", Limits(unpacked_size=1_000)),
        ("too-many-members", Limits(members=1)),
    ]:
        with pytest.raises(PackageRefused) as refused:
            from_folder(tmp_path, limits)
        assert refused.value.code == code
    (tmp_path / "link").symlink_to("/etc/passwd")
    with pytest.raises(PackageRefused) as refused:
        from_folder(tmp_path)
    assert (refused.value.code, refused.value.where) == ("symlink", "link")


def test_a_folder_with_a_pipe_in_it_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PackageRefused) as refused:
        from_folder(tmp_path)
    assert refused.value.code == "special-file"


def test_a_file_that_changes_under_a_folder_is_noticed(tmp_path):
    (tmp_path / "imsmanifest.xml").write_bytes(MANIFEST)
    (tmp_path / "a").write_bytes(b"hello")
    (tmp_path / "b").write_bytes(b"hello")
    package = from_folder(tmp_path)
    (tmp_path / "a").write_bytes(b"hell")
    (tmp_path / "b").unlink()
    for name, code in [("a", "size-wrong"), ("b", "cannot-be-read")]:
        with pytest.raises(PackageRefused) as refused:
            package.read(name, 100)
        assert refused.value.code == code


def test_a_name_no_encoding_can_hold_is_refused(tmp_path):
    with open(os.path.join(os.fsencode(tmp_path), b"\xff.html"), "wb"):
        pass
    with pytest.raises(PackageRefused) as refused:
        from_folder(tmp_path)
    assert refused.value.code == "name-undecodable"


def test_a_manifest_alone_is_a_package_that_misses_nothing(tmp_path):
    place = tmp_path / "CM-01.xml"
    place.write_bytes(MANIFEST)
    found, findings = manifest.read(open_any(place))
    assert found.organization().root.children[0].launch == "index.html"
    assert findings == []


@pytest.mark.parametrize("opener", [open_any, open_package, from_folder, from_manifest])
def test_a_place_that_does_not_exist_is_refused(opener, tmp_path):
    with pytest.raises(PackageRefused) as refused:
        opener(tmp_path / "nothing")
    assert refused.value.code == "cannot-be-read"


def test_a_folder_is_no_manifest(tmp_path):
    with pytest.raises(PackageRefused) as refused:
        manifest.read(from_manifest(tmp_path))
    assert refused.value.code == "cannot-be-read"


def test_content_tells_a_zip_from_a_manifest(tmp_path):
    for name, data in [
        ("a.xml", course()),
        ("b.zip", MANIFEST),
        ("c.pif", MANIFEST.decode().encode("utf-16")),
    ]:
        (tmp_path / name).write_bytes(data)
        with open_any(tmp_path / name) as package:
            assert manifest.read(package)[0].identifier == "M"

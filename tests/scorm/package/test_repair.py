"""What can be put right without guessing is put right, once, and the meaning stays what it was."""

import io
from pathlib import Path

import pytest

from scorm.commands import repair as command
from scorm.errors import PackageRefused
from scorm.package.archive import open_any
from scorm.package.check import examine
from scorm.package.check.remedies import REPAIRABLE
from scorm.package.manifest import read
from scorm.package.repair import Change, repair
from scorm.package.writer import zip_folder
from tests.scorm.package.recipes import zip_bytes
from tests.scorm.package.zips import Member, build, course, manifest_xml

pytestmark = pytest.mark.pure

BROKEN = Path(__file__).parents[3] / "content_packages" / "broken"
FAULTS = sorted(one.name for one in BROKEN.iterdir() if one.is_dir())


def a_file(place: Path, data: bytes) -> Path:
    target = place / "given.zip"
    target.write_bytes(data)
    return target


def broken(name: str, place: Path) -> Path:
    folder = BROKEN / name
    if (folder / "recipe.json").exists():
        return a_file(place, zip_bytes(folder))
    return folder


def repaired(path: Path, place: Path) -> tuple[Path, list[Change]]:
    out = io.BytesIO()
    changes = repair(path, out)
    target = place / "repaired.zip"
    target.write_bytes(out.getvalue())
    return target, changes


def manifest_of(path: Path):
    with open_any(path) as package:
        return read(package)[0]


@pytest.mark.parametrize("name", FAULTS)
def test_a_repaired_package_is_accepted_and_a_second_repair_changes_nothing(name, tmp_path):
    given = broken(name, tmp_path)
    before = examine(given)
    if before.manifest is None:
        with pytest.raises(PackageRefused):
            repair(given, io.BytesIO())
        return
    once, changes = repaired(given, tmp_path)
    after = examine(once)
    assert after.verdict == ("refuse" if before.verdict == "refuse" else "accept")
    assert not {one.code for one in after.findings} & REPAIRABLE.keys()
    assert bool(changes) == bool({one.code for one in before.findings} & REPAIRABLE.keys())
    first = once.read_bytes()
    twice, more = repaired(once, tmp_path)
    assert (more, twice.read_bytes()) == ([], first)


@pytest.mark.parametrize("name", FAULTS)
def test_a_repair_keeps_what_the_items_launch(name, tmp_path):
    given = broken(name, tmp_path)
    if examine(given).manifest is None:
        return
    before = manifest_of(given)
    after = manifest_of(repaired(given, tmp_path)[0])
    for organization in before.organizations:
        old = [(one.identifier, one.launch) for one in organization.root.walk()]
        kept = after.organization(organization.identifier)
        assert [(one.identifier, one.launch) for one in kept.root.walk()] == old


@pytest.mark.parametrize(
    ("name", "code"), [(name, REPAIRABLE[name]) for name in FAULTS if name in REPAIRABLE]
)
def test_a_repair_says_what_it_did(name, code, tmp_path):
    assert code in {one.code for one in repaired(broken(name, tmp_path), tmp_path)[1]}


def test_a_package_in_order_is_rewritten_without_changes(tmp_path):
    once, changes = repaired(BROKEN.parent / "minimal-12", tmp_path)
    plain = io.BytesIO()
    zip_folder(BROKEN.parent / "minimal-12", plain)
    assert (changes, once.read_bytes()) == ([], plain.getvalue())


def test_names_of_an_old_code_page_become_utf8(tmp_path):
    resource = '<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="бет.html"/>'
    data = build(
        Member(b"imsmanifest.xml", manifest_xml(resource).encode()),
        Member("бет.html".encode("cp1251"), b"<html></html>"),
    )
    target, changes = repaired(a_file(tmp_path, data), tmp_path)
    assert Change("write-names-as-utf8") in changes
    with open_any(target) as package:
        assert "бет.html" in package.members
        assert package.findings == ()


def test_a_manifest_alone_is_beyond_repair(tmp_path):
    with pytest.raises(PackageRefused, match="manifest-alone"):
        repair(BROKEN.parent / "minimal-12" / "imsmanifest.xml", io.BytesIO())


def test_the_command_writes_nothing_where_nothing_can_be_repaired(tmp_path, capsys):
    target = tmp_path / "out.zip"
    assert command.run([str(a_file(tmp_path, b"no zip")), str(target)]) == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["given.zip"]
    assert "not-a-zip" in capsys.readouterr().err


def test_the_command_lists_its_changes(tmp_path, capsys):
    given = a_file(tmp_path, course(Member(b".DS_Store")))
    assert command.run([str(given), str(tmp_path / "out.zip")]) == 0
    assert "drop-junk" in capsys.readouterr().out

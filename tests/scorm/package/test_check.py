"""The package doctor: its verdicts, what it finds in pages, and that nothing makes it fall over."""

import json
import time
import tracemalloc
from pathlib import Path

import pytest

from scorm.__main__ import main
from scorm.package.check import examine
from scorm.package.check.remedies import REMEDIES
from scorm.package.check.scan import WINDOW, windows
from scorm.package.codes import CODES
from tests.scorm.package.material import adl_manifests
from tests.scorm.package.zips import Member, build, manifest_xml

pytestmark = pytest.mark.pure

SAMPLES = Path(__file__).parents[3] / "content_packages"
SPEAKS = b'<html lang="kk"><title>t</title><script>parent.API.LMSInitialize("")</script></html>'


def findings(place, *members, manifest=None):
    """Code -> where of a package with these members beside its manifest."""
    target = place / "given.zip"
    data = (manifest or manifest_xml()).encode()
    target.write_bytes(build(Member(b"imsmanifest.xml", data), *members))
    return {one.code: one.where for one in examine(target).findings}


def test_every_remedy_belongs_to_a_code():
    assert REMEDIES.keys() <= CODES.keys()


def test_a_file_that_is_not_there_is_refused_and_not_a_traceback(tmp_path):
    diagnosis = examine(tmp_path / "nothing.zip")
    assert (diagnosis.verdict, diagnosis.edition) == ("refuse", None)
    assert [one.code for one in diagnosis.findings] == ["cannot-be-read"]


def test_one_line_of_json_per_file_and_exit_1_when_one_is_refused(tmp_path, capsys):
    bad = tmp_path / "жаман.zip"
    bad.write_bytes(b"no zip")
    code = main(["check", "--json", str(SAMPLES / "minimal-12"), str(bad)])
    good, refused = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 1
    assert (good["verdict"], good["edition"]) == ("accept", "1.2")
    assert refused == {
        "file": str(bad),
        "verdict": "refuse",
        "edition": None,
        "findings": [{"code": "not-a-zip", "level": "error", "where": ""}],
    }


def test_exit_0_when_all_are_accepted(capsys):
    assert main(["check", str(SAMPLES / "minimal-12"), str(SAMPLES / "fractions-12")]) == 0
    assert "minimal-12: accept (1.2)" in capsys.readouterr().out


def test_called_without_a_file_it_says_how(capsys):
    assert main(["check"]) == 2
    assert "FILE" in capsys.readouterr().err


@pytest.mark.parametrize("path", adl_manifests(), ids=lambda path: path.stem)
def test_adl_manifests_are_accepted(path):
    diagnosis = examine(path)
    assert diagnosis.verdict in ("accept", "accept-with-changes")
    assert not [one for one in diagnosis.findings if one.code == "element-unknown"]


def test_a_wrapped_package_is_accepted_with_changes(tmp_path):
    target = tmp_path / "wrapped.zip"
    target.write_bytes(
        build(
            Member(b"Course/imsmanifest.xml", manifest_xml().encode()),
            Member(b"Course/index.html", SPEAKS),
        )
    )
    assert examine(target).verdict == "accept-with-changes"


def test_a_wrapper_script_counts_for_the_page_that_loads_it(tmp_path):
    page = b'<html lang="kk"><title>t</title><script src="js/api.js?v=2"></script></html>'
    found = findings(tmp_path, Member(b"index.html", page), Member(b"js/api.js", b"API.LMSInitialize('')"))
    assert "api-never-called" not in found


def test_a_wrapper_in_a_frame_of_a_frame_counts(tmp_path):
    found = findings(
        tmp_path,
        Member(b"index.html", b'<html><frameset><frame src="a/one.html"></frameset></html>'),
        Member(b"a/one.html", b'<html><iframe src="../b/two.html"></iframe></html>'),
        Member(b"b/two.html", SPEAKS),
    )
    assert "api-never-called" not in found
    assert "page-file-missing" not in found


def test_a_silent_sco_is_noticed(tmp_path):
    assert findings(tmp_path, Member(b"index.html", b"<html></html>"))["api-never-called"] == "item I"


def test_pages_that_lead_to_each_other_come_to_an_end(tmp_path):
    found = findings(
        tmp_path,
        Member(b"index.html", b'<html><iframe src="other.html"></iframe></html>'),
        Member(b"other.html", b'<html><a href="index.html">x</a></html>'),
    )
    assert "api-never-called" in found


def test_a_finding_on_a_page_names_its_line(tmp_path):
    page = b'<html lang="kk">\n<title>t</title>\n<body onunload="f()">\n<img src="a.png">'
    found = findings(tmp_path, Member(b"index.html", page + SPEAKS))
    assert found["unload-handler"] == "index.html:3"
    assert found["page-file-missing"] == "index.html:4"
    assert found["image-without-alt"] == "index.html:4"


def test_what_is_commented_out_is_not_there(tmp_path):
    page = SPEAKS + b'<!-- <img src="http://example.org/a.png"> -->'
    assert not {"host-outside", "insecure-address"} & findings(tmp_path, Member(b"index.html", page)).keys()


def test_addresses_a_script_makes_are_not_taken_for_files(tmp_path):
    page = SPEAKS + b"<script>x = '<img src=\"' + name + '.png\" alt=\"\">'</script>"
    assert "page-file-missing" not in findings(tmp_path, Member(b"index.html", page))


def test_a_page_in_utf16_is_read(tmp_path):
    page = '<html lang="kk"><title>t</title><script src="http://example.org/a.js"></script></html>'
    found = findings(tmp_path, Member(b"index.html", page.encode("utf-16")))
    assert found["insecure-address"] == "index.html:1"


def test_the_weight_of_a_page_is_all_it_loads_and_nothing_it_links_to(tmp_path):
    target = tmp_path / "given.zip"
    page = b'<html><img src="a.png"><a href="big.mp4">film</a></html>'
    target.write_bytes(
        build(
            Member(b"imsmanifest.xml", manifest_xml().encode()),
            Member(b"index.html", page),
            Member(b"a.png", b"0" * 800),
            Member(b"big.mp4", b"0" * 5000),
        )
    )
    weight = next(one for one in examine(target).findings if one.code == "load-time")
    assert weight.values["bytes"] == str(len(page) + 800)
    assert weight.values["seconds_at_64_kbit"] == "0.1"


def test_windows_overlap_so_that_nothing_is_cut_in_two():
    text = "а" * (WINDOW - 10) + "LMSInitialize" + "б" * WINDOW
    data = text.encode()
    found = list(windows(data[at : at + 1000] for at in range(0, len(data), 1000)))
    assert sum("LMSInitialize" in window for window, _ in found) == 1
    assert sum(fresh for _, fresh in found) == len(text)


def test_a_big_script_is_examined_in_little_memory(tmp_path):
    target = tmp_path / "given.zip"
    page = b'<html><script src="big.js"></script></html>'
    script = b"var a = 1;\n" * 1_000_000
    target.write_bytes(
        build(
            Member(b"imsmanifest.xml", manifest_xml().encode()),
            Member(b"index.html", page),
            Member(b"big.js", script, method=0),
        )
    )
    del script
    tracemalloc.start()
    examine(target)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16_000_000


@pytest.mark.parametrize(
    "text",
    [
        "<a " * 300_000,
        "<img src='" * 200_000,
        'import("' * 200_000,
        "<a " + 'x="' * 300_000 + ">",
        "<p>" * 300_000,
        "url(" * 300_000,
        "<!--" * 200_000,
    ],
    ids=["tags", "quotes", "imports", "attributes", "short tags", "addresses", "comments"],
)
def test_no_page_makes_the_doctor_slow(text, tmp_path):
    target = tmp_path / "given.zip"
    target.write_bytes(
        build(
            Member(b"imsmanifest.xml", manifest_xml().encode()),
            Member(b"index.html", text.encode(), method=0),
        )
    )
    begun = time.perf_counter()
    assert examine(target).verdict != "refuse"
    assert time.perf_counter() - begun < 5

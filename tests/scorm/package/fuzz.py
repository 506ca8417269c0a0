"""Throwing damaged packages at the readers: python -m tests.scorm.package.fuzz [seconds] [seed].

Whatever comes in, a package is read or refused with a listed code, soon and in little memory. What breaks that is
written to the folder the command was started in and the command ends with the fault.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from pathlib import Path

from scorm.errors import PackageRefused
from scorm.package import manifest
from scorm.package.archive import open_package
from scorm.package.codes import CODES
from scorm.package.limits import MIB
from tests.scorm.package.manifests import item, manifest_2004, sequencing
from tests.scorm.package.test_metadata import DUBLIN, IEEE, IMS
from tests.scorm.package.zips import End, Member, as_file, build, course, manifest_xml, unicode_extra

SECONDS, MEMORY = 5.0, 256 * MIB

_RICH = manifest_2004(
    item(
        sequencing(
            '<imsss:controlMode flow="true"/><imsss:sequencingRules><imsss:preConditionRule>'
            '<imsss:ruleConditions><imsss:ruleCondition condition="always" measureThreshold="0.5"/>'
            '</imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule>'
            '</imsss:sequencingRules><imsss:limitConditions attemptLimit="2"'
            ' attemptAbsoluteDurationLimit="P1Y2M3DT4H5M6.7S"/>'
            '<imsss:objectives><imsss:primaryObjective objectiveID="p"><imsss:mapInfo targetObjectiveID="g"/>'
            "</imsss:primaryObjective></imsss:objectives>",
            ' IDRef="s"',
        )
        + f"<metadata>{IMS}</metadata>",
        ' parameters="?a=b"',
    )
    + item("<adlcp:completionThreshold>0.5</adlcp:completionThreshold>", identifier="J"),
    '<resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a%20b.html?c#d" xml:base="base/">'
    '<file href="a%20b.html"/><file href="../Урок.html"/></resource>',
    '<imsss:sequencingCollection><imsss:sequencing ID="s"><imsss:deliveryControls tracked="false"/>'
    "</imsss:sequencing></imsss:sequencingCollection>",
    metadata=f"{IEEE}{DUBLIN}<adlcp:location>meta.xml</adlcp:location>",
)
MANIFESTS = [
    _RICH.encode(),
    _RICH.encode("utf-16"),
    b'<?xml version="1.0" encoding="windows-1251"?>' + manifest_xml().encode("cp1251"),
]
_OLD = "Урок.html".encode("cp866")
ZIPS = [
    course(),
    course(Member(_OLD), Member(b"media\\film.mp4", b"film" * 99, method=0), Member(b"__MACOSX/._a")),
    course(Member(_OLD, extra=unicode_extra(_OLD, "Сабақ.html")), end=End(zip64=True, comment=b"comment")),
    build(
        Member(b"C/IMSManifest.XML", MANIFESTS[0]),
        Member(b"C/base/a b.html"),
        Member(b"C/meta.xml", IMS.encode()),
    ),
]
_WORDS = (
    b"\x00\x00", b"\xff\xff", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06",
    b"PK\x06\x06", b"PK\x06\x07", b"../", b"\\", b"/", b"\x00", b"<", b">", b"&", b'"', b"<!DOCTYPE", b"<![CDATA[",
    b"<!--", b"-->", b"<?", b"?>", b"xmlns:", b":", b"%", b"%2e", b"#", b"?", b"http://", b"<manifest>", b"\xef\xbb\xbf",
    b"\xff\xfe", b"\xd0\x99", b"encoding='utf-7'", b"9" * 400, b"-1", b"1e9", b"P1Y", b" ",
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same with a few bytes changed, put in, taken out, doubled or cut off."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 1, 2, 4, 8, 64, 512))
        match chance.randrange(6):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                word = chance.choice(_WORDS)
                out[at : at + len(word)] = word
            case 2:
                out[at:at] = chance.choice(_WORDS)
            case 3:
                del out[at : at + length]
            case 4:
                out[at:at] = out[at : at + length] * chance.choice((1, 2, 50))
            case 5:
                del out[chance.choice((at, len(out))) :]
    return bytes(out)


def a_package(chance: random.Random) -> bytes:
    """A damaged zip, or a sound one around a damaged manifest."""
    if chance.random() < 0.5:
        return mutated(chance.choice(ZIPS), chance)
    inside = mutated(chance.choice(MANIFESTS), chance)
    meta = mutated(IMS.encode(), chance)
    members = Member(b"base/a b.html"), Member("Урок.html".encode("cp1251")), Member(b"meta.xml", meta)
    return build(Member(b"imsmanifest.xml", inside), *members)


def check(data: bytes) -> str:
    """Read it, or have it refused; anything else is a fault. Returns the code, or "" for what was read."""
    started, before = time.process_time(), _memory()
    code = _code(data)
    assert time.process_time() - started < SECONDS, "too slow"
    assert _memory() - before < MEMORY, "too much memory"
    return code


def _code(data: bytes) -> str:
    try:
        with open_package(as_file(data)) as package:
            found, findings = manifest.read(package)
    except PackageRefused as refused:
        assert refused.code in CODES, refused.code
        refused.where.encode("utf-8")
        return refused.code
    assert {one.code for one in findings} <= set(CODES)
    json.dumps([one.as_json() for one in findings], ensure_ascii=False).encode("utf-8")
    assert found.organization(found.default).root.identifier == found.default
    for organization in found.organizations:
        identifiers = [one.identifier for one in organization.root.walk()]
        assert len(identifiers) == len(set(identifiers))
    return ""


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def run(seconds: float, seed: int) -> dict[str, int]:
    """How often each outcome came up."""
    chance, counts, until = random.Random(seed), dict[str, int](), time.monotonic() + seconds
    while time.monotonic() < until:
        data = a_package(chance)
        try:
            code = check(data)
        except Exception:
            Path(f"fault-{seed}.zip").write_bytes(data)
            raise
        counts[code or "read"] = counts.get(code or "read", 0) + 1
    return counts


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:]]
    outcomes = run(given[0] if given else 600.0, int(given[1]) if given[1:] else int(time.time()))
    sys.stdout.write("".join(f"{count:8} {code}\n" for code, count in sorted(outcomes.items())))
    sys.stdout.write(f"{_memory() // MIB:8} MiB at most\n")

"""No damage to a package does more than have it refused."""

import random
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.scorm.package.fuzz import MANIFESTS, ZIPS, a_package, check, run
from tests.scorm.package.zips import End, Member, build, course

pytestmark = pytest.mark.pure

SHORT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBER = st.sampled_from([0, 1, 5, 8, 20, 0x7FFF, 0xFFFF]) | st.integers(0, 0xFFFF)
LONG = st.sampled_from([0, 1, 5, 0xFFFF, 0xFFFFFFFF]) | st.integers(0, 0xFFFFFFFF)


@SHORT
@given(st.sampled_from(ZIPS), st.data())
def test_a_byte_changed_anywhere_is_read_or_refused(package, data):
    at = data.draw(st.integers(0, len(package) - 1))
    byte = data.draw(st.integers(0, 255))
    check(package[:at] + bytes([byte]) + package[at + 1 :])


@SHORT
@given(st.sampled_from(ZIPS), st.data())
def test_a_package_cut_off_anywhere_is_refused(package, data):
    assert check(package[: data.draw(st.integers(0, len(package) - 1))])


@SHORT
@given(st.sampled_from(ZIPS), st.data(), st.binary(min_size=1, max_size=70))
def test_bytes_put_in_anywhere_are_read_over_or_refused(package, data, more):
    at = data.draw(st.integers(0, len(package)))
    check(package[:at] + more + package[at:])


@SHORT
@given(
    st.builds(
        Member,
        name=st.binary(max_size=30),
        data=st.binary(max_size=50),
        method=st.sampled_from([0, 8, 9]),
        flags=st.sampled_from([0, 8, 0x800, 0x808]) | NUMBER,
        mode=st.sampled_from([0, 0o100644, 0o120777, 0o040755]) | NUMBER,
        packed=st.none() | st.binary(max_size=50),
        crc=st.none() | LONG,
        size=st.none() | LONG,
        packed_size=st.none() | LONG,
        offset=st.none() | LONG,
        extra=st.binary(max_size=40),
        local_extra=st.binary(max_size=40),
        descriptor=st.binary(max_size=24),
    ),
    st.builds(
        End,
        comment=st.binary(max_size=40),
        count=st.none() | NUMBER,
        shift=st.sampled_from([0, 0, 1, -1]),
        grow=st.sampled_from([0, 0, 1, -1]),
        zip64=st.booleans(),
        zip64_shift=st.sampled_from([0, 0, 1, -1]),
        hide=st.booleans(),
    ),
)
@example(Member(b"a"), End())
def test_a_member_of_any_making_is_read_or_refused(member, end):
    check(course(member, end=end))


@SHORT
@given(st.binary(max_size=300))
def test_a_manifest_of_any_bytes_is_read_or_refused(data):
    assert check(build(Member(b"imsmanifest.xml", data)))


@SHORT
@given(st.sampled_from(MANIFESTS), st.data())
def test_a_manifest_with_a_byte_changed_is_read_or_refused(manifest, data):
    at = data.draw(st.integers(0, len(manifest) - 1))
    byte = data.draw(st.integers(0, 255))
    check(build(Member(b"imsmanifest.xml", manifest[:at] + bytes([byte]) + manifest[at + 1 :])))


def test_damage_of_all_kinds_for_a_moment():
    chance = random.Random(1)
    assert len({check(a_package(chance)) for _ in range(400)}) > 8


def test_undamaged_packages_are_read():
    assert [check(package) for package in ZIPS] == [""] * len(ZIPS)
    assert [check(build(Member(b"imsmanifest.xml", one))) for one in MANIFESTS] == [""] * len(MANIFESTS)


@pytest.mark.soak
def test_ten_minutes_of_damage():
    assert run(600, int(time.time()))["read"]

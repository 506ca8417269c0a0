"""A move and the questions after it cost about the same per activity, however large the tree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scorm.package.model import Organization
from tests.load.bench_sequencing import course, growth, wide

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("make", [course, wide])
def test_an_activity_costs_no_more_than_twice_as_much_in_a_tree_ten_times_as_large(
    make: Callable[[int], Organization],
) -> None:
    assert min(growth(make) for _ in range(3)) <= 2

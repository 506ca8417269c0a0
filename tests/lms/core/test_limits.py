"""How often one may try, here and between machines."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from lms import create_app
from lms.core import limits
from lms.core.settings import load_settings
from tests.conftest import REDIS


def test_tries_are_counted_for_each_key_and_forgotten_when_all_is_well(app: Flask) -> None:
    key = uuid4().hex
    assert [limits.count_try("door", key, 3) for _ in range(4)] == [True, True, True, False]
    assert limits.count_try("door", uuid4().hex, 3)
    assert limits.count_try("window", key, 3)
    limits.forget_tries("door", key, 3)
    assert limits.may_try("door", key, 3)


def test_too_many_tries_say_when_to_come_back(app: Flask) -> None:
    key = uuid4().hex
    limits.at_most("door", key, 1, 5)
    with pytest.raises(TooManyRequests) as refused:
        limits.at_most("door", key, 1, 5)
    assert ("Retry-After", "300") in refused.value.get_headers()


if REDIS:

    def test_machines_count_together_on_redis(app: Flask, tmp_path: object, redis_url: str) -> None:
        other, key = create_app(load_settings({}, data=str(tmp_path), redis_url=redis_url)), uuid4().hex
        assert limits.count_try("door", key, 2)
        with other.app_context():
            assert limits.count_try("door", key, 2)
            assert not limits.count_try("door", key, 2)
        assert not limits.may_try("door", key, 2)


def test_a_pace_is_kept_for_each_key(monkeypatch: pytest.MonkeyPatch) -> None:
    now, pace = [1_000.0], limits.Pace()
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    assert [pace.keeps("a", 60) for _ in range(62)] == [True] * 60 + [False] * 2
    assert pace.keeps("b", 60)
    now[0] += 2.01
    assert [pace.keeps("a", 60) for _ in range(3)] == [True, True, False]


def test_a_pace_forgets_those_who_came_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    pace = limits.Pace()
    monkeypatch.setattr(pace, "MOST_KEYS", 2, raising=False)
    for key in "abc":
        assert pace.keeps(key, 1)
    assert pace.keeps("a", 1) and not pace.keeps("c", 1)

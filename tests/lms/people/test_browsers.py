"""Sessions are named so that their owner knows them."""

from __future__ import annotations

import pytest

from lms.people.browsers import called

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "line, name",
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome, Windows"),
        ("Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/108.0 YaBrowser/23.1 Safari/537.36", "Yandex, Windows"),
        ("Mozilla/5.0 (Linux; Android 11; SM-A125F) AppleWebKit/537.36 SamsungBrowser/22.0 Chrome/111.0 Mobile Safari/537.36", "Samsung Internet, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8.5", "curl/8.5"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_its_name(line: str, name: str) -> None:
    assert called(line) == name

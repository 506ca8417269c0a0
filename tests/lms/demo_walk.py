"""Everyone on the demo's table follows every kind of link they are shown: none leads to an error or a closed door."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import html
from werkzeug.test import TestResponse

from lms.demo.known import KNOWN, PASSWORD
from tests.cast import SITE, Cast

KEYS = re.compile(r"(?<=/)(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,64}|\d+)(?=[/.]|$)")
AWAY = re.compile(r"^/(sign-out|language|static|live)\b")
TOO_OFTEN = 429  # all of them ask from one address
EACH = 2  # addresses of one kind from one kind of page, for each person
MOST = 500  # pages of one person


def every_link_leads_somewhere(cast: Cast) -> None:
    files: set[str] = set()
    wrong = [f"{one.login}: {found}" for one in KNOWN for found in _walk(cast, one.login, files)]
    assert not wrong, "\n".join(wrong)


def _walk(cast: Cast, login: str, files: set[str]) -> list[str]:
    """What is not a page is asked for once in all: the same verb makes it for everybody."""
    browser = cast.visitor()
    browser.signs_in(login, PASSWORD)
    todo: list[tuple[str, str]] = [("/", "")]
    seen: dict[str, int] = {}
    wrong = []
    for _number in range(MOST):
        if not todo:
            break
        path, shown_on = todo.pop(0)
        answer = browser.get(path)
        if answer.status_code >= 400 and answer.status_code != TOO_OFTEN:
            wrong.append(f"{answer.status_code} {path}, shown on {shown_on}")
        elif answer.mimetype == "text/html" and answer.status_code == 200:
            todo += [(one, path) for one in _links(answer, path) if _is_new(one, path, seen, files)]
        elif answer.location:
            todo += [(one, shown_on) for one in _here([answer.location], path) if one not in seen]
        else:
            files.add(_kind(path))
        answer.close()
    return wrong


def _links(answer: TestResponse, path: str) -> list[str]:
    return _here(html.fromstring(answer.text).xpath("//a/@href"), path)


def _here(links: list[str], path: str) -> list[str]:
    """Of our own site; of what is chosen in lists one thing at a time."""
    there = [urlsplit(urldefrag(urljoin(SITE + path, one)).url) for one in links]
    return [
        one.path + (f"?{one.query}" if one.query else "")
        for one in there
        if f"{one.scheme}://{one.netloc}" == SITE and not AWAY.match(one.path) and "&" not in one.query
    ]


def _is_new(path: str, shown_on: str, seen: dict[str, int], files: set[str]) -> bool:
    """A few addresses of a kind from each kind of page: another page may write the same address wrongly."""
    kind = _kind(path)
    way = f"{_kind(shown_on.partition('?')[0])} → {kind}"
    if path in seen or seen.get(way, 0) == EACH or kind in files:
        return False
    seen[path] = 1
    seen[way] = seen.get(way, 0) + 1
    return True


def _kind(path: str) -> str:
    """An address without its keys and without what the questions in it ask for."""
    way, _mark, query = path.partition("?")
    return KEYS.sub("…", way) + "?" + ",".join(sorted(re.findall(r"(?:^|&)([\w.-]+)=", query)))

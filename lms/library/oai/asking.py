"""The arguments of a request, read by §4, and what is wrong with them, said by the codes of §3.6."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lms.library.oai.tokens import BadToken, opened

DAY, SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
_DAY, _SECOND = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# verb → (needed, optional); where there is a resumption token it stands alone (§3.5)
ARGUMENTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"})),
}  # fmt: skip


class OaiError(Exception):
    """`code` of §3.6, and what a person may read."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text

    @property
    def keeps_arguments(self) -> bool:
        """§3.2: with badVerb and badArgument the request element has no attributes."""
        return self.code not in ("badVerb", "badArgument")


@dataclass(frozen=True)
class Selection:
    """What a list is about, and how far one has come in it."""

    prefix: str
    since: datetime | None = None
    before: datetime | None = None
    set_: str = ""
    after: tuple[datetime, str] | None = None  # the last record that was sent
    sent: int = 0


def arguments(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """§3.1.1, §3.6: a known verb, only its arguments, none of them twice."""
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise OaiError("badVerb", "There must be one verb, and it must be one of OAI-PMH 2.0.")
    given = dict(pairs)
    needed, optional = ARGUMENTS[verbs[0]]
    names = given.keys() - {"verb"}
    if len(pairs) != len(given) or not names <= needed | optional:
        raise OaiError("badArgument", "An argument stands there twice, or does not belong to this verb.")
    if "resumptionToken" in names:
        if names != {"resumptionToken"}:
            raise OaiError("badArgument", "resumptionToken stands alone.")
    elif not needed <= names:
        raise OaiError("badArgument", f"Missing: {', '.join(sorted(needed - names))}.")
    return given


def selection(given: dict[str, str]) -> Selection:
    """From arguments or from a token."""
    if "resumptionToken" in given:
        try:
            return Selection(**opened(given["resumptionToken"], given["verb"]))
        except (BadToken, TypeError) as error:
            raise OaiError("badResumptionToken", "This token is unknown or has expired.") from error
    since, until = given.get("from", ""), given.get("until", "")
    if since and until and len(since) != len(until):
        raise OaiError("badArgument", "from and until must have the same granularity.")
    first = _moment(since) if since else None
    last = _moment(until) if until else None
    if first and last and first > last:
        raise OaiError("badArgument", "from is later than until.")
    step = timedelta(days=1) if len(until) == 10 else timedelta(seconds=1)
    return Selection(given["metadataPrefix"], first, last + step if last else None, given.get("set", ""))


def _moment(text: str) -> datetime:
    """§3.3.1: days or seconds, in UTC."""
    form = DAY if _DAY.fullmatch(text) else SECOND if _SECOND.fullmatch(text) else ""
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC) if form else _no_moment()
    except ValueError:
        return _no_moment()


def _no_moment() -> datetime:
    raise OaiError("badArgument", "Dates are written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")

"""What the page on the stick says, in both languages, from the same catalogs as everything else."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from lms.core.i18n import LANGUAGES as READERS
from lms.library.labels import KINDS, LANGUAGES, LICENCES, SUBJECTS, UNITS

SAID = {
    "what": _l("What are you looking for?"),
    "find": _l("Find"),
    "all": _l("All"),
    "subject": _l("Subject"),
    "kind": _l("Kind"),
    "language": _l("Language"),
    "authors": _l("Authors"),
    "licence": _l("Licence"),
    "mark": _l("Council's mark"),
    "nothing": _l("Nothing found. Try fewer or other words."),
    "back": _l("Back to the list"),
    "open": _l("Open"),
    "online": _l("(needs the internet)"),
    "more": _l("Only the first fifty are shown. Add a word to find fewer."),
}
WITH_VALUES = {
    "count": (_l("Resources: %(count)s"), {"count": "{count}"}),
    "grades": (_l("grades: %(grades)s"), {"grades": "{grades}"}),
    "readAs": (_l("Searched for “%(read)s” too, because “%(typed)s” was typed."), {"read": "{read}", "typed": "{typed}"}),
}  # fmt: skip
CODED = {"subject": SUBJECTS, "kind": KINDS, "language": LANGUAGES, "licence": LICENCES}


def words() -> dict[str, dict[str, str]]:
    return {reader: _in(reader) for reader in READERS}


def _in(reader: str) -> dict[str, str]:
    with force_locale(reader):
        found = {name: str(text) for name, text in SAID.items()}
        found |= {name: str(text) % values for name, (text, values) in WITH_VALUES.items()}
        found |= {f"unit-{name}": str(text) % {"number": "{number}"} for name, text in UNITS.items()}
        for name, labels in CODED.items():
            found |= {f"{name}-{code}": str(text) for code, text in labels.items()}
    return found

"""OneRoster 1.2 as CSV files in a ZIP. Pupils and their classes are taken; roles in it are read, never given."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.core.imports.columns import common_faults
from lms.core.imports.findings import Finding
from lms.core.imports.kinds import Judged, Reading
from lms.people.imports.rosters import PupilsKind, column
from lms.people.oneroster.reading import read_oneroster


class OneRosterKind(PupilsKind):
    name = "oneroster"
    title = _l("Bring in OneRoster")
    advice = _l(
        "A ZIP of OneRoster 1.2 CSV files from another system. Pupils and their classes are taken, nobody gets any other role."
    )
    accept = ".zip"
    columns = (*PupilsKind.columns, column("source", _l("Line in users.csv")))

    def read(self, data: bytes) -> Reading:
        found = read_oneroster(data, self.most)
        rows = []
        for user in found.users:
            row = Judged(user.line, user.given())
            row.findings = common_faults(row.given, self.columns)
            if user.roles - {"student"}:
                row.findings = [Finding("not_a_pupil", "first_name")]
            elif not user.class_title:
                row.findings = [Finding("no_class", "class")]
            row.verdict = "bad" if row.findings else "new"
            rows.append(row)
        return Reading(rows, [])

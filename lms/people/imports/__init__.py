"""Lists of people from files: pupils and staff of a school, OneRoster. A role never comes from a file."""

from lms.core.imports.kinds import register
from lms.people.imports.one_roster import OneRosterKind
from lms.people.imports.rosters import PupilsKind, StaffKind

for _kind in (PupilsKind(), StaffKind(), OneRosterKind()):
    register(_kind)

"""Tables of the shelf and the player, one file per theme."""

from lms.player.models.giving import Assignment, AssignmentTarget
from lms.player.models.outside import SCOPES, ApiClient
from lms.player.models.playing import CarriedState, CommitEntry, Launch, Registration, ScreenTime
from lms.player.models.shelf import Package, PackageFile, PackageVersion

__all__ = [
    "SCOPES", "ApiClient", "Assignment", "AssignmentTarget", "CarriedState", "CommitEntry", "Launch", "Package", "PackageFile", "PackageVersion",
    "Registration", "ScreenTime",
]  # fmt: skip

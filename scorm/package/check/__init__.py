"""The package doctor: everything that can be told about a package without playing it."""

from scorm.package.check.diagnosis import Diagnosis, Verdict
from scorm.package.check.examine import examine

__all__ = ["Diagnosis", "Verdict", "examine"]

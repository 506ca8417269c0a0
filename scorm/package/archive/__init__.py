"""Opening packages of strangers: a zip, a folder or a manifest on its own, all as `scorm.package.files.Package`."""

from scorm.package.archive.any import open_any
from scorm.package.archive.loose import from_folder, from_manifest
from scorm.package.archive.zip import open_package

__all__ = ["from_folder", "from_manifest", "open_any", "open_package"]

"""imsmanifest.xml to the values of `scorm.package.model`, the same for every edition."""

from scorm.package.manifest.read import parse, read

__all__ = ["parse", "read"]

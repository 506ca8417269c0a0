"""What a repair or a replacement has changed, in sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

CHANGES: dict[str, Any] = {
    "unwrap-folder": _l("The folder around the package was taken away."),
    "drop-members-outside": _l("Files outside the package were left out."),
    "drop-junk": _l("Files of the operating system were left out."),
    "write-names-with-slashes": _l("Names were written with slashes."),
    "write-names-as-utf8": _l("Names were written in UTF-8."),
    "rename-manifest": _l("The manifest got its proper name."),
    "write-manifest-as-utf8": _l("The manifest was written in UTF-8."),
    "declare-prefix": _l("The prefix was explained."),
    "trim-identifiers": _l("Spaces around identifiers were removed."),
    "name-default-organization": _l("The main course was named."),
    "spell-schemaversion": _l("The name of the standard was spelled correctly."),
    "spell-scormtype": _l("The kind of the part was spelled correctly."),
    "write-href-with-slashes": _l("The path was written with slashes."),
    "write-href-in-the-files-case": _l("The path was written in the letters of the file."),
    "write-href-from-the-manifest": _l("The path was written from the manifest."),
    "end-base-with-a-slash": _l("The path of the folder was ended with a slash."),
    "list-file": _l("The file was added to the list of the manifest."),
    "replace-file": _l("The file was replaced."),
    "name-the-nameless": _l("The element was given an identifier."),
}

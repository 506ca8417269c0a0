"""What the inspection of a package says to people: what is wrong, what it means for pupils, what to do.

Codes are grouped by what they mean for a class; each group shares its meaning and its advice.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

# group: (what it means for pupils, what to do)
GROUPS: dict[str, tuple[Any, Any]] = {
    "damaged": (
        _l("Pupils would see nothing: the file cannot be opened."),
        _l("Export the package from the authoring program again and upload the new file."),
    ),
    "archive": (
        _l("Such an archive is not opened, so pupils would see nothing."),
        _l("Zip the package with the usual settings: one .zip file without a password."),
    ),
    "unsafe": (
        _l("It could do harm to the school's computers and is therefore not opened."),
        _l("Ask the author for a clean export and do not pass this file on."),
    ),
    "large": (
        _l("It is more than the server and the school's line can carry."),
        _l("Split the course into several packages, or make its pictures and films smaller."),
    ),
    "names": (
        _l("Some of the files could not be found, so the package would not work for pupils."),
        _l("Rename these files with short names of letters, digits and hyphens, then zip the package again."),
    ),
    "manifest": (
        _l("Without a manifest nobody knows what is to be shown to pupils."),
        _l("In the authoring program choose export as SCORM and upload the .zip file it makes."),
    ),
    "read": (
        _l("Pupils notice nothing: the package is read as it was meant."),
        _l("Press “Repair”, so that other systems can read it as well."),
    ),
    "harmless": (
        _l("Pupils notice nothing."),
        _l("Nothing has to be done."),
    ),
    "xml": (
        _l("The manifest cannot be read, so pupils would see nothing."),
        _l("Correct the line that is named, or export the package again."),
    ),
    "edition": (
        _l(
            "The package may be played by the rules of another edition, and its results may come out different."
        ),
        _l("Export it again and choose SCORM 1.2 or SCORM 2004 4th Edition."),
    ),
    "structure": (
        _l("A part of the course would be missing for pupils or would not open."),
        _l("Correct this place in the authoring program and upload the package again."),
    ),
    "missing": (
        _l("Pupils would see an empty page, or a page without its pictures or buttons."),
        _l("Add the file to the package or correct its path."),
    ),
    "outside": (
        _l("A school without internet access will see nothing in this place."),
        _l("Put the files into the package instead of fetching them from another site."),
    ),
    "about": (
        _l("Pupils notice nothing, but the description of the package may be incomplete."),
        _l("If it matters, write the description here by hand."),
    ),
    "rules": (
        _l("Pupils may get stuck, or meet the activities in another order than was meant."),
        _l("Go through the course as a pupil would, and correct the rules in the authoring program."),
    ),
    "schema": (
        _l("Pupils notice nothing here, but another system may refuse the package."),
        _l("Have it corrected the next time the package is exported."),
    ),
    "flash": (
        _l("No browser plays Flash any more: pupils would see an empty place."),
        _l("Ask the author for the same lesson in HTML5."),
    ),
    "results": (
        _l("What pupils do may not be recorded."),
        _l("Play the package once and see whether a result appears; if not, ask the author to correct it."),
    ),
    "leaving": (
        _l("What a pupil did last on a page may be lost when the page is left."),
        _l("Ask the author to save the work earlier, while the page is still open."),
    ),
    "guarded": (
        _l("For the safety of pupils this is switched off here, so a part of the package may not work."),
        _l(
            "Play the package once; if something does not work, open it in a window of its own or ask the author."
        ),
    ),
    "weight": (
        _l("On a slow line pupils wait long for such a page."),
        _l("Make the pictures and films smaller, or divide the page into several."),
    ),
    "everybody": (
        _l("Pupils who listen to the page instead of looking at it will not understand it."),
        _l("Have it added the next time the package is exported."),
    ),
    "unused": (
        _l("It is never opened for pupils and only makes the package larger."),
        _l("Leave it out the next time the package is exported."),
    ),
    "unknown": (
        _l("Nothing is known about the package, so pupils do not get to see it."),
        _l("Upload it once more; if it is refused again, export it anew."),
    ),
}

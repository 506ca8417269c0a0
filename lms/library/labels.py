"""Codes of the library in people's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.places.subjects import SUBJECTS as SUBJECTS

KINDS = {
    "textbook": _l("E-textbook"),
    "article": _l("Encyclopaedia article"),
    "map": _l("Map"),
    "timeline": _l("Timeline"),
    "lab": _l("Virtual laboratory"),
    "model": _l("Model"),
    "sources": _l("Collection of sources"),
    "interactive": _l("Interactive exercise"),
    "video": _l("Video lesson"),
    "audio": _l("Audio"),
    "guide": _l("Method guide"),
    "dictionary": _l("Dictionary"),
    "package": _l("SCORM package"),
    "test": _l("Test"),
    "course": _l("Course"),
    "link": _l("Link"),
}
LANGUAGES = {"kk": _l("Kazakh"), "ru": _l("Russian"), "en": _l("English")}
LICENCES = {
    "cc-by": _l("CC BY: use freely, name the author"),
    "cc-by-sa": _l("CC BY-SA: use freely, pass on alike"),
    "cc-by-nc": _l("CC BY-NC: not for sale"),
    "cc0": _l("CC0: no conditions"),
    "school": _l("For teaching in schools of this system"),
    "permission": _l("With the permission of the owner"),
    "unknown": _l("Not known"),
}
LICENCE_ADDRESSES = {
    "cc-by": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc-by-nc": "https://creativecommons.org/licenses/by-nc/4.0/",
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
STATES = {
    "draft": _l("Draft"),
    "school": _l("For this school"),
    "review": _l("Before the council"),
    "published": _l("Published for everybody"),
    "withdrawn": _l("Taken down"),
}
STATE_KINDS = {"school": "good", "published": "good", "review": "warning", "withdrawn": "bad"}
READING = {
    "waiting": _l("The text is being read. It can be found in a moment."),
    "unreadable": _l("The text of the file could not be read; it is found by its description only."),
}
FAULTS = {
    "locked": _l("The file is locked with a password."),
    "damaged": _l("The file is damaged or is not what its name says."),
    "not-a-zip": _l("The file is damaged or is not what its name says."),
    "too-large-inside": _l("The file unpacks to too much data."),
}
UNITS = {"lesson": _l("lesson %(number)s"), "task": _l("questions of lesson %(number)s"), "page": _l("page %(number)s"), "slide": _l("slide %(number)s"), "part": _l("part %(number)s"), "minute": _l("minute %(number)s")}  # fmt: skip
SIZES = {"s": _l("Up to 1 MB"), "m": _l("1 to 20 MB"), "l": _l("More than 20 MB")}
# What holds how much: sticks are sold by round numbers and lose a part to their own order.
BUDGETS = {
    "cd": (_l("CD, 700 MB"), 700_000_000),
    "dvd": (_l("DVD, 4.7 GB"), 4_700_000_000),
    "stick-4": (_l("Stick of 4 GB"), 3_800_000_000),
    "stick-8": (_l("Stick of 8 GB"), 7_600_000_000),
    "stick-16": (_l("Stick of 16 GB"), 15_200_000_000),
    "stick-32": (_l("Stick of 32 GB"), 30_400_000_000),
}
SHELF_READERS = {"me": _l("Only me"), "school": _l("Those of my place"), "all": _l("Everybody")}
CARRIER_STATES = {
    "waiting": _l("Being made"),
    "ready": _l("Ready"),
    "failed": _l("Failed"),
    "arrived": _l("Being looked at"),
    "brought": _l("Looked at"),
}
CARRIER_FORMS = {
    "signed": _l("One signed file for sticks and disks"),
    "cartridge": _l("Common Cartridge 1.3 for other learning systems"),
}
CARRIER_FAULTS = {
    "scorm": _l(
        "This is a SCORM package and not a cartridge. Put it on the shelf of packages, or add it as one resource."
    ),
    "damaged-zip": _l("The zip or its list of contents is damaged. Nothing was brought in."),
    "nothing-inside": _l(
        "There is no page, file or link in this cartridge. Tests and discussions can be brought into a course."
    ),
    "time": _l("Reading the file took too long. Split it into smaller ones."),
    "not-a-carrier": _l(
        "This is neither a signed file of a library like this one nor a Common Cartridge, or it was not copied whole."
    ),
    "no-signature": _l(
        "The signature does not hold: the file was changed after it was made, or was not copied whole. Nothing was brought in. Copy it again from where it came."
    ),
    "changed": _l(
        "The signature is right, but “%(name)s” inside is not what was signed: the file was changed or not copied whole. Nothing was brought in."
    ),
    "too-large-inside": _l("The file unpacks to too much data."),
    "too-large": _l(
        "With its search the whole is %(over)s larger than the disk. Leave something out and make it again."
    ),
}
HARVEST_STATES = {
    "waiting": _l("Being fetched"),
    "done": _l("Done"),
    "failed": _l("Failed"),
    "undone": _l("Undone"),
}
HARVEST_COUNTS = {
    "new": _l("New drafts"),
    "changed": _l("Changed"),
    "deleted": _l("Deleted there, taken down here"),
    "kept": _l("Changed there, but left as approved or described here"),
    "unchanged": _l("As before"),
    "left_out": _l("Left out: no title, or no address with https://"),
}
HARVEST_FAULTS = {
    "address": _l("Write a whole address that begins with https://"),
    "not-https": _l("Write a whole address that begins with https://"),
    "no-such-host": _l("No computer has this name. Check the address."),
    "not-public": _l(
        "This address leads into an inner network, and such addresses are not asked. The operator can allow the name in LMS_OUTSIDE_HOSTS."
    ),
    "no-answer": _l("The other library did not answer. Fetch again later; what had come already is kept."),
    "server": _l("This failed on the server. Try again later; if it fails again, tell the administrator."),
    "status": _l("The other library answered with an error. Check the address, or fetch again later."),
    "not-oai": _l("What answers there does not speak OAI-PMH 2.0. Ask the other library for its address for harvesters."),
    "refused": _l("The other library refused the question. Check the name of the set; perhaps it gives no oai_dc."),
    "too-large": _l("One answer of the other library is too large to be read. Ask it for smaller pages."),
    "circle": _l("The other library sends the same page again and again. Tell those who run it."),
    "too-many": _l("This is more than one harvest takes. Name a set, so that it becomes less."),
}  # fmt: skip
YES = {"yes": _l("Yes")}
DICTIONARY_KINDS = {
    "spelling": _l("Spelling"), "terms": _l("Terms"), "phrases": _l("Set phrases"), "meanings": _l("Meanings"),
}  # fmt: skip
ORDERS = {"": _l("Best match"), "new": _l("Newest"), "rating": _l("Best rated"), "title": _l("Title")}
FACETS = {
    "subject": (_l("Subject"), SUBJECTS),
    "grade": (_l("Grades"), {str(number): str(number) for number in range(12)}),
    "language": (_l("Language"), LANGUAGES),
    "kind": (_l("Kind"), KINDS),
    "mark": (_l("Council's mark"), YES),
    "offline": (_l("Works offline"), YES),
    "suits": (_l("Suits"), {
        "small": _l("A small class"), "combined": _l("A combined class"), "needs": _l("Special needs"),
    }),
    "licence": (_l("Licence"), LICENCES),
    "size": (_l("Size"), SIZES),
}  # fmt: skip
EVENTS = {
    "added": _l("Added"),
    "described": _l("Description changed"),
    "new_version": _l("New version"),
    "approved": _l("Approved for the school"),
    "submitted": _l("Sent to the expert council"),
    "published": _l("Published for everybody"),
    "taken_down": _l("Taken down"),
    "put_back": _l("Put back"),
    "brought": _l("Brought from elsewhere"),
    "taken_back": _l("Taken back from the council"),
}
NOTICES = {
    "found": _l("New for your search “%(name)s”: %(title)s"),
    "seat": _l("You are asked to review: %(title)s"),
    "deadline": _l("Due %(day)s: %(title)s"),
    "overdue": _l("Overdue since %(day)s: %(title)s"),
    "rework": _l("The council asks for changes: %(title)s"),
    "trial": _l("Now tried in schools and discussed: %(title)s"),
    "approved": _l("Published with the council's mark: %(title)s"),
    "refused": _l("Not accepted by the council: %(title)s"),
    "seat_free": _l("An expert stepped back, the seat is free: %(title)s"),
    "commission": _l("Ready for the commission: %(title)s"),
    "rated": _l("A teacher rated your resource: %(title)s"),
    "taken_down": _l("Taken down: %(title)s"),
    "expires": _l("The mark ends on %(day)s: %(title)s"),
    "in_school": _l("Approved for your school: %(title)s"),
    "asks": _l("A teacher asks for approval: %(title)s"),
}
STAGES = {
    "submitted": _l("The group is being put together"),
    "external": _l("External group"),
    "rework": _l("Rework by the author"),
    "trial": _l("Trial in schools and public discussion"),
    "mending": _l("Mending after the trial"),
    "commission": _l("Subject commission"),
    "approved": _l("Published with the mark"),
    "refused": _l("Not accepted"),
    "taken_back": _l("Taken back by the author"),
}
STAGE_KINDS = {"approved": "good", "refused": "bad", "rework": "warning", "mending": "warning"}
PARTS = {
    "scientist": _l("Scientist"),
    "teacher_one": _l("Practising teacher, first"),
    "teacher_two": _l("Practising teacher, second"),
    "methodologist": _l("Methodologist"),
    "commission": _l("Member of the commission"),
}
CRITERIA = {
    "accuracy": _l("The content is right and up to date"),
    "curriculum": _l("It serves the curriculum and its learning objectives"),
    "language": _l("The language is right and fits the age"),
    "method": _l("The method helps to learn: order, examples, tasks, feedback"),
    "form": _l("Text, pictures and sound are clear and work on old machines"),
    "access": _l("Children with special needs can use it"),
    "rights": _l("Sources and rights are named"),
}
VERDICTS = {"accept": _l("Accept"), "rework": _l("Give back for rework"), "refuse": _l("Refuse")}

"""Help about the library."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.library.views.base import blueprint
from lms.web.help import Topic, help_topic

help_topic(
    blueprint,
    Topic(
        "find-in-the-library",
        _l("Find something in the library"),
        (
            _l("Open “Library” in the menu and type a few words: any form of a word finds all its forms."),
            _l(
                "Kazakh may be typed with Russian letters or in Latin. Words in quotation marks must stand together."
            ),
            _l(
                "Narrow the list at the side by subject, grade, language or kind; the numbers say how many remain."
            ),
            _l("At the end of the page you can keep the search: you are told when something new fits it."),
            _l(
                "Courses and packages that were given to you are found by the words inside them and open in your own lessons; a lesson that still waits for others shows no words."
            ),
        ),
        "library.see",
        ("library.search", "library.searches", "library.resource"),
        _l("A minus before a word leaves out what holds it."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "add-to-the-library",
        _l("Add a resource to the library"),
        (
            _l("Open “Library”, then “My resources”, and press “Add a resource”."),
            _l("Choose the file, give it a title and say for which subject and grade it is."),
            _l("Its text is read in a moment. If something very like it is there already, you are told."),
            _l(
                "Describe it: authors, learning objectives, licence. Then ask the leaders of your school to approve it."
            ),
        ),
        "resource.add",
        ("library.mine", "library.add", "library.add_link", "library.edit", "library.change_files"),
        _l("A draft is seen by you and by the leaders of your school only."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "expert-council",
        _l("Have a resource judged by the expert council"),
        (
            _l("Describe the resource fully, then press “Send to the expert council” on its page."),
            _l(
                "A methodologist puts together a group of four who do not know the author: they have 50 days."
            ),
            _l(
                "If something has to be better, you have 40 days to mend it; then the same experts look again."
            ),
            _l(
                "For 60 days schools try it and everybody may speak; you have 15 days to mend what that showed."
            ),
            _l("The commission votes. What it accepts is published with a mark that holds five years."),
        ),
        "council.see",
        ("library.council", "library.case"),
        _l(
            "Reminders come ten and three days before a day is due. Anybody can check a mark without signing in."
        ),
    ),
)
help_topic(
    blueprint,
    Topic(
        "look-up-a-word",
        _l("Look up a word"),
        (
            _l(
                "Open “Library”, then “Dictionary”, and type a word in any form, with Kazakh letters or without."
            ),
            _l("On any other page select a word with the mouse or a finger and press “Look it up”."),
            _l(
                "The card shows what the dictionaries say and how many resources of the library are about it."
            ),
            _l(
                "Methodologists load dictionaries at the end of the page: a table with the columns word, language, other, meaning, subject."
            ),
        ),
        "library.see",
        ("library.words",),
        _l("Loading a table with the same title again replaces the dictionary."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "carry-the-library",
        _l("Take resources along on a stick or a disk"),
        (
            _l("Open a resource and press “Put into the cart”; a whole shelf goes in with one press."),
            _l("Open “Cart” and choose what it has to fit on. If it is too much, you see what to leave out."),
            _l("Press “Make the file”, wait until it is ready, and download it."),
            _l("Unpack it onto the stick and open index.html there: the search works without the internet."),
            _l(
                "On another server, open “Files that were made” and “Bring from elsewhere”, and choose the file."
            ),
            _l("See what is new and whether the signature holds, then confirm. An import can be undone."),
            _l(
                "For Moodle, Canvas and other systems choose “Common Cartridge” in the cart or on a shelf; cartridges of theirs are brought in the same way."
            ),
        ),
        "library.carry",
        ("library.cart", "library.carriers", "library.carrier", "library.bring"),
        _l("The signature tells whether the file was changed on its way, and who made it."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "records-of-other-libraries",
        _l("Fetch records of another library"),
        (
            _l(
                "Open “Bring from elsewhere” and follow “Fetch records of other libraries over the internet”."
            ),
            _l("Press “Name a library” and write the address it gives to harvesters (OAI-PMH)."),
            _l(
                "Its records arrive as drafts with a link; deleted ones are taken down. Approve what your schools need."
            ),
            _l("Press “Fetch what is new” later, or let it be fetched every night."),
        ),
        "library.bring",
        ("library.harvests", "library.harvest", "library.new_harvest"),
        _l("The last fetching can be undone; what somebody here has used or described stays."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "shelves-of-the-library",
        _l("Put resources together on a shelf"),
        (
            _l("Open a resource, press “Put on a shelf” and choose the shelf or name a new one."),
            _l("Open the shelf to put its resources in order or to take one off."),
            _l("Press “Describe” and choose who sees it: only you, your colleagues or everybody."),
        ),
        "library.carry",
        ("library.shelves", "library.shelf", "library.new_shelf", "library.edit_shelf"),
        _l("Nobody sees a resource on a shelf that they may not see in the library."),
    ),
)

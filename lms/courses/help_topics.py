"""Help about courses."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.courses.views.base import blueprint
from lms.web.help import Topic, help_topic

help_topic(
    blueprint,
    Topic(
        "write-a-course",
        _l("Write a course"),
        (
            _l("Open “Courses” in the menu and press “New course”."),
            _l("In a lesson choose a block under “Add a block”: a text, a picture, a formula, a question."),
            _l("What you type is saved by itself. Under the page you see what it weighs on a slow line."),
            _l(
                "Choose the other language at the top and translate block by block; blocks that lag behind are marked."
            ),
            _l(
                "A package, a test or a resource of the library becomes a step of the course: “Add a package or a test instead”."
            ),
            _l(
                "A 3-D model is one .glb file of at most 8 MB. Open it, turn its best side to you and press “Make the still picture of this side”."
            ),
            _l("“Title and rules” of a lesson says when it is done and which lessons must be done first."),
            _l(
                "When nothing is missing any more, press “Ask for a review”. A methodologist publishes the course."
            ),
        ),
        "course.write",
        ("courses.courses", "courses.course", "courses.lesson", "courses.new_course"),
        _l("A published edition never changes. Classes stay with theirs until the teacher moves them."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "give-a-course",
        _l("Give a course to a class"),
        (
            _l("Open “Courses” in the menu and press “Give to a class”."),
            _l("Choose the course, the classes and, if you like, the first and the last day."),
            _l("“Days of the lessons” opens and closes single lessons on days of their own."),
            _l(
                "Under “Given courses” you see who is where, how long it took, and the answers to the questions."
            ),
        ),
        "course.give",
        ("courses.give_course", "courses.given_courses", "courses.results", "courses.lesson_dates"),
    ),
)
help_topic(
    blueprint,
    Topic(
        "take-a-course",
        _l("Take a course"),
        (
            _l("Open “My courses” in the menu and choose a course; the button leads to the next lesson."),
            _l("Read, answer the questions, and press the button at the end of the page."),
            _l("If the line is lost, go on reading: what you did is sent when it is back."),
            _l("You may change the language of a lesson at any time; your progress stays."),
        ),
        "course.take",
        ("courses.learning", "courses.course_home", "courses.take_lesson"),
    ),
)
help_topic(
    blueprint,
    Topic(
        "bring-a-document",
        _l("Bring a document into a course"),
        (
            _l(
                "Open the course, press “Bring a document in” and choose a file: Word, PowerPoint, Markdown, HTML, a cartridge or a package made here."
            ),
            _l("Read what was understood and what was not. Nothing has been written into the course yet."),
            _l(
                "Press “Make lessons of it”, then look through the lessons: what is missing, such as descriptions of pictures, is marked."
            ),
            _l(
                "If it was a mistake, open “Bring a document in”, choose the document and press “Undo the import”."
            ),
        ),
        "course.write",
        ("courses.bring_in", "courses.arrival"),
        _l("A SCORM package of another program is not taken apart: put it on the shelf under “Packages”."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "take-a-course-out",
        _l("Take a course out"),
        (
            _l("Open a published course and find “Take the course out”."),
            _l(
                "Choose the format and the language. SCORM and Common Cartridge are for other systems, the folder for a USB stick, PDF and Word for paper, EPUB for readers."
            ),
            _l(
                "A course with films is packed behind the page; stay there until the button “Download” appears."
            ),
            _l(
                "To bring it back here, choose the SCORM package, the cartridge or the folder under “Bring a document in”."
            ),
        ),
        "course.see",
        ("courses.packing",),
        _l(
            "Packages and the folder carry their pictures, their font and what turns 3-D models, and need no network; books and paper show the still picture of a model."
        ),
    ),
)

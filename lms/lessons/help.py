"""Help about streaming lessons."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.lessons.views.base import blueprint
from lms.web.help import Topic, help_topic

help_topic(
    blueprint,
    Topic(
        "give-a-live-lesson",
        _l("Give a live lesson to several schools"),
        (
            _l(
                "Open “Live lessons”, press “Plan a lesson” and choose the classes of your satellite schools."
            ),
            _l("Bring the slides as PDF or PPTX, write the plan and a few questions."),
            _l(
                "The page shows which schools have the slides already. Ask the others to open the screen of the class."
            ),
            _l("Open the teacher's desk and press “Begin the lesson”. Arrow keys turn the pages."),
            _l(
                "Call the first hand of the list: schools take turns. Ask questions; answers come by school and pupil."
            ),
            _l("“Make pairs” joins pupils of different schools: each pair has one task and one answer."),
            _l("When the guard says so, send the pupils off the screen for some minutes, or write why not."),
            _l("Press “End the lesson”. The record is complete by itself."),
        ),
        "lesson.teach",
        ("lessons.lessons", "lessons.plan", "lessons.lesson", "lessons.console"),
    ),
)
help_topic(
    blueprint,
    Topic(
        "sit-with-the-class",
        _l("Sit with the class during a live lesson"),
        (
            _l(
                "The evening before, open the screen of the class on the computer of the classroom: the slides come."
            ),
            _l("At the lesson open the panel on your own device and tick who is here."),
            _l(
                "Pupils without a device tap their name on the screen of the class to raise a hand or to answer."
            ),
            _l(
                "Or print the answer cards from the panel: pupils hold them up, and the camera of your phone reads them."
            ),
            _l(
                "When the line is gone, follow the plan and turn the pages yourself; nothing of the answers is lost."
            ),
        ),
        "lesson.assist",
        ("lessons.panel", "lessons.screen"),
    ),
)
help_topic(
    blueprint,
    Topic(
        "measure-the-line-of-a-school",
        _l("Measure the line of a school"),
        (
            _l("Open “Live lessons”, then “Speed of the lines” and your school, and press “Measure now”."),
            _l(
                "So that it measures by itself, issue a key there and let a computer run the command every hour."
            ),
            _l("After five measurements the page compares the line with the contract."),
            _l("Print the evidence sheet and take it to the provider."),
        ),
        "network.see",
        ("lessons.speed_list", "lessons.school_speed", "lessons.measure"),
    ),
)
help_topic(
    blueprint,
    Topic(
        "hold-lessons-on-the-network-of-the-school",
        _l("Hold live lessons on the school's own network"),
        (
            _l(
                "Choose a computer of the school that is always on and can be reached from the other devices of the school."
            ),
            _l(
                "Open “Live lessons”, then “Speed of the lines” and your school, tick that the computer also holds lessons, and issue a key."
            ),
            _l(
                "Let that computer run the command shown there. It says two addresses: for the pupils and for the screen."
            ),
            _l(
                "Pupils open their address and tap their names; the teacher opens the screen of the class on the big screen."
            ),
            _l(
                "When the line out of the school is gone, the screen says so: turn the pages there and ask the prepared questions."
            ),
            _l(
                "When the line is back, the answers are handed in by themselves, each once; nobody has to press anything."
            ),
        ),
        "meter.manage",
        ("lessons.school_speed",),
    ),
)
help_topic(
    blueprint,
    Topic(
        "write-a-calendar-thematic-plan",
        _l("Write a calendar-thematic plan"),
        (
            _l(
                "Open “Live lessons”, then “Calendar-thematic plans”, and press “Begin the plan” beside your class."
            ),
            _l("Write one topic on a line, paste a table, or take over last year's topics."),
            _l(
                "Name the weeks of holidays: topics move past them. Ask the head of the school to approve the plan."
            ),
            _l("A live lesson planned from a topic ticks it when it has been held; tick the others by hand."),
        ),
        "thematic.write",
        ("lessons.thematic_plans", "lessons.thematic_plan"),
    ),
)
help_topic(
    blueprint,
    Topic(
        "observe-a-lesson",
        _l("Observe a lesson"),
        (
            _l("Open “Live lessons”, then “Observations”, and press “Observe a lesson”."),
            _l(
                "Choose the teacher, the class and the topic; then score the criteria while you sit in the lesson."
            ),
            _l("Keep the draft as often as you like. “Finish for good” shows it to the teacher."),
            _l("Print it from the browser. “Taken together” says where help is needed most."),
        ),
        "observation.make",
        (
            "lessons.observations",
            "lessons.new_observation",
            "lessons.write_observation",
            "lessons.observation_summary",
        ),
    ),
)
help_topic(
    blueprint,
    Topic(
        "make-a-timetable",
        _l("Make a timetable of a school or a network"),
        (
            _l("Open “Live lessons”, then “Timetables”, and press “Make a timetable”."),
            _l(
                "Press “Hours of the classes” and enter who teaches what; or bring a file with schools, teachers and hours."
            ),
            _l("Teachers mark the hours they would rather not teach in “My timetable”, “My wishes”."),
            _l(
                "When it is ready, look at the boards. Drag a lesson, or press it: every hour says what stands against it."
            ),
            _l(
                "Press “Put in force”. Everybody finds their own lessons in “My timetable” and in their calendar program."
            ),
            _l(
                "When somebody is ill, press “Somebody cannot come”, look at the plan and apply it. For a blizzard use “Distance lessons”."
            ),
        ),
        "timetable.change",
        (
            "lessons.timetable_list",
            "lessons.new_timetable",
            "lessons.timetable",
            "lessons.move_lesson",
            "lessons.trouble",
            "lessons.spell",
            "lessons.hours",
            "lessons.hours_schools",
        ),
    ),
)

"""Help about exams: sealed papers, two markers, files of papers, results for guardians."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.quizzes.views.base import blueprint
from lms.web.help import Topic, help_topic

help_topic(
    blueprint,
    Topic(
        "sealed-paper",
        _l("Give a sealed paper"),
        (
            _l("Give the test days before, tick “Sealed paper” and say when it opens."),
            _l(
                "Let every pupil open the test once on the computer they will sit at: the paper is fetched, locked."
            ),
            _l("A quarter of an hour before the beginning, read the code on the page of the test."),
            _l("Say it aloud at the beginning. Pupils type it; the line is needed for one moment only."),
        ),
        "test.give",
        ("quizzes.give_test",),
        _l("Without the code and the hour nobody can read the paper, whoever copies it from a computer."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "two-markers",
        _l("Mark with a second marker"),
        (
            _l("When you give the test, choose a second marker."),
            _l("Both of you mark the long answers without seeing names or the other's marks."),
            _l("Open “Two marks”: where you differ, look once more and give the mark that counts."),
            _l("Publish when nothing is left to settle."),
        ),
        "test.mark",
        ("quizzes.two_marks",),
    ),
)
help_topic(
    blueprint,
    Topic(
        "paper-as-a-file",
        _l("Take a paper along"),
        (
            _l(
                "Open the paper and press “On paper”: PDF and Word hold the variants and, behind them, the keys."
            ),
            _l(
                "Under “Taking along as a file” there are formats of other programs and a self-test as a SCORM package."
            ),
            _l("Put the self-test on the shelf here or into any other learning system: it marks by itself."),
        ),
        "paper.make",
        ("quizzes.print_paper",),
        _l("A self-test has its key inside: use it for practice, never for an exam."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "results-of-my-child",
        _l("See how my child did in a test"),
        (
            _l("Open “My children” in the menu under your name and press “Results of tests”."),
            _l("You see what the teacher has published: points, what went well and what to repeat."),
            _l("New results stand on your home page until you have opened them."),
        ),
        "child.see",
        ("quizzes.childs_tests", "quizzes.childs_result"),
    ),
)

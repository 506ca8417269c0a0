"""Help about tests."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.quizzes.views.base import blueprint
from lms.web.help import Topic, help_topic

help_topic(
    blueprint,
    Topic(
        "sit-a-test",
        _l("Sit a test"),
        (
            _l("Open “Tests” in the menu and choose a test that is open."),
            _l("Press “Beginning”. The time starts when the whole test is on your screen."),
            _l(
                "Answer in any order. Every answer is kept on this computer at once and sent to the school within seconds."
            ),
            _l(
                "If the line breaks, go on. If the computer stops, open the test again: your answers are there."
            ),
            _l("Press “Handing in” when you are done."),
        ),
        "test.take",
        ("quizzes.tests", "quizzes.test", "quizzes.take"),
        _l(
            "Must you change to another computer? Your teacher gives you a code; open the test there and type it."
        ),
    ),
)
help_topic(
    blueprint,
    Topic(
        "write-a-question",
        _l("Write a question"),
        (
            _l("Open “Tests”, then “Questions”, and press “New question”."),
            _l("Choose the kind, write the question and mark what is right."),
            _l("Formulas stand between \\( and \\), for instance \\(x^2\\)."),
            _l("Keep it and try it on the page that opens."),
        ),
        "item.change",
        ("quizzes.items", "quizzes.item_kinds", "quizzes.new_item", "quizzes.edit_item", "quizzes.item"),
        _l("A correction is a new version; papers that were given keep the old one."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "give-a-test",
        _l("Give a test to a class"),
        (
            _l("Open “Tests”, then “Papers”, and make a paper, by hand or from an exam format."),
            _l("Add questions from the bank, or a rule by which they are drawn."),
            _l("Press “Giving to a class”, choose classes and times."),
            _l(
                "While it runs, “Who is where” shows each pupil; there you give more time or a code for another computer."
            ),
            _l("Mark what waits for you, then publish the results."),
        ),
        "paper.make",
        (
            "quizzes.given_tests",
            "quizzes.papers_list",
            "quizzes.paper",
            "quizzes.given_test",
            "quizzes.test_board",
        ),
        _l(
            "If a key was wrong, correct the question and change the key on the page of the question: all who had it are marked again."
        ),
    ),
)
help_topic(
    blueprint,
    Topic(
        "questions-from-a-file",
        _l("Bring questions in from a file"),
        (
            _l("Open “Tests”, then “Questions”, and press “From a file”."),
            _l(
                "Fill in a template of Word or Excel, or choose a file of Moodle, GIFT, QTI or Aiken, or type into the field."
            ),
            _l(
                "Press “Looking through”: every question and everything that cannot come along is named with its line."
            ),
            _l("Press “Bringing them in”."),
        ),
        "item.change",
        ("quizzes.bring_items", "quizzes.take_out"),
        _l("“As a file” takes questions out for Moodle and other programs."),
    ),
)
help_topic(
    blueprint,
    Topic(
        "item-clinic",
        _l("See which questions work"),
        (
            _l("Open a given test and press “Item clinic”."),
            _l(
                "Read what to do about each question: check the key, replace an option, or leave it as it is."
            ),
            _l("With fewer than 30 pupils only the share of right answers is shown: more would be chance."),
        ),
        "test.results",
        ("quizzes.item_clinic",),
    ),
)
help_topic(
    blueprint,
    Topic(
        "test-on-paper",
        _l("Give a test on paper"),
        (
            _l("Give the test to a class, open it among “Given tests” and press “On paper”."),
            _l("Choose the number of variants; print the variants and one answer sheet for each pupil."),
            _l(
                "Photograph the filled-in sheets with a telephone, or scan them, and send the pictures on the same page."
            ),
            _l("Look at the lines that could not be read for certain, and decide."),
            _l("Questions without circles wait among those to be marked by hand."),
        ),
        "test.give",
        ("quizzes.on_paper", "quizzes.paper_variants", "quizzes.sheet_doubts"),
        _l(
            "Was a photograph refused? Take the whole sheet with its four corner squares, sharply and without a shadow on the top."
        ),
    ),
)
help_topic(
    blueprint,
    Topic(
        "study-answers",
        _l("Compare schools, languages and years"),
        (
            _l("Open “Tests”, then “Studies”, and press “New study”."),
            _l(
                "Choose the papers of one test in both languages; for growth choose the papers of the exit test, too."
            ),
            _l("The study is computed behind the page; when it is done, the page opens by itself."),
            _l("Name the schools of the pilot at the end of the page to compare them with the others."),
        ),
        "study.make",
        ("quizzes.study_list", "quizzes.new_study", "quizzes.study"),
        _l("Growth can only be measured when both tests share at least three questions."),
    ),
)

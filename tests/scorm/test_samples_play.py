"""The samples do what their README says of them, played through the engine without a browser."""

import json
from pathlib import Path

import pytest

from scorm.player.protocol import Player

pytestmark = pytest.mark.pure

SAMPLES = Path(__file__).parents[2] / "content_packages"


class Learner:
    """Somebody who opens one sample and answers its tests."""

    def __init__(self, sample, seed=1):
        self.player = Player("2026-11-20T08:00:00Z")
        who = {"id": "u1", "name": "Ахметова, Аружан"}
        opened = self.ask(do="open", package=str(SAMPLES / sample), learner=who, seed=seed)
        assert opened["opened"]
        self.activities = opened["activities"]
        self.now = self.ask(do="start")

    def ask(self, **line):
        return json.loads(self.player.line(json.dumps(line)))

    @property
    def at(self):
        return self.now["deliver"]

    def write(self, element, value):
        assert self.ask(do="SetValue", element=element, value=value)["result"] == "true", element

    def read(self, element):
        return self.ask(do="GetValue", element=element)["result"]

    def goals(self, **results):
        count = int(self.read("cmi.objectives._count"))
        names = {self.read(f"cmi.objectives.{index}.id"): index for index in range(count)}
        for name, status in results.items():
            self.write(f"cmi.objectives.{names[name]}.success_status", status)

    def leave(self, wish="continue", scaled=None, **goals):
        """Finish this SCO with a score and results of its goals, asking to go on."""
        self.ask(do="Initialize", value="")
        self.goals(**goals)
        if scaled is not None:
            self.write("cmi.score.scaled", str(scaled))
            self.write("cmi.success_status", "passed" if scaled >= 0.7 else "failed")
        self.write("cmi.completion_status", "completed")
        self.write("adl.nav.request", wish)
        self.now = self.ask(do="Terminate", value="")["moved"]
        return self.at

    def outcome(self):
        return self.ask(do="outcome")


def test_the_course_on_pressure_teaches_what_is_not_known_and_repeats_what_went_wrong():
    learner = Learner("physics-pressure-2004")
    assert learner.at == "pretest"
    assert learner.leave(scaled=0.3, solid="passed", liquid="failed", air="failed") == "liquid"
    assert learner.leave() == "air"
    assert learner.leave() == "posttest"
    assert learner.leave(scaled=0.6, solid="passed", liquid="passed", air="failed") == "air"
    assert learner.leave() == "posttest"
    assert learner.leave(scaled=0.9, solid="passed", liquid="passed", air="passed") == "sheet"
    learner.leave()
    outcome = learner.outcome()
    assert (outcome["completion"], outcome["success"], outcome["score"]) == ("completed", "passed", 0.9)


def test_who_knows_everything_about_pressure_goes_straight_to_the_final_test():
    learner = Learner("physics-pressure-2004")
    assert learner.leave(scaled=1, solid="passed", liquid="passed", air="passed") == "posttest"


def test_the_pretest_on_pressure_is_passed_over_the_second_time():
    learner = Learner("physics-pressure-2004")
    learner.leave(scaled=0, solid="failed", liquid="failed", air="failed")
    assert learner.at == "solid"
    assert learner.leave("previous") != "pretest"


def test_the_test_on_fractions_waits_for_the_four_lessons():
    learner = Learner("fractions-12")
    assert "test" not in learner.now["valid"]["choice"]
    for lesson in ("parts", "equal", "compare", "sum"):
        learner.now = learner.ask(do="choice", target=lesson)
        learner.ask(do="LMSInitialize", value="")
        learner.write("cmi.core.lesson_status", "completed")
        learner.ask(do="LMSFinish", value="")
    assert "test" in learner.ask(do="state")["valid"]["choice"]


def test_the_linear_sample_goes_forward_through_an_asset_and_offers_no_choice():
    learner = Learner("linear-2004")
    assert learner.at == "first"
    assert not {"reading", "second", "last"} & set(learner.now["valid"]["choice"])
    assert "previous" in learner.now["hide"]
    assert learner.leave() == "reading"
    assert learner.ask(do="continue")["deliver"] == "second"
    assert learner.ask(do="previous")["deliver"] == "reading"


def test_the_remediation_sample_skips_the_lesson_of_who_knows_it():
    learner = Learner("remediation-2004")
    assert learner.leave(scaled=0.9) == "posttest"


def test_the_remediation_sample_gives_three_tries_and_no_more():
    learner = Learner("remediation-2004")
    tries = 0
    while learner.leave(scaled=0.1) == "lesson":
        tries += 1
        assert learner.leave() == "posttest"
    assert (tries, learner.now["ended"]) == (3, True)


def test_the_random_sample_asks_three_of_six_in_an_order_of_chance():
    orders = set()
    for seed in range(1, 9):
        learner = Learner("random-test-2004", seed)
        asked = [learner.at, learner.leave(scaled=1), learner.leave(scaled=1)]
        assert len(set(asked)) == 3
        assert learner.leave(scaled=1) is None
        orders.add(tuple(asked))
    assert len(orders) > 3


def test_the_choice_sample_hides_bars_and_constrains():
    learner = Learner("choice-constrained-2004")
    assert learner.at == "a"
    choices = learner.now["valid"]["choice"]
    assert "e" not in choices
    assert not {"f"} & set(choices)  # its cluster may not be activated from outside
    learner.now = learner.ask(do="choice", target="b")
    assert "c" not in learner.now["valid"]["choice"]  # choiceExit is false on b


def test_the_global_objective_opens_the_second_part():
    learner = Learner("global-objectives-2004")
    assert "read" not in learner.now["valid"]["choice"]
    assert learner.leave(scaled=0.8) == "read"
    assert learner.read("cmi.objectives.1.id") == ""
    learner.ask(do="Initialize", value="")
    assert {learner.read(f"cmi.objectives.{one}.success_status") for one in (0, 1)} >= {"passed"}


def test_the_shared_notebook_is_read_but_not_written_by_the_second_part():
    learner = Learner("shared-data-2004")
    learner.ask(do="Initialize", value="")
    learner.write("adl.data.0.store", "Сәлем")
    learner.write("adl.nav.request", "continue")
    assert learner.ask(do="Terminate", value="")["moved"]["deliver"] == "reader"
    learner.ask(do="Initialize", value="")
    assert learner.read("adl.data.0.store") == "Сәлем"
    answer = learner.ask(do="SetValue", element="adl.data.0.store", value="x")
    assert (answer["result"], answer["error"]) == ("false", "404")


def test_a_learner_of_the_minimal_sample_resumes_where_she_was():
    learner = Learner("minimal-12")
    learner.ask(do="LMSInitialize", value="")
    learner.write("cmi.suspend_data", '{"text": "ә"}')
    learner.write("cmi.core.exit", "suspend")
    learner.ask(do="LMSFinish", value="")
    learner.ask(do="relaunch")
    assert learner.ask(do="start")["entry"] == "resume"


def test_every_element_of_12_is_there():
    learner = Learner("every-element-12")
    by_id = {one["id"]: one for one in learner.activities}
    assert by_id["first"]["launch"] == "pages/page.html?part=1"
    assert by_id["help"]["kind"] == "asset"
    assert not by_id["hidden"]["visible"]
    learner.ask(do="LMSInitialize", value="")
    assert learner.read("cmi.launch_data") == "level=easy"
    assert learner.read("cmi.student_data.mastery_score") == "60"

"""Pupils at their packages: finished, stuck in the middle, just begun; each told by a log as the player writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from lms.core import clock, storage
from lms.core.db import db
from lms.demo.finding import class_of, person, pupils_of
from lms.people.models import Person
from lms.player import engine
from lms.player.models import Assignment, CommitEntry, Launch, PackageFile, PackageVersion, Registration
from lms.player.models.playing import BEGIN, LEAVE
from lms.player.service import deriving, giving, log
from scorm.player.carried import Carried

# The teacher and the pupil one can sign in as; the pupil is in the middle of the lesson.
CLASSES = (("mugalim", "oqushy"), ("uchitel", "uchenik"))
QUESTION = re.compile(
    r'data-id="([^"]+)" data-type="(choice|true-false|numeric)" data-answer="([^"]+)" data-objective="([^"]+)">\s*'
    r'<legend><span lang="kk">(.*?)</span><span lang="ru">(.*?)</span></legend>'
)
TAG = re.compile("<[^>]+>")
WRONG = {"choice": "abc", "true-false": ("true", "false"), "numeric": ("10", "100")}


def build_attempts(versions: list[PackageVersion], seed: int) -> None:
    chance = Random(seed)
    for teacher_login, pupil_login in CLASSES:
        teacher, pupil = person(teacher_login), person(pupil_login)
        row = class_of(pupil_login)
        for version in versions:
            given = giving.give(
                version, row.school, teacher.id, [row.id],
                closes_at=clock.now() + timedelta(days=14), note="",
            )  # fmt: skip
            questions = dict(_questions(version, row.language))
            for one in pupils_of(row):
                steps = 2 if one.id == pupil.id else chance.choice((0, 1, 2, 4, 99, 99))
                if steps:
                    Played(given, one, questions, chance).goes(steps)
    db.session.flush()


class Played:
    """One attempt, entry by entry, at the times at which it would have been played."""

    def __init__(
        self, given: Assignment, person: Person, questions: dict[str, list[tuple[str, ...]]], chance: Random
    ) -> None:
        self.questions, self.chance = questions, chance
        self.at = clock.now() - timedelta(hours=chance.randint(1, 60), minutes=chance.randint(0, 59))
        self.row = Registration(
            person=person, version=given.version, assignment=given, path=given.path, seed=chance.randrange(2**31),
            epoch=1, entries=0, created_at=self.at, language=person.language,
        )  # fmt: skip
        db.session.add(self.row)
        db.session.flush()
        self.launch = Launch(
            registration=self.row, epoch=1, created_at=self.at, begun_at=self.at, last_heard_at=self.at,
            expires_at=self.at, next_seq=1,
        )  # fmt: skip
        db.session.add(self.launch)
        db.session.flush()
        self.game = engine.begun(self.row, Carried())
        self.skill = chance.uniform(0.4, 1.0)

    def goes(self, steps: int) -> None:
        """Through so many parts of the lesson, or to its end."""
        self._enter(BEGIN, "begin", {"carried": Carried().as_json()})
        finished: datetime | None = None
        for _step in range(steps):
            part = self.game.screen.activity
            if part is None:
                break
            self.at += timedelta(seconds=self.chance.randint(150, 400))
            self._says("delta", set=self._test(part) or self._lesson(), finish=True)
            if finished is None and deriving.figures(self.game, None)["finished_at"]:
                finished = self.at
            if self.game.course.version == "1.2" and self.game.screen.activity == part:
                # A package of the older edition does not lead on by itself; after its last part nothing follows.
                if not self.game.course.valid(self.at.isoformat()).as_json()["continue"]:
                    break
                self._says("move", move="continue")
        self._enter(LEAVE, "leave", {"measured": 0.0})
        deriving.derive(self.row, self.game)
        self.row.finished_at, self.row.last_seen_at = finished, self.at
        self.launch.last_heard_at = self.launch.ended_at = self.at

    def _says(self, kind: str, **what: Any) -> None:
        seq = self.launch.next_seq
        self.launch.next_seq = seq + 1
        body = {"v": 1, "launch": self.launch.id.hex, "seq": seq, "std": self.game.course.version, **what}
        self._enter(seq, kind, body)

    def _enter(self, seq: int, kind: str, body: dict[str, Any]) -> None:
        self.row.entries += 1
        answer = engine.apply(self.game, kind, body, self.at)
        db.session.add(CommitEntry(
            launch_id=self.launch.id, seq=seq, registration_id=self.row.id, kind=kind, digest=log.digest_of(body),
            body=body, received_at=self.at, position=self.row.entries, answer=answer,
        ))  # fmt: skip

    def _lesson(self) -> dict[str, str]:
        if self.game.course.version == "1.2":
            return {"cmi.core.lesson_status": "completed", "cmi.core.session_time": "0000:04:10.00"}
        return {"cmi.completion_status": "completed", "cmi.progress_measure": "1", "cmi.session_time": "PT250S",
                "cmi.exit": "normal", "adl.nav.request": "continue"}  # fmt: skip

    def _test(self, activity: str) -> dict[str, str]:
        """Each question answered, the goals they belong to, and the share of right ones."""
        asked = self.questions.get(activity, [])
        if not asked:
            return {}
        old = self.game.course.version == "1.2"
        said, right, goals = dict[str, str](), 0, dict[str, bool]()
        for number, (key, kind, answer, goal, text) in enumerate(asked):
            knows = self.chance.random() < self.skill
            given = answer if knows else next(one for one in WRONG[kind] if one != answer)
            right, goals[goal] = right + knows, goals.get(goal, True) and knows
            said |= _interaction(f"cmi.interactions.{number}.", old, key, kind, given, knows, text)
        for number, (goal, reached) in enumerate(goals.items()):
            said[f"cmi.objectives.{number}.id"] = goal
            state = "passed" if reached else "failed"
            said[f"cmi.objectives.{number}.{'status' if old else 'success_status'}"] = state
        return said | _verdict(old, right / len(asked))


def _interaction(
    at: str, old: bool, key: str, kind: str, given: str, knows: bool, text: str
) -> dict[str, str]:
    wrong = "wrong" if old else "incorrect"
    said = {f"{at}id": key, f"{at}type": kind, f"{at}{'student' if old else 'learner'}_response": given,
            f"{at}result": "correct" if knows else wrong}  # fmt: skip
    return said if old else said | {f"{at}description": text}


def _verdict(old: bool, share: float) -> dict[str, str]:
    passed = "passed" if share >= 0.7 else "failed"
    if old:
        return {"cmi.core.score.raw": str(round(100 * share)), "cmi.core.lesson_status": passed,
                "cmi.core.session_time": "0000:05:20.00"}  # fmt: skip
    return {"cmi.score.scaled": f"{share:.2f}", "cmi.success_status": passed, "cmi.completion_status": "completed",
            "cmi.session_time": "PT320S", "cmi.exit": "normal", "adl.nav.request": "continue"}  # fmt: skip


def _questions(version: PackageVersion, language: str) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """By activity, as its page asks them: key, kind, answer, goal, text."""
    files = {one.path: one for one in db.session.scalars(
        select(PackageFile).where(PackageFile.version_id == version.id, PackageFile.path.like("%test.html"))
    )}  # fmt: skip
    for item in engine.manifest_of(version.manifest).organization().root.walk():
        page = files.get((item.launch or "").partition("?")[0])
        if page is not None:
            found = QUESTION.findall(_text_of(page))
            yield item.identifier, [(*one[:4], TAG.sub("", one[4 + (language == "ru")])) for one in found]


def _text_of(file: PackageFile) -> str:
    with closing(storage.open_blob(file.digest)) as page:
        return page.read().decode()

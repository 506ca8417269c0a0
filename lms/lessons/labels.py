"""Codes of streaming lessons in people's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

STATES = {
    "planned": (_l("Planned"), ""),
    "live": (_l("Going on now"), "good"),
    "ended": (_l("Ended"), ""),
    "cancelled": (_l("Cancelled"), "warning"),
}
PROVIDERS = {
    "": _l("No voice: slides, questions and hands only"),
    "link": _l("A link (Zoom, Teams, another service)"),
    "bigbluebutton": _l("BigBlueButton"),
    "janus": _l("Janus (own server)"),
}
QUESTION_KINDS = {
    "single": _l("One right answer"),
    "multiple": _l("Several right answers"),
    "number": _l("A number"),
    "text": _l("A short text"),
    "cloud": _l("Word cloud"),
    "pairs": _l("Pairs"),
    "order": _l("Steps in order"),
    "gaps": _l("Gaps in a text"),
}
UNWRITTEN = {
    "lines": _l("Write from two to eight lines."),
    "arrow": _l("Write each pair on a line: metre -> length"),
    "twice": _l("No line may stand twice, and there must be two things to choose from."),
    "gap": _l("Write one to eight gaps in the text, for instance [[100]], or to choose from, [[=gas|ice]]."),
}
WHO = {
    "hub": _l("Hub teacher"),
    "satellite": _l("Teacher in the class"),
    "pupils": _l("Pupils"),
}
DECK = {
    "": _l("No slides yet"),
    "waiting": _l("The slides are being made"),
    "ready": _l("The slides are ready"),
    "too-many": _l("The file has more than 60 pages. Split it."),
    "unreadable": _l("The file cannot be read. Save it as PDF and try again."),
    "too-heavy": _l("The pages stay too heavy even as small pictures. Take out large photographs."),
    "cannot-be-examined": _l("The file takes too much time or memory. Save it as PDF and try again."),
}
HELP_ASKED = {
    "sound": _l("No sound"),
    "picture": _l("No picture"),
    "understand": _l("The class does not follow"),
    "time": _l("More time, please"),
    "other": _l("Something else"),
}
STEPS = {
    "video": _l("picture and voice"),
    "stills": _l("still pictures and voice"),
    "voice": _l("voice and slides"),
    "slides": _l("slides only"),
}
REFUSALS = {
    "not-live": _l("The lesson is not going on now."),
    "not-allowed": _l("This cannot be done from here."),
    "not-a-pupil": _l("This pupil is not in the lesson."),
    "not-asked": _l("This question has not been asked."),
    "no-pair": _l("This pupil is in no pair now."),
    "nobody-to-pair": _l("Pairs need at least two pupils who are here."),
    "too-many": _l("Pairs are made of at most 240 pupils."),
    "unclear": _l("This could not be understood."),
    "unwritten": _l(
        "The lines make no question of this kind. Pairs are written as “metre -> length”, gaps as [[100]] in the text."
    ),
}

VERDICTS = {
    "few": (_l("Too few measurements for a verdict"), ""),
    "no-contract": (_l("Speed of the contract is not known"), ""),
    "under-50": (_l("Less than half of the contract"), "bad"),
    "50-75": (_l("50 to 75 % of the contract"), "warning"),
    "over-75": (_l("More than 75 % of the contract"), "good"),
}
MODEL_REASONS = {
    "unmeasured": _l("The line has not been measured often enough; without figures nothing may hang on it."),
    "fast": _l("Half of the measurements show %(speed)s Mbit/s or more: enough for a stream (8 Mbit/s)."),
    "slow": _l(
        "Half of the measurements show less than %(speed)s Mbit/s: too little for a stream (8 Mbit/s)."
    ),
    "stable": _l("Even the slowest tenth has %(slow)s Mbit/s, and %(lost)s%% of requests are lost: stable."),
    "unstable": _l(
        "In the slowest tenth %(slow)s Mbit/s remain, and %(lost)s%% of requests are lost: not stable."
    ),
    "qualified": _l("The school has its own qualified teacher for this subject."),
    "unqualified": _l("The school has no qualified teacher for this subject."),
    "paired": _l("The school is paired with a hub."),
    "unpaired": _l("The school is not paired with a hub."),
    "small-class": _l("The class has %(pupils)s pupils: not more than 25."),
    "large-class": _l("The class has %(pupils)s pupils: more than 25."),
}
PAIRING_PROBLEMS = {
    "language": _l("no common language of instruction"),
    "grades": _l("the hub does not teach all the grades"),
    "no-coordinates": _l("coordinates are missing"),
    "too-far": _l("farther than 60 km"),
    "full": _l("the hub has four satellites already"),
}
METER_SOURCES = {"page": _l("On the page"), "command": _l("By itself")}

DAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"))
TIMETABLE_STATES = {
    "draft": (_l("Draft"), ""),
    "solving": (_l("Being made"), "warning"),
    "solved": (_l("Ready to be published"), "good"),
    "failed": (_l("There is none"), "bad"),
    "published": (_l("In force"), "good"),
    "past": (_l("No longer in force"), ""),
}
RULES = {
    "slot": _l("the teacher, the school or the bells do not allow this hour"),
    "class": _l("the class has a lesson then"),
    "teacher": _l("the teacher has a lesson then"),
    "streams": _l("the line of the school carries no more live lessons at once"),
    "room": _l("no fitting room is free"),
    "twice": _l("the subject stands on this day already"),
    "lessons": _l("the class has as many lessons on this day as its grade may have"),
    "live": _l("the class has as many live lessons on this day as it may have"),
    "weight": _l("the day would be too difficult for the class"),
    "hours": _l("not all hours are placed"),
}
DAY_KINDS = {
    "substitution": _l("Somebody stands in"),
    "cancelled": _l("The lesson falls out"),
    "distance": _l("Distance lessons"),
}
ENTRY_STATES = {
    "cancelled": (_l("falls out"), "bad"),
    "gone": (_l("not at this hour this week"), "bad"),
    "distance": (_l("distance lesson"), "warning"),
    "substitution": (_l("somebody stands in"), "warning"),
    "moved": (_l("moved here this week"), "warning"),
}
SPELL_STATES = {
    "finding": (_l("A plan is being found"), "warning"),
    "proposed": (_l("Proposed: nothing is changed yet"), "warning"),
    "applied": (_l("Applied"), "good"),
    "dropped": (_l("Dropped"), ""),
}
CHANGE_KINDS = {
    "moved": _l("moved"),
    "fallen": _l("falls out"),
    "added": _l("takes place again"),
    "otherwise": _l("goes otherwise"),
}
NOTICES = {
    "published": _l("A new timetable is in force: %(title)s."),
    "moved": _l("A lesson of your usual week has moved: %(title)s."),
    "plan": _l("Lessons go another way on these days: %(days)s."),
    "usual": _l("Lessons go as usual again on these days: %(days)s."),
    "substitution": _l("Somebody stands in for the teacher of a lesson: %(days)s."),
    "cancelled": _l("A lesson falls out: %(days)s."),
    "distance": _l("Distance lessons: %(days)s."),
}
CRITERIA = {
    "plan": _l("The topic fits the calendar-thematic plan"),
    "programme": _l("The learning objectives fit the programme"),
    "aims": _l("The aims of the lesson are put well: understandable, reachable, measurable"),
    "teacher_time": _l("The teacher's time: how it is used and what it brings"),
    "pupil_time": _l("The pupils' time: how much of it they work themselves"),
    "evidence": _l("What shows that the aim was reached"),
    "criteria": _l("Assessment with criteria and descriptors"),
    "feedback": _l("Feedback to the pupils"),
    "self_peer": _l("Self-assessment and peer assessment"),
    "resources_fit": _l("The resources fit the aim"),
    "resources_age": _l("The resources fit the age"),
    "resources_new": _l("The resources bring something new"),
    "media_length": _l("The length of video and audio fits the rules"),
}
SCORES = {
    "3": _l("fully"),
    "2": _l("mostly"),
    "1": _l("a little"),
    "0": _l("not at all"),
    "": _l("does not apply"),
}

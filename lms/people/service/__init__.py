"""Verbs on people, one file per theme. The commonest are here by name."""

from lms.people.service.persons import disable_person, enrol_person, set_password
from lms.people.service.roles import give_role, take_role

__all__ = ["disable_person", "enrol_person", "give_role", "set_password", "take_role"]

"""Verbs of courses, one file per theme."""

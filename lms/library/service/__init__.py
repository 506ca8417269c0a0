"""Verbs of the library and its work behind the pages."""

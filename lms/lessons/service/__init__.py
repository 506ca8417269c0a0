"""Verbs of streaming lessons."""

"""Verbs of the shelf and the player, one file per theme."""

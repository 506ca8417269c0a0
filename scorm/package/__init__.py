"""Packages: opening an untrusted zip, reading its manifest, examining, repairing and writing."""

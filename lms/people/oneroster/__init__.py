"""OneRoster 1.2 in its CSV binding: reading a ZIP of another system, writing one of ours."""

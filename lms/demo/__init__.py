"""The demo: one oblast, three districts, twelve schools and their people, all invented.

Whoever starts the system for the first time can try everything as anybody. The same seed gives the same data.
"""

"""Questions about the library, by what they are about."""

"""Questions about streaming lessons."""

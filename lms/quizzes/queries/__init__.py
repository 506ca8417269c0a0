"""Questions of this room, one file per theme."""

"""Questions of the administrator's room."""

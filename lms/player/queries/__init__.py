"""Questions about packages and about those who play them."""

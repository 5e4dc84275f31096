"""The dated register of local bodies, and reconciling readings with it."""

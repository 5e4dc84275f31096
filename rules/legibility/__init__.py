"""Q: whether the reading itself can be relied on."""

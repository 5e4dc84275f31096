"""L: the parts and the form of a letter."""

"""Which lines of a document make one letter, and which are enclosures or tables."""

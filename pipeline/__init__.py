"""The stages in order; one document, or a whole shelf in worker processes."""

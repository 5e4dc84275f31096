"""Layout analysis: connected components grouped into the lines of a page."""

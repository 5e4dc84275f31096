"""The text layer of a PDF: taken out, and verified against the picture of its page."""

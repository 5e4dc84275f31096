"""The lines of one letter → its parts."""

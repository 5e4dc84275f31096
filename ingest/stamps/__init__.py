"""Stamps over print: found by their ink, and read apart from what they cover."""

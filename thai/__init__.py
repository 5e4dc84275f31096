"""The Thai language of official papers: numerals, dates, letter numbers and text. Imports only `core`."""

"""Ground floor: errors, settings, limits and progress. Imports nothing else of the project."""

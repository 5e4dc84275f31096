"""N: numbers of letters, own, cited and of a series."""

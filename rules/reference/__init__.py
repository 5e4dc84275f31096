"""Facts that rules look up: codes of agencies, postcodes, working days."""

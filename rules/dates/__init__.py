"""D: dates against the calendar, one another, and the day of the data."""

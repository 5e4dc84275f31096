"""The time of day, in one place, so that what keeps it can be given another."""

import datetime as dt


def get_now() -> dt.datetime:
    """Return the time, UTC."""
    return dt.datetime.now(dt.UTC)

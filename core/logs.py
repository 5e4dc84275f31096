"""What happens inside, for those who look into it: standard error, as lines for people or as JSON for machines.

Nothing is set up where neither `verbose`, `debug` nor `log_json` is on; then only warnings are seen. A broad `except`
anywhere in the product keeps its traceback here.
"""

import datetime as dt
import json
import logging
from typing import Any

_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_OURS = "saraban"
"""Name of the handler, so that setting up again replaces it."""
_NOISY = ("pdfminer", "PIL", "alembic", "matplotlib", "asyncio")
"""Libraries that tell of every step; they are heard only where they warn."""


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (ISO 8601, UTC), level, logger, message; the traceback or the event, where given."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        said: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        event = getattr(record, "event", None)
        if isinstance(event, dict):
            said["event"] = event
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def set_up_logs(*, verbose: bool = False, debug: bool = False, log_json: bool = False) -> None:
    """Send the log to standard error.

    Args:
        verbose: Also what goes on as planned.
        debug: Also details, and the tracebacks of faults that were passed over.
        log_json: As JSON, one object a line, and what goes on as planned, too: whoever asks for it filters it.
    """
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if handler.name == _OURS]:
        root.removeHandler(old)
    handler = logging.StreamHandler()
    handler.set_name(_OURS)
    handler.setFormatter(JsonFormatter() if log_json else logging.Formatter(_LINE))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if debug else logging.INFO if verbose or log_json else logging.WARNING)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)

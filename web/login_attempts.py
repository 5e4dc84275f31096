"""How often a log-in may fail: by account, and by the address that it comes from."""

import ipaddress
import threading
from collections import OrderedDict, deque
from typing import Final

from models.field import Record


class AttemptLimits(Record):
    """How often a log-in may fail before it is refused for a while.

    Attributes:
        by_account: Failures of one account: a person who mistypes needs few, a list of likely passwords thousands.
        by_address: Failures from one address: an office behind one address has many people.
        seconds: How long a failure counts.
        keys: Accounts and addresses that are remembered at most, so that a crowd cannot fill the memory.
    """

    by_account: int = 8
    by_address: int = 30
    seconds: float = 900.0
    keys: int = 10_000


class LoginAttempts:
    """Failures of the last minutes; may be asked by several threads. Forgotten when the server ends."""

    def __init__(self, limits: AttemptLimits | None = None) -> None:
        self._limits = limits or AttemptLimits()
        self._lock = threading.Lock()
        self._failures: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def find_wait(self, account: str, address: str, now: float) -> float:
        """Return how many seconds to wait before the next attempt; 0 where it may be made now."""
        waits = [
            self._wait(("account", account), self._limits.by_account, now),
            self._wait(("address", group_address(address)), self._limits.by_address, now),
        ]
        return max(waits)

    def note_failure(self, account: str, address: str, now: float) -> None:
        """Note that a log-in failed."""
        with self._lock:
            for key in (("account", account), ("address", group_address(address))):
                self._failures.setdefault(key, deque(maxlen=self._limits.by_address)).append(now)
                self._failures.move_to_end(key)
            while len(self._failures) > self._limits.keys:
                self._failures.popitem(last=False)

    def forget(self, account: str) -> None:
        """Forget the failures of an account whose person came in. Those of the address still count."""
        with self._lock:
            self._failures.pop(("account", account), None)

    def _wait(self, key: tuple[str, str], most: int, now: float) -> float:
        with self._lock:
            failures = self._failures.get(key, deque())
            recent = [moment for moment in failures if moment > now - self._limits.seconds]
        return recent[-most] + self._limits.seconds - now if len(recent) >= most else 0.0


_NETWORK_BITS: Final = 64
"""Bits of an IPv6 address that name a network: one household or office has all addresses behind them."""


def group_address(address: str) -> str:
    """Return what is counted as one address: of IPv6 the network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, _NETWORK_BITS), strict=False))

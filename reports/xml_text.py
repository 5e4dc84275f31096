"""Texts as XML can hold them."""

import re
from typing import Final

_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write, escaped or not: most control characters, U+FFFE and U+FFFF, half surrogates."""


def replace_unwritable(text: str, replacement: str = "\ufffd") -> str:
    """Return a text with a sign in place of each character that XML cannot hold."""
    return _UNWRITABLE.sub(replacement, text)

"""Names of bodies among the texts of a table."""

import re
from collections.abc import Sequence
from typing import Final

from thai.text import normalize

_BODY_NAME: Final = re.compile(r"([อฮย]บ[ตดจค]|ท[ตดมนค]\s*\.|เทศบาล(นคร|เมือง|ตำบล)|องค์การบริหารส่วน(จังหวัด|ตำบล))\s*\S")
"""How the name of a body begins, with the letters that are taken for each other; a kind alone names none."""


_KIND: Final = re.compile(r"[อฮย]บ[ตดจค]\.?|ท[ตดมนค]\.?|เทศบาล(นคร|เมือง|ตำบล)|องค์การบริหารส่วน(จังหวัด|ตำบล)")


def is_kind(text: str) -> bool:
    """Tell whether a text names a kind of body and no body."""
    return _KIND.fullmatch("".join(normalize(text).split())) is not None


def share_bodies(texts: Sequence[str]) -> float:
    """Return which share of some texts names a body."""
    return sum(_BODY_NAME.match(normalize(text).strip()) is not None for text in texts) / max(len(texts), 1)

"""Which characters the installed fonts can show, so that one sign from elsewhere does not cost a whole report."""

import functools
from collections.abc import Iterable
from typing import Final

from fontTools.ttLib import TTFont, TTLibError

REPLACEMENT: Final = "\ufffd"
"""Stands for a character that no font has: the sign that Unicode has for it, which the fonts of Typst do have."""


def find_undisplayable(texts: Iterable[str]) -> frozenset[str]:
    """Return the characters of some texts that no installed font has a shape for."""
    used = frozenset(character for text in texts for character in text if not character.isspace())
    return used - frozenset(map(chr, _covered())) - {REPLACEMENT}


@functools.cache
def _covered() -> frozenset[int]:
    """Return the code points that the installed fonts cover; one that cannot be read covers none."""
    import typst

    covered: set[int] = set()
    for path, index in {(font.path, font.index) for font in typst.Fonts().fonts() if font.path}:
        try:
            with TTFont(path, fontNumber=index, lazy=True) as font:
                covered |= set(font.getBestCmap() or ())
        except (OSError, TTLibError, AssertionError, KeyError):
            continue
    return frozenset(covered)

"""How often a value is silently wrong, with its bound: what `saraban doctor --promise` says.

    python bench/promise.py FACES --fit ingest/tessdata/saraban.promise.json     every reader, on held-out lines
    python bench/promise.py FACES --lines 10                                      print only

Synthetic lines in faces and words that are held out (`training.faces.HELD_OUT`), a third each clean, of an office and
poor; other lines than those that the confidences were measured on. A value is a number as it stands (a date has two,
a letter's number two or three) or a run of Thai letters, spaces left out, that is often the whole line. It is stood by
where its least sure character is not under a threshold, and silently wrong where the line says something else there.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from rapidfuzz.distance import Levenshtein

from bench.confidence import make_lines
from bench.recognizer import bare
from ingest.recognition.cascade import find_cascade
from ingest.recognition.line_network import find_line_network
from ingest.recognition.promise import MOST_SILENT, Promise, bound_share
from ingest.recognition.recognizer import Glyph, TextRecognizer
from ingest.recognition.tesseract import find_recognizer
from parsers.fields import DIGIT_CONFIDENCE
from training.lines import SyntheticLine

_NUMBER = re.compile(r"(?<![A-Za-z])[๐-๙0-9]+(?:[./,:][๐-๙0-9]+)*(?![A-Za-z])")
_WORD = re.compile(r"[ก-๎]{2,}")
_KINDS = {"number": (_NUMBER, DIGIT_CONFIDENCE), "words": (_WORD, 0.80)}
"""Each kind of value: its form, and the confidence under which it asks by default."""
_LEVELS = [1 - n / 1000 for n in range(1000)]
"""Thresholds that are tried, from the highest down, until one promises less than is wanted."""

Value = tuple[float, bool]
"""The least confidence of a value's characters, and whether it is what the line says there."""


def judge_values(form: re.Pattern[str], truth: str, glyphs: Sequence[Glyph]) -> Iterator[Value]:
    """Yield the values of a kind that were read on a line."""
    text = "".join(glyph.text for glyph in glyphs)
    owners = [number for number, glyph in enumerate(glyphs) for _ in glyph.text]
    places: dict[int, int] = {}
    for step in Levenshtein.opcodes(text, truth):
        if step.tag == "equal":
            places.update(zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True))
    wanted = {match.span() for match in form.finditer(truth)}
    for match in form.finditer(text):
        there = [places.get(place) for place in range(*match.span())]
        span = (there[0], (there[-1] or 0) + 1)
        is_right = span in wanted and truth[slice(*span)] == match[0]
        yield min(glyphs[owners[place]].confidence for place in range(*match.span())), is_right


def promise(kind: str, values: Sequence[Value]) -> Promise:
    """Return what can be said of a kind of value."""
    usual = _KINDS[kind][1]
    stood_by = [right for sure, right in values if sure >= usual]
    needed = None
    for level in _LEVELS:
        kept = [right for sure, right in values if sure >= level]
        if kept and bound_share(sum(not right for right in kept), len(kept)) <= MOST_SILENT:
            needed = level
        elif needed is not None:
            break
    right = sum(right for _, right in values)
    return Promise(
        kind=kind,
        values=len(values),
        right=right,
        threshold=usual,
        stood_by=len(stood_by),
        silent=sum(not right for right in stood_by),
        asks=sum(right and sure < usual for sure, right in values),
        strict=needed,
        asks_strict=right if needed is None else sum(right and sure < needed for sure, right in values),
    )


def read_values(reader: TextRecognizer, lines: Sequence[SyntheticLine]) -> dict[str, list[Value]]:
    """Return the values of each kind that a reader reads on lines."""
    glyphs = reader.read_lines([line.picture for line in lines], 200)
    return {
        kind: [
            value
            for line, read in zip(lines, glyphs, strict=True)
            for value in judge_values(form, bare(line.text), read)
        ]
        for kind, (form, _) in _KINDS.items()
    }


def print_asking_alike(kind: str, values: Sequence[Value], other: Promise) -> None:
    """Print how many right values would ask if as large a share were silently wrong as by another reader."""
    share, right = other.silent / max(other.stood_by, 1), sum(right for _, right in values)
    for level in reversed(_LEVELS):
        kept = [right for sure, right in values if sure >= level]
        if sum(not right for right in kept) <= share * len(kept):
            asks = sum(right and sure < level for sure, right in values) / max(right, 1)
            alike = f"{100 * share:.2f} % silent, as by that reader: {100 * asks:.1f} % ask"
            print(f"  {kind} from {level:.3f} on: {alike} (there {100 * other.asks / max(other.right, 1):.1f} %)")
            return


def main() -> None:
    """Measure, print, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path)
    parser.add_argument("--lines", type=int, default=120, help="of each face and wear")
    parser.add_argument("--readers", default="tesseract,fast,both")
    parser.add_argument("--fit", type=Path, help="write the file here")
    arguments = parser.parse_args()
    readers: dict[str, Callable[[str], TextRecognizer]] = {
        "tesseract": find_recognizer,
        "fast": find_line_network,
        "both": find_cascade,
    }
    lines = make_lines(arguments.faces, "promise", arguments.lines)
    found: dict[str, list[dict[str, object]]] = {}
    print("reader | kind | values | right % | silent of those stood by, bound | right that ask | 0.1 %: threshold, ask")
    first = list[Promise]()
    for name in arguments.readers.split(","):
        values = read_values(readers[name]("saraban"), lines)
        promises = [promise(kind, each) for kind, each in values.items()]
        found[name] = [asdict(each) for each in promises]
        for each in promises:
            share = 100 / max(each.right, 1)
            strict = "none" if each.strict is None else f"{each.strict:.3f}, {each.asks_strict * share:.1f} %"
            print(
                f"{name} | {each.kind} | {each.values} | {100 * each.right / max(each.values, 1):.1f} | "
                f"{each.silent} of {each.stood_by}, {100 * each.bound:.2f} % | {each.asks * share:.1f} % | {strict}",
                flush=True,
            )
        for other in first:
            print_asking_alike(other.kind, values[other.kind], other)
        first = first or promises
    if arguments.fit is not None:
        arguments.fit.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

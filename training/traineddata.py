"""The parts of a `.traineddata`: taken out of Debian's, and put together for ours, with Tesseract's own programs.

    python -m training.traineddata base                         a first checkpoint, from Debian's `tha`
    python -m training.traineddata export saraban.traineddata   the checkpoint as a file for stock Tesseract 5

Needs Debian's tesseract-ocr (`combine_tessdata`, `combine_lang_model`, `lstmtraining`) and tesseract-ocr-tha.
"""

import argparse
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch

from training import lstm_file, network
from training.characters import NULL, characters
from training.train import CHECKPOINT
from training.unicharset import unicharset

TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata")
_SECONDS = 300.0
_COUSINS = {
    "ำ": "ํ",
    "‘": "'",
    "’": "'",
    "…": ".",
    "ๅ": "า",
    "ฦ": "ฤ",
    "×": "x",
    "๔": "๕",
    "๖": "๒",
    "๗": "๓",
    "๘": "๕",
    "๙": "๕",
}
"""What stock `tha` reads a missing character as: where its row of weights begins."""
CONFIG = "preserve_interword_spaces 1\n"
"""Without it Tesseract puts a space behind every glyph, as it takes Thai for a script without spaces."""


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, timeout=_SECONDS, capture_output=True)  # noqa: S603


def base(checkpoint: Path, tessdata: Path) -> None:
    """Write a first checkpoint: Debian's network in floating point, its last layer widened to our characters."""
    with tempfile.TemporaryDirectory() as scratch:
        _run("combine_tessdata", "-u", tessdata / "tha.traineddata", f"{scratch}/tha.")
        file = lstm_file.read(Path(scratch) / "tha.lstm")
        old = _single_codes(Path(scratch) / "tha.lstm-unicharset", Path(scratch) / "tha.lstm-recoder")
    *matrices, last = file.matrices
    random = np.random.default_rng(0)
    widened = last.mean(axis=0) + random.normal(0, 0.01, (len(characters()), last.shape[1]))
    widened[:, -1] -= 1.0  # what was never seen is unlikely
    for number, character in enumerate(characters()):
        like = character if character in old else _COUSINS.get(character, "")
        if like in old:
            widened[number] = last[old[like]]
            widened[number, -1] -= 0.0 if like == character else 2.0
    widened[NULL] = last[NULL]
    twin = network.Network(len(characters()))
    network.load(twin, [*matrices, widened])
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"network": twin.state_dict(), "lines": 0}, checkpoint)


def _single_codes(charset: Path, recoder: Path) -> dict[str, int]:
    """Return the output of each character that has one of its own in Debian's model."""
    names = [line.split(" ")[0] for line in charset.read_text("utf-8").split("\n")[1:] if line]
    names[0] = " "
    content, at, found = recoder.read_bytes(), 4, {}
    for name in names:
        length = struct.unpack_from("<I", content, at + 1)[0]
        codes = struct.unpack_from(f"<{length}i", content, at + 5)
        at += 5 + 4 * length
        if length == 1:
            found[name] = codes[0]
    return found


def export(checkpoint: Path, target: Path, tessdata: Path, *, words: Path | None = None) -> None:
    """Write a checkpoint as an integer `.traineddata`.

    Args:
        checkpoint: Weights of the twin.
        target: The file to write; its stem is the model's name.
        tessdata: Where Debian's `tha.traineddata` lies, whose file of the network is taken as the form.
        words: A word list to put in, one a line; without it, the beam knows characters only.
    """
    name = target.stem
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "unicharset").write_text(unicharset(), "utf-8")
        (folder / "radical-stroke.txt").write_text("# not used: no Han characters\n", "utf-8")
        _run("combine_tessdata", "-u", tessdata / "tha.traineddata", folder / "tha.")
        twin = network.Network(len(characters()))
        twin.load_state_dict(torch.load(checkpoint, weights_only=True)["network"])
        lstm_file.read(folder / "tha.lstm").with_matrices(network.unload(twin)).write(folder / "float.lstm")
        more = _word_lists(words, folder) if words else []
        _run(
            "combine_lang_model", "--input_unicharset", folder / "unicharset", "--script_dir", folder, "--lang", name,
            "--output_dir", folder, "--pass_through_recoder", *more,
        )  # fmt: skip
        starter = folder / name / f"{name}.traineddata"
        (folder / f"{name}.config").write_text(CONFIG, "utf-8")
        _run("combine_tessdata", "-o", starter, folder / f"{name}.config")
        _run(
            "lstmtraining", "--stop_training", "--convert_to_int", "--continue_from", folder / "float.lstm",
            "--traineddata", starter, "--model_output", folder / "out.traineddata",
        )  # fmt: skip
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / "out.traineddata", target)


def _word_lists(words: Path, folder: Path) -> list[str | Path]:
    """Return the arguments that put a word list in: it has none without signs and numbers beside it."""
    (folder / "signs").write_text(" .\n ,\n(\n)\n", "utf-8")
    (folder / "numbers").write_text(" . \n , \n", "utf-8")
    return ["--words", words, "--puncs", folder / "signs", "--numbers", folder / "numbers"]


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, default=CHECKPOINT)
    parser.add_argument("--tessdata", type=Path, default=TESSDATA)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("base")
    exporting = verbs.add_parser("export")
    exporting.add_argument("target", type=Path)
    exporting.add_argument("--words", type=Path)
    arguments = parser.parse_args()
    if arguments.verb == "base":
        base(arguments.checkpoint, arguments.tessdata)
    else:
        export(arguments.checkpoint, arguments.target, arguments.tessdata, words=arguments.words)


if __name__ == "__main__":
    main()

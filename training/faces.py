"""The type faces that lines are set in, where each comes from, and which are never trained on.

    python -m training.faces FOLDER          fetch every face from Debian, PyPI and npm into a folder

Sizes are not given in points: 16 points of TH Sarabun are about 11 of Laksaman. What counts is the height of a
consonant, so a face is loaded by the height that its ก shall have.
"""

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_DEBIAN = Path("/usr/share/fonts/truetype")
_PACKAGES = {
    "tlwg": "Debian fonts-thai-tlwg-ttf",
    "national": "PyPI odoo-addon-l10n-th-base-utils",
    "angsana": "PyPI odoo14-addon-l10n-th-fonts",
    "dejavu": "Debian fonts-dejavu-core",
}
_MEASURED_AT = 200


@dataclass(frozen=True, slots=True)
class Face:
    """One font file.

    Attributes:
        file: Its name within the folder of faces.
        source: Where it comes from: a key of this module's packages, or `npm` for @expo-google-fonts.
        weight: How often a line is set in it, against the others. 0 for a face that is never trained on.
        license: As its makers state it.
    """

    file: str
    source: str
    weight: float
    license: str

    @property
    def held_out(self) -> bool:
        """Whether it is kept from training, to measure on."""
        return self.weight == 0


def _family(source: str, terms: str, files: dict[str, float]) -> tuple[Face, ...]:
    return tuple(Face(f"{name}.ttf", source, weight, terms) for name, weight in files.items())


_NATIONAL_LICENSE = "SIPA/DIP free font license of 2550 (use, change and distribution allowed)"

OFFICIAL = (
    *_family(
        "national",
        _NATIONAL_LICENSE,
        {
            "THSarabunNew-Regular": 16,
            "THSarabunNew-Bold": 7,
            "THSarabunNew-Italic": 1,
            "THSarabunNew-BoldItalic": 1,
            "THSarabun-Regular": 12,
            "THSarabun-Bold": 5,
        },
    ),
    *_family("tlwg", "GPL-2+ with font exception", {"Laksaman": 6, "Laksaman-Bold": 3}),
    *_family(
        "angsana", "proprietary; rendered for training where the package has it, never distributed", {"AngsanaNew": 8}
    ),
)
"""What letters are set in since 2553: TH Sarabun; before it mostly Angsana and its like."""

NATIONAL = _family(
    "national",
    _NATIONAL_LICENSE,
    {
        "THBaijam-Regular": 1.5,
        "THBaijam-Bold": 0.5,
        "THKrub-Regular": 1.5,
        "THK2DJuly8-Regular": 1.5,
        "THK2DJuly8-Bold": 0.5,
        "THKodchasal-Regular": 1.5,
        "THChakraPetch-Regular": 1,
        "THKoHo-Regular": 1.5,
        "THFahkwang-Regular": 1,
        "THMaliGrade6-Regular": 0.5,
    },
)

TLWG = _family(
    "tlwg",
    "GPL-2+ with font exception",
    {
        "Norasi": 3,
        "Norasi-Bold": 1,
        "Kinnari": 3,
        "Kinnari-Bold": 1,
        "Garuda": 1.5,
        "Garuda-Bold": 0.5,
        "Loma": 1.5,
        "Umpush": 1.5,
        "Waree": 1,
        "Sawasdee": 0.5,
        "TlwgTypist": 1.5,
        "TlwgTypewriter": 1.5,
        "TlwgMono": 0.5,
        "Norasi-Italic": 0.6,
        "Kinnari-Italic": 0.6,
        "Garuda-Oblique": 0.5,
        "Loma-Oblique": 0.5,
        "Laksaman-Italic": 1,
    },
)

OTHERS = _family(
    "npm",
    "SIL Open Font License 1.1",
    {
        "Taviraj_400Regular": 2.5,
        "Taviraj_600SemiBold": 0.8,
        "Pridi_400Regular": 1.7,
        "Maitree_400Regular": 2.5,
        "K2D_400Regular": 1.7,
        "BaiJamjuree_400Regular": 1.7,
        "BaiJamjuree_700Bold": 0.8,
        "ChakraPetch_400Regular": 1.2,
        "Athiti_400Regular": 1.7,
        "Mitr_400Regular": 3,
        "Mitr_600SemiBold": 1,
        "Prompt_400Regular": 3,
        "Prompt_600SemiBold": 0.8,
        "Itim_400Regular": 1.2,
        "Sriracha_400Regular": 0.8,
        "Mali_400Regular": 1.2,
        "Kodchasan_400Regular": 1.2,
        "Fahkwang_400Regular": 1.2,
        "KoHo_400Regular": 1.2,
        "NotoSansThai_400Regular": 2,
        "NotoSansThai_700Bold": 0.8,
        "NotoSansThaiLooped_400Regular": 2.5,
        "IBMPlexSansThai_400Regular": 1.7,
        "IBMPlexSansThai_600SemiBold": 0.8,
        "Anuphan_400Regular": 1.2,
        "Anuphan_600SemiBold": 0.6,
        "Mitr_300Light": 1.5,
        "Prompt_300Light": 1.5,
        "Charm_400Regular": 0.5,
        "Srisakdi_400Regular": 0.3,
        "K2D_700Bold": 0.6,
        "Athiti_600SemiBold": 0.8,
        "ChakraPetch_600SemiBold": 0.6,
        "Pattaya_400Regular": 0.5,
        "Chonburi_400Regular": 0.5,
        "Pridi_300Light": 0.6,
        "Maitree_600SemiBold": 0.6,
        "Prompt_400Regular_Italic": 0.8,
        "K2D_400Regular_Italic": 0.5,
        "BaiJamjuree_400Regular_Italic": 0.5,
        "Taviraj_400Regular_Italic": 0.6,
    },
)
"""So many that what a digit has in common in all of them is learnt, not how TH Sarabun draws it."""

HELD_OUT = (
    *_family("national", _NATIONAL_LICENSE, {"THNiramitAS-Regular": 0, "THNiramitAS-Bold": 0}),
    *_family(
        "npm",
        "SIL Open Font License 1.1",
        {
            "Niramit_400Regular": 0,
            "Sarabun_400Regular": 0,
            "Trirong_400Regular": 0,
            "Kanit_400Regular": 0,
            "IBMPlexSansThaiLooped_400Regular": 0,
        },
    ),
    *_family("tlwg", "GPL-2+ with font exception", {"TlwgTypo": 0}),
)
"""Two of the official manner (TH Niramit AS, Sarabun), and a serif, a loopless, a looped sans and a typewriter face."""

TRAINED = (*OFFICIAL, *NATIONAL, *TLWG, *OTHERS)
SIGNS = Face("DejaVuSans.ttf", "dejavu", 0, "Bitstream Vera and public domain")
"""Draws the signs that a Thai face lacks, such as ✓ and ☐."""


@lru_cache(maxsize=4096)
def load(path: Path, height: int) -> ImageFont.FreeTypeFont:
    """Return a face at the size at which its ก is so many pixels high (without overhang, as drawn)."""
    measured = ImageFont.truetype(str(path), _MEASURED_AT)
    _, top, _, bottom = measured.getbbox("ก")
    size = max(6, round(_MEASURED_AT * height / max(bottom - top, 1)))
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=256)
def list_characters(path: Path) -> frozenset[int]:
    """Return the code points that a font file can draw."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def fetch(folder: Path) -> list[Face]:
    """Bring every face into a folder; what is there already is kept. Returns those that could not be had."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [face for face in (*TRAINED, *HELD_OUT, SIGNS) if not (folder / face.file).is_file()]
    with tempfile.TemporaryDirectory() as scratch:
        found: dict[str, Path] = {}
        for source in sorted({face.source for face in wanted}):
            where = Path(scratch) / source
            where.mkdir()
            if source == "npm":
                for family in sorted({face.file.split("_")[0] for face in wanted if face.source == "npm"}):
                    _unpack_npm(family, where)
            elif _PACKAGES[source].startswith("PyPI "):
                _unpack_wheel(_PACKAGES[source].removeprefix("PyPI "), where)
            else:
                where = _DEBIAN
            found |= {file.name: file for file in where.rglob("*.ttf")}
        for face in wanted:
            if face.file in found:
                shutil.copyfile(found[face.file], folder / face.file)
    return [face for face in wanted if not (folder / face.file).is_file()]


def _unpack_wheel(package: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), package]
    subprocess.run(command, check=False, timeout=600)  # noqa: S603 - fixed arguments
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)  # noqa: S202 - a wheel as pip took it


def _unpack_npm(family: str, folder: Path) -> None:
    """Fetch one Google family; `NotoSansThaiLooped` is the package @expo-google-fonts/noto-sans-thai-looped."""
    slug = _SLUGS.get(family) or "".join(f"-{c.lower()}" if c.isupper() else c for c in family).strip("-")
    npm = shutil.which("npm")
    if npm is None:
        return
    command = [npm, "pack", "--silent", "--pack-destination", str(folder), f"@expo-google-fonts/{slug}"]
    subprocess.run(command, check=False, timeout=600, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed arguments
    for packed in folder.glob(f"expo-google-fonts-{slug}-[0-9]*.tgz"):
        with tarfile.open(packed) as archive:
            archive.extractall(folder / slug, filter="data")


_SLUGS = {
    "K2D": "k2d",
    "KoHo": "koho",
    "IBMPlexSansThai": "ibm-plex-sans-thai",
    "IBMPlexSansThaiLooped": "ibm-plex-sans-thai-looped",
}


def main() -> None:
    """Fetch the faces and say which are missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    missing = fetch(folder)
    print(f"{len(list(folder.glob('*.ttf')))} faces in {folder}; missing: {[face.file for face in missing]}")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()

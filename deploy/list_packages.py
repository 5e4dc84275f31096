"""The packages that an installation holds: versions that were tested, and their licenses.

    python deploy/list_packages.py       writes deploy/constraints.txt and deploy/LICENSES.md

Run it with the Python of an environment into which Saraban alone was installed, after the tests passed in it.
"""

import re
from importlib.metadata import Distribution, distributions
from pathlib import Path

FOLDER = Path(__file__).parent
_NOT_OURS = {"saraban", "pip", "setuptools", "wheel"}
_LONGEST = 60
"""Letters of a license in the list; some packages give the whole text."""


def find_packages() -> list[Distribution]:
    """Return what is installed beside Saraban, by name."""
    found = {_get_name(package): package for package in distributions()}
    return [found[name] for name in sorted(found) if name not in _NOT_OURS]


def _get_name(package: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()


def get_license(package: Distribution) -> str:
    """Return the license that a package states, the shortest way it does."""
    facts = package.metadata
    classifiers = [
        value.rpartition(" :: ")[2] for value in facts.get_all("Classifier", []) if value.startswith("License ::")
    ]
    stated = [*facts.get_all("License-Expression", []), ", ".join(classifiers), *facts.get_all("License", [])]
    return next((text for text in stated if text), "not stated").strip().partition("\n")[0][:_LONGEST].replace("|", "/")


def main() -> None:
    """Write both lists."""
    packages = find_packages()
    pins = "".join(f"{_get_name(each)}=={each.version}\n" for each in packages)
    (FOLDER / "constraints.txt").write_text(
        "# Versions that were tested together: pip install -c deploy/constraints.txt …\n"
        "# Made by deploy/list_packages.py\n" + pins,
        "utf-8",
    )
    rows = "".join(f"| {_get_name(each)} | {each.version} | {get_license(each)} |\n" for each in packages)
    (FOLDER / "LICENSES.md").write_text(
        "# Packages of an installation, and their licenses\n\n"
        "None of them is part of Saraban's own package, whose parts are in NOTICE; a container holds them all.\n"
        "Debian's packages (tesseract-ocr, Apache-2.0; python3; fonts-tlwg-laksaman-ttf, GPL with font exception)\n"
        "carry theirs in `/usr/share/doc`.\n"
        "Made by `deploy/list_packages.py`, from what the packages state.\n\n"
        "| package | version | license |\n| --- | --- | --- |\n" + rows,
        "utf-8",
    )


if __name__ == "__main__":
    main()

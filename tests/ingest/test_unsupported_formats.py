"""Formats that are read with a package or after a conversion: each is read, or says the next step."""

import builtins

import numpy as np
import pytest
from PIL import Image

from core.errors import UnknownFormatError, UnsupportedFormatError
from core.limits import Limits
from ingest.sources.file_type import MediaType, identify
from ingest.sources.page_loading import count_frames, load_frame

HEADER = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


@pytest.mark.parametrize("name", ["letter.doc", "letter.rtf", "letter.odt"])
def test_a_file_of_another_office_program_says_how_to_convert_it(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(UnsupportedFormatError) as raised:
        identify(path, Limits())
    assert "soffice" in raised.value.hint("th")
    assert "soffice" in raised.value.hint("en")


def test_of_a_format_that_nobody_knows_no_conversion_is_promised(tmp_path):
    path = tmp_path / "letter.xyz"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(UnknownFormatError) as raised:
        identify(path, Limits())
    assert not isinstance(raised.value, UnsupportedFormatError)


def test_a_heic_picture_without_its_package_says_what_to_install(tmp_path, monkeypatch):
    path = tmp_path / "photo.jpg"
    path.write_bytes(HEADER)
    assert identify(path, Limits()) is MediaType.HEIC
    found = builtins.__import__

    def without(name, *rest):
        if name == "pillow_heif":
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UnsupportedFormatError) as raised:
        count_frames(path, Limits())
    assert "saraban[heic]" in raised.value.hint("en")


def test_a_heic_picture_is_read(tmp_path):
    heif = pytest.importorskip("pillow_heif")
    picture = np.full((400, 300, 3), 230, np.uint8)
    picture[100:120, 50:250] = 20
    path = tmp_path / "photo.heic"
    heif.register_heif_opener()
    Image.fromarray(picture).save(path)
    assert identify(path, Limits()) is MediaType.HEIC
    assert count_frames(path, Limits()) == 1
    gray = load_frame(path, 1, Limits()).gray
    assert gray.shape == (400, 300)
    assert gray[110, 150] < 80 < gray[300, 150]

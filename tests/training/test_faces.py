"""Which faces lines are set in, and that those to measure with are really unknown to the recognizer."""

import re

import pytest

from training import faces

SOURCES = {"npm", *faces._PACKAGES}
FAMILIES = {
    "TH Niramit": r"THNiramitAS.*",
    "Niramit": r"Niramit.*",
    "Sarabun of Google": r"Sarabun_.*",
    "Trirong": r"Trirong.*",
    "Kanit": r"Kanit.*",
    "IBM Plex Sans Thai Looped": r"IBMPlexSansThaiLooped.*",
    "Tlwg Typo": r"TlwgTypo.*",
}


def files(them):
    return [face.file for face in them]


def test_no_file_is_listed_twice_or_both_trained_and_held_out():
    every = files((*faces.TRAINED, *faces.HELD_OUT, faces.SIGNS))
    assert len(set(every)) == len(every)
    assert set(faces.TRAINED) == {*faces.OFFICIAL, *faces.NATIONAL, *faces.TLWG, *faces.OTHERS}


def test_a_face_that_is_held_out_has_no_weight_and_every_other_has_one():
    assert all(face.held_out for face in (*faces.HELD_OUT, faces.SIGNS))
    assert not any(face.held_out for face in faces.TRAINED)
    assert all(face.weight > 0 for face in faces.TRAINED)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_held_out_family_is_trained_in_no_cut(family):
    pattern = re.compile(FAMILIES[family])
    assert [file for file in files(faces.TRAINED) if pattern.fullmatch(file)] == []
    assert any(pattern.fullmatch(file) for file in files(faces.HELD_OUT))


def test_every_held_out_face_is_of_a_family_that_is_looked_at_here():
    patterns = [re.compile(pattern) for pattern in FAMILIES.values()]
    assert [file for file in files(faces.HELD_OUT) if not any(p.fullmatch(file) for p in patterns)] == []


def test_the_official_face_is_trained_most():
    weights = {face.file: face.weight for face in faces.TRAINED}
    assert max(weights, key=weights.__getitem__) == "THSarabunNew-Regular.ttf"
    assert sum(weight for file, weight in weights.items() if file.startswith("THSarabun")) > 0.25 * sum(
        weights.values()
    )


def test_every_face_has_a_source_that_can_be_fetched_and_a_licence():
    every = (*faces.TRAINED, *faces.HELD_OUT, faces.SIGNS)
    assert {face.source for face in every} == SOURCES
    assert [face.file for face in every if not face.license] == []
    assert [face.file for face in every if not face.file.endswith(".ttf")] == []
    # What comes from npm is found by the family's name before the _.
    assert [face.file for face in every if (face.source == "npm") != ("_" in face.file)] == []


def test_faces_that_are_there_are_kept_and_those_that_cannot_be_had_are_told(tmp_path, monkeypatch):
    folder, debian = tmp_path / "faces", tmp_path / "debian" / "truetype"
    folder.mkdir()
    debian.mkdir(parents=True)
    (debian / "Garuda.ttf").write_bytes(b"new")
    (debian / "Loma.ttf").write_bytes(b"new")
    (folder / "Loma.ttf").write_bytes(b"mine")
    monkeypatch.setattr(faces, "_DEBIAN", debian)
    monkeypatch.setattr(faces, "_unpack_wheel", lambda package, into: (into / "THKoHo-Regular.ttf").write_bytes(b"new"))
    monkeypatch.setattr(faces, "_unpack_npm", lambda family, into: (into / f"{family}.ttf").write_bytes(b"new"))
    missing = {face.file for face in faces.fetch(folder)}
    assert {file.name for file in folder.iterdir()} == {"Garuda.ttf", "Loma.ttf", "THKoHo-Regular.ttf"}
    assert (folder / "Loma.ttf").read_bytes() == b"mine"
    wanted = set(files((*faces.TRAINED, *faces.HELD_OUT, faces.SIGNS)))
    assert missing == wanted - {"Garuda.ttf", "Loma.ttf", "THKoHo-Regular.ttf"}

"""The files of models that ship with the program, or that an office put in their place."""

from importlib import resources
from pathlib import Path

from core.errors import MissingToolError


class MissingModelError(MissingToolError):
    """A model that is read with is not there, or is none."""

    slug = "tool.model"
    th = "ไม่พบแบบจำลองที่ใช้อ่าน หรือแบบจำลองใช้ไม่ได้"
    en = "a model that is read with is missing or cannot be used"
    hint_th = "ตรวจ SARABAN_READER, SARABAN_RECOGNIZER และ SARABAN_TESSDATA หากไม่ได้กำหนดไว้ ให้ติดตั้ง saraban ใหม่"
    hint_en = "check SARABAN_READER, SARABAN_RECOGNIZER and SARABAN_TESSDATA; where none is set, install saraban anew"


def require_model(file: Path) -> bytes:
    """Return the bytes of a model.

    Raises:
        MissingModelError: It cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise MissingModelError(f"{file.name} ({file.parent})") from error


def read_digit_model() -> bytes:
    """Return the network that reads what is filled in by hand: with another one, pages may be read differently.

    Raises:
        MissingModelError: It cannot be read.
    """
    return require_model(Path(str(resources.files("ingest") / "digits.onnx")))

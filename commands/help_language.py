"""Help in the language of the person: which half of a bilingual text is shown, and the words of the frame around it.

Help texts stand in the code as `ไทย / English`, paragraph by paragraph; a paragraph without both, such as an example,
is shown in either language.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import typer

from core.errors import Language

if TYPE_CHECKING:
    from typer._click import HelpFormatter
else:
    HelpFormatter = typer.Context.formatter_class

_SIDES: Final = re.compile(r"^(?P<th>[^/]*[ก-๙].*?) / (?P<en>.*?)(?P<tail>(?: \[SARABAN_\w+\])?)$", re.DOTALL)
"""Thai first; what stands in brackets at the end, the name of a setting, belongs to both."""
_FRAME: Final = {
    "Usage: ": "วิธีใช้: ",
    "Arguments": "สิ่งที่ระบุ",
    "Options": "ตัวเลือก",
    "Commands": "คำสั่ง",
    "Show this message and exit.": "แสดงวิธีใช้",
    "Install completion for the current shell.": "ติดตั้งการเติมคำสั่งด้วยปุ่ม Tab",
    "Show completion for the current shell, to copy it or customize the installation.": "แสดงสคริปต์เติมคำสั่ง",
}
_USAGE: Final = {"[OPTIONS]": "[ตัวเลือก]", "COMMAND": "คำสั่ง", "[ARGS]": "[สิ่งที่ระบุ]"}
"""Words of the line of usage that stand for others."""
_EXTRAS: Final = (
    (re.compile(r"\[default: "), "[ค่าเริ่มต้น: "),
    (re.compile(r"\[required\]"), "[ต้องระบุ]"),
)

_TYPE: Final = re.compile(r"<(?:list\[)?(?P<type>str|path|int|float|file|dir)(?: range)?\]?>", re.IGNORECASE)
_TYPES: Final = {
    "str": ("ข้อความ", "TEXT"),
    "path": ("ไฟล์", "PATH"),
    "file": ("ไฟล์", "FILE"),
    "dir": ("โฟลเดอร์", "FOLDER"),
    "int": ("จำนวน", "NUMBER"),
    "float": ("จำนวน", "NUMBER"),
}
"""What an argument or option takes; choices show themselves."""


def choose_side(text: str, language: Language) -> str:
    """Return the half of a text that is in a language; the whole where it has not both."""
    found = _SIDES.match(text.strip().removesuffix(".") if " / " in text else text)
    if found is None:
        return text.strip()
    return (found[language].strip() + found["tail"]).strip()


def name_types(text: str, language: Language) -> str:
    """Return a text with the types of Python in it, such as `<list[Path]>`, as words."""
    return _TYPE.sub(lambda found: _TYPES[found["type"].lower()][language == "en"], text)


class EnglishFormatter(HelpFormatter):
    """Help with the types of Python as words."""

    language: Language = "en"

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of commands or options."""
        worded = [(name_types(name, self.language), self.translate(text)) for name, text in rows]
        super().write_dl(worded, col_max, col_spacing)

    def translate(self, text: str) -> str:
        """Return a text of the frame in the language of the help."""
        return text


class ThaiFormatter(EnglishFormatter):
    """Help with Thai words around the texts."""

    language: Language = "th"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        for english, thai in _USAGE.items():
            args = args.replace(english, thai)
        super().write_usage(prog, args, _FRAME["Usage: "] if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_FRAME.get(heading, heading))

    def translate(self, text: str) -> str:
        """Return a text of the frame in Thai."""
        text = _FRAME.get(text, text)
        for pattern, thai in _EXTRAS:
            text = pattern.sub(thai, text)
        return text


class EnglishContext(typer.Context):
    """What a command runs in, with help in English."""

    formatter_class = EnglishFormatter


class ThaiContext(typer.Context):
    """What a command runs in, with help in Thai."""

    formatter_class = ThaiFormatter


def speak(command: Any, language: Language) -> None:  # noqa: ANN401 - Typer does not export the classes of commands
    """Give a command and all below it help in one language."""
    paragraphs = (command.help or "").split("\n\n")
    command.help = "\n\n".join(dict.fromkeys(choose_side(text, language) for text in paragraphs))
    command.short_help = command.help.partition("\n\n")[0]
    command.context_class = ThaiContext if language == "th" else EnglishContext
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = choose_side(parameter.help, language)
    for below in getattr(command, "commands", {}).values():
        speak(below, language)

"""What was wrong with a command line, in the language of the person: Typer says it in English alone."""

import re
from collections.abc import Sequence
from typing import Any, Final

from core.errors import Language, UsageError

_THAI: Final = (
    (r"No such command '(.*?)'\. Did you mean (.*)\?", r"ไม่มีคำสั่ง \1 อาจหมายถึง \2"),
    (r"No such command '(.*?)'\.", r"ไม่มีคำสั่ง \1"),
    (r"No such option: (\S+) \(Possible options: (.*)\)", r"ไม่มีตัวเลือก \1 อาจหมายถึง \2"),
    (r"No such option: (\S+)", r"ไม่มีตัวเลือก \1"),
    (r"Missing command\.", "ยังไม่ได้ระบุคำสั่งย่อย"),
    (r"Missing (?:argument|option|parameter) '?(.*?)'?\.(?: .*)?", r"ยังไม่ได้ระบุ \1"),
    (
        r"Invalid value for '?(.*?)'?: (?:Value error, )?'(.*?)' is not one of (.*)\.",
        r"\1: \2 ไม่ใช่ค่าที่เลือกได้ เลือกได้จาก \3",
    ),
    (r"Invalid value for '?(.*?)'?: Input should be a valid (?:integer|number).*", r"\1: ต้องเป็นจำนวน"),
    (r"Invalid value for '?(.*?)'?: Input should be greater than or equal to (.*)", r"\1: ต้องไม่น้อยกว่า \2"),
    (r"Invalid value for '?(.*?)'?: Input should be less than or equal to (.*)", r"\1: ต้องไม่เกิน \2"),
    (r"Invalid value for '?(.*?)'?: \w+ '(.*)' does not exist\.", r"\1: ไม่พบ \2"),
    (r"Invalid value for '?(.*?)'?: (.*)", r"\1: \2"),
    (r"Got unexpected extra argument\S* \((.*)\)", r"มีสิ่งที่ระบุเกินมา: \1"),
    (r"Option '?(.*?)'? requires an argument\.?", r"\1: ยังไม่ได้ระบุค่า"),
)
"""Messages of Typer as patterns, the narrower before the wider, and what they are in Thai."""


def explain_usage(error: Any, language: Language) -> str:  # noqa: ANN401 - Typer does not export its errors
    """Return what was wrong and how to see what is right.

    Args:
        error: The error of Typer.
        language: Of the message.
    """
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.format_message())
    message = str(error.format_message()).replace("\n", " ")
    command = error.ctx.command_path if getattr(error, "ctx", None) is not None else "saraban"
    if language == "th":
        return f"✗ [{UsageError.slug}] {_translate(message)}\n  → ดูวิธีใช้ด้วย {command} --help"
    return f"✗ [{UsageError.slug}] {message}\n  → see {command} --help"


def find_command_path(command: Any, words: Sequence[str]) -> str:  # noqa: ANN401 - Typer does not export its commands
    """Return the command that a command line names, such as `saraban rounds merge`.

    Args:
        command: The whole program.
        words: What stands after its name.
    """
    path = ["saraban"]
    for word in words:
        below = getattr(command, "commands", {})
        if word in below:
            path.append(word)
            command = below[word]
        elif not word.startswith("-"):
            break
    return " ".join(path)


def _translate(message: str) -> str:
    for pattern, thai in _THAI:
        found = re.fullmatch(pattern, message)
        if found is not None:
            return found.expand(thai)
    return message

"""What was done on the way to a value: the catalogue of repairs, and of preparations of a page's picture.

Both are for programs and for those who look into a reading; no report shows them.
"""

from enum import StrEnum


class RepairRule(StrEnum):
    """What took a raw reading to its value (`Repair.rule`)."""

    REGISTER_ASSIGNMENT = "register.assignment"
    REGISTER_BODIES = "register.bodies"
    REGISTER_CONFIRMED = "register.confirmed"
    REGISTER_DISTRICTS = "register.districts"
    REGISTER_ELSEWHERE = "register.elsewhere"
    REGISTER_HIDDEN = "register.hidden"
    REGISTER_NEAREST = "register.nearest"
    REGISTER_NONE = "register.none"
    REGISTER_OTHER_KIND = "register.other_kind"
    PERSON_CONFIRMED = "person.confirmed"
    PERSON_CORRECTED = "person.corrected"
    PERSON_UNREADABLE = "person.unreadable"
    REMARK_CODE_BOOK = "remark.code_book"
    STATUS_WORDING = "status.wording"
    SEQUENCE_NEIGHBORS = "sequence.neighbours"


class Preparation(StrEnum):
    """What was done to a page before its text was read (`Page.prepared`)."""

    INK_BLUE = "ink.blue"
    INK_KEPT_TOGETHER = "ink.kept_together"
    INK_MARKER = "ink.marker"
    INK_RED = "ink.red"
    LAYER_HIDDEN_TEXT = "layer.hidden_text"
    ORNAMENT_CLEARED = "ornament.cleared"
    LAYER_OVERPRINT = "layer.overprint"
    LAYER_WATERMARK = "layer.watermark"
    PERSPECTIVE = "perspective"
    RIM_EDGES = "rim.edges"
    RIM_HOLES = "rim.holes"
    TABLE_READ_AS_LINES = "table.read_as_lines"

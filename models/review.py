"""Why a person should look at a value: the catalogue of review codes.

The words for each are in `reports.code_labels`. A code is stored in records and archives, so its value never changes;
one that is no longer given stays here, for the archives that hold it.
"""

from enum import StrEnum


class ReviewCode(StrEnum):
    """A reason for a person to look at a value (`Field.review`, `Row.review`, `Change.review`)."""

    # any value
    MISSING = "missing"
    LOW_CONFIDENCE = "low_confidence"
    READERS_DIFFER = "readers.differ"
    UNREADABLE = "unreadable"
    OVERLAID = "overlaid"
    HANDWRITING_SUSPECTED = "handwriting.suspected"
    SPELLING_TONE_MARKS = "spelling.tone_marks"

    # dates and times
    DATE_CHRISTIAN_ERA = "date.christian_era"
    DATE_DAY_DOUBTFUL = "date.day_doubtful"
    DATE_DAY_MISSING = "date.day_missing"
    DATE_IMPOSSIBLE = "date.impossible"
    DATE_MIXED_DIGITS = "date.mixed_digits"
    DATE_MONTH_MISSPELT = "date.month_misspelt"
    DATE_TWO_DIGIT_YEAR = "date.two_digit_year"
    DATE_UNREADABLE = "date.unreadable"
    DATE_WEEKDAY_MISMATCH = "date.weekday_mismatch"
    DATE_YEAR_IMPLAUSIBLE = "date.year_implausible"
    DATE_YEAR_INCOMPLETE = "date.year_incomplete"
    DATE_YEAR_INFERRED = "date.year_inferred"
    DATE_YEAR_SPLIT = "date.year_split"
    TIME_UNREADABLE = "time.unreadable"

    # the parts of a letter
    ENCLOSURE_SEVERAL_POSSIBLE = "enclosure.several_possible"
    KIND_NOT_UNDERSTOOD = "kind.not_understood"
    NUMBER_MALFORMED = "number.malformed"
    NUMBER_MIXED_DIGITS = "number.mixed_digits"
    NUMBER_PREFIX_SHORT = "number.prefix_short"
    NUMBER_PREFIX_SPLIT = "number.prefix_split"
    NUMBER_RUNNING_MISSING = "number.running_missing"
    NUMBER_RUNNING_SPLIT = "number.running_split"
    NUMBER_UNIT_SPLIT = "number.unit_split"
    NUMBER_UNREADABLE = "number.unreadable"
    COUNT_UNREADABLE = "count.unreadable"
    PHONE_LENGTH = "phone.length"
    QR_CUT = "qr.cut"
    SIGNER_POSITION_SPLIT = "signer.position_split"
    SECRECY_NOT_UNDERSTOOD = "secrecy.not_understood"
    URGENCY_DOUBTFUL = "urgency.doubtful"
    URGENCY_NOT_UNDERSTOOD = "urgency.not_understood"

    # the rows of an annex
    ANNEX_NO_HEADER = "annex.no_header"
    COLUMN_NO_HEADER = "column.no_header"
    SEQUENCE_JUMP = "sequence.jump"
    SEQUENCE_NONE = "sequence.none"
    SEQUENCE_REPAIRED = "sequence.repaired"
    CELL_STRUCK_OUT = "cell.struck_out"
    FORMULA_UNSAVED = "formula.unsaved"
    MARK_COLUMNS_UNCLEAR = "mark.columns_unclear"
    MARK_NONE = "mark.none"
    MARK_SEVERAL = "mark.several"
    MARK_SHAPE = "mark.shape"
    MARK_UNCLEAR = "mark.unclear"
    REMARK_DIGITS = "remark.digits"
    REMARK_REPAIRED = "remark.repaired"
    REMARK_UNUSUAL = "remark.unusual"
    REMARK_YEAR_AFTER_AS_OF = "remark.year_after_as_of"
    STATUS_CONTRADICTED = "status.contradicted"
    STATUS_NOT_UNDERSTOOD = "status.not_understood"
    STATUS_REPAIRED = "status.repaired"
    TOTAL_UNPLACED = "total.unplaced"

    # names held against the register
    BODY_AMBIGUOUS = "body.ambiguous"
    BODY_DUPLICATE = "body.duplicate"
    BODY_ELSEWHERE = "body.elsewhere"
    BODY_KIND_DIFFERS = "body.kind_differs"
    BODY_KIND_UNREAD = "body.kind_unread"
    BODY_REPAIRED_FAR = "body.repaired_far"
    BODY_UNKNOWN = "body.unknown"
    DISTRICT_AMBIGUOUS = "district.ambiguous"
    DISTRICT_UNKNOWN = "district.unknown"
    DISTRICT_UNREAD = "district.unread"
    PROVINCE_CONTRADICTED = "province.contradicted"
    PROVINCE_REPAIRED = "province.repaired"
    PROVINCE_UNKNOWN = "province.unknown"

    # one round held against another
    MATCH_DUPLICATE = "match.duplicate"
    MATCH_UNCERTAIN = "match.uncertain"
    STATUS_UNREAD = "status.unread"
    VALUE_UNREAD = "value.unread"

import pytest

from thai.spelling import mend


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("กรมส่งเสริมการปกครองท้องถิน", "กรมส่งเสริมการปกครองท้องถิ่น"),
        ("การจัดตังศูนย์", "การจัดตั้งศูนย์"),
        ("ด้านการท่องเทียวและกีฬา", "ด้านการท่องเที่ยวและกีฬา"),
        ("ข้อมูลเกียวกับสถิติ", "ข้อมูลเกี่ยวกับสถิติ"),
        ("ในพืนทีทราบ", "ในพื้นที่ทราบ"),
        ("องคการบริหาร", "องค์การบริหาร"),
    ],
)
def test_lost_tone_marks_of_official_words_are_put_back(read, meant):
    assert mend(read) == meant
    assert mend(meant) == meant


# Each is one tone mark away from an official word and means something else.
OTHER_WORDS = ["เขาร่วมงาน", "ขอมูลค่าเพิ่ม", "เกี้ยวกับ", "ครั้งทีมงาน", "ขอบังคับใช้"]


@pytest.mark.parametrize("text", ["นายรุ่งเรือง แจงใจ", "ทีมงาน", "", "INFO 2564 ๒๕๖๔", "สินเชื่อ", "ขึ้นทะเบียน", *OTHER_WORDS])
def test_everything_else_stays_as_it_is(text):
    assert mend(text) == text

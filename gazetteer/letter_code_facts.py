"""Letter codes of offices outside the ministries, and of ministries that the lists of abbreviations lack.

ภาคผนวก ๑ ของระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ names a code for each ministry and for the offices
that belong to none; offices founded since then chose theirs. The codes here are those that the offices print on their
letters. They were not held against the annex line by line, so a code that is not here is unknown and never wrong.
"""

from typing import Final

FIELDS: Final = ("code", "name", "kind", "source")
"""Columns of `data/letter_codes.csv`; `kind` is `province`, `ministry` or `independent`."""

_ON_LETTERS: Final = "ตามที่พิมพ์บนหนังสือของหน่วยงาน · as printed on letters of the office"
_ONE_LETTER: Final = "พบบนหนังสือจริงหนึ่งฉบับ · seen on one real letter"
_FORMER: Final = "หนังสือก่อนเปลี่ยนชื่อหรือยุบรวม · letters from before it was renamed or merged"
PROVINCES: Final = "PyThaiNLP (Apache-2.0)"
"""Source of the provinces' codes."""
CAPITAL: Final = _ON_LETTERS
"""Source of Bangkok's code, กท: PyThaiNLP has the everyday abbreviation กทม."""
MINISTRIES: Final = "KhamYo (Apache-2.0)"
"""Source of most ministries' codes: everyday abbreviations, which are the same as the codes but for ดส/ดศ."""

MORE_MINISTRIES: Final = (
    ("ดศ", "กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม", "ministry", _ON_LETTERS),
    ("วท", "กระทรวงวิทยาศาสตร์และเทคโนโลยี", "ministry", _FORMER),
)
"""Codes of ministries that are not their everyday abbreviations, or that are no more."""

INDEPENDENT: Final = tuple(
    (code, name, "independent", source)
    for code, name, source in (
        ("กร", "สำนักงานคณะกรรมการพิเศษเพื่อประสานงานโครงการอันเนื่องมาจากพระราชดำริ", _ON_LETTERS),
        ("ตช", "สำนักงานตำรวจแห่งชาติ", _ON_LETTERS),
        ("ตผ", "สำนักงานการตรวจเงินแผ่นดิน", _ON_LETTERS),
        ("ทช", "สำนักงานคณะกรรมการกิจการโทรคมนาคมแห่งชาติ", _ONE_LETTER),
        ("ปง", "สำนักงานป้องกันและปราบปรามการฟอกเงิน", _ON_LETTERS),
        ("ปช", "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ", _ON_LETTERS),
        ("ปช", "สำนักงาน ป.ป.ช.", _ON_LETTERS),
        ("ปป", "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตในภาครัฐ", _ON_LETTERS),
        ("ผผ", "สำนักงานผู้ตรวจการแผ่นดิน", _ON_LETTERS),
        ("พว", "สำนักพระราชวัง", _ON_LETTERS),
        ("พศ", "สำนักงานพระพุทธศาสนาแห่งชาติ", _ON_LETTERS),
        ("รถ", "สำนักงานราชบัณฑิตยสภา", _ON_LETTERS),
        ("รล", "สำนักราชเลขาธิการ", _FORMER),
        ("ลต", "สำนักงานคณะกรรมการการเลือกตั้ง", _ON_LETTERS),
        ("วช", "สำนักงานคณะกรรมการวิจัยแห่งชาติ", _FORMER),
        ("ศป", "สำนักงานศาลปกครอง", _ON_LETTERS),
        ("ศย", "สำนักงานศาลยุติธรรม", _ON_LETTERS),
        ("ศร", "สำนักงานศาลรัฐธรรมนูญ", _ON_LETTERS),
        ("สทช", "สำนักงานคณะกรรมการกิจการกระจายเสียง กิจการโทรทัศน์ และกิจการโทรคมนาคมแห่งชาติ", _ON_LETTERS),
        ("สผ", "สำนักงานเลขาธิการสภาผู้แทนราษฎร", _ON_LETTERS),
        ("สม", "สำนักงานคณะกรรมการสิทธิมนุษยชนแห่งชาติ", _ON_LETTERS),
        ("สว", "สำนักงานเลขาธิการวุฒิสภา", _ON_LETTERS),
        ("อส", "สำนักงานอัยการสูงสุด", _ON_LETTERS),
    )
)
"""Offices outside the ministries: independent bodies, courts, parliament, police, and the royal household."""

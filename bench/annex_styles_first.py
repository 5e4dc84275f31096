"""The ten styles that the parser was first measured on, and mended with in view."""

from typing import Final

from bench.annex_style_pages import (
    THAI_DIGITS,
    Style,
    choose_mark,
    join_cells,
    set_merged,
    set_sectioned,
    set_subtotaled,
    set_with_foot,
    write_amount,
)

_LONG_REMARK: Final = "อยู่ระหว่างการจัดเตรียมเอกสารประกอบและจะจัดส่งภายในกำหนดตามที่ได้รับแจ้งจากสำนักงานส่งเสริมการปกครองท้องถิ่น"
HEADER_RULE: Final = "stroke: (x, y) => if y == 0 { (bottom: 1pt) }"

TEN: Final = {
    "states": Style(
        "ภูเก็ต",
        "Loma",
        "table.cell(rowspan: 2)[ลำดับที่], table.cell(rowspan: 2)[อำเภอ], table.cell(rowspan: 2)[ชื่อ อปท.], "
        "table.cell(colspan: 2)[ผลการรายงาน], table.cell(rowspan: 2)[หมายเหตุ], [ดำเนินการแล้ว], [ยังไม่ดำเนินการ]",
        "(1.4cm, 2.8cm, 4.4cm, 2.6cm, 2.8cm, 2cm)",
        lambda row: (
            str(row.sequence),
            row.district,
            row.body,
            choose_mark(row, "✓", ""),
            choose_mark(row, "", "✓"),
            "",
        ),
        body=set_with_foot,
    ),
    "words": Style(
        "ระนอง",
        "Garuda",
        join_cells("ที่", "อำเภอ", "หน่วยงาน", "สถานะการจัดส่ง"),
        "(1.2cm, 4cm, 5cm, 4cm)",
        lambda row: (str(row.sequence), row.district, row.body, choose_mark(row, "จัดส่งแล้ว", "ยังไม่จัดส่ง")),
        options="stroke: none, fill: (_, y) => if y == 0 { luma(150) } else if calc.even(y) { luma(230) }",
    ),
    "boxes": Style(
        "สมุทรสงคราม",
        "Norasi",
        join_cells("ลำดับ", "อำเภอ", "อปท.", "ส่งรายงานแล้ว", "หมายเหตุ"),
        "(1.4cm, 3.6cm, 5cm, 3cm, 3cm)",
        lambda row: (str(row.sequence), row.district, row.body, choose_mark(row, "☑", "☐"), ""),
    ),
    "discs": Style(
        "สมุทรสาคร",
        "Kinnari",
        join_cells("ลำดับ", "อำเภอ", "ชื่อองค์กรปกครองส่วนท้องถิ่น", "การดำเนินการ"),
        "(1.5cm, 4cm, 6cm, 3cm)",
        lambda row: (str(row.sequence), row.district, row.body, choose_mark(row, "●", "○")),
        options=HEADER_RULE,
    ),
    "have": Style(
        "สิงห์บุรี",
        "Umpush",
        join_cells("ลำดับ", "อำเภอ", "อปท.", "แผนพัฒนาท้องถิ่น", "หมายเหตุ"),
        "(2cm, 5cm, 7cm, 5cm, 5cm)",
        lambda row: (str(row.sequence), row.district, row.body, choose_mark(row, "มี", "ไม่มี"), ""),
        page="flipped: true, ",
    ),
    "whole": Style(
        "สตูล",
        "Waree",
        join_cells("ลำดับ", "อำเภอ", "อปท.", "ความครบถ้วนของข้อมูล"),
        "(1.6cm, 3.6cm, 5.4cm, 4cm)",
        lambda row: (str(row.sequence), row.district, row.body, choose_mark(row, "ครบถ้วน", "ไม่ครบถ้วน")),
        body=set_merged,
    ),
    "percents": Style(
        "ตราด",
        "Sawasdee",
        join_cells("ลำดับ", "อำเภอ", "อปท.", "จำนวนครัวเรือน", "สำรวจแล้ว", "ร้อยละ"),
        "(1.5cm, 3.4cm, 4.6cm, 2.6cm, 2.4cm, 2cm)",
        lambda row: (
            str(row.sequence),
            row.district,
            row.body,
            f"{row.figures[0]:,.0f}",
            f"{row.figures[1]:,.0f}",
            f"{row.figures[2]:.2f}",
        ),
        figures=3,
        options="stroke: 0.4pt, fill: (_, y) => if y == 0 { luma(210) }",
    ),
    "amounts": Style(
        "นนทบุรี",
        "Laksaman",
        join_cells("ลำดับ", "อำเภอ", "อปท.", "จำนวนเงิน (บาท)", "หมายเหตุ"),
        "(1.4cm, 3.4cm, 5cm, 3.6cm, 2.4cm)",
        lambda row: (str(row.sequence), row.district, row.body, write_amount(row.figures[0]), ""),
        figures=1,
        body=set_subtotaled,
    ),
    "thai": Style(
        "นครนายก",
        "Purisa",
        join_cells("ลำดับ", "ชื่อ อปท.", "การรายงาน", "หมายเหตุ"),
        "(1.6cm, 5cm, 2.8cm, 6cm)",
        lambda row: (
            str(row.sequence).translate(THAI_DIGITS),
            row.body,
            choose_mark(row, "/", "-"),
            choose_mark(row, "", _LONG_REMARK if row.sequence % 5 == 0 else ""),
        ),
        thai=True,
        body=set_sectioned,
    ),
    "none": Style(
        "แม่ฮ่องสอน",
        "Tlwg Typo",
        join_cells("ลำดับ", "อำเภอ", "อปท.", "ผลการประเมิน"),
        "(1.6cm, 3.6cm, 5.4cm, 3.4cm)",
        lambda row: (str(row.sequence), row.district, row.body, choose_mark(row, "ผ่าน", "ไม่ผ่าน")),
        options="stroke: none",
    ),
}

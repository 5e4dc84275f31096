"""Four styles invented after the seven later ones were mended; nothing was changed for these."""

from typing import Final

from bench.annex_style_pages import (
    THAI_DIGITS,
    Style,
    choose_mark,
    join_cells,
    set_merged,
    set_with_foot,
)

LAST: Final = {
    "crossed": Style(
        "ลำพูน",
        "Tlwg Typewriter",
        "table.cell(rowspan: 2)[ลำดับที่], table.cell(rowspan: 2)[อำเภอ], table.cell(rowspan: 2)[รายชื่อเทศบาล/อบต.], "
        "table.cell(colspan: 2)[การส่งเอกสาร], table.cell(rowspan: 2)[หมายเหตุ], [ส่ง], [ไม่ส่ง]",
        "(1.8cm, 3cm, 5.4cm, 1.8cm, 1.8cm, 2.6cm)",
        lambda row: (str(row.sequence), row.district, row.body, *(("×", "") if row.done else ("", "×")), ""),
        body=set_with_foot,
    ),
    "legend": Style(
        "อ่างทอง",
        "Sawasdee",
        join_cells("ที่", "องค์กรปกครองส่วนท้องถิ่น", "อำเภอ", "การรายงานผล"),
        "(1.2cm, 5.6cm, 3.6cm, 3.4cm)",
        lambda row: (str(row.sequence), row.body, row.district, choose_mark(row, "O", "X")),
        options="stroke: (x, y) => if y == 0 { (top: 0.8pt, bottom: 0.8pt) }",
        note="หมายเหตุ O หมายถึง รายงานแล้ว X หมายถึง ยังไม่รายงาน \\\n",
    ),
    "targets": Style(
        "อุทัยธานี",
        "Umpush",
        join_cells("*ลำดับ*", "*อำเภอ*", "*หน่วยงาน*", "*เป้าหมาย (ราย)*", "*ผลงาน (ราย)*", "*ร้อยละ*"),
        "(1.8cm, 4cm, 6.4cm, 3.4cm, 3.4cm, 2.6cm)",
        lambda row: (
            str(row.sequence),
            row.district,
            row.body,
            f"{row.figures[0]:,.0f}",
            f"{row.figures[1]:,.0f}",
            f"{row.figures[2]:.2f}",
        ),
        figures=3,
        page="flipped: true, ",
        options="stroke: none, fill: (_, y) => if y == 0 { luma(200) } else if calc.even(y) { luma(240) }",
    ),
    "replied": Style(
        "ยโสธร",
        "Norasi",
        join_cells("ลำดับ", "อำเภอ", "ชื่อ อปท.", "การตอบแบบสำรวจ"),
        "(1.6cm, 3.6cm, 5.4cm, 4cm)",
        lambda row: (
            str(row.sequence).translate(THAI_DIGITS),
            row.district,
            row.body,
            choose_mark(row, "ตอบกลับแล้ว", "ยังไม่ตอบ"),
        ),
        thai=True,
        body=set_merged,
    ),
}

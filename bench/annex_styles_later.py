"""Seven styles invented after the first ten were mended, and measured before anything was changed for them."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import numpy as np

from bench.annex_style_pages import (
    THAI_DIGITS,
    Style,
    StyledRow,
    choose_mark,
    join_cells,
    set_merged,
    set_plain,
    set_sectioned,
    write_amount,
)

_HORIZONTAL: Final = "stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt)"
_ZEBRA: Final = "stroke: none, fill: (_, y) => if y == 0 { luma(190) } else if calc.odd(y) { luma(238) }"


def _set_with_words_below(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows and one cell that says in words how many did and did not."""
    done = sum(bool(row.done) for row in rows)
    total = f"รวม {len(rows)} แห่ง จัดทำแล้ว {done} แห่ง ยังไม่จัดทำ {len(rows) - done} แห่ง"
    return f"{set_plain(style, rows)},\ntable.cell(colspan: 5)[{total}]"


def _set_with_sums(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows in money with a line of sums below each district and below all, a dash for nil."""
    lines = []
    for district, group in groupby(rows, key=lambda row: row.district):
        own = list(group)
        lines += [set_plain(style, own), _sums(f"รวม อ.{district}", own)]
    return ",\n".join([*lines, _sums("รวมทั้งจังหวัด", rows)])


def _sums(label: str, rows: Sequence[StyledRow]) -> str:
    given = sum(row.figures[0] for row in rows)
    left = sum(row.figures[-1] for row in rows)
    return f"table.cell(colspan: 3)[{label}], {join_cells(*map(write_amount, (given, given - left, left)), '')}"


def _set_with_province(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows and, below, how many of either column there are."""
    done = sum(bool(row.done) for row in rows)
    return f"{set_plain(style, rows)},\ntable.cell(colspan: 4)[*รวม*], [{done}], [{len(rows) - done}]"


def _draw_money(random: np.random.Generator) -> tuple[float, ...]:
    given = float(random.integers(20, 2000) * 500)
    spent = float(random.integers(1, int(given)))
    return (given, spent, given - spent) if random.random() < 0.75 else (given, given)


def _money_cells(row: StyledRow) -> tuple[str, ...]:
    given, *spent, left = row.figures
    return (write_amount(given), write_amount(spent[0]) if spent else "-", write_amount(left))


def _is_halfway(row: StyledRow) -> bool:
    return not row.done and row.sequence % 2 == 0


def _is_untouched(row: StyledRow) -> bool:
    return not row.done and row.sequence % 2 == 1


LATER: Final = {
    "crosses": Style(
        "ตรัง",
        "Tlwg Typist",
        join_cells("ลำดับที่", "รายชื่อ อปท.", "อำเภอ", "ผลการจัดทำแผน", "หมายเหตุ"),
        "(1.7cm, 5.6cm, 3.2cm, 3.4cm, 2.4cm)",
        lambda row: (str(row.sequence), row.body, row.district, choose_mark(row, "✔", "✘"), ""),
        body=_set_with_words_below,
    ),
    "approved": Style(
        "พัทลุง",
        "Loma",
        join_cells("*ที่*", "*อำเภอ*", "*รายชื่อหน่วยงาน*", "*ผลการพิจารณา*"),
        "(1.2cm, 3.6cm, 5.4cm, 4cm)",
        lambda row: (str(row.sequence), row.district, row.body, choose_mark(row, "เห็นชอบแล้ว", "รอการพิจารณา")),
        options=_ZEBRA,
        body=set_merged,
    ),
    "nil": Style(
        "กระบี่",
        "Garuda",
        "table.cell(rowspan: 2)[ที่], table.cell(rowspan: 2)[อำเภอ], table.cell(rowspan: 2)[หน่วยรับงบประมาณ], "
        "table.cell(colspan: 3)[งบประมาณประจำปี (บาท)], table.cell(rowspan: 2)[หมายเหตุ], [จัดสรร], [เบิกจ่าย], [คงเหลือ]",
        "(1.4cm, 3.4cm, 5.6cm, 3.6cm, 3.6cm, 3.6cm, 2.4cm)",
        lambda row: (str(row.sequence), row.district, row.body, *_money_cells(row), ""),
        page="flipped: true, ",
        body=_set_with_sums,
        draw=_draw_money,
    ),
    "ones": Style(
        "ยะลา",
        "Tlwg Mono",
        join_cells("ลำดับ", "ชื่อ อปท.", "การส่งรายงาน", "หมายเหตุ"),
        "(2cm, 6.4cm, 3.6cm, 3cm)",
        lambda row: (str(row.sequence), row.body, choose_mark(row, "1", "0"), ""),
        options="stroke: (x, y) => if y == 0 { (top: 1pt, bottom: 1pt) }",
        body=set_sectioned,
        note="หมายเหตุ : 1 หมายถึง ส่งแล้ว  0 หมายถึง ยังไม่ส่ง \\\n",
    ),
    "provinces": Style(
        "พังงา",
        "Kinnari",
        join_cells("ที่", "จังหวัด", "อำเภอ", "องค์กรปกครองส่วนท้องถิ่น", "รายงานแล้ว", "ยังไม่ได้รายงาน"),
        "(1.1cm, 2cm, 3cm, 5.4cm, 2.3cm, 3cm)",
        lambda row: (str(row.sequence), "พังงา", row.district, row.body, *(("●", "") if row.done else ("", "●"))),
        options=_HORIZONTAL,
        body=_set_with_province,
    ),
    "joined": Style(
        "จันทบุรี",
        "Norasi",
        join_cells("*ที่*", "*ประเภท*", "*ชื่อ อปท.*", "*อำเภอ*", "*การเข้าร่วมโครงการ*"),
        "(1.2cm, 3.6cm, 3.6cm, 3.6cm, 4cm)",
        lambda row: (
            str(row.sequence).translate(THAI_DIGITS),
            row.kind,
            row.name,
            row.district,
            choose_mark(row, "เข้าร่วม", "ไม่เข้าร่วม"),
        ),
        options='stroke: (x, y) => (bottom: (thickness: 0.5pt, dash: "dotted"))',
        thai=True,
    ),
    "stages": Style(
        "ชัยนาท",
        "Waree",
        "table.cell(rowspan: 2)[ลำดับ], table.cell(rowspan: 2)[อำเภอ], table.cell(rowspan: 2)[อปท.], "
        "table.cell(colspan: 3)[ความก้าวหน้า], [แล้วเสร็จ], [อยู่ระหว่าง \\ ดำเนินการ], [ยังไม่ \\ ดำเนินการ]",
        "(1.5cm, 3.2cm, 5cm, 2.2cm, 2.6cm, 2.4cm)",
        lambda row: (
            str(row.sequence),
            row.district,
            row.body,
            choose_mark(row, "/", ""),
            "/" if _is_halfway(row) else "",
            "/" if _is_untouched(row) else "",
        ),
        options="stroke: 0.4pt, fill: (_, y) => if y < 2 { luma(220) }",
    ),
}

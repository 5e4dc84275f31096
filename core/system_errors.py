"""What the system says when a file cannot be had, in Thai and in English."""

import errno
from typing import Final

_THAI: Final = {
    errno.EACCES: "ไม่มีสิทธิ์เข้าถึง",
    errno.EPERM: "ระบบไม่อนุญาต",
    errno.ENOENT: "ไม่มีไฟล์หรือโฟลเดอร์นี้",
    errno.EEXIST: "มีอยู่แล้ว",
    errno.ENOTDIR: "ไม่ใช่โฟลเดอร์",
    errno.EISDIR: "เป็นโฟลเดอร์ ไม่ใช่ไฟล์",
    errno.ENOTEMPTY: "โฟลเดอร์ไม่ว่าง",
    errno.ENOSPC: "พื้นที่เก็บข้อมูลเต็ม",
    errno.EDQUOT: "เกินโควตาพื้นที่เก็บข้อมูล",
    errno.EROFS: "ที่เก็บข้อมูลนี้อ่านได้อย่างเดียว",
    errno.EFBIG: "ไฟล์ใหญ่เกินที่ระบบรับได้",
    errno.ENAMETOOLONG: "ชื่อยาวเกินไป",
    errno.EMFILE: "เปิดไฟล์พร้อมกันมากเกินไป",
    errno.ENFILE: "เปิดไฟล์พร้อมกันมากเกินไป",
    errno.EIO: "อุปกรณ์เก็บข้อมูลขัดข้อง",
    errno.EBUSY: "มีโปรแกรมอื่นใช้อยู่",
    errno.ELOOP: "ลิงก์วนกลับมาที่เดิม",
    errno.EINVAL: "ระบบไม่รับชื่อหรือคำสั่งนี้",
}


def describe_system_error(error: OSError) -> tuple[str, str]:
    """Return what went wrong in Thai and in English; what has no Thai words here is in the system's own."""
    english = error.strerror or str(error)
    return _THAI.get(error.errno or 0, english), english

"""What an import would do, for the person who decides on it."""

from typing import TYPE_CHECKING, Any

from commands.terminal.import_table import describe_skips

if TYPE_CHECKING:
    from core.settings import Settings
    from pipeline.planning import ImportPlan


def plan_as_json(plan: "ImportPlan", settings: "Settings") -> dict[str, Any]:
    """Return a plan as plain values; seconds are of the processor, and of the clock with all workers."""
    from pipeline.planning import free_bytes

    return {
        "met": plan.met,
        "known": plan.known,
        "to_read": plan.fresh,
        "skipped": {reason.value: n for reason, n in sorted(plan.skips.items())},
        "failures": [{"path": origin, "reason": error.slug, "detail": error.detail} for origin, error in plan.failures],
        "pages": {kind.value: n for kind, n in sorted(plan.pages.items())},
        "cpu_seconds": round(plan.cpu_seconds()),
        "seconds": round(plan.cpu_seconds() / settings.jobs),
        "disk_bytes": plan.disk_bytes(),
        "free_bytes": free_bytes(settings.archive),
    }


def describe_plan(plan: "ImportPlan", settings: "Settings") -> str:
    """Return a plan as lines."""
    from pipeline.planning import free_bytes

    minutes = f"{max(round(plan.cpu_seconds() / settings.jobs / 60), 1):,}"
    need, free = (f"{size / 1e6:,.0f} MB" for size in (plan.disk_bytes(), free_bytes(settings.archive)))
    files, pages = f"{plan.fresh:,}", f"{plan.pages.total():,}"
    if settings.lang == "th":
        lines = [
            f"พบ {plan.met:,} รายการ: มีในคลังแล้ว {plan.known:,} ต้องอ่าน {files} ไฟล์ {pages} หน้า",
            f"ใช้เวลาประมาณ {minutes} นาที ด้วย {settings.jobs} กระบวนการ และเนื้อที่ประมาณ {need} (ว่าง {free})",
        ]
    else:
        lines = [
            f"{plan.met:,} entries: {plan.known:,} are in the archive, {files} files of {pages} pages are to be read",
            f"about {minutes} minutes with {settings.jobs} workers, and about {need} ({free} are free)",
        ]
    lines += describe_skips(plan.skips, settings.lang)
    for origin, error in plan.failures:
        lines.append(f"✗ {origin} [{error.slug}] {error.message(settings.lang)}\n  → {error.hint(settings.lang)}")
    return "\n".join(lines)

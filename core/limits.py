"""Every limit in one place.

Inputs come from anywhere. What a limit stops is reported as an issue or an error that names the limit, never cut
silently. Each may be set by the environment as `SARABAN_LIMITS__<NAME>`.
"""

from pydantic import BaseModel, ConfigDict, Field

_NOT_OF_READING = {
    "files",
    "archive_members",
    "archive_bytes",
    "archive_ratio",
    "archive_depth",
    "folder_depth",
    "thread_letters",
    "report_crops",
    "crop_pixels",
    "page_picture_pixels",
    "memory_bytes",
    "result_bytes",
    "open_seconds",
    "document_seconds",
    "stall_seconds",
}


class Limits(BaseModel):
    """Bounds on what one input may cost; units are in the names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file_bytes: int = Field(default=200_000_000, gt=0, description="largest file that is opened")
    pages: int = Field(default=500, gt=0, description="most pages of one document")
    page_pixels: int = Field(default=60_000_000, gt=0, description="largest page image, in pixels")
    page_text_chars: int = Field(default=1_000_000, gt=0, description="longest text of one page")
    page_cells: int = Field(default=20_000, gt=0, description="most table cells of one page")
    scanned_cells: int = Field(
        default=2_000,
        gt=0,
        description="most table cells of one scanned page; each is a picture for the recognizer, and so many take ten "
        "times a usual page; a table beyond it is read as lines",
    )
    page_codes: int = Field(default=20, gt=0, description="most QR codes of one page")
    code_chars: int = Field(default=2_000, gt=0, description="longest payload of a QR code that is kept")
    page_lines: int = Field(default=10_000, gt=0, description="most lines of one page of a text file")
    memory_bytes: int = Field(default=1_200_000_000, gt=0, description="memory of one worker, and of each tool it runs")
    result_bytes: int = Field(default=200_000_000, gt=0, description="most that a worker hands back at once, packed")
    open_seconds: float = Field(default=60.0, gt=0, description="processor time to open a file and count its pages")
    page_seconds: float = Field(default=300.0, gt=0, description="processor time for one page in a worker")
    document_seconds: float = Field(
        default=120.0, gt=0, description="processor time to parse and check a document, or to read a table whole"
    )
    stall_seconds: float = Field(
        default=3_600.0, gt=0, description="longest that work takes on the clock, however busy the machine is"
    )
    tool_seconds: float = Field(default=180.0, gt=0, description="time for one run of an external tool")
    render_dpi: int = Field(default=300, ge=72, le=600, description="resolution pages are rendered at")
    files: int = Field(default=100_000, gt=0, description="most files of one import")
    archive_members: int = Field(default=20_000, gt=0, description="most members of one ZIP file")
    archive_bytes: int = Field(
        default=8_000_000_000,
        gt=0,
        description="most bytes that one ZIP file unpacks to, and that the ZIP files inside others do together",
    )
    archive_ratio: float = Field(default=200.0, gt=1, description="most that a member of a ZIP file may be packed down")
    folder_depth: int = Field(default=100, ge=1, description="most folders inside one another")
    archive_depth: int = Field(default=3, ge=1, description="most ZIP files inside one another")
    sheet_cells: int = Field(default=2_000_000, gt=0, description="most cells of one workbook")
    sheets: int = Field(default=200, gt=0, description="most sheets of one workbook")
    thread_letters: int = Field(default=200, gt=0, description="most letters of one chain (saraban thread)")
    report_crops: int = Field(default=400, ge=0, description="most pictures of values in one report")
    crop_pixels: int = Field(default=400_000, gt=0, description="largest picture of a value, in pixels")
    page_picture_pixels: int = Field(
        default=2_200_000, gt=0, description="largest picture of a whole page in a report, in pixels; A4 at 150 dpi"
    )

    def of_reading(self) -> str:
        """Return the limits that a reading depends on, as JSON: what is kept of a page is known by them."""
        return self.model_dump_json(exclude=_NOT_OF_READING)

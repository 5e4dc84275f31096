"""Every error that can end a command, in one tree.

    SarabanError                exit 1   a bug, or something we did not foresee
    ├── UsageError              exit 2   the command line or a settings file asks for something impossible
    │   ├── SettingError                 a setting of the environment or of the settings file is not valid
    │   ├── AmbiguousNameError           several documents answer to a name
    │   ├── NoAccountsError              the desk is to listen to others, and nobody could log in
    │   ├── UnsafeComparisonError        rounds whose data contradict themselves are not compared
    │   └── UnwritableError              a report or export cannot be written where it is to go
    ├── MissingToolError        exit 3   Tesseract or the recognizer is not there, or too old
    ├── RecognitionError        exit 1   the recognizer failed on a page; becomes an issue of the page
    ├── InputError              exit 4   the input cannot be read at all
    │   ├── NotFoundError                no such file, or a folder without documents
    │   │   ├── UnknownDocumentError     the archive has no such document
    │   │   └── RemovedDocumentError     a person took it out of the archive
    │   ├── UnknownBodyError             the register has no such local body
    │   ├── EmptyFileError               zero bytes
    │   ├── UnknownFormatError           the bytes are no format we read, whatever the name says
    │   │   └── UnsupportedFormatError   it is read once it is converted, or with a package that is not there
    │   ├── DamagedFileError             the right format, but broken or cut off
    │   ├── EncryptedFileError           a PDF that wants a password
    │   ├── DarkPageError                a page that is dark all over: a negative, or no paper
    │   ├── UnknownEncodingError         a text file that is neither UTF-8 nor TIS-620
    │   └── LimitError                   larger than a limit of `core.limits`
    ├── PartialError            exit 5   some inputs were read and some were not
    ├── RuleViolationError      exit 6   `--fail-on`: a rule of that severity was violated
    ├── ChangesFoundError       exit 7   `diff --exit-code`: the rounds differ
    └── StoreError              exit 8   the archive cannot be opened, migrated or written
        ├── ConflictError                somebody else changed the same value meanwhile
        ├── NoArchiveError               there is none in that folder
        └── ReadOnlyArchiveError         it can be read, and not be written

Trouble with one page or one document of many is data (`models.issue.Issue`), not an exception. An exception of
this tree carries a stable slug, a Thai and an English message, and a hint that names the next step.
"""

from enum import IntEnum
from typing import ClassVar, Literal, Self

from core.system_errors import describe_system_error

Language = Literal["th", "en"]


class ExitCode(IntEnum):
    """What the `saraban` command tells the shell."""

    OK = 0
    BUG = 1
    USAGE = 2
    MISSING_TOOL = 3
    UNREADABLE = 4
    PARTIAL = 5
    RULE_VIOLATION = 6
    CHANGES_FOUND = 7
    STORE = 8
    INTERRUPTED = 130


class SarabanError(Exception):
    """Something went wrong that the person at the keyboard must know of.

    Args:
        detail: What it happened to: a file name, a tool, a value. Shown after the message.
        english: The same for English readers, where the detail has Thai words.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.BUG
    slug: ClassVar[str] = "internal"
    th: ClassVar[str] = "เกิดข้อผิดพลาดภายในโปรแกรม"
    en: ClassVar[str] = "an internal error occurred"
    hint_th: ClassVar[str] = "โปรดแจ้งผู้พัฒนาพร้อมคำสั่งที่ใช้"
    hint_en: ClassVar[str] = "please report it with the command you ran"

    def __init__(self, detail: str = "", english: str = "") -> None:
        super().__init__(english or detail or self.en)
        self.detail = detail
        self.english = english

    @classmethod
    def from_system(cls, place: object, error: OSError) -> Self:
        """Return the error for a file or folder that the system does not give.

        Args:
            place: Which one.
            error: What the system says.
        """
        th, en = describe_system_error(error)
        return cls(f"{place}: {th}", f"{place}: {en}")

    def __reduce__(self) -> tuple[type["SarabanError"], tuple[str, str]]:
        """Survive the way back from a worker process."""
        return type(self), (self.detail, self.english)

    def message(self, language: Language = "th") -> str:
        """Return the message in one language, with what it happened to."""
        text, detail = (self.th, self.detail) if language == "th" else (self.en, self.english or self.detail)
        return f"{text}: {detail}" if detail else text

    def hint(self, language: Language = "th") -> str:
        """Return the next step to take, in one language."""
        return self.hint_th if language == "th" else self.hint_en


class UsageError(SarabanError):
    """The command line or a settings file asks for something impossible."""

    exit_code = ExitCode.USAGE
    slug = "usage"
    th = "คำสั่งหรือค่าที่กำหนดไม่ถูกต้อง"
    en = "the command or a setting is not valid"
    hint_th = "ดูวิธีใช้ด้วย saraban --help"
    hint_en = "see saraban --help"


class SettingError(UsageError):
    """A setting of the environment or of the settings file is not valid."""

    slug = "setting"
    th = "ค่ากำหนดไม่ถูกต้อง"
    en = "a setting is not valid"
    hint_th = "แก้ตัวแปรหรือไฟล์ค่ากำหนด ตามรายการในคู่มือ หน้าการตั้งค่า"
    hint_en = "correct the variable or settings.toml; the manual lists all on its page of settings"


class AmbiguousNameError(UsageError):
    """Several documents of the archive answer to a name."""

    slug = "archive.ambiguous"
    th = "มีเอกสารมากกว่าหนึ่งฉบับที่ตรงกับชื่อนี้"
    en = "several documents answer to this name"
    hint_th = "ระบุรหัสเอกสารที่แสดงข้างต้นแทนชื่อไฟล์"
    hint_en = "give one of the ids above instead of the file name"


class UnwritableError(UsageError):
    """A report or an export cannot be written where it is to go."""

    slug = "target.unwritable"
    th = "เขียนไฟล์ปลายทางไม่ได้"
    en = "the file cannot be written there"
    hint_th = "เลือกโฟลเดอร์ที่มีอยู่และมีสิทธิ์เขียน หรือตรวจพื้นที่ว่าง"
    hint_en = "name a folder that is there and may be written, or check the free space"


class UnsafeComparisonError(UsageError):
    """Rounds violate rules that make a comparison unsafe."""

    slug = "diff.unsafe"
    th = "ยังเปรียบเทียบรอบไม่ได้ เพราะไม่ผ่านกฎที่จำเป็น"
    en = "the rounds cannot be compared safely: they violate rules that have to hold"
    hint_th = "ดูด้วย saraban check ตอบข้อสงสัยด้วย saraban settle แล้วสั่งใหม่ หรือใช้ --force"
    hint_en = "see saraban check, settle what is in doubt with saraban settle, and try again; or --force"


class NoAccountsError(UsageError):
    """The desk is to listen to other machines, and the archive has no account to log in with."""

    slug = "serve.no_accounts"
    th = "เปิดให้เครื่องอื่นใช้ได้เมื่อมีบัญชีผู้ดูแลระบบแล้วเท่านั้น"
    en = "other machines are served only where there is an admin account"
    hint_th = "เพิ่มบัญชีก่อน: saraban accounts add ชื่อ --role admin"
    hint_en = "add one first: saraban accounts add NAME --role admin"


class MissingToolError(SarabanError):
    """Tesseract is not there, or is too old."""

    exit_code = ExitCode.MISSING_TOOL
    slug = "tool.missing"
    th = "ไม่พบโปรแกรมที่จำเป็น"
    en = "a program that is needed is missing"
    hint_th = "ตรวจเครื่องด้วย saraban doctor แล้วติดตั้งด้วย sudo apt-get install tesseract-ocr"
    hint_en = "run saraban doctor, then sudo apt-get install tesseract-ocr"


class RecognitionError(SarabanError):
    """A recognizer ran on a page and failed, or ran out of time."""

    slug = "recognition"
    th = "โปรแกรมรู้จำตัวอักษรอ่านหน้านี้ไม่สำเร็จ"
    en = "the recognizer failed on this page"
    hint_th = "ตรวจเครื่องด้วย saraban doctor แล้วสั่งซ้ำ หรือเพิ่มเวลาด้วย SARABAN_LIMITS__TOOL_SECONDS"
    hint_en = "run saraban doctor and try again, or raise SARABAN_LIMITS__TOOL_SECONDS"


class InputError(SarabanError):
    """An input cannot be read at all."""

    exit_code = ExitCode.UNREADABLE
    slug = "input.unreadable"
    th = "อ่านไฟล์ไม่ได้"
    en = "the file cannot be read"
    hint_th = "เปิดไฟล์ด้วยโปรแกรมอื่นเพื่อตรวจสอบ แล้วสแกนหรือบันทึกใหม่"
    hint_en = "open the file in another program to check it, then scan or save it again"


class NotFoundError(InputError):
    """There is no such file, or the folder holds no documents."""

    slug = "input.not_found"
    th = "ไม่พบไฟล์เอกสาร"
    en = "no document was found"
    hint_th = "ตรวจชื่อไฟล์หรือโฟลเดอร์ ระบบอ่าน PDF ภาพ DOCX ตาราง ข้อความ และ ZIP"
    hint_en = "check the path; PDF, pictures, DOCX, tables, text and ZIP files are read"


class UnknownDocumentError(NotFoundError):
    """The archive has no document of that name or id."""

    slug = "archive.no_document"
    th = "ไม่พบเอกสารนี้ในคลัง"
    en = "the archive has no such document"
    hint_th = "ดูชื่อไฟล์และรหัสเอกสารด้วย saraban list"
    hint_en = "see saraban list for file names and ids"


class RemovedDocumentError(NotFoundError):
    """A person took the document out of the archive."""

    slug = "archive.removed"
    th = "เอกสารนี้ถูกนำออกจากคลังแล้ว"
    en = "this document was taken out of the archive"
    hint_th = "ดูเหตุผลด้วย saraban status หรือนำกลับด้วย saraban remove เอกสาร --undo --reason เหตุผล"
    hint_en = "saraban status tells why; saraban remove DOC --undo --reason WHY puts it back"


class UnknownBodyError(InputError):
    """The register has no local body of that key or name."""

    slug = "register.no_body"
    th = "ไม่พบ อปท. นี้ในทะเบียน"
    en = "the register has no such local body"
    hint_th = "ค้นด้วยบางส่วนของชื่อ: saraban bodies search ชื่อ"
    hint_en = "look for a part of the name: saraban bodies search NAME"


class EmptyFileError(InputError):
    """The file has no bytes."""

    slug = "input.empty"
    th = "ไฟล์ว่างเปล่า (0 ไบต์)"
    en = "the file is empty (0 bytes)"
    hint_th = "คัดลอกหรือสแกนไฟล์นี้ใหม่ อาจคัดลอกไม่สำเร็จ"
    hint_en = "copy or scan it again; the copy may have been cut off"


class UnknownFormatError(InputError):
    """The bytes are of no format we read, whatever the file is called."""

    slug = "input.format"
    th = "เนื้อไฟล์ไม่ใช่รูปแบบที่อ่านได้"
    en = "the content is of no format that can be read"
    hint_th = "บันทึกเป็น PDF TIFF PNG JPEG หรือข้อความ UTF-8 แล้วลองใหม่"
    hint_en = "save it as PDF, TIFF, PNG, JPEG or UTF-8 text and try again"


class UnsupportedFormatError(UnknownFormatError):
    """A known format that is not read as it is: of another office program, or a picture that needs a package."""

    slug = "input.unsupported"
    th = "ไฟล์ชนิดนี้ยังอ่านโดยตรงไม่ได้"
    en = "this kind of file is not read as it is"
    hint_th = (
        "ไฟล์ DOC RTF ODT PPT: แปลงเป็น DOCX หรือ PDF ก่อน เช่น soffice --headless --convert-to docx ไฟล์"
        " ภาพ HEIC: ติดตั้ง pip install 'saraban[heic]' หรือบันทึกเป็น JPEG"
    )
    hint_en = (
        "DOC, RTF, ODT, PPT: convert it first, as by soffice --headless --convert-to docx FILE;"
        " HEIC: pip install 'saraban[heic]', or save it as JPEG"
    )


class DamagedFileError(InputError):
    """The format is right, but the file is broken or cut off."""

    slug = "input.damaged"
    th = "ไฟล์ชำรุดหรือไม่สมบูรณ์"
    en = "the file is damaged or cut off"
    hint_th = "ขอไฟล์ใหม่จากต้นทาง หรือสแกนใหม่"
    hint_en = "ask for the file again, or scan it again"


class EncryptedFileError(InputError):
    """A PDF that cannot be opened without a password."""

    slug = "input.encrypted"
    th = "ไฟล์ PDF ใส่รหัสผ่านไว้"
    en = "the PDF is protected by a password"
    hint_th = "ถอดรหัสก่อน: qpdf --password=รหัส --decrypt เดิม.pdf ใหม่.pdf"
    hint_en = "decrypt it first: qpdf --password=SECRET --decrypt in.pdf out.pdf"


class DarkPageError(InputError):
    """A page is dark all over."""

    slug = "input.dark"
    th = "หน้านี้มืดทั้งหน้า อาจเป็นภาพกลับสี หรือไม่ใช่หน้าเอกสาร"
    en = "the page is dark all over: a negative, or not a page"
    hint_th = "สแกนหน้านี้ใหม่ให้พื้นกระดาษสว่าง"
    hint_en = "scan the page again with light paper"


class UnknownEncodingError(InputError):
    """A text file that is neither UTF-8 nor TIS-620."""

    slug = "input.encoding"
    th = "ไม่รู้จักรหัสอักขระของไฟล์ข้อความ"
    en = "the text file is in an unknown encoding"
    hint_th = "แปลงเป็น UTF-8: iconv -f รหัสเดิม -t UTF-8 เดิม.txt > ใหม่.txt"
    hint_en = "convert it to UTF-8: iconv -f ENCODING -t UTF-8 in.txt > out.txt"


class LimitError(InputError):
    """Larger than one of the limits in `core.limits`."""

    slug = "input.limit"
    th = "ไฟล์ใหญ่เกินขีดจำกัด"
    en = "the file exceeds a limit"
    hint_th = "แบ่งไฟล์ให้เล็กลง หรือปรับขีดจำกัดด้วยตัวแปร SARABAN_LIMITS__…"
    hint_en = "split the file, or raise the limit with a SARABAN_LIMITS__… variable"


class PartialError(SarabanError):
    """Some inputs were read and some were not."""

    exit_code = ExitCode.PARTIAL
    slug = "partial"
    th = "อ่านได้บางส่วน"
    en = "only some of the inputs could be read"
    hint_th = "ดูรายการที่ไม่สำเร็จด้านบน แก้ไขแล้วสั่งซ้ำได้ ระบบจะข้ามที่ทำแล้ว"
    hint_en = "see the failures above; run the command again after mending them, finished work is skipped"


class RuleViolationError(SarabanError):
    """A rule of the severity named with `--fail-on` was violated."""

    exit_code = ExitCode.RULE_VIOLATION
    slug = "rules.violated"
    th = "พบรายการที่ไม่ผ่านการตรวจสอบ"
    en = "rules were violated"
    hint_th = "ดูรายละเอียดด้วย saraban check"
    hint_en = "see saraban check for the details"


class ChangesFoundError(SarabanError):
    """`diff --exit-code`: the two rounds are not the same."""

    exit_code = ExitCode.CHANGES_FOUND
    slug = "diff.changed"
    th = "สองรอบนี้แตกต่างกัน"
    en = "the two rounds differ"
    hint_th = "ดูรายงานด้วย saraban diff --latest --report changes.html"
    hint_en = "see saraban diff --latest --report changes.html"


class StoreError(SarabanError):
    """The archive cannot be opened, migrated or written."""

    exit_code = ExitCode.STORE
    slug = "store"
    th = "เปิดหรือบันทึกคลังเอกสารไม่ได้"
    en = "the archive cannot be opened or written"
    hint_th = "ตรวจสิทธิ์และพื้นที่ว่างของโฟลเดอร์คลัง (--archive)"
    hint_en = "check the permissions and free space of the archive folder (--archive)"


class ConflictError(StoreError):
    """Somebody else changed the same value meanwhile; nothing was kept."""

    slug = "store.conflict"
    th = "มีผู้แก้ไขค่านี้ไปก่อนแล้ว จึงยังไม่ได้บันทึก"
    en = "somebody changed this value meanwhile, so nothing was saved"
    hint_th = "เปิดดูค่าล่าสุด แล้วตัดสินใจอีกครั้ง"
    hint_en = "look at the newest value and decide again"


class NoArchiveError(StoreError):
    """There is no archive in the folder."""

    slug = "archive.missing"
    th = "ไม่มีคลังเอกสารในโฟลเดอร์นี้"
    en = "there is no archive in this folder"
    hint_th = "สร้างคลังด้วย saraban import ไฟล์ หรือระบุโฟลเดอร์คลังด้วย --archive หรือ SARABAN_ARCHIVE"
    hint_en = "saraban import FILE makes one; or name its folder with --archive or SARABAN_ARCHIVE"


class ReadOnlyArchiveError(StoreError):
    """The archive can be read, but not be written."""

    slug = "archive.read_only"
    th = "คลังเอกสารนี้อ่านได้อย่างเดียว"
    en = "this archive can only be read"
    hint_th = "คัดลอกโฟลเดอร์คลังไปยังที่ที่เขียนได้ แล้วระบุด้วย --archive"
    hint_en = "copy its folder to where it can be written, and name that with --archive"

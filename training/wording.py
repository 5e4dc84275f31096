"""Texts of lines as official letters and annexes have them: words, numbers, names and the phrases between them.

What is invented here is invented at random: a line means nothing. What counts is that every sign is met often, in
the company it keeps in letters, and that no text can be learnt by heart. Words that are held out (`is_held_out`) and
the bodies of held-out provinces are never used for training; the measurements are made with them.
"""

import csv
import hashlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from training.characters import canonical, is_writable

HELD_OUT_PROVINCES = frozenset({"อุตรดิตถ์", "พัทลุง", "บึงกาฬ", "สิงห์บุรี"})
"""Names of these provinces, their districts and their bodies are for measuring only."""
_HELD_OUT_SHARE = 0.05
_ENGLISH = re.compile(r"[A-Za-z]{2,12}")

ROOT = Path(__file__).parents[1]
PHRASES = Path(__file__).parent / "data" / "phrases.txt"
MOST_CHARACTERS = 84

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_CONSONANTS = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"

_LISTS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "data" / "lists.toml").read_text("utf-8"))

MONTHS = tuple(_LISTS["months"])
"""The months, as letters write them in full."""


def is_held_out(word: str) -> bool:
    """Whether a word or name is kept for measuring: a held-out province, or one word in twenty, by its digest."""
    return (
        word in HELD_OUT_PROVINCES or hashlib.blake2b(word.encode(), digest_size=2).digest()[0] < 256 * _HELD_OUT_SHARE
    )


@dataclass(frozen=True)
class Vocabulary:
    """What texts are made of: either all that may be trained on, or only what is held out."""

    held_out: bool
    common: tuple[str, ...]
    frequency: np.ndarray
    rare: tuple[str, ...]
    places: tuple[str, ...]
    provinces: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    english: tuple[str, ...]
    prefixes: tuple[str, ...]
    phrases: tuple[str, ...]


@cache
def vocabulary(*, held_out: bool = False) -> Vocabulary:
    """Return the words for training, or those that are held out from it.

    Sources: PyThaiNLP's corpora (word lists and frequencies CC0; names CC-BY-SA 4.0), the register of this
    repository, and phrases written for it.
    """
    from pythainlp import corpus
    from pythainlp.corpus import th_en_translit, tnc, ttc

    def choose(words: object) -> tuple[str, ...]:
        clean = (canonical(str(word)) for word in words)  # type: ignore[attr-defined]
        return tuple(sorted({w for w in clean if is_writable(w) and is_held_out(w) == held_out}))

    counts: dict[str, float] = {}
    for word, count in [*ttc.word_freqs(), *tnc.word_freqs()]:
        clean = canonical(word)
        if is_writable(clean) and re.fullmatch("[ก-๙]+", clean) and is_held_out(clean) == held_out:
            counts[clean] = counts.get(clean, 0) + count
    common = sorted(counts, key=lambda word: (-counts[word], word))[:20_000]
    frequency = np.cumsum(np.array([counts[word] for word in common]) ** 0.6)
    with (ROOT / "gazetteer" / "data" / "bodies.csv").open(encoding="utf-8") as stream:
        bodies = [row for row in csv.DictReader(stream) if (row["province"] in HELD_OUT_PROVINCES) == held_out]
    with (ROOT / "gazetteer" / "data" / "letter_codes.csv").open(encoding="utf-8") as stream:
        prefixes = sorted({m for row in csv.reader(stream) for cell in row for m in re.findall(r"^[ก-ฮ]{2,3}$", cell)})
    entries = th_en_translit.get_transliteration_dict().values()
    english = {
        word
        for entry in entries
        for text in entry[th_en_translit.TRANSLITERATE_EN]
        for word in _ENGLISH.findall(str(text))
    }
    names = [*corpus.thai_male_names(), *corpus.thai_female_names()]
    return Vocabulary(
        held_out=held_out,
        common=tuple(common),
        frequency=frequency / frequency[-1],
        rare=choose(word for word in corpus.thai_words() if len(word) < 24),
        places=tuple(sorted({row[key] for row in bodies for key in ("name", "district")})),
        provinces=tuple(sorted({row["province"] for row in bodies})),
        given=choose(names),
        family=choose(corpus.thai_family_names()),
        english=choose(english),
        prefixes=tuple(prefixes),
        phrases=tuple(line for line in PHRASES.read_text("utf-8").splitlines() if line and line[0] != "#"),
    )


class Writer:
    """Writes lines of text, the same ones for the same random generator."""

    def __init__(self, random: np.random.Generator, words: Vocabulary, numbers: float = 0.0) -> None:
        """Args:
        random: Chooses everything.
        words: What is written with.
        numbers: Share of the lines that are made of numbers, dates and references, with few words between.
        """  # noqa: D205
        self._random = random
        self._words = words
        self._numbers = numbers
        self._arabic = False
        self._makers: dict[str, Callable[[], str]] = {
            "date": self._date,
            "weekdaydate": lambda: f"วัน{self._pick(_LISTS['weekdays'])}ที่ {self._date()}",
            "shortdate": self._short_date,
            "slashdate": lambda: f"{self._number(1, 31)}/{self._number(1, 12)}/{self._year()}",
            "month": lambda: self._pick(_LISTS["months"]),
            "year": self._year,
            "number": self._letter_number,
            "shortcode": lambda: self._digits(4) + "." + self._digits(1),
            "n": lambda: self._number(1, 31),
            "big": lambda: self._number(1, int(10 ** self._random.uniform(1, 5))),
            "amount": self._amount,
            "decimal": lambda: f"{self._number(0, 100)}.{self._digits(2)}",
            "longnumber": lambda: self._digits(int(self._random.integers(6, 21))),
            "account": lambda: f"{self._digits(3)}-{self._digits(1)}-{self._digits(5)}-{self._digits(1)}",
            "postcode": lambda: self._digits(5),
            "phone": self._phone,
            "mobile": self._mobile,
            "time": lambda: f"{self._number(0, 23, 2)}{self._pick('.:.')}{self._number(0, 59, 2)} น.",
            "email": self._email,
            "url": self._url,
            "latin": lambda: self._pick(_LISTS["latin"]),
            "english": self._english,
            "agency": self._agency,
            "place": self._place,
            "body": lambda: self._pick(_LISTS["kinds"]) + self._pick(self._words.places),
            "person": self._person,
            "word": self._common,
            "words": lambda: self.prose(int(self._random.integers(1, 6))),
        }
        self._pieces: tuple[tuple[float, Callable[[], str]], ...] = (
            (0.38, self.phrase),
            (0.69, lambda: self.prose(int(self._random.integers(1, 9)))),
            (0.81, self._digit_soup),
            (0.89, self._english),
            (0.935, self._person),
            (0.96, lambda: self._pick(_LISTS["signs"])),
            (0.97, lambda: self._pick(_LISTS["marks"])),
            (0.985, self._abbreviation),
        )

    def line(self) -> str:
        """Return the text of one line, from a table cell's single digit to a full line of a letter."""
        self._arabic = self._random.random() < 0.25
        piece = self._piece
        if self._numbers and self._random.random() < self._numbers:
            piece, self._arabic = self._number_piece, self._random.random() < _ARABIC_AMONG_NUMBERS
        most = int(self._pick([3, 8, 14, 22, 32, 45, 60, 80]))
        text = piece()
        while len(text) < most and self._random.random() < 0.94:
            text += self._pick(["", " ", " ", " ", "  "]) + piece()
        return canonical(text[:MOST_CHARACTERS].rstrip(_NEVER_LAST))

    def _piece(self) -> str:
        share = self._random.random()
        for up_to, make in self._pieces:
            if share < up_to:
                return make()
        return self._syllable_soup()

    def _number_piece(self) -> str:
        """Return a number as a letter or an annex has it, seldom a word; the kinds of digits stay as they were."""
        if self._random.random() < _WORDS_AMONG_NUMBERS:
            return self._common()
        return self._makers[self._pick(_NUMBER_PIECES)]()

    def phrase(self) -> str:
        """Return one of the official phrases with its places filled in."""
        return re.sub(r"\{(\w+)\}", lambda match: self._makers[match[1]](), self._pick(self._words.phrases))

    def prose(self, count: int) -> str:
        """Return so many words, joined as Thai joins them."""
        return "".join(self._common() for _ in range(count))

    def _common(self) -> str:
        if self._random.random() < 0.7:
            return self._words.common[int(np.searchsorted(self._words.frequency, self._random.random()))]
        return self._pick(self._words.rare)

    def _pick(self, choices: "tuple[str, ...] | list[str] | list[int] | str") -> str:
        return choices[int(self._random.integers(len(choices)))]  # type: ignore[return-value]

    def _thai(self, digits: str) -> str:
        return digits if self._arabic else digits.translate(_THAI_DIGITS)

    def _digits(self, count: int) -> str:
        return self._thai("".join(str(d) for d in self._random.integers(0, 10, count)))

    def _number(self, low: int, high: int, width: int = 1) -> str:
        return self._thai(str(int(self._random.integers(low, high + 1))).zfill(width))

    def _year(self) -> str:
        return self._number(2490, 2575)

    def _date(self) -> str:
        return f"{self._number(1, 31)} {self._pick(_LISTS['months'])} {self._year()}"

    def _short_date(self) -> str:
        year = self._year() if self._random.random() < 0.5 else self._year()[2:]
        return f"{self._number(1, 31)} {self._pick(_LISTS['months_short'])} {year}"

    def _letter_number(self) -> str:
        chance = self._random.random()
        prefix = self._pick(self._words.prefixes) if chance < 0.8 else self._abbreviation(points=False)
        unit = self._digits(int(self._random.integers(4, 6)))
        for _ in range(int(self._random.integers(0, 3))):
            unit += "." + self._digits(int(self._random.integers(1, 3)))
        circular = self._pick(["ว ", "", "ว", "ว. "])
        committee = f"({self._pick(_LISTS['committees'])})" if self._random.random() < 0.05 else ""
        running = "" if self._random.random() < 0.08 else self._number(1, int(10 ** self._random.uniform(1, 5)))
        return f"{prefix} {committee}{unit}/{circular}{running}"

    def _amount(self) -> str:
        amount = int(10 ** self._random.uniform(2, 9))
        cents = f".{int(self._random.integers(0, 100)):02}" if self._random.random() < 0.5 else ""
        return self._thai(f"{amount:,}{cents}") + ("" if self._random.random() < 0.8 else ".-")

    def _phone(self) -> str:
        form = self._pick(
            ["0 #### ####", "0-####-####", "0 #### ####-#", "0-####-#### ต่อ ##", "0##-######", "0 ##### ####"]
        )
        return self._fill(form)

    def _mobile(self) -> str:
        return self._fill(self._pick(["0## ### ####", "0##-###-####", "0#-####-####", "0########", "0## #######"]))

    def _fill(self, form: str) -> str:
        return self._thai(re.sub("#", lambda _: str(self._random.integers(10)), form))

    def _email(self) -> str:
        user = self._english().lower() + self._pick(["", "_", ".", "-"]) + self._pick(["", "1", "saraban", "lao", "2"])
        host = (
            f"{self._pick(_LISTS['hosts'])}.go.th"
            if self._random.random() < 0.6
            else self._pick(["gmail.com", "hotmail.com"])
        )
        return f"{user.replace(' ', '')}@{host}"

    def _url(self) -> str:
        start = self._pick(["www.", "http://www.", "https://", "http://", "https://www."])
        path = "/" + self._english().lower().replace(" ", "") if self._random.random() < 0.4 else ""
        code = "/" + self._code(int(self._random.integers(5, 9))) if self._random.random() < 0.3 else ""
        return f"{start}{self._pick(_LISTS['hosts'])}.go.th{path}{code}"

    def _code(self, count: int) -> str:
        letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        return "".join(self._pick(letters) for _ in range(count))

    def _english(self) -> str:
        chance = self._random.random()
        if chance < 0.2:
            return self._pick(_LISTS["latin"])
        if chance < 0.28:
            return self._code(int(self._random.integers(2, 9)))
        word = self._pick(self._words.english)
        forms = (word, word.lower(), word.capitalize(), word.upper())
        return forms[int(self._random.choice(4, p=[0.2, 0.35, 0.3, 0.15]))]

    def _agency(self) -> str:
        agency = self._pick(_LISTS["agencies"])
        return agency + (self._pick(self._words.provinces) if agency == "จังหวัด" else "")

    def _place(self) -> str:
        return self._pick(self._words.places if self._random.random() < 0.8 else self._words.provinces)

    def _person(self) -> str:
        return f"{self._pick(_LISTS['titles'])}{self._pick(self._words.given)} {self._pick(self._words.family)}"

    def _abbreviation(self, *, points: bool = True) -> str:
        letters = [self._pick(_CONSONANTS) for _ in range(int(self._random.integers(2, 4)))]
        return "".join(f"{letter}." for letter in letters) if points else "".join(letters)

    def _digit_soup(self) -> str:
        """Digits that follow no pattern, so that no pattern is presumed; now and then of both kinds."""
        groups = []
        for _ in range(int(self._random.integers(1, 5))):
            self._arabic = self._random.random() < 0.2
            groups.append(self._digits(int(self._random.integers(1, 7))))
        return self._pick([" ", "/", ".", "-", ",", " "]).join(groups)

    def _syllable_soup(self) -> str:
        """Signs in an order that is legal but says nothing: the rarest letters get their turn."""
        text = ""
        for _ in range(int(self._random.integers(2, 7))):
            lead = self._pick(["", "", "", "เ", "แ", "โ", "ไ", "ใ"])
            above = self._pick(["", "", "ิ", "ี", "ึ", "ื", "ั", "็", "ุ", "ู"]) if not lead else self._pick(["", "็"])
            tone = self._pick(["", "", "่", "้", "๊", "๋", "์"]) if above != "็" else ""
            tail = self._pick(["", "", "า", "ะ", "ำ", "ๅ"]) if not above else ""
            text += lead + self._pick(_CONSONANTS) + above + tone + tail
        return text


_ARABIC_AMONG_NUMBERS = 0.15
"""Share of the lines of numbers that have 0–9: Thai digits are the harder ones."""
_WORDS_AMONG_NUMBERS = 0.15
_NUMBER_PIECES = (
    *("date", "number", "big", "amount", "longnumber", "n", "shortcode", "decimal"),
    *("shortdate", "slashdate", "year", "phone", "mobile", "account", "postcode", "time"),
)
"""What a line of numbers is made of, all alike often."""
_NEVER_LAST = " เแโใไ("

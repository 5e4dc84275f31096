"""Numbers of rows that go with those behind them, but with none before."""

from models.field import Field
from parsers.annex.sequence_numbers import numbered


def read_reviews(values: list[int]) -> list[tuple[str, ...]]:
    fields = [Field[str](value=str(value), raw=str(value), confidence=1.0, page=1) for value in values]
    return [field.review for field in numbered(fields)]


def test_a_digit_that_is_misread_from_one_row_on_asks_where_it_begins() -> None:
    assert read_reviews([*range(30, 40), *range(90, 98)])[10] == ("sequence.jump",)


def test_numbers_that_begin_anew_or_start_late_ask_only_where_they_leap() -> None:
    assert not any(read_reviews([*range(1, 12), *range(1, 12)]))
    assert [bool(review) for review in read_reviews([*range(1, 12), *range(41, 52)])].count(True) == 1


def test_a_number_that_follows_a_misread_one_asks_where_it_does_not_go_on() -> None:
    assert read_reviews([1, 2, 5, 6])[2] == ("sequence.jump",)
    assert read_reviews([*range(1, 9), 8, 9, 10])[8] == ("sequence.jump",)
    assert not any(read_reviews([1, 2, 3, 4]))

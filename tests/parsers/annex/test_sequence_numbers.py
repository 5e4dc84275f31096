"""Numbers of rows that go with those behind them, but with none before."""

import pytest

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


@pytest.mark.parametrize(
    ("confidence", "place", "review"),
    [(0.5, 4, ()), (0.95, 4, ("sequence.repaired",)), (0.5, 10, ("sequence.repaired",))],
)
def test_a_misread_number_asks_unless_it_was_hardly_read_and_those_around_it_agree(confidence, place, review) -> None:
    fields = [
        Field[str](value=str(n), raw=str(n), confidence=confidence if n > 50 else 1.0, page=1)
        for n in [*range(1, place + 1), 59, *range(place + 2, 12)]
    ]
    found = numbered(fields)[place]
    assert (found.value, found.review) == (place + 1, review)
    assert found.repair is not None


@pytest.mark.parametrize(
    ("read", "hardly"),
    [
        ([*range(1, 7), 8, 7, *range(9, 14)], {6, 7}),
        ([*range(1, 8), 7, *range(9, 14)], {7}),
        ([*range(1, 8), 7, 7, *range(10, 14)], {7, 8}),
    ],
)
def test_numbers_printed_out_of_order_or_twice_ask_though_they_were_hardly_read(read, hardly) -> None:
    fields = [
        Field[str](value=str(n), raw=str(n), confidence=0.3 if place in hardly else 0.97, page=1)
        for place, n in enumerate(read)
    ]
    found = numbered(fields)
    assert {place for place, field in enumerate(found) if field.review} == hardly


def test_numbers_hardly_read_do_not_outvote_one_read_well() -> None:
    printed = list(range(1, 31))
    read = {23: "", 25: "35", 26: "36", 27: "37", 28: "4"}
    fields = [
        Field[str](
            value=read.get(n, str(n)), raw=read.get(n, str(n)), confidence=0.2 if n in read and n != 25 else 0.9, page=1
        )
        for n in printed
    ]
    found = numbered(fields)
    assert [field.value for field in found] == printed
    assert "sequence.repaired" in found[24].review

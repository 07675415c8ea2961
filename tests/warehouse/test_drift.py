"""Drift: what no revision looks like is held back, what publishers do every day is told and taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sources.errors import FormatError
from sources.mlco2_impact import read
from sources.model import Reading
from warehouse import drift

HEADER = "provider,providerName,offsetRatio,region,regionName,country,state,city,impact,source,comment"
PLACES = [("aws", f"zone-{number:02d}", 100 + 10 * number) for number in range(20)]
Lines = list[list[str]]


def lines() -> Lines:
    """Return a table of 20 regions: 100 to 290 g/kWh."""
    rows = [
        [provider, "Amazon", "0", region, "", "Country", "", "City", str(impact), "https://a.example/2020", ""]
        for provider, region, impact in PLACES
    ]
    return [HEADER.split(","), *rows]


def text(table: Lines) -> bytes:
    return "".join(",".join(cells) + "\r\n" for cells in table).encode()


def compared(change: Callable[[Lines], Any]) -> drift.Drift:
    table = lines()
    change(table)
    return drift.compare("mlco2_impact", read(text(lines())), read(text(table)))


def impact(row: int, said: str) -> Callable[[Lines], None]:
    def change(table: Lines) -> None:
        table[row][8] = said

    return change


def every_impact(factor: float) -> Callable[[Lines], None]:
    def change(table: Lines) -> None:
        for row in table[1:]:
            row[8] = str(float(row[8]) * factor)

    return change


def counts(found: drift.Drift) -> tuple[int, int, int]:
    return found.added, found.changed, found.removed


# A region has 5 claims: intensity, offset ratio, and the words for provider, country and city.
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda table: None, (0, 0, 0)),
        (lambda table: table.append([*table[1][:3], "zone-new", *table[1][4:]]), (5, 0, 0)),
        (lambda table: table.pop(), (0, 0, 5)),
        (lambda table: table.insert(1, table.pop()), (0, 0, 0)),
        (impact(1, "299"), (0, 1, 0)),  # from 100: 2.99-fold
        (impact(1, "33.4"), (0, 1, 0)),
        (impact(1, "0"), (0, 1, 0)),
    ],
    ids=["nothing", "a row more", "a row less", "another order", "nearly threefold", "a third", "an impossible zero"],
)
def test_what_publishers_do(change: Callable[[Lines], Any], expected: tuple[int, int, int]) -> None:
    found = compared(change)
    assert counts(found) == expected
    if expected != (0, 1, 0) or "zero" in found.words:
        assert found.reasons == ()


@pytest.mark.parametrize(
    ("said", "is_held"), [("299", False), ("301", True), ("33.4", False), ("33.3", True), ("1000", True), ("0", True)]
)
def test_how_far_an_intensity_may_move(said: str, is_held: bool) -> None:
    assert bool(compared(impact(1, said)).reasons) is is_held


def test_small_figures_move_freely() -> None:
    table = lines()
    table[1][8] = "50"
    moved = lines()
    moved[1][8] = "0"  # from 50: below 20 all count as 20, which is 2.5-fold
    assert drift.compare("mlco2_impact", read(text(table)), read(text(moved))).reasons == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (impact(3, "1200"), "grid_intensity moved more than 3-fold in 1 of 20 claims, aws/zone-02 from 120 to 1200"),
        (every_impact(10), "grid_intensity moved more than 3-fold in 20 of 20 claims, aws/zone-1"),
        (every_impact(0.001), "grid_intensity moved more than 3-fold in 20 of 20 claims"),
        (lambda table: table.__delitem__(slice(1, 9)), r"40 of 100 claims are gone \(at most 25% may go at once\)"),
        (lambda table: table.__delitem__(slice(1, None)), "100 of 100 claims are gone"),
        (lambda table: [row.__setitem__(7, "") for row in table[1:7]], r"6 of 20 claims of city are gone"),
    ],
    ids=["a value x 10", "all x 10", "kilograms", "40 % of rows lost", "nothing left", "a column emptied"],
)
def test_what_no_revision_looks_like(change: Callable[[Lines], Any], reason: str) -> None:
    assert len(compared(change).reasons) == 1
    assert __import__("re").search(reason, compared(change).reasons[0])


def with_unit(unit: str, value: str) -> Reading:
    found = read(text(lines()))
    frame = found.claims.copy()
    is_intensity = frame["quantity"] == "grid_intensity"
    frame.loc[is_intensity, "unit"] = unit
    frame.loc[is_intensity, "value"] = value
    return Reading(frame, found.quarantined, found.rows, found.notices)


def test_another_unit_is_held_back_even_where_figures_agree() -> None:
    found = drift.compare("mlco2_impact", with_unit("g/kWh", "300"), with_unit("kg/kWh", "0.3"))
    assert found.reasons == ("the unit of grid_intensity was g/kWh and is kg/kWh in 20 claims",)


def test_a_renamed_column_and_another_encoding_are_not_read_at_all() -> None:
    renamed, foreign = lines(), lines()
    renamed[0][8] = "carbon_intensity"
    with pytest.raises(FormatError, match=r"expected a column named impact"):
        read(text(renamed))
    foreign[1][7] = "Zürich"
    with pytest.raises(FormatError, match=r"line 2: found byte 0xfc .*; expected UTF-8 text"):
        read(text(foreign).decode().encode("latin-1"))


def test_new_and_moved_columns_are_told_and_change_nothing() -> None:
    def insert(table: Lines) -> None:
        for number, row in enumerate(table):
            row.insert(2, "x" if number else "extra")
            row.append(row.pop(0))

    assert counts(compared(insert)) == (0, 0, 0)
    table = lines()
    insert(table)
    assert list(drift.columns("mlco2_impact", text(lines()), text(table))) == [
        "columns added: extra",
        "columns in another order",
    ]
    assert compared(insert).notices == ("columns not read: extra",)


def test_cells_that_are_set_aside_are_told() -> None:
    found = compared(impact(1, "n/a"))
    assert found.notices == ("1 cells had to be set aside",)
    assert (counts(found), found.reasons) == ((0, 0, 1), ())
    assert found.words == "1 claims removed"


def test_estimates_may_be_revised_by_anything_one_by_one() -> None:
    def offsets(count: int) -> Callable[[Lines], None]:
        def change(table: Lines) -> None:
            for row in table[1 : count + 1]:
                row[2] = "99"

        return change

    before = lines()
    for row in before[1:]:
        row[2] = "3"
    for count, is_held in ((1, False), (2, True)):  # 5 % of 20 may
        after = [list(row) for row in before]
        offsets(count)(after)
        found = drift.compare("mlco2_impact", read(text(before)), read(text(after)))
        assert bool(found.reasons) is is_held

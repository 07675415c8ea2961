"""Great Britain's half-hours: what is read of the nation and of its regions, and what is set aside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sources import gb_carbon_intensity as gb
from sources.errors import FormatError
from sources.records import bundle

Element = dict[str, Any]


def half(hour: str, until: str, **more: Any) -> Element:
    return {"from": f"2024-03-01T{hour}Z", "to": f"2024-03-01T{until}Z", **more}


def nation(*figures: float | None) -> bytes:
    """Return the nation's answer, half-hours from midnight, each with an actual figure and a forecast of 1."""
    times = ["00:00", "00:30", "01:00", "01:30"]
    halves = [
        half(times[at], times[at + 1], intensity={"forecast": 1, "actual": figure, "index": "low"})
        for at, figure in enumerate(figures)
    ]
    return json.dumps({"data": halves}).encode()


def regions(**figures: float) -> bytes:
    """Return the regions' answer for one half-hour."""
    places = [
        {
            "regionid": at,
            "dnoregion": f"The company of {name}",
            "shortname": name,
            "intensity": {"forecast": figure, "index": "low"},
            "generationmix": [{"fuel": "wind", "perc": 12.5}],
        }
        for at, (name, figure) in enumerate(figures.items(), start=1)
    ]
    return json.dumps({"data": [half("00:00", "00:30", regions=places)]}).encode()


def read(national: bytes, regional: bytes = b'{"data": []}') -> Any:
    return gb.read(bundle({"intensity": national, "regional/intensity": regional}))


def test_the_nation_is_read_as_worked_out_and_regions_as_forecast() -> None:
    found = read(nation(148, 61.5), regions(Wales=90, GB=120)).claims
    said = ["subject", "value", "reported_text", "boundary", "period_start", "period_end", "locator", "source_row"]
    place = "location;direct;average_consumption"
    start, half_past, one = (f"2024-03-01T{time}Z" for time in ("00:00", "00:30", "01:00"))
    assert found[said].values.tolist() == [
        ["GB", "148", "148", place, start, half_past, "intensity: data[0].intensity.actual", 1],
        ["GB", "61.5", "61.5", place, half_past, one, "intensity: data[1].intensity.actual", 2],
        ["GB Wales", "90", "90", f"{place};forecast", start, half_past,
         "regional/intensity: data[0].regions[0].intensity.forecast", 3],
        ["GB", "120", "120", f"{place};forecast", start, half_past,
         "regional/intensity: data[0].regions[1].intensity.forecast", 4],
    ]  # fmt: skip
    assert set(found["unit"]) == {"g/kWh"}
    assert set(found["subject_kind"]) == {"zone"}
    assert set(found["basis"]) == {"calculated"}


def test_a_half_hour_that_is_not_worked_out_yet_is_set_aside() -> None:
    found = read(nation(148, None))
    assert found.claims["value"].tolist() == ["148"]
    assert found.quarantined.to_dict("records") == [
        {"source_row": 2, "field": "intensity.actual", "found": "", "expected": "a number"}
    ]


@pytest.mark.parametrize(
    ("change", "field", "found"),
    [
        ({"from": "2024-03-01T00:00"}, "from", "2024-03-01T00:00"),
        ({"from": "yesterday"}, "from", "yesterday"),
        ({"from": "2024-03-01 23:30Z"}, "to", "2024-03-01T00:30Z"),
        ({"from": "9999-12-31T23:30-05:00"}, "from", "9999-12-31T23:30-05:00"),
        ({"from": "2024-03-01T00:10Z"}, "from", "2024-03-01T00:10Z"),
        ({"to": "2024-03-01T00:00Z"}, "to", "2024-03-01T00:00Z"),
        ({"to": "2024-03-01T01:00Z"}, "to", "2024-03-01T01:00Z"),
        ({"intensity": {"actual": "\uff11\uff13"}}, "intensity.actual", "\uff11\uff13"),
        ({"intensity": {"forecast": 1, "actual": "n/a"}}, "intensity.actual", "n/a"),
    ],
)
def test_what_is_no_half_hour_is_set_aside(change: Element, field: str, found: str) -> None:
    element = half("00:00", "00:30", intensity={"actual": 5}) | change
    result = read(json.dumps({"data": [element]}).encode())
    assert len(result.claims) == 0
    assert [(cell["field"], cell["found"]) for cell in result.quarantined.to_dict("records")] == [(field, found)]


def test_a_region_without_a_name_is_set_aside() -> None:
    result = read(nation(1), regions(Wales=90).replace(b'"Wales"', b"null"))
    assert result.quarantined.to_dict("records") == [
        {"source_row": 2, "field": "shortname", "found": "", "expected": "a name"}
    ]


def test_a_number_too_large_to_be_kept_is_set_aside() -> None:
    content = nation(148, 150).replace(b"148", b"1e400")
    found = read(content)
    assert found.claims["value"].tolist() == ["150"]
    assert found.quarantined["found"].tolist() == ["1e400"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"data": ' + b"[" * 100_000, r"intensity: maximum recursion depth exceeded.*expected JSON"),
        (b'{"data": [', r"intensity: Input data was truncated; expected JSON"),
        (b'{"error": {"code": "400 Bad Request"}}', r"intensity: the answer has no list 'data'; expected a list"),
        (b'{"data": [{"start": "2024-03-01T00:00Z"}]}', r"intensity, data\[0\]: no from; expected the beginning of"),
    ],
)
def test_an_answer_of_another_shape_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read(content)


def test_every_record_is_claimed_or_set_aside() -> None:
    result = read(nation(1, None, 3), regions(Wales=90, Scotland=20))
    assert result.rows == (1, 2, 3, 4, 5)
    assert sorted([*result.claims["source_row"], *result.quarantined["source_row"]]) == [1, 2, 3, 4, 5]


def test_a_name_that_looks_like_a_path_is_not_taken_for_one() -> None:
    element = half("00:00", "00:30", intensity={"actual": 148}, **{"intensity.actual": 5})
    found = read(json.dumps({"data": [element]}).encode()).claims
    assert found["value"].tolist() == ["148"]


@pytest.mark.parametrize("intensity", [5, None, [148], "148", {"actual": {"value": 148}}, {"actual": [148]}])
def test_a_figure_that_is_wrapped_otherwise_is_set_aside(intensity: Any) -> None:
    found = read(json.dumps({"data": [half("00:00", "00:30", intensity=intensity)]}).encode())
    assert len(found.claims) == 0
    assert found.quarantined["field"].tolist() == ["intensity.actual"]


@pytest.mark.parametrize("answer", [[], 5, {"data": {}}, {"data": None}, {"data": "none"}])
def test_an_answer_without_its_list_is_refused(answer: Any) -> None:
    with pytest.raises(FormatError, match="the answer has no list 'data'"):
        read(json.dumps(answer).encode())


def test_an_element_that_is_no_object_is_refused() -> None:
    with pytest.raises(FormatError, match=r"intensity, data\[0\]: no from"):
        read(b'{"data": [[1]]}')

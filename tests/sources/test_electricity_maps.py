"""Electricity Maps' hours: life-cycle or direct as the answer says, estimates marked, nothing guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sources import electricity_maps
from sources.errors import FormatError
from sources.records import bundle


def hour(at: str = "2024-03-01T00:00:00.000Z", figure: float | None = 302, **more: Any) -> dict[str, Any]:
    stated = {"zone": "DE", "carbonIntensity": figure, "datetime": at, "emissionFactorType": "lifecycle"}
    return {**stated, "isEstimated": False, "estimationMethod": None, **more}


def read(*hours: dict[str, Any]) -> Any:
    return electricity_maps.read(bundle({"DE": json.dumps({"zone": "DE", "data": hours}).encode()}))


def test_an_hour_is_read_with_its_accounting() -> None:
    found = read(hour(), hour("2024-03-01T23:00:00.000Z", 61.5, emissionFactorType="direct")).claims
    said = ["subject", "value", "boundary", "period_start", "period_end", "scope_note", "locator"]
    assert found[said].values.tolist() == [
        ["DE", "302", "location;lifecycle;average_consumption", "2024-03-01T00:00Z", "2024-03-01T01:00Z", None,
         "DE: data[0].carbonIntensity"],
        ["DE", "61.5", "location;direct;average_consumption", "2024-03-01T23:00Z", "2024-03-02T00:00Z", None,
         "DE: data[1].carbonIntensity"],
    ]  # fmt: skip


def test_what_the_publisher_estimated_says_so() -> None:
    found = read(hour(isEstimated=True, estimationMethod="TIME_SLICER_AVERAGE"), hour(isEstimated=True)).claims
    assert found["scope_note"].tolist() == [
        "estimated by the publisher: TIME_SLICER_AVERAGE",
        "estimated by the publisher: method not named",
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"carbonIntensity": None}, "carbonIntensity"),
        ({"datetime": "2024-03-01T00:00:00"}, "datetime"),
        ({"zone": None}, "zone"),
        ({"zone": "FR"}, "zone"),
        ({"emissionFactorType": "marginal"}, "emissionFactorType"),
        ({"emissionFactorType": None}, "emissionFactorType"),
    ],
)
def test_what_cannot_be_told_is_set_aside(change: dict[str, Any], field: str) -> None:
    result = read(hour(**change), hour())
    assert len(result.claims) == 1
    assert result.quarantined["field"].tolist() == [field]


def test_a_renamed_member_is_refused() -> None:
    renamed = hour()
    renamed["intensity"] = renamed.pop("carbonIntensity")
    with pytest.raises(FormatError, match=r"DE, data\[0\]: no carbonIntensity; expected grams per kWh"):
        read(renamed)

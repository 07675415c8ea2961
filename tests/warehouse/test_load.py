"""Loading: numbers converted exactly, names resolved or listed, ids that never change, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from warehouse.canonical import key_hash
from warehouse.errors import LoadError

Line = dict[str, Any]


def watts(text: str, **change: Any) -> Line:
    return {"value": text, "unit": "W", "reported_text": f"{text} W", **change}


@pytest.mark.parametrize(
    ("line", "stored"),
    [
        ({"value": "6.5", "unit": "kW"}, (6500.0, 6500.0, 6500.0, "W")),
        ({"low": "90", "high": "160", "unit": "W"}, (90.0, 120.0, 160.0, "W")),
        ({"value": "100", "low": "90", "high": "160", "unit": "W"}, (90.0, 100.0, 160.0, "W")),
        ({"quantity": "training_duration", "low": "2", "high": "8", "unit": "day"}, (48.0, 96.0, 192.0, "h")),
        ({"quantity": "memory", "value": "0.1", "unit": "GB"}, (0.1, 0.1, 0.1, "GB")),
        ({"quantity": "emissions", "value": "1433", "unit": "lb"}, (0.64999786621,) * 3 + ("t",)),
    ],
)
def test_exact_figures_and_ranges_in_canonical_units(bench: Any, line: Line, stored: tuple[Any, ...]) -> None:
    bench.put(line)
    assert bench.rows("SELECT low, value, high, unit FROM claim") == [stored]


def test_a_thing_has_no_number(bench: Any) -> None:
    bench.put({"quantity": "accelerator", "object": "a100"})
    assert bench.rows("SELECT value, unit, object, object_id FROM claim") == [(None, None, "a100", "a100")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"quantity": "wattage", "value": "1", "unit": "W"}, "feed, line 2: unknown quantity 'wattage'"),
        ({"value": "1", "unit": "kWh"}, "feed, line 2: unit 'kWh' does not convert to 'W'"),
        ({"object": "much"}, "feed, line 2: server_power is a number, found much"),
        ({"quantity": "accelerator", "value": "1", "unit": "1"}, "feed, line 2: accelerator is a entity"),
        ({"low": "7", "high": "6", "unit": "W"}, "feed, line 2: found low 7, value 6.48.*expected them in this order"),
        ({"value": "8", "low": "6", "high": "7", "unit": "W"}, "feed, line 2: found low 6, value 8, high 7"),
        ({"value": "1e308", "unit": "kW"}, "feed, line 2: server_power is too large a number; mend the line"),
        ({"value": "1", "unit": "W", "reference_id": "lost"}, "feed, line 2: found reference 'lost'; expected a key"),
    ],
)
def test_what_cannot_be_stored_is_refused_and_the_former_claims_stay(bench: Any, line: Line, message: str) -> None:
    bench.put(watts("400"), day="2026-01-01")
    before = bench.rows("FROM claim")
    with pytest.raises(LoadError, match=message):
        bench.put(line, day="2026-01-02")
    assert bench.rows("FROM claim") == before
    assert len(before) == 1


def test_names_are_resolved_by_alias_or_kept_and_listed(bench: Any) -> None:
    names = ["dgx", "DGX A100", "box", "Dgx"]
    bench.put(*(watts("1", subject=name) for name in names))
    bench.put(watts("1", subject="box"), source_id="other")
    assert bench.rows("SELECT subject, subject_id FROM claim WHERE source_id = 'feed' ORDER BY source_row") == [
        ("dgx", "dgx"),
        ("DGX A100", "dgx"),
        ("box", None),
        ("Dgx", None),
    ]
    assert bench.rows("SELECT subject_id FROM claim WHERE source_id = 'other'") == [("dgx",)]
    assert sorted(bench.rows("FROM unresolved_alias")) == [("feed", "server", "Dgx", 1), ("feed", "server", "box", 1)]


def test_a_region_of_a_known_provider_needs_no_entity(bench: Any) -> None:
    intensity = {"subject_kind": "region", "quantity": "grid_intensity", "value": "20", "unit": "g/kWh"}
    bench.put(*({**intensity, "subject": name} for name in ("azure/CanadaEast", "azure/", "nimbus/east")))
    assert bench.rows("SELECT subject_id FROM claim ORDER BY source_row") == [("azure/canadaeast",), (None,), (None,)]


def test_objects_that_mean_nothing_known_are_listed(bench: Any) -> None:
    bench.put({"quantity": "accelerator", "object": "quantum chip"})
    assert bench.rows("FROM unresolved_alias") == [("feed", "accelerator", "quantum chip", 1)]


def test_a_citation_becomes_a_reference_and_one_that_names_no_document_is_not_openable(bench: Any) -> None:
    bench.connection.execute("INSERT INTO citation VALUES ('The sheet', 'sheet', 'same')")
    cited = ["The sheet", "eGRID", "eGRID 2019", "see https://example.org/a)."]
    lines = [watts("1", reference_id=None, citation=text, scope_note=text) for text in cited]
    bench.put(*lines, watts("2", reference_id=None, flags="uncited"))
    assert bench.rows("""
        SELECT coalesce(claim.citation, reference.title), year, url, is_openable, is_curated
        FROM (SELECT reference_id, source_row, NULL AS citation FROM claim) AS claim JOIN reference USING (reference_id)
        ORDER BY source_row""") == [
        ("t", None, None, True, True),
        ("eGRID", None, None, False, False),
        ("eGRID 2019", "2019", None, True, False),
        ("see https://example.org/a).", None, "https://example.org/a", True, False),
        ("t", None, None, True, True),
    ]
    assert bench.rows("SELECT reference_id FROM claim WHERE flags = 'uncited'") == [("feed-itself",)]


def test_ids_are_the_hash_of_source_series_and_content(bench: Any) -> None:
    bench.put(watts("400"))
    series = "feed|server|dgx|server_power||||||sheet"
    content = f"{series}|400|||W||400 W|datasheet||normal|"
    assert bench.rows("SELECT series_id, claim_id FROM claim") == [(key_hash(series), key_hash(content))]
    assert bench.rows(f"SELECT row_key('{series}')") == [(key_hash(series),)]


def test_ids_do_not_depend_on_order_or_number_of_loads(bench: Any) -> None:
    lines = [watts("400"), watts("500", qualifier="x"), watts("600", subject="DGX A100"), watts("700", qualifier="x")]
    ids = "SELECT source_id, subject, value, series_id, claim_id FROM claim ORDER BY source_id, value"
    bench.put(*lines)
    first = bench.rows(ids)
    bench.load()
    assert bench.rows(ids) == first
    assert len({row[4] for row in first}) == 4
    bench.put(*lines, source_id="other")
    bench.load("feed")
    mine = [row for row in bench.rows(ids) if row[0] == "feed"]
    assert mine == first
    assert not {row[3] for row in first} & {row[3] for row in bench.rows(ids) if row[0] == "other"}


def test_moving_a_line_changes_no_id(bench: Any) -> None:
    bench.put(watts("400"), watts("500", qualifier="x"))
    ids = dict(bench.rows("SELECT value, claim_id FROM claim"))
    bench.put(watts("500", qualifier="x"), watts("400"), day="2026-01-02")
    assert dict(bench.rows("SELECT value, claim_id FROM claim")) == ids
    assert bench.rows("SELECT count(*) FROM claim WHERE superseded_at IS NOT NULL") == [(0,)]


def test_counts_add_up_for_every_snapshot(bench: Any) -> None:
    bench.put(watts("400"), watts("500", qualifier="x", flags="odd"), watts("600", qualifier="y"))
    bench.put(watts("400"), day="2026-01-02")
    assert bench.rows("""SELECT rows_read, rows_claimed, rows_flagged, rows_quarantined, claims
        FROM snapshot_count JOIN snapshot USING (source_id, snapshot_id) ORDER BY retrieved_at""") == [
        (3, 2, 1, 0, 3),
        (1, 1, 0, 0, 1),
    ]


def test_the_same_bytes_make_one_snapshot(bench: Any) -> None:
    kept = [bench.keep("feed", b"subject_kind\n", day) for day in ("2026-01-01", "2026-01-02")]
    assert kept[0] == (kept[1][0], True)
    assert kept[1][1] is False
    assert bench.keep("other", b"subject_kind\n", "2026-01-02") == (kept[0][0], True)

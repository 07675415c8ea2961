"""Which input makes an estimate uncertain: the shares of the variance, against the spreads that the tables hold."""

from __future__ import annotations

from math import exp, log

import duckdb
import pytest


@pytest.mark.parametrize(("model", "method"), [("gpt-4", None), ("gpt-4", "server_power"), ("palm-2", None)])
def test_the_shares_make_up_the_whole_spread(tables: duckdb.DuckDBPyConnection, model: str, method: str | None) -> None:
    rows = tables.execute("SELECT share, factor FROM variance_shares(?, method := ?)", [model, method]).fetchall()
    ((energy, intensity),) = tables.execute(
        "SELECT energy_spread, intensity_spread FROM estimates "
        "WHERE model_id = $1 AND coalesce(method = $2, is_headline)",
        [model, method],
    ).fetchall()
    assert sum(share for share, _ in rows) == pytest.approx(1, rel=1e-12)
    assert sum(log(factor) ** 2 for _, factor in rows) == pytest.approx(energy**2 + intensity**2, rel=1e-12)


def test_a_duration_of_90_to_100_days_is_known_to_a_twentieth(tables: duckdb.DuckDBPyConnection) -> None:
    """ln(100 / 90) / 2 = 0.05268: a factor of 1.0541; the interval is the central figure over and times the factors."""
    rows = tables.execute("SELECT role, factor, reference_id FROM variance_shares('gpt-4')").fetchall()
    found = {role: (factor, reference) for role, factor, reference in rows}
    assert found["training_duration_h"] == (pytest.approx(1.0540926, rel=1e-7), "gpt4-leak-2023")
    whole = exp(sum(log(factor) ** 2 for _, factor, _ in rows) ** 0.5)
    ((value, low, high),) = tables.execute(
        "SELECT emissions_tco2e, emissions_p05_tco2e, emissions_p95_tco2e FROM estimates "
        "WHERE model_id = 'gpt-4' AND is_headline"
    ).fetchall()
    assert (low, high) == (pytest.approx(value / whole, rel=1e-12), pytest.approx(value * whole, rel=1e-12))

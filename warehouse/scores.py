"""How well methods do on energies that are known otherwise, as rows."""

from __future__ import annotations

from warehouse.read import Release, Rows


def summary(opened: Release) -> Rows:
    """Return the scores: of all methods that estimate an average, for each kind of hardware, for each method.

    is_enough: whether the scores are many enough for one to cover nine in ten of further ones.
    """
    return opened.rows("""
        SELECT branch AS part, method, hardware_type, CAST(scored_runs AS INTEGER) AS scored_runs,
            inside_their_interval, median_error_factor, covering_error_factor, median_energy_ratio,
            enough_runs(CAST(scored_runs AS INTEGER)) AS is_enough
        FROM calibration_summary
        ORDER BY list_position(['overall', 'by_hardware', 'by_method', 'by_method_and_hardware'], branch),
            method_order(method), hardware_type""")


def runs(opened: Release) -> Rows:
    """Return every method on every run whose energy is stated, scored or left out."""
    return opened.rows("""
        SELECT run_id, model_id, developer_id, method, boundary, hardware_type, measured_basis, measured_by, is_scored,
            left_out_because, measured_energy_kwh, measured_energy_kwh_low, measured_energy_kwh_high,
            predicted_energy_kwh, predicted_p05_kwh, predicted_p95_kwh, energy_ratio, error_factor, method_error,
            fitted_on, is_inside
        FROM calibration
        ORDER BY is_scored DESC, left_out_because, method_order(method), run_id, boundary""")

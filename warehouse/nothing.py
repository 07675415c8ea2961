"""Why an answer about estimates is empty, in a sentence: what there is instead, or what a run lacks."""

from __future__ import annotations

from collections.abc import Mapping

from warehouse.read import Release

#: How a filter is named to readers.
_FILTERS = {
    "developer_id": "developer",
    "country_id": "country",
    "run_year": "year",
    "provider_id": "provider",
    "region_id": "region",
    "method": "method",
    "method_count": "methods, at least",
}

_RUNS = """
SELECT run_id FROM training_runs WHERE model_id = $model_id
UNION SELECT entity_id FROM entity WHERE kind = 'training_run' AND part_of = $model_id
UNION SELECT $model_id"""


def why_none(opened: Release, asked: Mapping[str, object]) -> str:
    """Return the message for estimates that were asked for, none of which there are."""
    if "model_id" in asked:
        return _of_model(opened, str(asked["model_id"]), asked)
    if set(asked) == {"developer_id"}:
        return _of_developer(opened, str(asked["developer_id"]))
    said = ", ".join(f"{_FILTERS[name]} {value}" for name, value in asked.items())
    return f"no estimate for {said}; leave one out, or see what became of every run: footnote coverage"


def _of_model(opened: Release, model: str, asked: Mapping[str, object]) -> str:
    methods = opened.words(
        "SELECT method FROM estimates WHERE model_id = ? GROUP BY method ORDER BY method_order(method)", [model]
    )
    if not methods:
        return (
            f"no estimate for {model}: {_lacking(opened, model)}; what is known: "
            f"footnote sql \"FROM training_runs WHERE model_id = '{model}'\""
        )
    if "method" in asked and asked["method"] not in methods:
        return f"no estimate of {model} by {asked['method']}; there are: {', '.join(methods)}"
    said = ", ".join(str(value) for value in asked.values())
    if "region_id" in asked or "provider_id" in asked:
        providers = opened.words(
            "SELECT DISTINCT provider_id FROM estimates_by_region WHERE model_id = ? ORDER BY 1", [model]
        )
        placed = ", ".join(providers) or "no provider"
        return f"no estimate for {said}: {model} is placed in regions of {placed} that have a cited grid intensity"
    return f"no estimate for {said}; without the filters there is: footnote estimates {model}"


def _lacking(opened: Release, model: str) -> str:
    """Return what the sources that name a model's runs leave unsaid."""
    found = opened.rows(
        f"""
        SELECT reason, string_agg(DISTINCT source_id, ', ' ORDER BY source_id) AS source_ids
        FROM coverage WHERE subject_kind = 'training_run' AND subject_id IN ({_RUNS})
        GROUP BY reason ORDER BY reason""",
        {"model_id": model},
    )
    said = [f"{row['reason']} (in {row['source_ids']})" for row in found.records()]
    return "; ".join(said) or "no source describes its training"


def _of_developer(opened: Release, developer: str) -> str:
    found = opened.rows(
        """
        SELECT covered.reason, count(DISTINCT covered.subject_id) AS runs
        FROM coverage AS covered
        JOIN training_runs AS run ON run.run_id = covered.subject_id AND run.developer_id = ?
        WHERE covered.subject_kind = 'training_run'
        GROUP BY covered.reason ORDER BY runs DESC, covered.reason""",
        [developer],
    )
    said = "; ".join(f"{row['reason']} ({row['runs']})" for row in found.records())
    return f"no estimate for {developer}: {said or 'no run of it is known'}"

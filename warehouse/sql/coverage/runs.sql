-- What became of every training run, accelerator and place that a source names: an estimate or an input of one, or why not.
-- grain: source_id, subject_kind, subject
WITH named AS (
    SELECT claim.source_id, claim.subject_kind, claim.subject, min(claim.subject_id) AS subject_id
    FROM claim AS claim
    WHERE claim.superseded_at IS NULL AND claim.subject_kind = 'training_run'
    GROUP BY claim.source_id, claim.subject_kind, claim.subject
),
hardware AS (
    SELECT claim.subject_id AS run_id, min(claim.object) AS named_hardware, count(claim.object_id) > 0 AS is_known
    FROM claim AS claim
    WHERE claim.quantity = 'accelerator' AND claim.superseded_at IS NULL
    GROUP BY claim.subject_id
),
methods AS (
    SELECT estimate.run_id, string_agg(estimate.method, ', ' ORDER BY method_order(estimate.method)) AS method_names
    FROM estimates AS estimate
    GROUP BY estimate.run_id
)
SELECT
    named.source_id,
    named.subject_kind,
    named.subject,
    named.subject_id AS subject_id,
    CASE WHEN methods.run_id IS NOT NULL THEN 'estimated' ELSE 'not estimated' END AS outcome,
    CASE
        WHEN methods.run_id IS NOT NULL THEN 'by ' || methods.method_names
        WHEN named.subject_id IS NULL THEN 'the name means no known run'
        WHEN run.run_id IS NULL THEN 'no first-hand claim of it is usable'
        WHEN hardware.run_id IS NULL THEN CASE WHEN compute.run_id IS NULL AND usage.run_id IS NULL
            THEN 'neither energy, hardware nor compute is stated' ELSE 'no hardware is stated' END
        WHEN run.accelerator_id IS NULL AND hardware.is_known
            THEN 'hardware is stated for fine-tuning or a part of the run only'
        WHEN run.accelerator_id IS NULL THEN 'hardware that no source describes: ' || hardware.named_hardware
        WHEN compute.run_id IS NULL AND usage.run_id IS NULL THEN 'neither compute nor accelerator-hours are stated'
        WHEN accelerator.tdp_w IS NULL AND accelerator.average_power_w IS NULL THEN 'no power figure: ' || run.accelerator_id
        WHEN accelerator.power_fraction IS NULL THEN 'no average power for this kind of hardware: ' || run.accelerator_id
        ELSE 'no peak rate: ' || run.accelerator_id END AS reason
FROM named AS named
LEFT JOIN methods AS methods ON methods.run_id = named.subject_id
LEFT JOIN training_runs AS run ON run.run_id = named.subject_id
LEFT JOIN hardware AS hardware ON hardware.run_id = named.subject_id
LEFT JOIN run_compute AS compute ON compute.run_id = named.subject_id
LEFT JOIN accelerator_time AS usage ON usage.run_id = named.subject_id
LEFT JOIN accelerators AS accelerator ON accelerator.accelerator_id = run.accelerator_id

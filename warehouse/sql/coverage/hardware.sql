-- What became of every accelerator that a source names: hardware of a run, or why no run has it.
-- grain: source_id, subject_kind, subject
WITH named AS (
    SELECT claim.source_id, claim.subject_kind, claim.subject, min(claim.subject_id) AS subject_id
    FROM claim AS claim
    WHERE claim.superseded_at IS NULL AND claim.subject_kind = 'accelerator'
    GROUP BY claim.source_id, claim.subject_kind, claim.subject
),
used AS (
    SELECT run.accelerator_id AS subject_id FROM training_runs AS run WHERE run.accelerator_id IS NOT NULL GROUP BY run.accelerator_id
),
used_in_range AS (
    SELECT member.member_id AS subject_id
    FROM accelerator_members AS member
    JOIN training_runs AS run ON run.accelerator_id = member.accelerator_id
    GROUP BY member.member_id
)
SELECT
    named.source_id,
    named.subject_kind,
    named.subject,
    named.subject_id AS subject_id,
    CASE WHEN coalesce(used.subject_id, used_in_range.subject_id) IS NULL THEN 'not used' ELSE 'describes a run''s hardware' END
        AS outcome,
    CASE
        WHEN used.subject_id IS NOT NULL THEN 'named by a run'
        WHEN used_in_range.subject_id IS NOT NULL THEN 'one of several that a run may have used'
        WHEN named.subject_id IS NULL THEN 'the name means no known accelerator'
        ELSE 'no run in the table names it' END AS reason
FROM named AS named
LEFT JOIN used AS used ON used.subject_id = named.subject_id
LEFT JOIN used_in_range AS used_in_range ON used_in_range.subject_id = named.subject_id

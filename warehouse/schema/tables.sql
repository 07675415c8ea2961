-- Tables of the claimed side. What is impossible is refused here; what is implausible is left to the expectations.

CREATE TABLE IF NOT EXISTS source (
    source_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    homepage TEXT NOT NULL,
    url TEXT NOT NULL,
    licence TEXT NOT NULL,
    attribution TEXT NOT NULL,
    reference_id TEXT NOT NULL,
    defines TEXT NOT NULL,
    schedule TEXT NOT NULL,
    stale_after_days BIGINT NOT NULL
);

-- part: the day, of a feed that is asked for one day at a time; '' for all others.
CREATE TABLE IF NOT EXISTS snapshot (
    snapshot_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    part TEXT NOT NULL DEFAULT '',
    origin TEXT NOT NULL CHECK (origin IN ('baseline', 'file', 'http')),
    url TEXT NOT NULL,
    retrieved_at TIMESTAMP NOT NULL,
    byte_count BIGINT NOT NULL CHECK (byte_count > 0),
    etag TEXT,
    last_modified TEXT,
    adapter_version TEXT NOT NULL,
    upstream_version TEXT,
    upstream_sha256 TEXT,
    PRIMARY KEY (source_id, snapshot_id)
);

-- Bytes that came back after others had taken their place, or that another part has too.
CREATE TABLE IF NOT EXISTS snapshot_return (
    snapshot_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    part TEXT NOT NULL DEFAULT '',
    retrieved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (source_id, part, retrieved_at)
);

-- Which bytes of a source, or of a part of it, were in force from when on.
CREATE OR REPLACE VIEW retrieval AS
SELECT source_id, part, snapshot_id, origin, retrieved_at FROM snapshot
UNION ALL
SELECT snapshot_return.source_id, snapshot_return.part, snapshot_return.snapshot_id, snapshot.origin,
    snapshot_return.retrieved_at
FROM snapshot_return
JOIN snapshot ON snapshot.source_id = snapshot_return.source_id AND snapshot.snapshot_id = snapshot_return.snapshot_id;

-- What makes the claims of a source stale, since when and why.
CREATE TABLE IF NOT EXISTS finding (
    source_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('held_back', 'unreachable', 'publisher_stopped')),
    since TIMESTAMP NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS snapshot_count (
    source_id TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_claimed BIGINT NOT NULL,
    rows_flagged BIGINT NOT NULL,
    rows_quarantined BIGINT NOT NULL,
    claims BIGINT NOT NULL,
    quarantined_cells BIGINT NOT NULL,
    notices TEXT,
    CHECK (rows_read = rows_claimed + rows_flagged + rows_quarantined)
);

CREATE TABLE IF NOT EXISTS quarantine (
    source_id TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    source_row BIGINT NOT NULL,
    field TEXT NOT NULL,
    found TEXT,
    expected TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS quantity (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('number', 'entity', 'text')),
    unit TEXT,
    plausible_low DOUBLE,
    plausible_high DOUBLE,
    meaning TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS reference (
    reference_id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    authors TEXT,
    year TEXT,
    publisher TEXT,
    url TEXT,
    doi TEXT,
    licence TEXT,
    is_curated BOOLEAN NOT NULL,
    is_openable BOOLEAN NOT NULL
);

CREATE TABLE IF NOT EXISTS entity (
    kind TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    name TEXT NOT NULL,
    part_of TEXT,
    country TEXT,
    is_curated BOOLEAN NOT NULL,
    PRIMARY KEY (kind, entity_id)
);

CREATE TABLE IF NOT EXISTS combination (
    accelerator_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (accelerator_id, member_id)
);

CREATE TABLE IF NOT EXISTS alias (
    kind TEXT NOT NULL,
    alias TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    PRIMARY KEY (kind, alias, source_id)
);

CREATE TABLE IF NOT EXISTS correction (
    source_id TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    quantity TEXT NOT NULL,
    expected_text TEXT NOT NULL,
    found_text TEXT,
    action TEXT NOT NULL CHECK (action IN ('replace', 'deprecate')),
    status TEXT NOT NULL CHECK (status IN ('applied', 'retired')),
    corrected_claim_id BIGINT,
    correcting_claim_id BIGINT,
    reason TEXT NOT NULL
);

-- What the user of this home has marked as wrong, and taken back.
CREATE TABLE IF NOT EXISTS deprecation (
    target_kind TEXT NOT NULL CHECK (target_kind IN ('claim', 'reference')),
    target_id TEXT NOT NULL,
    why TEXT NOT NULL,
    deprecated_at TIMESTAMP NOT NULL,
    undone_at TIMESTAMP
);

-- The rank that its source states, of every claim that a correction or the user deprecates.
CREATE TABLE IF NOT EXISTS stated_rank (
    claim_id BIGINT PRIMARY KEY,
    rank TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS claim (
    claim_id BIGINT NOT NULL,
    series_id BIGINT NOT NULL,
    source_id TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT,
    quantity TEXT NOT NULL,
    low DOUBLE,
    value DOUBLE,
    high DOUBLE,
    unit TEXT,
    object TEXT,
    object_id TEXT,
    reported_text TEXT NOT NULL,
    basis TEXT NOT NULL CHECK (basis IN ('measured', 'disclosed', 'datasheet', 'calculated', 'leaked', 'assumed')),
    boundary TEXT,
    qualifier TEXT,
    scope_note TEXT,
    period_start DATE,
    period_end DATE,
    from_at TIMESTAMP,
    until_at TIMESTAMP,
    reference_id TEXT NOT NULL,
    locator TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    source_row BIGINT NOT NULL CHECK (source_row > 0),
    rank TEXT NOT NULL CHECK (rank IN ('preferred', 'normal', 'deprecated')),
    first_seen_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    flags TEXT,
    CHECK (from_at < until_at),
    CHECK ((value IS NULL) <> (object IS NULL)),
    CHECK (value IS NULL OR (low <= value AND value <= high AND isfinite(value) AND unit IS NOT NULL))
);

CREATE TABLE IF NOT EXISTS validation_result (
    table_name TEXT NOT NULL,
    expectation_id TEXT NOT NULL,
    meaning TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('blocking', 'warning')),
    is_success BOOLEAN NOT NULL,
    checked BIGINT NOT NULL,
    excepted BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    sample TEXT,
    snapshot_id TEXT,
    PRIMARY KEY (table_name, expectation_id)
);

CREATE TABLE IF NOT EXISTS sql_model (
    table_name TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    grain TEXT NOT NULL,
    id_column TEXT NOT NULL,
    stated_sql TEXT NOT NULL,
    completed_sql TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS column_lineage (
    table_name TEXT NOT NULL,
    branch TEXT NOT NULL,
    column_name TEXT NOT NULL,
    is_claim BOOLEAN NOT NULL,
    formula TEXT NOT NULL,
    unit TEXT,
    position BIGINT NOT NULL,
    role TEXT NOT NULL,
    bound TEXT NOT NULL,
    id_column TEXT NOT NULL,
    id_slot BIGINT NOT NULL,
    number_slot BIGINT NOT NULL,
    input_table TEXT,
    input_column TEXT
);

CREATE TABLE IF NOT EXISTS column_reach (
    table_name TEXT NOT NULL,
    branch TEXT NOT NULL,
    column_name TEXT NOT NULL,
    reached_column TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS table_state (
    table_name TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    row_count BIGINT NOT NULL
);

-- From what the claims of each part of a source were loaded.
CREATE TABLE IF NOT EXISTS part_state (
    source_id TEXT NOT NULL,
    part TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (source_id, part)
);

CREATE TABLE IF NOT EXISTS release (
    release_id TEXT PRIMARY KEY,
    previous_release_id TEXT,
    released_at TIMESTAMP NOT NULL,
    code_version TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    numbers BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS release_table (
    release_id TEXT NOT NULL,
    table_name TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    PRIMARY KEY (release_id, table_name)
);

-- What moved between a release and the one before it. It is kept from release to release, and is no part of their
-- identity: which release came before depends on the home.
CREATE TABLE IF NOT EXISTS revision (
    release_id TEXT NOT NULL,
    released_at TIMESTAMP NOT NULL,
    parent_id TEXT NOT NULL,
    table_name TEXT NOT NULL,
    row_id BIGINT NOT NULL,
    column_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    model_id TEXT,
    unit TEXT,
    before DOUBLE,
    before_low DOUBLE,
    before_high DOUBLE,
    after DOUBLE,
    after_low DOUBLE,
    after_high DOUBLE,
    cause_kind TEXT NOT NULL CHECK (cause_kind IN ('claim', 'sql', 'code')),
    cause_count BIGINT NOT NULL,
    cause_ids BIGINT[] NOT NULL
);

CREATE TABLE IF NOT EXISTS revision_cause (
    release_id TEXT NOT NULL,
    released_at TIMESTAMP NOT NULL,
    cause_id BIGINT NOT NULL,
    cause_kind TEXT NOT NULL CHECK (cause_kind IN ('claim', 'sql', 'code')),
    detail TEXT NOT NULL,
    series_id BIGINT,
    source_id TEXT,
    subject_kind TEXT,
    subject_id TEXT,
    quantity TEXT,
    old_claim_id BIGINT,
    old_text TEXT,
    old_row BIGINT,
    old_snapshot_id TEXT,
    new_claim_id BIGINT,
    new_text TEXT,
    new_row BIGINT,
    new_snapshot_id TEXT
);

CREATE TABLE IF NOT EXISTS revision_summary (
    release_id TEXT NOT NULL,
    released_at TIMESTAMP NOT NULL,
    parent_id TEXT NOT NULL,
    table_name TEXT NOT NULL,
    cause_kind TEXT NOT NULL,
    changed BIGINT NOT NULL,
    appeared BIGINT NOT NULL,
    gone BIGINT NOT NULL,
    listed BIGINT NOT NULL
);

-- The claims that were known at a time and not yet replaced by later ones.
CREATE OR REPLACE MACRO claims_as_of(moment) AS TABLE
SELECT * FROM claim
WHERE claim.first_seen_at <= CAST(moment AS TIMESTAMP)
    AND (claim.superseded_at IS NULL OR claim.superseded_at > CAST(moment AS TIMESTAMP));

CREATE OR REPLACE VIEW unresolved_alias AS
SELECT claim.source_id, claim.subject_kind AS kind, claim.subject AS alias, count(*) AS claims
FROM claim
WHERE claim.subject_id IS NULL AND claim.superseded_at IS NULL
GROUP BY ALL
UNION ALL
SELECT claim.source_id, claim.quantity AS kind, claim.object AS alias, count(*) AS claims
FROM claim
JOIN quantity ON quantity.name = claim.quantity AND quantity.kind = 'entity'
WHERE claim.object_id IS NULL AND claim.superseded_at IS NULL
GROUP BY ALL;

CREATE TABLE IF NOT EXISTS citation (
    citation TEXT PRIMARY KEY,
    reference_id TEXT NOT NULL,
    reason TEXT
);

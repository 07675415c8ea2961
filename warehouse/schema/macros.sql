-- Scalar macros: unit steps and orders of precedence, the only place for the numbers that they need.

-- Watt-hours to kilowatt-hours.
CREATE OR REPLACE MACRO kwh(watt_hours) AS watt_hours / 1000.0;

-- Grams to metric tons.
CREATE OR REPLACE MACRO tonnes(grams) AS grams / 1000000.0;

-- Kilowatt-hours to watt-hours, metric tons to grams: back again.
CREATE OR REPLACE MACRO watt_hours(kilowatt_hours) AS kilowatt_hours * 1000.0;
CREATE OR REPLACE MACRO grams(metric_tons) AS metric_tons * 1000000.0;

-- Grid intensity as ML CO2 Impact's web page takes it from its table: cut to whole g/kWh, then shown and used in kg/kWh
-- to two places. Whoever used the page printed figures made with that, so only that gives them again.
CREATE OR REPLACE MACRO mlco2_intensity(grams_per_kwh) AS round(trunc(grams_per_kwh) / 1000.0, 2) * 1000.0;

-- The mean of figures of many times, each weighted with its length; in one order, so that it is the same to the last bit.
-- And whether these times, none of which overlaps another, fill the days from a first to a last one.
CREATE OR REPLACE MACRO minutes_of(from_at, until_at) AS date_diff('minute', from_at, until_at);
CREATE OR REPLACE MACRO day_after(day) AS day + INTERVAL 1 DAY;
CREATE OR REPLACE MACRO mean_over_time(figure, from_at, until_at, sort_key) AS
    list_sum(list(figure * minutes_of(from_at, until_at) ORDER BY sort_key)) / sum(minutes_of(from_at, until_at));
CREATE OR REPLACE MACRO fills_days(from_at, until_at, first_day, last_day) AS
    sum(minutes_of(from_at, until_at)) = minutes_of(CAST(first_day AS TIMESTAMP), day_after(last_day));

-- Seconds to hours.
CREATE OR REPLACE MACRO hours(seconds) AS seconds / 3600.0;

-- The centre of a range known by its two ends: their geometric mean. Its low end is the first, its high end the second.
CREATE OR REPLACE MACRO span(lowest, highest) AS sqrt(lowest * highest);

-- A number, unless another one is unknown.
-- How a figure that stands beside a run is known: its source may have put an average in the place of what it does not know.
CREATE OR REPLACE MACRO stated_or_assumed(basis) AS
    CASE WHEN basis = 'assumed' THEN 'assumed by the source' ELSE 'stated for the run' END;
CREATE OR REPLACE MACRO if_known(number, other) AS CASE WHEN other IS NOT NULL THEN number END;

-- How far one number lies from another, relative to the second.
CREATE OR REPLACE MACRO relative_difference(found, expected) AS found / expected - 1.0;

-- The 64-bit identity of a row, from the text of its key.
CREATE OR REPLACE MACRO row_key(text_key) AS ('0x' || substr(md5(text_key), 1, 15))::BIGINT;

-- Whether a boundary names a token.
CREATE OR REPLACE MACRO has_token(tokens, token) AS coalesce(contains(';' || tokens || ';', ';' || token || ';'), false);

-- Precedence of claims: smaller is preferred.
CREATE OR REPLACE MACRO rank_order(claim_rank) AS CASE claim_rank WHEN 'preferred' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END;
CREATE OR REPLACE MACRO basis_order(basis) AS CASE basis
    WHEN 'measured' THEN 1 WHEN 'disclosed' THEN 2 WHEN 'datasheet' THEN 3
    WHEN 'calculated' THEN 4 WHEN 'leaked' THEN 5 ELSE 6 END;

-- Precedence of methods: smaller is the headline. Averages come before upper bounds.
CREATE OR REPLACE MACRO method_order(method) AS CASE method
    WHEN 'disclosed' THEN 1 WHEN 'server_average_power' THEN 2 WHEN 'accelerator_average_power' THEN 3
    WHEN 'training_compute' THEN 4 WHEN 'server_power' THEN 5 ELSE 6 END;

-- How a stated figure is known, and whether by others than the developer or only from a database.
CREATE OR REPLACE MACRO stated_how(basis, flags) AS CASE
    WHEN has_token(flags, 'by_others') THEN basis || ' by others'
    WHEN has_token(flags, 'secondary') THEN basis || ', second-hand' ELSE basis END;

-- What scope a boundary makes: figures of different scopes are never alternatives to each other. Energy is told apart
-- by whether PUE is in it, since that decides what may be computed from it.
CREATE OR REPLACE MACRO boundary_class(boundary) AS CASE
    WHEN has_token(boundary, 'idle_only') OR has_token(boundary, 'all_experiments') OR has_token(boundary, 'family_total')
        OR has_token(boundary, 'fine_tuning') OR has_token(boundary, 'embodied_included')
        OR has_token(boundary, 'lower_bound') THEN 'other scope'
    WHEN has_token(boundary, 'market') OR has_token(boundary, 'net') THEN 'market'
    ELSE 'plain' END;
CREATE OR REPLACE MACRO scope_class(quantity, boundary) AS CASE
    WHEN boundary_class(boundary) <> 'plain' OR quantity <> 'energy' THEN boundary_class(boundary)
    WHEN has_token(boundary, 'pue_included') THEN 'facility'
    WHEN has_token(boundary, 'pue_excluded') THEN 'it'
    ELSE 'unstated' END;

-- How well the period of a claim fits a calendar year (given by its first day), and how many days apart they are.
CREATE OR REPLACE MACRO period_match(period_start, period_end, year_start) AS CASE
    WHEN period_start IS NULL AND period_end IS NULL THEN 'undated'
    WHEN coalesce(period_start, period_end) < year_start + INTERVAL 1 YEAR AND coalesce(period_end, period_start) >= year_start
        THEN 'same year'
    WHEN coalesce(period_end, period_start) < year_start THEN 'earlier year'
    ELSE 'later year' END;
CREATE OR REPLACE MACRO period_distance(period_start, period_end, year_start) AS
    abs(date_diff('day', CAST(year_start + INTERVAL 6 MONTH AS DATE), coalesce(period_start, period_end)))
    + abs(date_diff('day', CAST(year_start + INTERVAL 6 MONTH AS DATE), coalesce(period_end, period_start)));
CREATE OR REPLACE MACRO match_order(period_fit) AS CASE period_fit
    WHEN 'same year' THEN 1 WHEN 'earlier year' THEN 2 WHEN 'later year' THEN 3 ELSE 4 END;
-- How well the period of a range fits: as that of the worse of two of its members.
CREATE OR REPLACE MACRO worse_match(one, other) AS CASE WHEN match_order(one) > match_order(other) THEN one ELSE other END;

-- What kind of PUE a claim states, and which kinds come first. How it became public is the claim's basis: an operator
-- discloses what it measured in operation.
CREATE OR REPLACE MACRO pue_class(subject_kind, figure_kind) AS CASE
    WHEN subject_kind = 'region' AND figure_kind = 'measured_operational' THEN 'region, operational'
    WHEN subject_kind = 'provider' AND figure_kind = 'measured_operational' THEN 'provider average, operational'
    WHEN subject_kind = 'region' THEN 'region, ' || coalesce(replace(figure_kind, '_', ' '), 'unknown')
    WHEN subject_kind = 'provider' THEN 'provider, ' || coalesce(replace(figure_kind, '_', ' '), 'unknown')
    WHEN figure_kind = 'survey_average' THEN 'industry survey'
    ELSE 'world, ' || coalesce(replace(figure_kind, '_', ' '), 'unknown') END;
CREATE OR REPLACE MACRO pue_class_order(pue_basis) AS CASE
    WHEN pue_basis = 'region, operational' THEN 1 WHEN pue_basis = 'provider average, operational' THEN 2
    WHEN pue_basis = 'region, unknown' THEN 3 WHEN pue_basis = 'provider, unknown' THEN 4
    WHEN starts_with(pue_basis, 'region') THEN 5 WHEN starts_with(pue_basis, 'provider') THEN 6
    WHEN pue_basis = 'industry survey' THEN 7 ELSE 8 END;

-- Average location-based grid intensity: what an estimate multiplies energy with. Consumption comes before production.
CREATE OR REPLACE MACRO is_location_average(boundary) AS has_token(boundary, 'location')
    AND NOT has_token(boundary, 'marginal') AND NOT has_token(boundary, 'market') AND NOT has_token(boundary, 'hourly');
CREATE OR REPLACE MACRO average_order(boundary) AS CASE
    WHEN has_token(boundary, 'average_consumption') THEN 1 WHEN has_token(boundary, 'average_production') THEN 3 ELSE 2 END;

-- What such averages of a place must share for two feeds to disagree: what they count at the power plants. Those with a
-- year are compared year by year, and an undated one with each of them.
CREATE OR REPLACE MACRO average_scope(boundary) AS CASE
    WHEN has_token(boundary, 'lifecycle') THEN 'location;lifecycle'
    WHEN has_token(boundary, 'direct') THEN 'location;direct'
    ELSE 'location' END;
CREATE OR REPLACE MACRO average_kind(boundary) AS CASE average_order(boundary)
    WHEN 1 THEN 'of consumption' WHEN 3 THEN 'of production' ELSE 'kind of average unsaid' END;
CREATE OR REPLACE MACRO is_dated_average(subject_kind, quantity, boundary, period_start, period_end) AS
    subject_kind IN ('region', 'country', 'world') AND quantity = 'grid_intensity' AND is_location_average(boundary)
    AND coalesce(period_start, period_end) IS NOT NULL;
CREATE OR REPLACE MACRO whole_year(year_start) AS
    CAST(year_start AS TEXT) || ' to ' || CAST(CAST(year_start + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE) AS TEXT);

-- Precedence of series: what was worked out afterwards before a forecast, then the life cycle, which yearly averages of
-- countries count too.
CREATE OR REPLACE MACRO series_order(boundary) AS CASE
    WHEN has_token(boundary, 'forecast') THEN 3 WHEN has_token(boundary, 'lifecycle') THEN 1 ELSE 2 END;

-- What a figure must share with another for the two to disagree: energy by PUE, intensity by its accounting; what is of
-- more or less than the run, all that its boundary says.
CREATE OR REPLACE MACRO claim_scope(quantity, boundary) AS CASE
    WHEN quantity IN ('grid_intensity', 'emissions') OR boundary_class(boundary) = 'other scope' THEN coalesce(boundary, '') ELSE scope_class(quantity, boundary) END;

-- The feed in whose file the place of a claim is, where it passes on what another document says.
CREATE OR REPLACE MACRO quoted_by(cited, source_reference, schedule, source_title) AS
    CASE WHEN schedule <> '@manual' AND cited <> source_reference THEN source_title END;

-- A number as people write it: thousands separated, four significant digits below a thousand.
CREATE OR REPLACE MACRO shown(x) AS CASE
    WHEN abs(x) >= 1000 THEN format('{:,.0f}', round(x))
    WHEN abs(x) >= 0.001 OR x = 0 THEN format('{:.4g}', x)
    ELSE format('{:.3e}', x) END;
CREATE OR REPLACE MACRO shown_range(x, y) AS CASE WHEN x = y THEN shown(x) ELSE shown(x) || ' to ' || shown(y) END;
CREATE OR REPLACE MACRO shown_unit(unit) AS CASE unit WHEN '1' THEN '' ELSE ' ' || unit END;

-- A quantity's name in a sentence, with its article.
CREATE OR REPLACE MACRO shown_quantity(quantity) AS CASE
    WHEN quantity IN ('pue', 'tdp') THEN upper(quantity) ELSE replace(quantity, '_', ' ') END;
CREATE OR REPLACE MACRO with_article(words) AS
    CASE WHEN left(words, 1) IN ('a', 'e', 'i', 'o', 'u') THEN 'an ' ELSE 'a ' END || words;

-- The step of the last digit that a number shows, trailing zeros left out, and whether another rounds to it.
CREATE OR REPLACE MACRO plain_digits(x) AS format('{:.15g}', x);
CREATE OR REPLACE MACRO printed_step(x) AS CASE
    WHEN contains(plain_digits(x), 'e') THEN 0
    WHEN contains(plain_digits(x), '.') THEN power(10, -length(split_part(plain_digits(x), '.', 2)))
    ELSE power(10, length(plain_digits(x)) - length(rtrim(plain_digits(x), '0'))) END;
CREATE OR REPLACE MACRO is_rounded(published, recomputed, tolerance) AS
    abs(published / recomputed - 1) <= tolerance OR abs(published - recomputed) <= printed_step(published) / 2;

-- Half a unit of the last digit that a text reports, in the unit of the figure that was read from it: "57.7 days", read as
-- 1384.8 h, leaves 0.05 days open, 1.2 h. Nothing where the text holds no number or several, which may mean anything.
CREATE OR REPLACE MACRO printed_numbers(words) AS
    regexp_extract_all(replace(words, ',', ''), '[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?');
CREATE OR REPLACE MACRO mantissa(printed) AS regexp_extract(printed, '^[0-9]*\.?[0-9]+');
CREATE OR REPLACE MACRO half_digit(words, figure) AS CASE
    WHEN length(printed_numbers(words)) = 1 THEN coalesce(
        abs(figure / nullif(CAST(mantissa(printed_numbers(words)[1]) AS DOUBLE), 0))
            * power(10, -length(split_part(mantissa(printed_numbers(words)[1]), '.', 2))) / 2, 0)
    ELSE 0 END;
-- Whether the higher of two figures lies within the lower one as that is reported, its range and half a digit, or the
-- lower one within the higher.
CREATE OR REPLACE MACRO agree_as_reported(lower, lower_end, lower_words, higher, higher_end, higher_words) AS
    higher <= lower_end + half_digit(lower_words, lower) OR lower >= higher_end - half_digit(higher_words, higher);

-- Sorted words, each told once.
CREATE OR REPLACE MACRO each_once(words) AS array_to_string(list_sort(list_distinct(string_split(words, ' '))), ' and ');

-- What inputs may be off by, all together, within the digits that they are printed with: a sum of shares.
CREATE OR REPLACE MACRO all_open_by(shares) AS
    coalesce(list_sum(list_transform(string_split(shares, ' '), lambda share: CAST(share AS DOUBLE))), 0);

-- Verdict on a published range: what it is off by at its worse end, and whether that is a power of a thousand.
CREATE OR REPLACE MACRO worst_end(published_low, published_high, recomputed_low, recomputed_high) AS
    greatest(abs(published_low / recomputed_low - 1), abs(published_high / recomputed_high - 1));
CREATE OR REPLACE MACRO thousands_apart(published, expected, tolerance) AS
    round(log10(expected / published) / 3) <> 0
    AND abs(log10(expected / published) - 3 * round(log10(expected / published) / 3)) < log10(1 + tolerance);
CREATE OR REPLACE MACRO audit_verdict(
    published_low, published_high, recomputed_low, recomputed_high, expected_high, follows_within, rounding_within,
    open_by
) AS CASE
    WHEN recomputed_low IS NULL OR published_low IS NULL THEN 'not_checkable'
    WHEN worst_end(published_low, published_high, recomputed_low, recomputed_high) <= follows_within THEN 'follows'
    WHEN is_rounded(published_low, recomputed_low, rounding_within)
        AND is_rounded(published_high, recomputed_high, rounding_within)
        OR worst_end(published_low, published_high, recomputed_low, recomputed_high) <= all_open_by(open_by)
        THEN 'rounding'
    WHEN thousands_apart(published_high, expected_high, rounding_within) THEN 'unit_error'
    ELSE 'does_not_follow' END;
CREATE OR REPLACE MACRO audit_inputs(stand_in) AS coalesce('inputs in ' || stand_in, 'cited inputs');
CREATE OR REPLACE MACRO audit_end(end_name, published, recomputed, unit, tolerance, stand_in) AS CASE
    WHEN abs(published / recomputed - 1) <= tolerance THEN ''
    ELSE 'the ' || end_name || ', ' || shown(published) || shown_unit(unit) || ', is '
        || format('{:.1f}', 100 * abs(published / recomputed - 1)) || ' % ' || CASE WHEN published > recomputed THEN 'above' ELSE 'below' END
        || ' the ' || shown(recomputed) || shown_unit(unit) || ' that the ' || audit_inputs(stand_in) || ' give; ' END;
CREATE OR REPLACE MACRO audit_sentence(
    name, unit, published_low, published_high, recomputed_low, recomputed_high, carried_high,
    follows_within, rounding_within, open_by, stand_in, prior_name, later_names
) AS CASE audit_verdict(
    published_low, published_high, recomputed_low, recomputed_high, coalesce(carried_high, recomputed_high),
    follows_within, rounding_within, open_by
)
    WHEN 'not_checkable' THEN name || ': the publication cites too little to recompute it.'
    WHEN 'follows' THEN name || ': ' || shown_range(published_low, published_high) || shown_unit(unit)
        || ' follows from the ' || audit_inputs(stand_in) || '.'
    WHEN 'rounding' THEN name || ': ' || shown_range(published_low, published_high) || shown_unit(unit)
        || ' is the recomputed ' || shown_range(recomputed_low, recomputed_high) || shown_unit(unit)
        || CASE WHEN is_rounded(published_low, recomputed_low, rounding_within)
                AND is_rounded(published_high, recomputed_high, rounding_within) THEN ', rounded.'
            ELSE ', within the digits that the inputs are printed with.' END
    WHEN 'unit_error' THEN name || ': ' || shown(published_high) || shown_unit(unit) || ' is '
        || shown(power(10, 3 * abs(round(log10(coalesce(carried_high, recomputed_high) / published_high) / 3)))) || ' times too '
        || CASE WHEN published_high < recomputed_high THEN 'small' ELSE 'large' END || ': the unit is wrong. '
        || coalesce('"' || prior_name || '", which it restates, was printed as ' || shown(carried_high) || shown_unit(unit) || '; ', '')
        || CASE WHEN prior_name IS NULL THEN 'The ' ELSE 'the ' END || audit_inputs(stand_in) || ' give ' || shown(recomputed_high) || shown_unit(unit) || '.'
    ELSE name || ': '
        || CASE WHEN published_low = published_high THEN audit_end('figure', published_high, recomputed_high, unit, rounding_within, stand_in)
            ELSE audit_end('low end', published_low, recomputed_low, unit, rounding_within, stand_in)
                || audit_end('high end', published_high, recomputed_high, unit, rounding_within, stand_in) END
        || CASE WHEN carried_high IS NULL THEN 'no earlier figure explains it'
            WHEN abs(published_high / carried_high - 1) <= rounding_within THEN 'its own step is right, it carries on the error of "' || prior_name || '"'
            ELSE 'it adds an error of its own to that of "' || prior_name || '"' END
        || coalesce('; carried on into ' || later_names, '') || '.' END;

-- The verdict where a publication leaves inputs out. Stand-ins that give its figure explain it; others refute nothing.
CREATE OR REPLACE MACRO audit_outcome(verdict, stand_ins) AS
    CASE WHEN verdict = 'does_not_follow' AND stand_ins IS NOT NULL THEN 'not_checkable' ELSE verdict END;

-- A sentence with what it leaves out: inputs that are not stated, the value that one of them would need to have, and what
-- a calculator's rounding of its factor changes.
CREATE OR REPLACE MACRO audit_with_stand_ins(
    outcome, sentence, name, unit, published_low, published_high, recomputed_low, recomputed_high, stand_ins
) AS CASE
    WHEN stand_ins IS NULL THEN sentence
    WHEN outcome = 'not_checkable' THEN name || ': ' || shown_range(published_low, published_high) || shown_unit(unit)
        || ' cannot be checked, since the publication does not state all inputs; stand-ins, ' || stand_ins || ', give '
        || shown_range(recomputed_low, recomputed_high) || shown_unit(unit) || '.'
    ELSE rtrim(sentence, '.') || ', with stand-ins for what the publication does not state: ' || stand_ins || '.' END;
CREATE OR REPLACE MACRO audit_implied(outcome, implied, factor_name, factor_unit, plausible_low, plausible_high) AS CASE
    WHEN outcome IN ('follows', 'rounding') OR NOT coalesce(implied BETWEEN plausible_low AND plausible_high, false) THEN ''
    ELSE ' It would follow with ' || with_article(shown_quantity(factor_name)) || ' of '
        || CASE WHEN factor_unit = '1' THEN format('{:.2f}', implied) ELSE shown(implied) || shown_unit(factor_unit) END
        || ', which the publication does not state.' END;
CREATE OR REPLACE MACRO audit_unrounded(unrounded, recomputed, unit) AS CASE
    WHEN unrounded IS NULL OR unrounded = recomputed THEN ''
    ELSE ' The calculator rounds its factor to 0.01 kg/kWh; not rounded, it gives ' || shown(unrounded) || shown_unit(unit)
        || '.' END;

-- Ranges as lognormal distributions: a range's half width in the logarithm, and the half width of a product whose factors
-- have these. Both ends are taken as the 5th and the 95th percentile. A range that begins at zero has no such width.
CREATE OR REPLACE MACRO half_log(lowest, highest) AS ln(highest / nullif(lowest, 0)) / 2;
-- The same of a figure that its source discloses: one without a range is not certain, its width is unknown.
CREATE OR REPLACE MACRO disclosed_half_log(lowest, highest) AS ln(nullif(highest / nullif(lowest, 0), 1)) / 2;
CREATE OR REPLACE MACRO root_sum(x, y) AS sqrt(x * x + y * y);
-- A factor by which an estimate may miss, as a half width too: at least none.
CREATE OR REPLACE MACRO log_error(factor) AS ln(greatest(factor, 1));

-- A central figure with the two ends of its range; a figure outside them is put on the nearer end.
CREATE OR REPLACE MACRO within(center, lowest, highest) AS least(greatest(center, lowest), highest);

-- Arithmetic operations of training: a forward and a backward pass, six for each parameter and token.
CREATE OR REPLACE MACRO training_operations(parameters, tokens) AS 6 * parameters * tokens;

-- Which of n errors, sorted from the smallest, covers nine in ten of further ones; and the middle one.
CREATE OR REPLACE MACRO covering_rank(n) AS least(n, ceil(0.9 * (n + 1)));
-- With fewer misses than these, even the largest covers less than nine in ten of further ones.
CREATE OR REPLACE MACRO enough_runs(n) AS n >= 9;
CREATE OR REPLACE MACRO is_nameplate(method) AS method IN ('server_power', 'accelerator_power');
CREATE OR REPLACE MACRO middle_rank(n) AS floor(n / 2) + 1;

-- What a stated energy or emission is about, if not the final run alone.
CREATE OR REPLACE MACRO overhead_kind(boundary) AS CASE
    WHEN has_token(boundary, 'embodied_included') THEN 'with making of hardware'
    WHEN has_token(boundary, 'family_total') THEN 'several runs'
    WHEN has_token(boundary, 'all_experiments') THEN 'all experiments'
    WHEN has_token(boundary, 'idle_only') THEN 'idle'
    WHEN has_token(boundary, 'dynamic_and_idle') THEN 'run and idle'
    WHEN has_token(boundary, 'fine_tuning') THEN 'fine-tuning'
    WHEN has_token(boundary, 'lower_bound') THEN 'part of the run' END;
-- Whether such a figure is a total that the run is part of, so that adding it would count the run twice.
CREATE OR REPLACE MACRO contains_run(kind) AS
    kind IN ('with making of hardware', 'several runs', 'all experiments', 'run and idle');

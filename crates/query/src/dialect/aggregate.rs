//! The aggregates and how each dialect spells them.

use super::Engine;
use super::spelling::{NONE, Spelling, all};
use crate::ir::AggregateFunction;
use crate::types::Kind;

/// The template of an aggregate whose result has kind `result`; `None` for one that the dialect lacks. In it stand
/// `{0}` for all arguments, `{1}` and `{2}` for one of them, `{d}` for DISTINCT, `{o}` for ORDER BY, `{w}` for the
/// same where it stands in parentheses of its own, and `{f}` for FILTER and OVER. To add an aggregate, add a row;
/// `string_agg` has a syntax of its own.
///
/// Sums and averages are of one type on all databases: small integers sum to `bigint`, and an average is a
/// `double precision` unless it is asked for as a decimal.
pub(crate) fn aggregate(engine: Engine, function: AggregateFunction, result: Kind) -> Option<&'static str> {
    let spelling: Spelling = match (function, result) {
        (AggregateFunction::Count, _) => all("count({d}{0}{o}){f}"),
        (AggregateFunction::Sum, Kind::F64) => {
            all("sum({d}{0}{o}){f}").postgres("sum({d}CAST({0} AS double precision){o}){f}")
        }
        (AggregateFunction::Sum, Kind::I64) => all("sum({d}{0}{o}){f}").mysql("CAST(sum({d}{0}{o}){f} AS SIGNED)"),
        (AggregateFunction::Sum, _) => all("sum({d}{0}{o}){f}"),
        (AggregateFunction::Avg, Kind::F64) => all("avg({d}{0}{o}){f}")
            .postgres("CAST(avg({d}{0}{o}){f} AS double precision)")
            .mysql("avg({d}CAST({0} AS DOUBLE){o}){f}"),
        (AggregateFunction::Avg, _) => all("avg({d}{0}{o}){f}"),
        // PostgreSQL has none of these types; their texts sort as they do
        (AggregateFunction::Min, Kind::Uuid) => all("min({d}{0}{o}){f}").postgres(POSTGRES_MIN_UUID),
        (AggregateFunction::Max, Kind::Uuid) => all("max({d}{0}{o}){f}").postgres(POSTGRES_MAX_UUID),
        (AggregateFunction::Min, Kind::Bytes) => all("min({d}{0}{o}){f}").postgres(POSTGRES_MIN_BYTES),
        (AggregateFunction::Max, Kind::Bytes) => all("max({d}{0}{o}){f}").postgres(POSTGRES_MAX_BYTES),
        (AggregateFunction::Min, Kind::Bool) | (AggregateFunction::Every, _) => {
            all("min({d}{0}{o}){f}").postgres("bool_and({d}{0}{o}){f}")
        }
        (AggregateFunction::Max, Kind::Bool) | (AggregateFunction::Some, _) => {
            all("max({d}{0}{o}){f}").postgres("bool_or({d}{0}{o}){f}")
        }
        (AggregateFunction::Min, _) => all("min({d}{0}{o}){f}"),
        (AggregateFunction::Max, _) => all("max({d}{0}{o}){f}"),
        (AggregateFunction::StringAgg, _) => return None,
        (AggregateFunction::ArrayAgg, _) => NONE.postgres("array_agg({d}{0}{o}){f}"),
        // NULL of no rows, as the others have it
        (AggregateFunction::JsonAgg, _) => all("json_arrayagg({d}{0}{o}){f}")
            .postgres("jsonb_agg({d}{0}{o}){f}")
            .sqlite("CASE WHEN count(*){f} > 0 THEN json_group_array({d}{0}{o}){f} END"),
        (AggregateFunction::JsonObjectAgg, _) => all("json_objectagg({0}){f}")
            .postgres("jsonb_object_agg({0}{o}){f}")
            // a key and a value of different collations are refused
            .mariadb("json_objectagg(({1}) COLLATE utf8mb4_bin, {2}){f}")
            .sqlite("CASE WHEN count(*){f} > 0 THEN json_group_object({0}{o}){f} END"),
        // MySQL counts bits without a sign, and has all of them of no rows
        (AggregateFunction::BitAnd, _) => NONE
            .mysql("CASE WHEN count({0}){f} > 0 THEN CAST(bit_and({0}){f} AS SIGNED) END")
            .postgres("CAST(bit_and({0}){f} AS bigint)"),
        (AggregateFunction::BitOr, _) => NONE
            .mysql("CASE WHEN count({0}){f} > 0 THEN CAST(bit_or({0}){f} AS SIGNED) END")
            .postgres("CAST(bit_or({0}){f} AS bigint)"),
        (AggregateFunction::BitXor, _) => NONE
            .mysql("CASE WHEN count({0}){f} > 0 THEN CAST(bit_xor({0}){f} AS SIGNED) END")
            .postgres("CAST(bit_xor({0}){f} AS bigint)"),
        (AggregateFunction::StddevPop, _) => {
            NONE.mysql("stddev_pop(CAST({0} AS DOUBLE)){f}").postgres("stddev_pop({d}CAST({0} AS double precision)){f}")
        }
        (AggregateFunction::StddevSamp, _) => NONE
            .mysql("stddev_samp(CAST({0} AS DOUBLE)){f}")
            .postgres("stddev_samp({d}CAST({0} AS double precision)){f}"),
        (AggregateFunction::VarPop, _) => {
            NONE.mysql("var_pop(CAST({0} AS DOUBLE)){f}").postgres("var_pop({d}CAST({0} AS double precision)){f}")
        }
        (AggregateFunction::VarSamp, _) => {
            NONE.mysql("var_samp(CAST({0} AS DOUBLE)){f}").postgres("var_samp({d}CAST({0} AS double precision)){f}")
        }
        (AggregateFunction::Corr, _) => NONE.postgres("corr({0}){f}"),
        (AggregateFunction::CovarPop, _) => NONE.postgres("covar_pop({0}){f}"),
        (AggregateFunction::CovarSamp, _) => NONE.postgres("covar_samp({0}){f}"),
        (AggregateFunction::RegrSlope, _) => NONE.postgres("regr_slope({0}){f}"),
        (AggregateFunction::RegrIntercept, _) => NONE.postgres("regr_intercept({0}){f}"),
        (AggregateFunction::RegrR2, _) => NONE.postgres("regr_r2({0}){f}"),
        (AggregateFunction::PercentileCont, _) => NONE.postgres("percentile_cont({0}) WITHIN GROUP ({w}){f}"),
        (AggregateFunction::PercentileDisc, _) => NONE.postgres("percentile_disc({0}) WITHIN GROUP ({w}){f}"),
        (AggregateFunction::Mode, _) => NONE.postgres("mode() WITHIN GROUP ({w}){f}"),
        (AggregateFunction::HypotheticalRank, _) => NONE.postgres("rank({0}) WITHIN GROUP ({w}){f}"),
        (AggregateFunction::HypotheticalDenseRank, _) => NONE.postgres("dense_rank({0}) WITHIN GROUP ({w}){f}"),
        (AggregateFunction::HypotheticalPercentRank, _) => NONE.postgres("percent_rank({0}) WITHIN GROUP ({w}){f}"),
        (AggregateFunction::HypotheticalCumeDist, _) => NONE.postgres("cume_dist({0}) WITHIN GROUP ({w}){f}"),
        (AggregateFunction::RowNumber, _) => all("row_number(){f}"),
        (AggregateFunction::Rank, _) => all("rank(){f}"),
        (AggregateFunction::DenseRank, _) => all("dense_rank(){f}"),
        // MariaDB's have ten digits of their own accord
        (AggregateFunction::PercentRank, _) => all("percent_rank(){f}").mariadb("CAST(percent_rank(){f} AS DOUBLE)"),
        (AggregateFunction::CumeDist, _) => all("cume_dist(){f}").mariadb("CAST(cume_dist(){f} AS DOUBLE)"),
        (AggregateFunction::Ntile, _) => all("ntile({0}){f}"),
        (AggregateFunction::Lag, _) => all("lag({0}){f}"),
        (AggregateFunction::Lead, _) => all("lead({0}){f}"),
        (AggregateFunction::FirstValue, _) => all("first_value({0}){f}"),
        (AggregateFunction::LastValue, _) => all("last_value({0}){f}"),
        (AggregateFunction::NthValue, _) => all("nth_value({0}){f}"),
    };
    spelling.on(engine)
}

/// The template of an aggregate of some rows, where NULL is a value of it, so that CASE cannot leave rows out, and there
/// is no FILTER. `{c}` is the condition. Each value of an array is put into an object, and those that are there taken out
/// of theirs. A member without a name is none for MariaDB, and an error for MySQL, whose objects are therefore put together
/// as text: `X'7B'` and `X'7D'` are the braces.
pub(crate) fn aggregate_of_some(engine: Engine, function: AggregateFunction) -> Option<&'static str> {
    let spelling: Spelling = match function {
        AggregateFunction::JsonAgg => {
            NONE.mysql("json_extract(json_arrayagg({d}CASE WHEN {c} THEN json_object('v', {0}) END{o}){f}, '$[*].v')")
        }
        AggregateFunction::JsonObjectAgg => NONE
            .mysql(MYSQL_OBJECT_OF_SOME)
            .mariadb("json_objectagg((CASE WHEN {c} THEN {1} END) COLLATE utf8mb4_bin, {2}){f}"),
        _ => return None,
    };
    spelling.on(engine)
}

const MYSQL_OBJECT_OF_SOME: &str = "CAST(concat(_utf8mb4 X'7B', group_concat(CASE WHEN {c} THEN \
    concat(json_quote({1}), ':', json_extract(json_object('v', {2}), '$.v')) END SEPARATOR ','), _utf8mb4 X'7D') AS JSON)";
const POSTGRES_MIN_UUID: &str = "CAST(min({d}CAST({0} AS text) COLLATE \"C\"{o}){f} AS uuid)";
const POSTGRES_MAX_UUID: &str = "CAST(max({d}CAST({0} AS text) COLLATE \"C\"{o}){f} AS uuid)";
const POSTGRES_MIN_BYTES: &str = "decode(min({d}encode({0}, 'hex') COLLATE \"C\"{o}){f}, 'hex')";
const POSTGRES_MAX_BYTES: &str = "decode(max({d}encode({0}, 'hex') COLLATE \"C\"{o}){f}, 'hex')";

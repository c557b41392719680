//! The aggregates and how each dialect spells them.

use super::Engine;
use super::spelling::{Spelling, all};
use crate::ir::AggregateFunction;
use crate::types::Kind;

/// The template of an aggregate whose result has kind `result`; `None` for one with a syntax of its own. In it
/// stand `{0}` for the arguments, `{d}` for DISTINCT, `{o}` for ORDER BY and `{f}` for FILTER and OVER. To add an
/// aggregate, add a row.
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
        (AggregateFunction::Min, _) => all("min({d}{0}{o}){f}"),
        (AggregateFunction::Max, _) => all("max({d}{0}{o}){f}"),
        (AggregateFunction::Every, _) => all("min({d}{0}{o}){f}").postgres("bool_and({d}{0}{o}){f}"),
        (AggregateFunction::Some, _) => all("max({d}{0}{o}){f}").postgres("bool_or({d}{0}{o}){f}"),
        (AggregateFunction::StringAgg, _) => return None,
        (AggregateFunction::RowNumber, _) => all("row_number(){f}"),
        (AggregateFunction::Rank, _) => all("rank(){f}"),
        (AggregateFunction::DenseRank, _) => all("dense_rank(){f}"),
        (AggregateFunction::PercentRank, _) => all("percent_rank(){f}"),
        (AggregateFunction::CumeDist, _) => all("cume_dist(){f}"),
        (AggregateFunction::Ntile, _) => all("ntile({0}){f}"),
        (AggregateFunction::Lag, _) => all("lag({0}){f}"),
        (AggregateFunction::Lead, _) => all("lead({0}){f}"),
        (AggregateFunction::FirstValue, _) => all("first_value({0}){f}"),
        (AggregateFunction::LastValue, _) => all("last_value({0}){f}"),
        (AggregateFunction::NthValue, _) => all("nth_value({0}){f}"),
    };
    spelling.on(engine)
}

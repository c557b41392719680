//! The functions of values and how each dialect spells them: to add a function, add a row.

use super::Engine;
use super::spelling::{NONE, Spelling, all};
use crate::ir::Function;

/// How `engine` writes `function`, as a template: `{0}` is an argument, `{*}` all of them; every template is
/// atomic. In the error stands the name of what the database lacks.
///
/// On SQLite timestamps are text of fixed width, so that their parts are slices of it: exact, where its own
/// date functions round to milliseconds.
pub(crate) fn function(engine: Engine, function: Function) -> Result<&'static str, &'static str> {
    let (name, spelling): (_, Spelling) = match function {
        Function::Coalesce => ("coalesce", all("coalesce({*})")),
        Function::NullIf => ("nullif", all("nullif({0}, {1})")),
        Function::Greatest => ("greatest", all("greatest({*})").sqlite("max({*})")),
        Function::Least => ("least", all("least({*})").sqlite("min({*})")),
        Function::Lower => ("lower", all("lower({0})")),
        Function::Upper => ("upper", all("upper({0})")),
        Function::CharLength => ("char_length", all("char_length({0})").sqlite("length({0})")),
        Function::Trim => ("trim", all("trim({0})")),
        Function::TrimStart => ("ltrim", all("ltrim({0})")),
        Function::TrimEnd => ("rtrim", all("rtrim({0})")),
        Function::Substring => ("substr", all("substr({0}, {1}, {2})")),
        Function::Replace => ("replace", all("replace({0}, {1}, {2})")),
        Function::Position => {
            ("position", NONE.postgres("strpos({0}, {1})").mysql("locate({1}, {0})").sqlite("instr({0}, {1})"))
        }
        Function::Abs => ("abs", all("abs({0})")),
        Function::Round => ("round", all("round({*})")),
        Function::Floor => ("floor", all("floor({0})").sqlite(SQLITE_FLOOR)),
        Function::Ceil => ("ceil", all("ceil({0})").sqlite(SQLITE_CEIL)),
        Function::Now => (
            "current timestamp",
            NONE.postgres("now()").mysql("CURRENT_TIMESTAMP(6)").sqlite("strftime('%Y-%m-%d %H:%M:%f000', 'now')"),
        ),
        Function::CurrentDate => (
            "current date",
            NONE.postgres("CAST(now() AT TIME ZONE 'UTC' AS date)").mysql("UTC_DATE()").sqlite("date('now')"),
        ),
        Function::RandomUuid => ("random UUIDs", NONE.postgres("gen_random_uuid()").mariadb(MARIADB_UUID)),
        Function::AddMicroseconds => (
            "timestamp arithmetic",
            NONE.postgres("(({0}) + ({1}) * interval '1 microsecond')")
                .mysql("(({0}) + INTERVAL ({1}) MICROSECOND)")
                .sqlite(SQLITE_ADD_MICROSECONDS),
        ),
        Function::SecondsBetween => (
            "seconds between timestamps",
            NONE.postgres("CAST(extract(epoch FROM ({0}) - ({1})) AS double precision)")
                .mysql("(TIMESTAMPDIFF(MICROSECOND, {1}, {0}) / 1e6)")
                .sqlite(SQLITE_SECONDS_BETWEEN),
        ),
        Function::Year => (
            "year",
            NONE.mysql("extract(year FROM {0})")
                .postgres("CAST(extract(year FROM {0}) AS integer)")
                .sqlite("CAST(substr({0}, 1, 4) AS INTEGER)"),
        ),
        Function::Month => (
            "month",
            NONE.mysql("extract(month FROM {0})")
                .postgres("CAST(extract(month FROM {0}) AS integer)")
                .sqlite("CAST(substr({0}, 6, 2) AS INTEGER)"),
        ),
        Function::Day => (
            "day",
            NONE.mysql("extract(day FROM {0})")
                .postgres("CAST(extract(day FROM {0}) AS integer)")
                .sqlite("CAST(substr({0}, 9, 2) AS INTEGER)"),
        ),
        Function::Hour => (
            "hour",
            NONE.mysql("extract(hour FROM {0})")
                .postgres("CAST(extract(hour FROM {0}) AS integer)")
                .sqlite("CAST(substr({0}, 12, 2) AS INTEGER)"),
        ),
        Function::Minute => (
            "minute",
            NONE.mysql("extract(minute FROM {0})")
                .postgres("CAST(extract(minute FROM {0}) AS integer)")
                .sqlite("CAST(substr({0}, 15, 2) AS INTEGER)"),
        ),
        Function::Second => (
            "second",
            // PostgreSQL's second has a fraction
            NONE.mysql("extract(second FROM {0})")
                .sqlite("CAST(substr({0}, 18, 2) AS INTEGER)")
                .postgres("CAST(floor(extract(second FROM {0})) AS integer)"),
        ),
        Function::DateOf => ("date", all("CAST({0} AS date)").sqlite("substr({0}, 1, 10)")),
        Function::TruncateYear => (
            "truncation of timestamps",
            NONE.postgres("date_trunc('year', {0})")
                .mysql("CAST(date_format({0}, '%Y-01-01') AS datetime(6))")
                .sqlite("(substr({0}, 1, 4) || '-01-01 00:00:00.000000')"),
        ),
        Function::TruncateMonth => (
            "truncation of timestamps",
            NONE.postgres("date_trunc('month', {0})")
                .mysql("CAST(date_format({0}, '%Y-%m-01') AS datetime(6))")
                .sqlite("(substr({0}, 1, 7) || '-01 00:00:00.000000')"),
        ),
        Function::TruncateDay => (
            "truncation of timestamps",
            NONE.postgres("date_trunc('day', {0})")
                .mysql("CAST(date({0}) AS datetime(6))")
                .sqlite("(substr({0}, 1, 10) || ' 00:00:00.000000')"),
        ),
        Function::TruncateHour => (
            "truncation of timestamps",
            NONE.postgres("date_trunc('hour', {0})")
                .mysql("CAST(date_format({0}, '%Y-%m-%d %H:00:00') AS datetime(6))")
                .sqlite("(substr({0}, 1, 13) || ':00:00.000000')"),
        ),
        Function::ToTsvector => ("to_tsvector", NONE.postgres("to_tsvector({0}, {1})")),
        Function::WebsearchToTsquery => ("websearch_to_tsquery", NONE.postgres("websearch_to_tsquery({0}, {1})")),
        Function::JsonArrayLength => (
            "JSON array length",
            NONE.postgres("jsonb_array_length({0})").mysql("json_length({0})").sqlite("json_array_length({0})"),
        ),
        Function::Cardinality => ("arrays", NONE.postgres("cardinality({0})")),
    };
    spelling.on(engine).ok_or(name)
}

/// The mathematical functions are not part of every SQLite. Beyond 9e15 every double is an integer.
const SQLITE_FLOOR: &str = "CASE WHEN ({0}) BETWEEN -9e15 AND 9e15 \
    THEN CAST({0} AS INTEGER) - (({0}) < CAST({0} AS INTEGER)) ELSE {0} END";
const SQLITE_CEIL: &str = "CASE WHEN ({0}) BETWEEN -9e15 AND 9e15 \
    THEN CAST({0} AS INTEGER) + (({0}) > CAST({0} AS INTEGER)) ELSE {0} END";

/// A UUID of version 4 of random bytes: MariaDB's own UUID() is of version 1.
const MARIADB_UUID: &str = "CAST(concat(hex(random_bytes(4)), '-', hex(random_bytes(2)), '-4', \
    substr(hex(random_bytes(2)), 2), '-', substr('89AB', 1 + floor(rand() * 4), 1), \
    substr(hex(random_bytes(2)), 2), '-', hex(random_bytes(6))) AS uuid)";

/// Seconds by the date functions and microseconds by arithmetic, for those round to milliseconds. The sum of
/// the microseconds is split towards minus infinity.
const SQLITE_ADD_MICROSECONDS: &str = "(strftime('%Y-%m-%d %H:%M:%S', substr({0}, 1, 19), \
    ((substr({0}, 21, 6) + ({1}) - ((substr({0}, 21, 6) + ({1})) % 1000000 + 1000000) % 1000000) / 1000000) \
    || ' seconds') || printf('.%06d', ((substr({0}, 21, 6) + ({1})) % 1000000 + 1000000) % 1000000))";
const SQLITE_SECONDS_BETWEEN: &str = "(unixepoch(substr({0}, 1, 19)) - unixepoch(substr({1}, 1, 19)) \
    + (substr({0}, 21, 6) - substr({1}, 21, 6)) / 1e6)";

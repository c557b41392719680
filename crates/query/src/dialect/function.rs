//! The functions of values and how each dialect spells them: to add a function, add a row.

use super::Engine;
use super::spelling::{NONE, Spelling, all};
use crate::ir::Function;
use parse::*;
use template::*;

mod parse;
mod template;

/// How `engine` writes `function`, as a template: `{0}` is an argument, `{*}` all of them; every template is
/// atomic. In the error stands the name of what the database lacks.
///
/// On SQLite timestamps are text of fixed width, so that their parts are slices of it: exact, where its own
/// date functions round to milliseconds.
pub(crate) fn function(engine: Engine, function: Function) -> Result<&'static str, &'static str> {
    let (name, spelling): (_, Spelling) = match function {
        Function::Coalesce => ("coalesce", all("coalesce({*})")),
        Function::LastInsertId => ("last insert id", NONE.mysql("LAST_INSERT_ID()")),
        // a row that was there was locked before it was updated, which its new version says
        Function::IsInserted => ("outcome of an upsert by row", NONE.postgres("(xmax = 0)")),
        Function::UpdatesCounted => (
            "count of updates in the session",
            NONE.mysql("CAST(coalesce(@relvar_updated, 0) AS SIGNED)").sqlite("relvar_updates()"),
        ),
        Function::RowsCounted => (
            "count of inserted rows in the session",
            NONE.mysql("CAST(coalesce(@relvar_given, 0) AS SIGNED)").sqlite("relvar_rows()"),
        ),
        Function::NullIf => ("nullif", all("nullif({0}, {1})")),
        Function::Greatest => ("greatest", all("greatest({*})").sqlite("max({*})")),
        Function::Least => ("least", all("least({*})").sqlite("min({*})")),
        // PostgreSQL leaves NULLs out
        Function::GreatestOrNull => (
            "greatest",
            NONE.postgres("CASE WHEN ({0}) IS NOT NULL AND ({1}) IS NOT NULL THEN greatest({0}, {1}) END")
                .mysql("greatest({0}, {1})")
                .sqlite("max({0}, {1})"),
        ),
        Function::LeastOrNull => (
            "least",
            NONE.postgres("CASE WHEN ({0}) IS NOT NULL AND ({1}) IS NOT NULL THEN least({0}, {1}) END")
                .mysql("least({0}, {1})")
                .sqlite("min({0}, {1})"),
        ),
        Function::Lower => ("lower", all("lower({0})")),
        Function::Upper => ("upper", all("upper({0})")),
        Function::CharLength => ("char_length", all("char_length({0})").sqlite("length({0})")),
        Function::Trim => ("trim", all("trim({0})")),
        Function::TrimStart => ("ltrim", all("ltrim({0})")),
        Function::TrimEnd => ("rtrim", all("rtrim({0})")),
        Function::Substring => ("substr", all("substr({0}, {1}, {2})")),
        Function::SubstringOf => (
            "substr",
            NONE.postgres("substr({0}, {1}, CASE WHEN ({2}) < 0 THEN 0 ELSE {2} END)")
                .mysql("substr({0}, greatest({1}, 1), greatest(({2}) + least(({1}) - 1, 0), 0))")
                .sqlite("substr({0}, max({1}, 1), max(({2}) + min(({1}) - 1, 0), 0))"),
        ),
        Function::Replace => ("replace", all("replace({0}, {1}, {2})")),
        Function::Position => {
            ("position", NONE.postgres("strpos({0}, {1})").mysql("locate({1}, {0})").sqlite("instr({0}, {1})"))
        }
        Function::ByteLength => ("octet_length", all("octet_length({0})")),
        Function::TrimChar => ("trim", all("trim(BOTH {1} FROM {0})").sqlite("trim({0}, {1})")),
        Function::TrimCharStart => ("ltrim", all("trim(LEADING {1} FROM {0})").sqlite("ltrim({0}, {1})")),
        Function::TrimCharEnd => ("rtrim", all("trim(TRAILING {1} FROM {0})").sqlite("rtrim({0}, {1})")),
        Function::Left => ("left", all("left({0}, {1})").sqlite("substr({0}, 1, {1})")),
        Function::Right => ("right", all("right({0}, {1})").sqlite("substr({0}, -{1}, {1})")),
        Function::Repeat => ("repeat", all("repeat({0}, {1})").sqlite("replace(hex(zeroblob({1})), '00', {0})")),
        Function::PadStart => ("lpad", all("lpad({0}, {1}, {2})").sqlite(SQLITE_PAD_START)),
        Function::PadEnd => ("rpad", all("rpad({0}, {1}, {2})").sqlite(SQLITE_PAD_END)),
        Function::Reverse => ("reverse", NONE.postgres("reverse({0})").mysql("reverse({0})")),
        Function::SplitPart => ("split_part", NONE.postgres("split_part({0}, {1}, {2})").mysql(MYSQL_SPLIT_PART)),
        Function::RegexReplace => (
            "regular expressions",
            NONE.postgres("regexp_replace({0}, {1}, {2}, 'g')")
                .mysql("regexp_replace({0}, {1}, {2}, 1, 0, 'c')")
                .mariadb("regexp_replace({0}, concat('(?-i)', {1}), {2})"),
        ),
        // what goes in place of a match has other signs for groups in each of them
        Function::RegexLiteral => (
            "regular expressions",
            NONE.postgres(r"replace({0}, '\', '\\')")
                .mysql(r"replace(replace({0}, '\\', '\\\\'), '$', '\\$')")
                .mariadb(r"replace({0}, '\\', '\\\\')"),
        ),
        Function::RegexGroup => ("regular expressions", NONE.postgres(r"'\{0}'").mysql("'${0}'").mariadb(r"'\\{0}'")),
        Function::RegexMatch => ("regular expressions", NONE.postgres(r"'\&'").mysql("'$0'").mariadb(r"'\\0'")),
        Function::RegexFirst => (
            "regular expressions",
            NONE.postgres("regexp_substr({0}, {1})")
                .mysql("regexp_substr({0}, {1}, 1, 1, 'c')")
                .mariadb(MARIADB_REGEX_FIRST),
        ),
        Function::RegexCount => ("regexp_count", NONE.postgres("regexp_count({0}, {1})")),
        // MariaDB's minimum of one that begins with a number takes UTF-8 for Latin 1
        Function::ConcatWs => ("concat_ws", all("concat_ws({*})").mariadb("concat(concat_ws({*}))")),
        Function::Lossy => ("decimals", all("{0}").sqlite("CAST({0} AS REAL)")),
        Function::BitNot => ("bit operators", all("(~({0}))").mysql("CAST(~({0}) AS SIGNED)")),
        Function::Abs => ("abs", all("abs({0})")),
        Function::Round => ("round", all("round({*})")),
        Function::RoundFloat => ("round", NONE.postgres(POSTGRES_ROUND).mysql(MYSQL_ROUND).sqlite(SQLITE_ROUND)),
        Function::RoundToInteger => ("round", all("{0}").sqlite(SQLITE_ROUND_TO_EVEN)),
        Function::RoundFloatTo => {
            ("round", all("round({0}, {1})").postgres("CAST(round(CAST({0} AS numeric), {1}) AS double precision)"))
        }
        Function::Truncate => ("trunc", NONE.postgres("trunc({0})").mysql("truncate({0}, 0)").sqlite(SQLITE_TRUNCATE)),
        Function::Sign => ("sign", all("sign({0})").postgres("CAST(sign({0}) AS integer)")),
        Function::Sqrt => ("sqrt", NONE.mysql("sqrt({0})").postgres("CASE WHEN ({0}) >= 0 THEN sqrt({0}) END")),
        Function::Power => ("power", NONE.mysql("power({0}, {1})").postgres("power({0}, {1})")),
        Function::Exp => ("exp", NONE.mysql("exp({0})").postgres("exp({0})")),
        Function::Ln => ("ln", NONE.mysql("ln({0})").postgres("CASE WHEN ({0}) > 0 THEN ln({0}) END")),
        Function::Random => (
            "random",
            NONE.postgres("random()").mysql("rand()").sqlite("((random() & 9007199254740991) / 9007199254740992.0)"),
        ),
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
        Function::AddDays => (
            "date arithmetic",
            NONE.postgres("(({0}) + ({1}))")
                .mysql("CAST(({0}) + INTERVAL ({1}) DAY AS date)")
                .sqlite("date({0}, ({1}) || ' days')"),
        ),
        Function::AddMonths => (
            "date arithmetic",
            NONE.mysql("(({0}) + INTERVAL ({1}) MONTH)")
                .postgres("(({0}) + ({1}) * interval '1 month')")
                .sqlite(SQLITE_ADD_MONTHS),
        ),
        Function::DaysBetween => (
            "days between dates",
            NONE.postgres("(({0}) - ({1}))")
                .mysql("datediff({0}, {1})")
                .sqlite("CAST(julianday({0}) - julianday({1}) AS INTEGER)"),
        ),
        Function::MonthsBetween => (
            "months between dates",
            NONE.postgres(POSTGRES_MONTHS_BETWEEN).mysql(MYSQL_MONTHS_BETWEEN).sqlite(SQLITE_MONTHS_BETWEEN),
        ),
        Function::Age => ("age", NONE.postgres("age({0}, {1})")),
        Function::OnSomeDay => ("parts of times", all("{0}").sqlite("('0000-00-00 ' || ({0}))")),
        Function::ParseDate => {
            ("dates of texts", NONE.postgres(POSTGRES_PARSE_DATE).mysql(MYSQL_PARSE_DATE).sqlite(SQLITE_PARSE_DATE))
        }
        Function::ParseTime => {
            ("times of texts", NONE.postgres(POSTGRES_PARSE_TIME).mysql(MYSQL_PARSE_TIME).sqlite(SQLITE_PARSE_TIME))
        }
        Function::ParseDateTime => (
            "timestamps of texts",
            NONE.postgres(POSTGRES_PARSE_DATE_TIME).mysql(MYSQL_PARSE_DATE_TIME).sqlite(SQLITE_PARSE_DATE_TIME),
        ),
        Function::IsoTimestamp => (
            "times as text",
            NONE.postgres("to_char(({0}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                .mysql("date_format({0}, '%Y-%m-%dT%H:%i:%s.%fZ')")
                .sqlite("(replace({0}, ' ', 'T') || 'Z')"),
        ),
        Function::IsoDateTime => (
            "times as text",
            NONE.postgres("to_char({0}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')")
                .mysql("date_format({0}, '%Y-%m-%dT%H:%i:%s.%f')")
                .sqlite("replace({0}, ' ', 'T')"),
        ),
        Function::IsoDate => (
            "times as text",
            NONE.postgres("to_char({0}, 'YYYY-MM-DD')").mysql("date_format({0}, '%Y-%m-%d')").sqlite("{0}"),
        ),
        Function::IsoTime => (
            "times as text",
            NONE.postgres("to_char(CAST({0} AS interval), 'HH24:MI:SS.US')")
                .mysql("time_format({0}, '%H:%i:%s.%f')")
                .sqlite("{0}"),
        ),
        Function::EpochMicroseconds => (
            "seconds since 1970",
            NONE.postgres("CAST(extract(epoch FROM {0}) * 1000000 AS bigint)")
                .mysql("timestampdiff(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', {0})")
                .sqlite("(unixepoch(substr({0}, 1, 19)) * 1000000 + substr({0}, 21, 6))"),
        ),
        Function::MakeDate => (
            "make_date",
            NONE.postgres("make_date({0}, {1}, {2})")
                .mysql("CAST(concat(lpad({0}, 4, '0'), '-', {1}, '-', {2}) AS date)")
                .sqlite(SQLITE_MAKE_DATE),
        ),
        Function::AtMidnight => (
            "timestamps of dates",
            NONE.postgres("CAST({0} AS timestamp without time zone)")
                .mysql("CAST({0} AS datetime(6))")
                .sqlite("(({0}) || ' 00:00:00.000000')"),
        ),
        Function::DateAndTime => (
            "timestamps of dates",
            NONE.postgres("(({0}) + ({1}))").mysql("timestamp({0}, {1})").sqlite("(({0}) || ' ' || ({1}))"),
        ),
        Function::TimeOf => (
            "time of day",
            NONE.postgres("CAST({0} AS time without time zone)")
                .mysql("CAST({0} AS time(6))")
                .sqlite("substr({0}, 12)"),
        ),
        Function::NaiveUtc => ("time zones", all("({0})").postgres("(({0}) AT TIME ZONE 'UTC')")),
        Function::AndUtc => ("time zones", all("({0})").postgres("(({0}) AT TIME ZONE 'UTC')")),
        Function::TimeZone => ("time zones", NONE.postgres("timezone({0}, {1})")),
        Function::Quarter => (
            "quarter",
            NONE.mysql("extract(quarter FROM {0})")
                .postgres("CAST(extract(quarter FROM {0}) AS integer)")
                .sqlite("((CAST(substr({0}, 6, 2) AS INTEGER) + 2) / 3)"),
        ),
        Function::Week => {
            ("week", NONE.mysql("week({0}, 3)").postgres("CAST(extract(week FROM {0}) AS integer)").sqlite(SQLITE_WEEK))
        }
        Function::WeekYear => (
            "isoyear",
            NONE.mysql("(yearweek({0}, 3) DIV 100)")
                .postgres("CAST(extract(isoyear FROM {0}) AS integer)")
                .sqlite("CAST(strftime('%Y', substr({0}, 1, 10), '-3 days', 'weekday 4') AS INTEGER)"),
        ),
        Function::DayOfWeek => (
            "day of the week",
            NONE.mysql("(weekday({0}) + 1)")
                .postgres("CAST(extract(isodow FROM {0}) AS integer)")
                .sqlite("((strftime('%w', substr({0}, 1, 10)) + 6) % 7 + 1)"),
        ),
        Function::DayOfYear => (
            "day of the year",
            NONE.mysql("dayofyear({0})")
                .postgres("CAST(extract(doy FROM {0}) AS integer)")
                .sqlite("CAST(strftime('%j', substr({0}, 1, 10)) AS INTEGER)"),
        ),
        Function::Microsecond => (
            "microsecond",
            NONE.mysql("microsecond({0})")
                .postgres("(CAST(extract(microseconds FROM {0}) AS integer) % 1000000)")
                .sqlite("CAST(substr({0}, 21, 6) AS INTEGER)"),
        ),
        Function::TruncateQuarter => (
            "truncation of timestamps",
            NONE.postgres("date_trunc('quarter', {0})")
                .mysql("CAST(makedate(year({0}), 1) + INTERVAL (quarter({0}) - 1) * 3 MONTH AS datetime(6))")
                .sqlite(SQLITE_TRUNCATE_QUARTER),
        ),
        Function::TruncateWeek => (
            "truncation of timestamps",
            NONE.postgres("date_trunc('week', {0})")
                .mysql("CAST(date({0}) - INTERVAL weekday({0}) DAY AS datetime(6))")
                .sqlite("(date(substr({0}, 1, 10), '-6 days', 'weekday 1') || ' 00:00:00.000000')"),
        ),
        Function::TruncateMinute => (
            "truncation of timestamps",
            NONE.postgres("date_trunc('minute', {0})")
                .mysql("CAST(date_format({0}, '%Y-%m-%d %H:%i:00') AS datetime(6))")
                .sqlite("(substr({0}, 1, 16) || ':00.000000')"),
        ),
        Function::TruncateSecond => (
            "truncation of timestamps",
            NONE.postgres("date_trunc('second', {0})")
                .mysql("CAST(date_format({0}, '%Y-%m-%d %H:%i:%s') AS datetime(6))")
                .sqlite("(substr({0}, 1, 19) || '.000000')"),
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
            NONE.postgres("CASE WHEN jsonb_typeof({0}) = 'array' THEN jsonb_array_length({0}) END")
                .mysql("CASE WHEN json_type({0}) = 'ARRAY' COLLATE utf8mb4_0900_bin THEN json_length({0}) END")
                .mariadb("CASE WHEN json_type({0}) = 'ARRAY' THEN json_length({0}) END")
                .sqlite("CASE WHEN json_type({0}) = 'array' THEN json_array_length({0}) END"),
        ),
        Function::JsonKeys => (
            "JSON keys",
            NONE.mysql("json_keys({0})")
                .postgres("CASE WHEN jsonb_typeof({0}) = 'object' THEN jsonb_path_query_array({0}, 'strict $.keyvalue().key') END")
                .sqlite("CASE WHEN json_type({0}) = 'object' THEN (SELECT json_group_array(key) FROM json_each({0})) END"),
        ),
        Function::JsonObject => ("JSON objects", all("json_object({*})").postgres("jsonb_build_object({*})")),
        Function::JsonArray => ("JSON arrays", all("json_array({*})").postgres("jsonb_build_array({*})")),
        // texts and documents of different collations are refused
        Function::JsonOf => ("JSON", all("{0}").postgres("coalesce(to_jsonb({0}), CAST('null' AS jsonb))")),
        Function::JsonText => ("JSON", all("{0}").mariadb("(({0}) COLLATE utf8mb4_bin)")),
        Function::JsonDocument => ("JSON", all("{0}").mariadb("json_compact({0})").sqlite("json({0})")),
        Function::JsonBoolean => (
            "JSON",
            NONE.postgres("{0}")
                .mysql("CAST(CASE WHEN {0} THEN 'true' WHEN NOT ({0}) THEN 'false' END AS JSON)")
                .mariadb("json_compact(CASE WHEN {0} THEN 'true' WHEN NOT ({0}) THEN 'false' END)")
                .sqlite("json(CASE WHEN {0} THEN 'true' WHEN NOT ({0}) THEN 'false' END)"),
        ),
        Function::JsonComparable => {
            ("documents that are compared", all("{0}").mariadb("json_normalize({0})").sqlite("relvar_json({0})"))
        }
        Function::JsonMergePatch => {
            ("JSON merge patch", NONE.mysql("json_merge_patch({0}, {1})").sqlite("json_patch({0}, {1})"))
        }
        Function::Concatenate => ("concatenation of documents and arrays", NONE.postgres("(({0}) || ({1}))")),
        Function::JsonPathExists => ("SQL/JSON paths", NONE.postgres("jsonb_path_exists({*})")),
        Function::JsonPathFirst => ("SQL/JSON paths", NONE.postgres("jsonb_path_query_first({*})")),
        Function::JsonPathAll => ("SQL/JSON paths", NONE.postgres("jsonb_path_query_array({*})")),
        Function::Grouping => ("GROUPING()", NONE.postgres("CAST(grouping({*}) AS bigint)").mysql("grouping({*})")),
        Function::Cardinality => ("arrays", NONE.postgres("cardinality({0})")),
        Function::Array => ("arrays", NONE.postgres("ARRAY[{*}]")),
        Function::ArrayElement => ("arrays", NONE.postgres("({0})[{1}]")),
        Function::ArraySlice => ("arrays", NONE.postgres("({0})[{1}:{2}]")),
        Function::ArrayAppend => ("arrays", NONE.postgres("array_append({0}, {1})")),
        Function::ArrayPrepend => ("arrays", NONE.postgres("array_prepend({1}, {0})")),
        Function::ArrayRemove => ("arrays", NONE.postgres("array_remove({0}, {1})")),
        Function::ArrayReplace => ("arrays", NONE.postgres("array_replace({0}, {1}, {2})")),
        Function::ArrayPosition => ("arrays", NONE.postgres("array_position({0}, {1})")),
        Function::ArrayToText => ("arrays", NONE.postgres("array_to_string({0}, {1})")),
        Function::ArrayHas => ("arrays", NONE.postgres("(({1}) = ANY ({0}))")),
        Function::RangeLower => ("ranges", NONE.postgres("lower({0})")),
        Function::RangeUpper => ("ranges", NONE.postgres("upper({0})")),
        Function::RangeIsEmpty => ("ranges", NONE.postgres("isempty({0})")),
        Function::RangeLowerIncluded => ("ranges", NONE.postgres("lower_inc({0})")),
        Function::RangeUpperIncluded => ("ranges", NONE.postgres("upper_inc({0})")),
        Function::RangeLowerUnbounded => ("ranges", NONE.postgres("lower_inf({0})")),
        Function::RangeUpperUnbounded => ("ranges", NONE.postgres("upper_inf({0})")),
        Function::RangeMerge => ("ranges", NONE.postgres("range_merge({0}, {1})")),
        Function::IntRange => ("ranges", NONE.postgres("int4range({*})")),
        Function::BigintRange => ("ranges", NONE.postgres("int8range({*})")),
        Function::NumericRange => ("ranges", NONE.postgres("numrange({*})")),
        Function::DateRange => ("ranges", NONE.postgres("daterange({*})")),
        Function::TimestampRange => ("ranges", NONE.postgres("tsrange({*})")),
        Function::PointRange => ("ranges", NONE.postgres("tstzrange({*})")),
        Function::RangeIntersection => ("ranges", NONE.postgres("(({0}) * ({1}))")),
        Function::PlainToTsquery => ("plainto_tsquery", NONE.postgres("plainto_tsquery({0}, {1})")),
        Function::PhraseToTsquery => ("phraseto_tsquery", NONE.postgres("phraseto_tsquery({0}, {1})")),
        Function::ToTsquery => ("to_tsquery", NONE.postgres("to_tsquery({0}, {1})")),
        Function::QueryNot => ("tsquery", NONE.postgres("(!! ({0}))")),
        Function::QueryFollowedAt => ("tsquery", NONE.postgres("tsquery_phrase({0}, {1}, {2})")),
        Function::SetWeight => ("setweight", NONE.postgres("setweight({0}, {1})")),
        Function::TsRank => ("ts_rank", NONE.postgres("ts_rank({*})")),
        Function::TsRankCd => ("ts_rank_cd", NONE.postgres("ts_rank_cd({*})")),
        Function::TsHeadline => ("ts_headline", NONE.postgres("ts_headline({*})")),
        Function::Fts5Rank => ("FTS5", NONE.sqlite("bm25({*})")),
        Function::Fts5Highlight => ("FTS5", NONE.sqlite("highlight({*})")),
        Function::Fts5Snippet => ("FTS5", NONE.sqlite("snippet({*})")),
        Function::MatchNatural => ("MATCH … AGAINST", NONE.mysql("MATCH ({+}) AGAINST ({0} IN NATURAL LANGUAGE MODE)")),
        Function::MatchBoolean => ("MATCH … AGAINST", NONE.mysql("MATCH ({+}) AGAINST ({0} IN BOOLEAN MODE)")),
        Function::Similarity => ("trigrams", NONE.postgres("similarity({0}, {1})")),
        Function::WordSimilarity => ("trigrams", NONE.postgres("word_similarity({1}, {0})")),
        Function::InetHost => ("network addresses", NONE.postgres("host({0})")),
        Function::InetPrefix => ("network addresses", NONE.postgres("masklen({0})")),
        Function::InetNetwork => ("network addresses", NONE.postgres("CAST(network({0}) AS inet)")),
        Function::UuidText => (
            "UUIDs",
            NONE.postgres("CAST({0} AS text)")
                .mysql("bin_to_uuid({0})")
                .mariadb("CAST({0} AS CHAR)")
                .sqlite(SQLITE_UUID_TEXT),
        ),
        // MySQL's `min` and `max` of groups take the UTF-8 of what is joined with a CAST AS CHAR for Latin-1
        Function::TextOf => (
            "casts to text",
            NONE.postgres("CAST({0} AS text)")
                .mysql("concat({0})")
                .mariadb("CAST({0} AS CHAR)")
                .sqlite("CAST({0} AS TEXT)"),
        ),
    };
    spelling.on(engine).ok_or(name)
}

//! Spellings of functions that take more than a line: what a database has not itself, said with what it has.

/// The mathematical functions are not part of every SQLite. Beyond 9e15 every double is an integer.
pub(super) const SQLITE_FLOOR: &str = "CASE WHEN ({0}) BETWEEN -9e15 AND 9e15 \
    THEN CAST(CAST({0} AS INTEGER) - (({0}) < CAST({0} AS INTEGER)) AS REAL) ELSE {0} END";
pub(super) const SQLITE_CEIL: &str = "CASE WHEN ({0}) BETWEEN -9e15 AND 9e15 \
    THEN CAST(CAST({0} AS INTEGER) + (({0}) > CAST({0} AS INTEGER)) AS REAL) ELSE {0} END";

pub(super) const SQLITE_TRUNCATE: &str = "CASE WHEN ({0}) BETWEEN -9e15 AND 9e15 \
    THEN CAST(CAST({0} AS INTEGER) AS REAL) ELSE {0} END";

/// Their own rounding takes halves to the even number (PostgreSQL, MySQL), or adds a half before it cuts off (SQLite).
pub(super) const POSTGRES_ROUND: &str =
    "(trunc({0}) + CASE WHEN abs(({0}) - trunc({0})) >= 0.5 THEN sign({0}) ELSE 0 END)";
pub(super) const MYSQL_ROUND: &str =
    "(truncate({0}, 0) + CASE WHEN abs(({0}) - truncate({0}, 0)) >= 0.5 THEN sign({0}) ELSE 0 END)";
/// Where CAST rounds by itself, it rounds halves so.
pub(super) const SQLITE_ROUND_TO_EVEN: &str = "(round({0}) - (abs(({0}) - CAST({0} AS INTEGER)) = 0.5 AND CAST(round({0}) AS \
    INTEGER) % 2 <> 0) * sign({0}))";
pub(super) const SQLITE_ROUND: &str = "CASE WHEN ({0}) BETWEEN -9e15 AND 9e15 THEN CAST(CAST({0} AS INTEGER) \
    + (abs(({0}) - CAST({0} AS INTEGER)) >= 0.5) * sign({0}) AS REAL) ELSE {0} END";

/// As many zero bytes as characters are missing, in hexadecimal, each `00` replaced by the character.
pub(super) const SQLITE_PAD_START: &str = "CASE WHEN length({0}) >= {1} THEN substr({0}, 1, {1}) \
    ELSE replace(hex(zeroblob({1} - length({0}))), '00', {2}) || ({0}) END";
pub(super) const SQLITE_PAD_END: &str = "CASE WHEN length({0}) >= {1} THEN substr({0}, 1, {1}) \
    ELSE ({0}) || replace(hex(zeroblob({1} - length({0}))), '00', {2}) END";

/// Of fewer parts substring_index gives the last one again.
pub(super) const MYSQL_SPLIT_PART: &str = "CASE WHEN char_length({0}) - char_length(replace({0}, {1}, '')) >= {2} - 1 \
    THEN substring_index(substring_index({0}, {1}, {2}), {1}, -1) ELSE '' END";

/// Its own is empty if there is no match.
pub(super) const MARIADB_REGEX_FIRST: &str =
    "CASE WHEN ({0}) REGEXP concat('(?-i)', {1}) THEN regexp_substr({0}, concat('(?-i)', {1})) END";

/// A UUID of version 4 of random bytes: MariaDB's own UUID() is of version 1.
pub(super) const MARIADB_UUID: &str = "CAST(concat(hex(random_bytes(4)), '-', hex(random_bytes(2)), '-4', \
    substr(hex(random_bytes(2)), 2), '-', substr('89AB', 1 + floor(rand() * 4), 1), \
    substr(hex(random_bytes(2)), 2), '-', hex(random_bytes(6))) AS uuid)";

/// Seconds by the date functions and microseconds by arithmetic, for those round to milliseconds. The sum of
/// the microseconds is split towards minus infinity.
pub(super) const SQLITE_ADD_MICROSECONDS: &str = "(strftime('%Y-%m-%d %H:%M:%S', substr({0}, 1, 19), \
    ((substr({0}, 21, 6) + ({1}) - ((substr({0}, 21, 6) + ({1})) % 1000000 + 1000000) % 1000000) / 1000000) \
    || ' seconds') || printf('.%06d', ((substr({0}, 21, 6) + ({1})) % 1000000 + 1000000) % 1000000))";
pub(super) const SQLITE_SECONDS_BETWEEN: &str = "(unixepoch(substr({0}, 1, 19)) - unixepoch(substr({1}, 1, 19)) \
    + (substr({0}, 21, 6) - substr({1}, 21, 6)) / 1e6)";

/// The first day of the month there, and of that month the same day or, if there is none, the last one.
pub(super) const SQLITE_ADD_MONTHS: &str = "(strftime('%Y-%m-', substr({0}, 1, 7) || '-01', ({1}) || ' months') \
    || printf('%02d', min(CAST(substr({0}, 9, 2) AS INTEGER), CAST(strftime('%d', substr({0}, 1, 7) || '-01', \
    ({1}) || ' months', '+1 month', '-1 day') AS INTEGER))) || substr({0}, 11))";

/// The months by number, less one that is not over; days and times of day compare as text does.
pub(super) const POSTGRES_MONTHS_BETWEEN: &str = "CAST((extract(year FROM {0}) - extract(year FROM {1})) * 12 \
    + extract(month FROM {0}) - extract(month FROM {1}) \
    - CASE WHEN ({0}) >= ({1}) AND to_char({0}, 'DDHH24MISSUS') < to_char({1}, 'DDHH24MISSUS') THEN 1 \
    WHEN ({0}) < ({1}) AND to_char({0}, 'DDHH24MISSUS') > to_char({1}, 'DDHH24MISSUS') THEN -1 ELSE 0 END AS integer)";
pub(super) const MYSQL_MONTHS_BETWEEN: &str = "(period_diff(extract(year_month FROM {0}), extract(year_month FROM {1})) \
    - CASE WHEN ({0}) >= ({1}) AND date_format({0}, '%d%H%i%s%f') < date_format({1}, '%d%H%i%s%f') THEN 1 \
    WHEN ({0}) < ({1}) AND date_format({0}, '%d%H%i%s%f') > date_format({1}, '%d%H%i%s%f') THEN -1 ELSE 0 END)";
pub(super) const SQLITE_MONTHS_BETWEEN: &str = "((substr({0}, 1, 4) - substr({1}, 1, 4)) * 12 \
    + substr({0}, 6, 2) - substr({1}, 6, 2) \
    - CASE WHEN ({0}) >= ({1}) AND substr({0}, 9) < substr({1}, 9) THEN 1 \
    WHEN ({0}) < ({1}) AND substr({0}, 9) > substr({1}, 9) THEN -1 ELSE 0 END)";

/// The week has its Thursday in the year that it belongs to.
pub(super) const SQLITE_WEEK: &str = "((strftime('%j', substr({0}, 1, 10), '-3 days', 'weekday 4') - 1) / 7 + 1)";

/// Days that the month has not are moved into the next one: then it is no date.
pub(super) const SQLITE_MAKE_DATE: &str = "CASE WHEN date(printf('%04d-%02d-%02d', {0}, {1}, {2}), '+0 days') \
    = printf('%04d-%02d-%02d', {0}, {1}, {2}) THEN printf('%04d-%02d-%02d', {0}, {1}, {2}) END";

pub(super) const SQLITE_TRUNCATE_QUARTER: &str = "(substr({0}, 1, 5) \
    || printf('%02d', (CAST(substr({0}, 6, 2) AS INTEGER) - 1) / 3 * 3 + 1) || '-01 00:00:00.000000')";

pub(super) const SQLITE_UUID_TEXT: &str = "(lower(substr(hex({0}), 1, 8)) || '-' || lower(substr(hex({0}), 9, 4)) || '-' \
    || lower(substr(hex({0}), 13, 4)) || '-' || lower(substr(hex({0}), 17, 4)) || '-' || lower(substr(hex({0}), 21)))";

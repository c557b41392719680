//! Texts as dates and times: NULL of what is none, where their own casts stop the statement, guess, or go on counting.

/// A day that there is, by the Gregorian calendar, from the year 1 on.
macro_rules! date {
    () => {
        "((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])\
        |(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))\
        |([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)"
    };
}

/// A time of day to the microsecond.
macro_rules! time {
    () => {
        "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?"
    };
}

/// Casts what matches. `$` would let a line break pass behind it.
macro_rules! matching {
    ($operator:literal, $of:ident $(, $behind:literal, $then:ident)?; $ty:literal) => {
        concat!(
            "CASE WHEN ({0}) ", $operator, " '^", $of!(), $($behind, $then!(),)? "(?![^0]|0)' THEN CAST({0} AS ", $ty, ") END"
        )
    };
}

pub(super) const POSTGRES_PARSE_DATE: &str = matching!("~", date; "date");
pub(super) const POSTGRES_PARSE_TIME: &str = matching!("~", time; "time without time zone");
pub(super) const POSTGRES_PARSE_DATE_TIME: &str = matching!("~", date, "[ T]", time; "timestamp without time zone");
pub(super) const MYSQL_PARSE_DATE: &str = matching!("REGEXP", date; "date");
pub(super) const MYSQL_PARSE_TIME: &str = matching!("REGEXP", time; "time(6)");
pub(super) const MYSQL_PARSE_DATE_TIME: &str = matching!("REGEXP", date, "[ T]", time; "datetime(6)");

/// A day that there is not is moved into the next month, and so is another text.
pub(super) const SQLITE_PARSE_DATE: &str = "CASE WHEN ({0}) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' \
    AND ({0}) >= '0001' AND date({0}, '+0 days') = ({0}) THEN {0} END";

/// Filled up to the width that all times have.
pub(super) const SQLITE_PARSE_TIME: &str = "CASE WHEN ({0}) GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' \
    AND substr({0}, 1, 2) < '24' AND (length({0}) = 8 OR length({0}) BETWEEN 10 AND 15 AND substr({0}, 9, 1) = '.' \
    AND substr({0}, 10) NOT GLOB '*[^0-9]*') THEN ({0}) || substr('.000000', length({0}) - 7) END";
pub(super) const SQLITE_PARSE_DATE_TIME: &str = "CASE WHEN ({0}) \
    GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND ({0}) >= '0001' \
    AND date(substr({0}, 1, 10), '+0 days') = substr({0}, 1, 10) AND substr({0}, 12, 2) < '24' \
    AND (length({0}) = 19 OR length({0}) BETWEEN 21 AND 26 AND substr({0}, 20, 1) = '.' \
    AND substr({0}, 21) NOT GLOB '*[^0-9]*') \
    THEN substr({0}, 1, 10) || ' ' || substr({0}, 12) || substr('.000000', length({0}) - 18) END";

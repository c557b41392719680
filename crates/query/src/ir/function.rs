//! Which operators and functions there are; how each dialect spells them are tables of `dialect`.

use serde::{Deserialize, Serialize};

/// Operators before an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UnaryOp {
    /// NOT
    Not,
    /// -
    Negate,
}

/// Operators between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum BinaryOp {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `IS DISTINCT FROM`
    DistinctFrom,
    /// `IS NOT DISTINCT FROM`
    NotDistinctFrom,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// Division of numbers that are no integers.
    Divide,
    /// Division of integers, truncating towards zero.
    DivideIntegers,
    /// Remainder.
    Modulo,
    /// The bits that are set in both.
    BitAnd,
    /// The bits that are set in either.
    BitOr,
    /// The bits that are set in one of them alone.
    BitXor,
    /// Bits moved to the left by as many places as the last six bits of the right side say, in 64 bits.
    ShiftLeft,
    /// Likewise to the right, the sign kept.
    ShiftRight,
    /// `||`
    Concat,
    /// `@>`
    Contains,
    /// `<@`
    ContainedBy,
    /// `&&`
    Overlaps,
    /// `-|-`: whether ranges touch without a gap.
    Adjacent,
    /// `<<`: a range before another; a network within another.
    LeftOf,
    /// `>>`: a range behind another; a network around another.
    RightOf,
    /// `<<=`: a network within another, or the same.
    WithinOrEqual,
    /// `>>=`: a network around another, or the same.
    AroundOrEqual,
    /// `%` of trigrams: whether texts are similar.
    Similar,
    /// `<->` of vectors.
    EuclideanDistance,
    /// `<=>` of vectors.
    CosineDistance,
    /// `<#>` of vectors.
    NegativeInnerProduct,
    /// `MATCH` of an FTS5 table.
    MatchesFts5,
    /// `@@`
    Matches,
    /// `&&` of text searches.
    QueryAnd,
    /// `||` of text searches.
    QueryOr,
    /// `<->` of text searches.
    QueryFollowedBy,
    /// `?`: whether a JSON object has a key.
    HasKey,
    /// `?|`
    HasAnyKey,
    /// `?&`
    HasAllKeys,
    /// Whether a regular expression matches.
    MatchesRegex,
    /// Whether a regular expression matches when case does not count.
    MatchesRegexIgnoringCase,
}

impl BinaryOp {
    /// Whether it compares, rather than calculates.
    #[inline]
    pub(in crate::ir) fn compares(self) -> bool {
        use BinaryOp::{DistinctFrom, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotDistinctFrom, NotEqual};
        matches!(
            self,
            Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual | DistinctFrom | NotDistinctFrom
        )
    }
}

/// The functions of values. How each dialect spells one is a row of the table in `dialect/function.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Function {
    /// The first argument that is not NULL.
    Coalesce,
    /// The number that the database gave to the row inserted last in this session.
    LastInsertId,
    /// Of a row that an upsert gives back, whether it was inserted.
    IsInserted,
    /// How many rows upserts have updated in this session, of those whose updates are counted.
    UpdatesCounted,
    /// How many rows queries have given to upserts in this session, of those whose rows are counted.
    RowsCounted,
    /// NULL if two are equal.
    NullIf,
    /// The greatest of several.
    Greatest,
    /// The least of several.
    Least,
    /// The greatest of two; NULL if either is.
    GreatestOrNull,
    /// The least of two; NULL if either is.
    LeastOrNull,
    /// Lower case.
    Lower,
    /// Upper case.
    Upper,
    /// Length in characters.
    CharLength,
    /// Without white space at both ends.
    Trim,
    /// Without white space at the start.
    TrimStart,
    /// Without white space at the end.
    TrimEnd,
    /// A part: text, first position from 1, number of characters.
    Substring,
    /// A part as the standard has it, what lies before the start being none of it, and of a length that may be negative.
    SubstringOf,
    /// Every occurrence of the second argument by the third.
    Replace,
    /// The position of the second argument in the first from 1, or 0.
    Position,
    /// Length in bytes.
    ByteLength,
    /// Without a character at both ends.
    TrimChar,
    /// Without a character at the start.
    TrimCharStart,
    /// Without a character at the end.
    TrimCharEnd,
    /// The first characters: text, how many.
    Left,
    /// The last characters: text, how many.
    Right,
    /// Text so many times.
    Repeat,
    /// Filled up at the start: text, to which length, with what character.
    PadStart,
    /// Filled up at the end: text, to which length, with what character.
    PadEnd,
    /// The characters in the opposite order.
    Reverse,
    /// A part between separators: text, separator, which part from 1.
    SplitPart,
    /// Text with every match of a regular expression replaced: text, expression, what goes in its place.
    RegexReplace,
    /// In what goes in place of a match: text that stands for itself.
    RegexLiteral,
    /// In what goes in place of a match: what a group matched, by a number from 1 to 9.
    RegexGroup,
    /// In what goes in place of a match: all of it.
    RegexMatch,
    /// The first match of a regular expression; NULL if there is none.
    RegexFirst,
    /// How many times a regular expression matches.
    RegexCount,
    /// Texts with a separator, the first argument, between them; NULLs are left out.
    ConcatWs,
    /// A decimal as a number to calculate with: itself, or in floating point where there are no decimals.
    Lossy,
    /// An integer with every bit the other way round.
    BitNot,
    /// Absolute value.
    Abs,
    /// Rounded to the next integer, or to so many digits.
    Round,
    /// A floating-point number rounded to the next integer, halves away from zero.
    RoundFloat,
    /// A floating-point number as it is cast to an integer: to the next one, halves to the even one.
    RoundToInteger,
    /// A floating-point number rounded to so many digits.
    RoundFloatTo,
    /// Without the digits behind the point.
    Truncate,
    /// -1, 0 or 1.
    Sign,
    /// Square root; NULL of a negative number.
    Sqrt,
    /// The first argument to the power of the second.
    Power,
    /// e to the power of it.
    Exp,
    /// Natural logarithm; NULL of a number that is not positive.
    Ln,
    /// A random number from 0 up to 1.
    Random,
    /// The next lower integer.
    Floor,
    /// The next higher integer.
    Ceil,
    /// The time the transaction (on SQLite: the statement) started.
    Now,
    /// Today's date in UTC.
    CurrentDate,
    /// A random UUID.
    RandomUuid,
    /// A timestamp moved by a number of microseconds.
    AddMicroseconds,
    /// The seconds between two timestamps.
    SecondsBetween,
    /// A date moved by a number of days.
    AddDays,
    /// A date or timestamp moved by a number of months, to the last day of a month that is shorter.
    AddMonths,
    /// The days between two dates.
    DaysBetween,
    /// The whole months between two dates or timestamps.
    MonthsBetween,
    /// The months, days and microseconds between two timestamps.
    Age,
    /// A time of day as that of some day, to be taken apart as timestamps are.
    OnSomeDay,
    /// The date that a text is; NULL if it is none.
    ParseDate,
    /// The time of day that a text is; NULL if it is none.
    ParseTime,
    /// The timestamp without a zone that a text is; NULL if it is none.
    ParseDateTime,
    /// A point in time as ISO 8601 writes it, in UTC.
    IsoTimestamp,
    /// A timestamp without a zone as ISO 8601 writes it.
    IsoDateTime,
    /// A date as ISO 8601 writes it.
    IsoDate,
    /// A time of day as ISO 8601 writes it.
    IsoTime,
    /// The microseconds since the start of 1970.
    EpochMicroseconds,
    /// A date of year, month and day.
    MakeDate,
    /// A date at midnight.
    AtMidnight,
    /// A date and a time of day.
    DateAndTime,
    /// The time of day of a timestamp.
    TimeOf,
    /// A point in time as it is written in UTC, without a zone.
    NaiveUtc,
    /// A timestamp without a zone, taken for UTC.
    AndUtc,
    /// From a point in time to a zone's clock, or back: zone, time.
    TimeZone,
    /// The quarter, 1 to 4.
    Quarter,
    /// The week of ISO 8601.
    Week,
    /// The year that the week of ISO 8601 belongs to.
    WeekYear,
    /// The day of the week, from 1 for Monday to 7 for Sunday.
    DayOfWeek,
    /// The day of the year, from 1.
    DayOfYear,
    /// The microseconds of the second.
    Microsecond,
    /// A timestamp cut to the start of its quarter.
    TruncateQuarter,
    /// A timestamp cut to the start of its week, a Monday.
    TruncateWeek,
    /// A timestamp cut to the start of its minute.
    TruncateMinute,
    /// A timestamp cut to the start of its second.
    TruncateSecond,
    /// The year of a date or timestamp.
    Year,
    /// The month, 1 to 12.
    Month,
    /// The day of the month, 1 to 31.
    Day,
    /// The hour, 0 to 23.
    Hour,
    /// The minute, 0 to 59.
    Minute,
    /// The second, 0 to 59.
    Second,
    /// The date of a timestamp.
    DateOf,
    /// A timestamp cut to the start of its year.
    TruncateYear,
    /// A timestamp cut to the start of its month.
    TruncateMonth,
    /// A timestamp cut to the start of its day.
    TruncateDay,
    /// A timestamp cut to the start of its hour.
    TruncateHour,
    /// A document of text: configuration (a keyword), text.
    ToTsvector,
    /// A search as people write it: configuration (a keyword), text.
    WebsearchToTsquery,
    /// How many elements a JSON array has; NULL if it is none.
    JsonArrayLength,
    /// The keys of a JSON object, as an array; NULL if it is none.
    JsonKeys,
    /// A JSON object of keys and values, by turns.
    JsonObject,
    /// A JSON array of values.
    JsonArray,
    /// A value as a document of its own, NULL as JSON null.
    JsonOf,
    /// Text as a value inside a document.
    JsonText,
    /// A document as a value inside another one, not as text.
    JsonDocument,
    /// A boolean as a value inside a document, not as a number.
    JsonBoolean,
    /// A document as it is compared: by what it says, not by how it is written.
    JsonComparable,
    /// A document with another one merged into it, by RFC 7396.
    JsonMergePatch,
    /// `||` of what is no text: documents, arrays.
    Concatenate,
    /// Whether an SQL/JSON path finds anything: document, path, variables.
    JsonPathExists,
    /// The first that an SQL/JSON path finds: document, path, variables.
    JsonPathFirst,
    /// All that an SQL/JSON path finds, as an array: document, path, variables.
    JsonPathAll,
    /// How many elements an array has.
    Cardinality,
    /// Whether a row is a total over a key of GROUP BY: 1, else 0.
    Grouping,
    /// An array of expressions.
    Array,
    /// An element: array, position from 1.
    ArrayElement,
    /// A part of an array: array, first and last position from 1.
    ArraySlice,
    /// An array with one more element at its end.
    ArrayAppend,
    /// An array with one more element at its start: array, element.
    ArrayPrepend,
    /// An array without the elements that equal another.
    ArrayRemove,
    /// An array with elements replaced: array, what, by what.
    ArrayReplace,
    /// The position of an element, from 1; NULL if it is not there.
    ArrayPosition,
    /// The elements as text with a separator between them.
    ArrayToText,
    /// Whether an array has an element: array, element.
    ArrayHas,
    /// The lower bound of a range.
    RangeLower,
    /// The upper bound of a range.
    RangeUpper,
    /// Whether a range has nothing in it.
    RangeIsEmpty,
    /// Whether the lower bound is included.
    RangeLowerIncluded,
    /// Whether the upper bound is included.
    RangeUpperIncluded,
    /// Whether a range has no lower bound.
    RangeLowerUnbounded,
    /// Whether a range has no upper bound.
    RangeUpperUnbounded,
    /// The range from the start of the one to the end of the other.
    RangeMerge,
    /// A range of integers: lower bound, upper bound, which of them lie in it.
    IntRange,
    /// A range of wide integers, as the one before.
    BigintRange,
    /// A range of decimals, likewise.
    NumericRange,
    /// A range of dates, likewise.
    DateRange,
    /// A range of timestamps without a zone, likewise.
    TimestampRange,
    /// A range of points in time, likewise.
    PointRange,
    /// What two ranges have in common.
    RangeIntersection,
    /// A search for all of the words.
    PlainToTsquery,
    /// A search for the words one after the other.
    PhraseToTsquery,
    /// A search in its own notation.
    ToTsquery,
    /// `!!`: a search for what another one does not find.
    QueryNot,
    /// A search for one search behind another: the two, the distance in words.
    QueryFollowedAt,
    /// A document whose words have a weight.
    SetWeight,
    /// How well a document matches: document, search, perhaps how the rank is normalized.
    TsRank,
    /// How well a document matches, by how near the words are: likewise.
    TsRankCd,
    /// The parts of a text that match, marked.
    TsHeadline,
    /// How well a row of an FTS5 table matches: table, weights.
    Fts5Rank,
    /// A text of an FTS5 table with what matches marked: table, number of the column, before, after.
    Fts5Highlight,
    /// A part of such a text: as before, what is left out, how many words.
    Fts5Snippet,
    /// How well columns match words: words, columns.
    MatchNatural,
    /// How well columns match a search in boolean mode: search, columns.
    MatchBoolean,
    /// How similar two texts are, by their trigrams.
    Similarity,
    /// How similar a text is to a part of another.
    WordSimilarity,
    /// The address without its network, as text.
    InetHost,
    /// The length of a network's prefix.
    InetPrefix,
    /// The network of an address.
    InetNetwork,
    /// A UUID as text.
    UuidText,
    /// A number or a document as text.
    TextOf,
}

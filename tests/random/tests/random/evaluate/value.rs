//! Operations on values of which none is NULL.

use relvar::chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Timelike, Utc};
use relvar::rust_decimal::{Decimal, RoundingStrategy};

use crate::node::{Cell, Like, Op, Part, Unit};

pub(super) fn sum(values: &[Cell]) -> Cell {
    let numbers = values.iter().map(|cell| if let Cell::Num(n) = cell { *n } else { panic!("{cell:?} has no sum") });
    numbers.reduce(|one, two| one + two).map_or(Cell::Null, num)
}

fn num(n: Decimal) -> Cell {
    // there is one zero
    Cell::Num(if n.is_zero() { Decimal::ZERO } else { n.normalize() })
}

/// What the operation gives.
pub(super) fn of(op: &Op, values: &[Cell]) -> Cell {
    match (op, values) {
        (Op::Greatest, [one, two]) => one.max(two).clone(),
        (Op::Least, [one, two]) => one.min(two).clone(),
        (_, [Cell::Int(one)]) => of_int(op, *one),
        (_, [Cell::Int(one), Cell::Int(two)]) => Cell::Int(of_ints(op, *one, *two)),
        (Op::OfBool, [Cell::Bool(b)]) => Cell::Int((*b).into()),
        (_, [Cell::Num(one)]) => num(of_num(op, *one)),
        (Op::Add, [Cell::Num(one), Cell::Num(two)]) => num(one + two),
        (Op::Subtract, [Cell::Num(one), Cell::Num(two)]) => num(one - two),
        (Op::Multiply, [Cell::Num(one), Cell::Num(two)]) => num(one * two),
        (_, [Cell::Date(date)]) => of_date(op, *date),
        (Op::AddDays, [Cell::Date(date), Cell::Int(days)]) => Cell::Date(*date + TimeDelta::days(*days)),
        (Op::DaysSince, [Cell::Date(one), Cell::Date(two)]) => Cell::Int((*one - *two).num_days()),
        (Op::MonthsSince, [Cell::Date(one), Cell::Date(two)]) => Cell::Int(months_since(*one, *two)),
        (_, [Cell::Time(time)]) => of_time(op, *time),
        (_, [Cell::Text(text)]) => of_text(op, text),
        (Op::Concat, [Cell::Text(one), Cell::Text(two)]) => Cell::Text(format!("{one}{two}")),
        (Op::Position, [Cell::Text(one), Cell::Text(two)]) => {
            Cell::Int(one.find(two.as_str()).map_or(0, |at| one[..at].chars().count() as i64 + 1))
        }
        (Op::Replace, [Cell::Text(text), Cell::Text(from), Cell::Text(to)]) => {
            Cell::Text(if from.is_empty() { text.clone() } else { text.replace(from.as_str(), to) })
        }
        (op, values) => panic!("{op:?} is not of {values:?}"),
    }
}

fn of_int(op: &Op, n: i64) -> Cell {
    match op {
        Op::Negate => Cell::Int(-n),
        Op::Abs => Cell::Int(n.abs()),
        Op::Sign => Cell::Int(n.signum()),
        Op::Digits => Cell::Text(n.to_string()),
        Op::OfInt => num(n.into()),
        other => panic!("{other:?} is not of an integer"),
    }
}

fn of_ints(op: &Op, one: i64, two: i64) -> i64 {
    match op {
        Op::Add => one + two,
        Op::Subtract => one - two,
        Op::Multiply => one * two,
        // towards zero; the remainder has the sign of what is divided
        Op::Divide => one / two,
        Op::Modulo => one % two,
        other => panic!("{other:?} is not of two integers"),
    }
}

fn of_num(op: &Op, n: Decimal) -> Decimal {
    match op {
        Op::Negate => -n,
        Op::Abs => n.abs(),
        Op::Floor => n.floor(),
        Op::Ceil => n.ceil(),
        Op::Trunc => n.trunc(),
        Op::Round => n.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero),
        other => panic!("{other:?} is not of a decimal"),
    }
}

fn months_since(later: NaiveDate, earlier: NaiveDate) -> i64 {
    let count = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    let months = count(later) - count(earlier);
    match later >= earlier {
        true => months - i64::from(later.day() < earlier.day()),
        false => months + i64::from(later.day() > earlier.day()),
    }
}

fn add_months(date: NaiveDate, months: i32) -> NaiveDate {
    let by = Months::new(months.unsigned_abs());
    if months < 0 { date - by } else { date + by }
}

fn part(part: Part, date: NaiveDate) -> i64 {
    let of = match part {
        Part::Year => return date.year().into(),
        Part::IsoWeekYear => return date.iso_week().year().into(),
        Part::Quarter => date.month0() / 3 + 1,
        Part::Month => date.month(),
        Part::IsoWeek => date.iso_week().week(),
        Part::Day => date.day(),
        Part::DayOfWeek => date.weekday().number_from_monday(),
        Part::DayOfYear => date.ordinal(),
        other => panic!("a date has no {other:?}"),
    };
    of.into()
}

fn cut(unit: Unit, date: NaiveDate) -> NaiveDate {
    let first_of = |month: u32| NaiveDate::from_ymd_opt(date.year(), month, 1).unwrap();
    match unit {
        Unit::Year => first_of(1),
        Unit::Quarter => first_of(date.month0() / 3 * 3 + 1),
        Unit::Month => first_of(date.month()),
        Unit::Week => date - TimeDelta::days(date.weekday().num_days_from_monday().into()),
        _ => date,
    }
}

fn of_date(op: &Op, date: NaiveDate) -> Cell {
    match op {
        Op::DatePart(of) => Cell::Int(part(*of, date)),
        Op::AddMonths(months) => Cell::Date(add_months(date, *months)),
        Op::CutDate(unit) => Cell::Date(cut(*unit, date)),
        Op::Midnight => Cell::Time(date.and_hms_opt(0, 0, 0).unwrap().and_utc()),
        other => panic!("{other:?} is not of a date"),
    }
}

fn of_time(op: &Op, time: DateTime<Utc>) -> Cell {
    let date = time.date_naive();
    match op {
        Op::TimePart(of) => Cell::Int(match of {
            Part::Hour => time.hour().into(),
            Part::Minute => time.minute().into(),
            Part::Second => time.second().into(),
            Part::Microsecond => i64::from(time.timestamp_subsec_micros()),
            of => part(*of, date),
        }),
        Op::DateOf => Cell::Date(date),
        Op::AddMicros(micros) => Cell::Time(time + TimeDelta::microseconds(*micros)),
        Op::AddMonths(months) => Cell::Time(add_months(date, *months).and_time(time.time()).and_utc()),
        Op::CutTime(unit) => {
            let (hour, minute, second) = match unit {
                Unit::Hour => (time.hour(), 0, 0),
                Unit::Minute => (time.hour(), time.minute(), 0),
                Unit::Second => (time.hour(), time.minute(), time.second()),
                _ => (0, 0, 0),
            };
            Cell::Time(cut(*unit, date).and_hms_opt(hour, minute, second).unwrap().and_utc())
        }
        other => panic!("{other:?} is not of a time"),
    }
}

fn of_text(op: &Op, text: &str) -> Cell {
    let characters: Vec<char> = text.chars().collect();
    let length = characters.len();
    let slice =
        |from: usize, to: usize| characters[from.min(length)..to.min(length).max(from.min(length))].iter().collect();
    let padding = |n: u32, c: char| c.to_string().repeat((n as usize).saturating_sub(length));
    Cell::Text(match op {
        Op::CharLength => return Cell::Int(length as i64),
        Op::ByteLength => return Cell::Int(text.len() as i64),
        Op::Like { pattern, negated } => return Cell::Bool(like(pattern, text) != *negated),
        Op::Lower => text.to_ascii_lowercase(),
        Op::Upper => text.to_ascii_uppercase(),
        Op::Trim => text.trim_matches(' ').to_owned(),
        Op::TrimStart => text.trim_start_matches(' ').to_owned(),
        Op::TrimEnd => text.trim_end_matches(' ').to_owned(),
        Op::TrimChar(c) => text.trim_matches(*c).to_owned(),
        Op::Left(n) => slice(0, *n as usize),
        Op::Right(n) => slice(length.saturating_sub(*n as usize), length),
        Op::Repeat(n) => text.repeat(*n as usize),
        Op::PadStart(n, _) | Op::PadEnd(n, _) if length >= *n as usize => slice(0, *n as usize),
        Op::PadStart(n, c) => format!("{}{text}", padding(*n, *c)),
        Op::PadEnd(n, c) => format!("{text}{}", padding(*n, *c)),
        Op::Substring(from, count) => {
            // what lies before the start is not there
            let end = (from + count - 1).max(0) as usize;
            slice((from - 1).max(0) as usize, end)
        }
        other => panic!("{other:?} is not of a text"),
    })
}

fn like(pattern: &Like, text: &str) -> bool {
    match pattern {
        Like::Contains(of) => text.contains(of),
        Like::StartsWith(of) => text.starts_with(of),
        Like::EndsWith(of) => text.ends_with(of),
        Like::Pattern(pattern) => matches(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>()),
    }
}

fn matches(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], text) => text.is_empty(),
        (['%', rest @ ..], text) => (0..=text.len()).any(|at| matches(rest, &text[at..])),
        (['_', rest @ ..], [_, text @ ..]) => matches(rest, text),
        (['\\', literal, rest @ ..], [c, text @ ..]) => c == literal && matches(rest, text),
        ([literal, rest @ ..], [c, text @ ..]) => c == literal && matches(rest, text),
        _ => false,
    }
}

//! Two values of every type: the lesser one first, where there is an order.

use relvar_sql_tests::prelude::*;
use serde_json::Value;
use std::net::IpAddr;

/// A type that there are two values of.
pub(super) trait Values: Sized {
    /// The first, or the second.
    fn at(n: usize) -> Self;
}

macro_rules! values {
    ($($ty:ty: $low:expr, $high:expr;)*) => { $(
        impl Values for $ty {
            fn at(n: usize) -> Self {
                if n == 0 { $low } else { $high }
            }
        }
    )* };
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn clock(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

fn address(text: &str) -> Inet {
    Inet::from(text.parse::<IpAddr>().unwrap())
}

values! {
    bool: false, true;
    i16: -3, 7;
    i32: -70_000, 9;
    i64: -5_000_000_000, 6;
    f32: -0.5, 2.25;
    f64: -0.25, 1.5;
    Decimal: decimal("-1.50"), decimal("10.25");
    Lossy: Lossy(decimal("-2.5")), Lossy(decimal("11.75"));
    String: "Zoe".to_owned(), "ann".to_owned();
    Vec<u8>: vec![0, 0xff], vec![1];
    // of version 1, whose time has the lower part first
    Uuid: "1ec9414c-232a-11b0-b3c8-9e6bdeced846".parse().unwrap(), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6".parse().unwrap();
    DateTime<Utc>: at("2025-12-31T23:59:59.999999Z"), at("2026-01-15T08:30:15.25Z");
    NaiveDateTime: day("2025-12-31").and_time(clock("23:59:59.5")), day("2026-02-28").and_time(clock("00:00:00"));
    NaiveDate: day("1999-12-31"), day("2026-02-28");
    NaiveTime: clock("00:00:01.000001"), clock("23:59:59");
    Json<Value>: Json(json!({ "a": 10 })), Json(json!({ "a": 9, "b": [1, null] }));
    SeatKind: SeatKind::Window, SeatKind::Aisle;
    SeatNumber: SeatNumber(2), SeatNumber(10);
    Vec<String>: vec![], vec!["x".to_owned(), "y, z".to_owned()];
    Vec<i64>: vec![1], vec![1, 2];
    Inet: address("10.0.0.1"), address("::1");
    Range<i32>: Range::from(1..3), Range::from(2..9);
    Range<DateTime<Utc>>: Range::from(at("2025-12-31T00:00:00Z")..), Range::from(at("2026-01-01T00:00:00Z")..);
    Age: Age { months: 1, days: 2, micros: 3 }, Age { months: 2, days: 0, micros: 0 };
}

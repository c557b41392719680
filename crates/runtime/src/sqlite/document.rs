//! JSON documents as they are compared: one text for all ways to write the same.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use serde_json::{Number, Value};

/// The function by which documents are told from each other, `relvar_json`: NULL of NULL, an error of what is none.
pub(super) fn compare_documents(handle: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    handle.create_scalar_function("relvar_json", 1, flags, |call| {
        let Some(text) = call.get::<Option<String>>(0)? else { return Ok(None) };
        comparable(&text).map(Some).map_err(|error| rusqlite::Error::UserFunctionError(Box::new(error)))
    })
}

/// The document without white space, keys in order, and numbers that are equal written alike.
fn comparable(text: &str) -> serde_json::Result<String> {
    let mut document = serde_json::from_str(text)?;
    settle(&mut document);
    serde_json::to_string(&document)
}

fn settle(value: &mut Value) {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => {}
        Value::Number(number) => {
            if let Some(whole) = number.as_f64().filter(|_| number.is_f64()).and_then(whole) {
                *number = whole;
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(settle),
        Value::Object(members) => {
            // in order whatever map serde_json was built with
            let sorted: BTreeMap<String, Value> = std::mem::take(members).into_iter().collect();
            members.extend(sorted);
            members.values_mut().for_each(settle);
        }
    }
}

/// A floating-point number as the integer that it is.
fn whole(number: f64) -> Option<Number> {
    // beyond, not every integer has a floating-point number of its own
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= EXACT).then(|| Number::from(number as i64))
}

#[cfg(test)]
mod tests {
    use super::comparable;

    #[test]
    fn what_is_the_same_is_written_alike() {
        for (one, other) in [
            (r#"{"a":1,"b":[true,null]}"#, "{ \"b\" : [true, null],\n\"a\" : 1 }"),
            (r#"[1, 0, "é"]"#, r#"[1.0,-0.0,"\u00e9"]"#),
            (r#"{"x":{"b":1,"a":2}}"#, r#"{"x":{"a":2e0,"b":10e-1}}"#),
        ] {
            assert_eq!(comparable(one).unwrap(), comparable(other).unwrap());
        }
        for (one, other) in [("1", r#""1""#), ("[1,2]", "[2,1]"), ("null", "false"), ("1.5", "1"), ("{}", "[]")] {
            assert_ne!(comparable(one).unwrap(), comparable(other).unwrap());
        }
        assert!(comparable("{").is_err());
    }
}

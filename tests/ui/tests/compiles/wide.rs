//! Tables of forty columns.

use relvar::prelude::*;

use crate::rows;

#[derive(Table, Debug, Clone)]
#[table(name = "wide", dialect = (Postgres, Sqlite))]
#[index(on = |w| (w.c01, w.c02.desc()))]
struct Wide {
    #[column(primary_key)]
    c00: i64,
    c01: String,
    c02: Option<String>,
    c03: bool,
    c04: Option<f64>,
    c05: i64,
    c06: String,
    c07: Option<String>,
    c08: bool,
    c09: Option<f64>,
    c10: i64,
    c11: String,
    c12: Option<String>,
    c13: bool,
    c14: Option<f64>,
    c15: i64,
    c16: String,
    c17: Option<String>,
    c18: bool,
    c19: Option<f64>,
    c20: i64,
    c21: String,
    c22: Option<String>,
    c23: bool,
    c24: Option<f64>,
    c25: i64,
    c26: String,
    c27: Option<String>,
    c28: bool,
    c29: Option<f64>,
    c30: i64,
    c31: String,
    c32: Option<String>,
    c33: bool,
    c34: Option<f64>,
    c35: i64,
    c36: String,
    c37: Option<String>,
    c38: bool,
    c39: Option<f64>,
}

#[test]
fn forty_columns() {
    rows::<Wide>(Wide::query().filter(|w| w.c05.gt(w.c10) & w.c36.eq("x")).order_by(|w| w.c00.asc()));
    rows::<(Wide, Option<Wide>)>(Wide::query().left_join(Wide::table(), |w, v| w.c00.eq(v.c05)));
    assert_eq!(<Wide as Table>::TABLE.columns.len(), 40);
}

//! Two answers again, without a database: to the data at this scale, the specification's own parameters give nothing
//! in Q8 and Q17, which a wrong query could give as well.

use relvar::chrono::Datelike;
use relvar::rust_decimal::Decimal;
use relvar::rust_decimal::prelude::ToPrimitive;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::load::read;
use crate::queries::{date, q08, q17};
use crate::schema::*;

/// The rows of a file, by their key.
fn by<K: std::hash::Hash + Eq, T: serde::de::DeserializeOwned + Send>(
    folder: &Path,
    name: &str,
    key: fn(&T) -> K,
) -> HashMap<K, T> {
    read::<T>(folder, name).map(|row| (key(&row), row)).collect()
}

/// Of what a region bought of a kind of part in two years, how much came from a nation: the years and the shares.
pub(crate) fn market_shares(folder: &Path, parameters: q08::Parameters) -> Vec<(i32, f64)> {
    let q08::Parameters { nation, region, kind } = parameters;
    let parts = by(folder, "part.csv", |p: &Part| p.p_partkey);
    let suppliers = by(folder, "supplier.csv", |s: &Supplier| s.s_suppkey);
    let customers = by(folder, "customer.csv", |c: &Customer| c.c_custkey);
    let nations = by(folder, "nation.csv", |n: &Nation| n.n_nationkey);
    let regions = by(folder, "region.csv", |r: &Region| r.r_regionkey);
    let orders = by(folder, "orders.csv.gz", |o: &Order| o.o_orderkey);
    let mut volumes: BTreeMap<i32, (Decimal, Decimal)> = BTreeMap::new();
    for l in read::<LineItem>(folder, "lineitem.csv.gz") {
        let order = &orders[&l.l_orderkey];
        let buyer = &nations[&customers[&order.o_custkey].c_nationkey];
        let years = date(1995, 1, 1)..=date(1996, 12, 31);
        let meant = parts[&l.l_partkey].p_type == kind && regions[&buyer.n_regionkey].r_name == region;
        if meant && years.contains(&order.o_orderdate) {
            let volume = l.l_extendedprice * (Decimal::ONE - l.l_discount);
            let (of_nation, all) = volumes.entry(order.o_orderdate.year()).or_default();
            *all += volume;
            if nations[&suppliers[&l.l_suppkey].s_nationkey].n_name == nation {
                *of_nation += volume;
            }
        }
    }
    volumes.into_iter().map(|(year, (of_nation, all))| (year, (of_nation / all).to_f64().unwrap())).collect()
}

/// What would be lost a year if orders of less than a fifth of what is usual were not taken, for a kind of part.
pub(crate) fn small_orders(folder: &Path, parameters: q17::Parameters) -> Option<f64> {
    let q17::Parameters { brand, container } = parameters;
    let parts = by(folder, "part.csv", |p: &Part| p.p_partkey);
    let mut lines: HashMap<i32, Vec<LineItem>> = HashMap::new();
    for l in read::<LineItem>(folder, "lineitem.csv.gz") {
        lines.entry(l.l_partkey).or_default().push(l);
    }
    let mut total = None;
    for (part, lines) in lines {
        if parts[&part].p_brand != brand || parts[&part].p_container != container {
            continue;
        }
        let ordered: Decimal = lines.iter().map(|l| l.l_quantity).sum();
        // less than a fifth of the average, without a division
        let small = lines.iter().filter(|l| l.l_quantity * Decimal::from(5 * lines.len()) < ordered);
        for l in small {
            total = Some(total.unwrap_or_default() + l.l_extendedprice);
        }
    }
    total.map(|total: Decimal| (total / Decimal::from(7)).to_f64().unwrap())
}

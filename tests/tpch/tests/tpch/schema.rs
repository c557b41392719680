//! The eight tables of TPC-H, with the names, keys and references of its specification, for all databases.

use relvar::chrono::NaiveDate;
use relvar::prelude::*;
use relvar::rust_decimal::Decimal;
use serde::Deserialize;

use crate::load::decimal;

#[derive(Table, Debug, Clone, Deserialize)]
#[table(name = "region")]
pub(crate) struct Region {
    #[column(primary_key)]
    pub(crate) r_regionkey: i32,
    #[column(len = 25)]
    pub(crate) r_name: String,
    #[column(len = 152)]
    pub(crate) r_comment: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[table(name = "nation")]
pub(crate) struct Nation {
    #[column(primary_key)]
    pub(crate) n_nationkey: i32,
    #[column(len = 25)]
    pub(crate) n_name: String,
    #[column(index, references = Region::r_regionkey)]
    pub(crate) n_regionkey: i32,
    #[column(len = 152)]
    pub(crate) n_comment: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[table(name = "supplier")]
pub(crate) struct Supplier {
    #[column(primary_key)]
    pub(crate) s_suppkey: i32,
    #[column(len = 25)]
    pub(crate) s_name: String,
    #[column(len = 40)]
    pub(crate) s_address: String,
    #[column(index, references = Nation::n_nationkey)]
    pub(crate) s_nationkey: i32,
    #[column(len = 15)]
    pub(crate) s_phone: String,
    #[column(precision = (15, 2))]
    #[serde(deserialize_with = "decimal")]
    pub(crate) s_acctbal: Decimal,
    #[column(len = 101)]
    pub(crate) s_comment: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[table(name = "part")]
pub(crate) struct Part {
    #[column(primary_key)]
    pub(crate) p_partkey: i32,
    #[column(len = 55)]
    pub(crate) p_name: String,
    #[column(len = 25)]
    pub(crate) p_mfgr: String,
    #[column(len = 10)]
    pub(crate) p_brand: String,
    #[column(len = 25)]
    pub(crate) p_type: String,
    pub(crate) p_size: i32,
    #[column(len = 10)]
    pub(crate) p_container: String,
    #[column(precision = (15, 2))]
    #[serde(deserialize_with = "decimal")]
    pub(crate) p_retailprice: Decimal,
    #[column(len = 23)]
    pub(crate) p_comment: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[table(name = "partsupp", primary_key(ps_partkey, ps_suppkey))]
pub(crate) struct PartSupp {
    #[column(references = Part::p_partkey)]
    pub(crate) ps_partkey: i32,
    #[column(index, references = Supplier::s_suppkey)]
    pub(crate) ps_suppkey: i32,
    pub(crate) ps_availqty: i32,
    #[column(precision = (15, 2))]
    #[serde(deserialize_with = "decimal")]
    pub(crate) ps_supplycost: Decimal,
    #[column(len = 199)]
    pub(crate) ps_comment: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[table(name = "customer")]
pub(crate) struct Customer {
    #[column(primary_key)]
    pub(crate) c_custkey: i32,
    #[column(len = 25)]
    pub(crate) c_name: String,
    #[column(len = 40)]
    pub(crate) c_address: String,
    #[column(index, references = Nation::n_nationkey)]
    pub(crate) c_nationkey: i32,
    #[column(len = 15)]
    pub(crate) c_phone: String,
    #[column(precision = (15, 2))]
    #[serde(deserialize_with = "decimal")]
    pub(crate) c_acctbal: Decimal,
    #[column(len = 10)]
    pub(crate) c_mktsegment: String,
    #[column(len = 117)]
    pub(crate) c_comment: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[table(name = "orders")]
pub(crate) struct Order {
    #[column(primary_key)]
    pub(crate) o_orderkey: i32,
    #[column(index, references = Customer::c_custkey)]
    pub(crate) o_custkey: i32,
    #[column(len = 1)]
    pub(crate) o_orderstatus: String,
    #[column(precision = (15, 2))]
    #[serde(deserialize_with = "decimal")]
    pub(crate) o_totalprice: Decimal,
    #[column(index)]
    pub(crate) o_orderdate: NaiveDate,
    #[column(len = 15)]
    pub(crate) o_orderpriority: String,
    #[column(len = 15)]
    pub(crate) o_clerk: String,
    pub(crate) o_shippriority: i32,
    #[column(len = 79)]
    pub(crate) o_comment: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[table(name = "lineitem", primary_key(l_orderkey, l_linenumber))]
#[index(on = |l| (l.l_partkey, l.l_suppkey))]
pub(crate) struct LineItem {
    #[column(references = Order::o_orderkey)]
    pub(crate) l_orderkey: i32,
    #[column(references = Part::p_partkey)]
    pub(crate) l_partkey: i32,
    #[column(index, references = Supplier::s_suppkey)]
    pub(crate) l_suppkey: i32,
    pub(crate) l_linenumber: i32,
    #[column(precision = (15, 2))]
    #[serde(deserialize_with = "decimal")]
    pub(crate) l_quantity: Decimal,
    #[column(precision = (15, 2))]
    #[serde(deserialize_with = "decimal")]
    pub(crate) l_extendedprice: Decimal,
    #[column(precision = (15, 2))]
    #[serde(deserialize_with = "decimal")]
    pub(crate) l_discount: Decimal,
    #[column(precision = (15, 2))]
    #[serde(deserialize_with = "decimal")]
    pub(crate) l_tax: Decimal,
    #[column(len = 1)]
    pub(crate) l_returnflag: String,
    #[column(len = 1)]
    pub(crate) l_linestatus: String,
    #[column(index)]
    pub(crate) l_shipdate: NaiveDate,
    pub(crate) l_commitdate: NaiveDate,
    pub(crate) l_receiptdate: NaiveDate,
    #[column(len = 25)]
    pub(crate) l_shipinstruct: String,
    #[column(len = 10)]
    pub(crate) l_shipmode: String,
    #[column(len = 44)]
    pub(crate) l_comment: String,
}

/// All tables, in whatever order.
pub(crate) fn schema() -> Schema {
    Schema::new()
        .table::<LineItem>()
        .table::<Order>()
        .table::<Customer>()
        .table::<PartSupp>()
        .table::<Part>()
        .table::<Supplier>()
        .table::<Nation>()
        .table::<Region>()
}

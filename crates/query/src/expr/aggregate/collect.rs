//! Aggregates that collect values: texts, arrays and JSON, of different values only, or sorted.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

use super::Group;
use crate::dialect::{Covers, Dialect, HasArrays, HasDistinctJsonAgg, HasDistinctStringAgg, HasSortedJsonAgg};
use crate::expr::json::json_value;
use crate::expr::{Base, Expr, Expression, JsonElement, Orders, TypeOf};
use crate::ir::{self, AggregateFunction, Constant, Direction, Nulls};
use crate::types::{Collected, IsText, Json, SqlType, Summable};

/// What collecting values of `E` as JSON gives.
type JsonOf<E> = <TypeOf<E> as JsonElement>::Element;
/// What collecting values of `E` in an array gives.
type ArrayOf<E> = <TypeOf<E> as Collected>::Array;

impl<H: Clone, D: Dialect> Group<H, D> {
    /// `string_agg(x, separator)`: the texts one after the other, in no particular order unless
    /// [sorted](Group::order_by). NULL of no rows. The separator is a constant: not every database can bind it.
    pub fn string_agg<E: Expression<Type: IsText, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
        separator: &'static str,
    ) -> Expr<Option<String>, D> {
        let arguments = vec![f(self.scope.clone()).into_ir(), ir::Node::Constant(Constant::Text(separator.into()))];
        self.aggregate(AggregateFunction::StringAgg, arguments, false, String::SQL_TYPE)
    }

    /// `array_agg(x)`: the values as an array, NULLs among them if there can be any. NULL of no rows.
    pub fn array_agg<E: Expression<Type: Collected, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<ArrayOf<E>>, D>
    where
        D: HasArrays,
    {
        self.of(AggregateFunction::ArrayAgg, f, false, ArrayOf::<E>::SQL_TYPE)
    }

    /// `jsonb_agg(x)`, `json_arrayagg(x)`: the values as a JSON array, NULLs among them. NULL of no rows.
    pub fn json_agg<E: Expression<Type: JsonElement, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<Json<Vec<JsonOf<E>>>>, D> {
        self.json_agg_of(json_value::<E::Type>(f(self.scope.clone()).into_ir()))
    }

    fn json_agg_of<T: Serialize + DeserializeOwned + 'static>(&self, value: ir::Node) -> Expr<Option<Json<Vec<T>>>, D> {
        self.aggregate(AggregateFunction::JsonAgg, vec![value], false, Json::<Vec<T>>::SQL_TYPE)
    }

    /// `jsonb_object_agg(key, value)`, `json_objectagg(key, value)`: a JSON object. NULL of no rows.
    pub fn json_object_agg<K, E>(
        &self,
        key: impl FnOnce(H) -> K,
        value: impl FnOnce(H) -> E,
    ) -> Expr<Option<Json<BTreeMap<String, JsonOf<E>>>>, D>
    where
        K: Expression<Type = String, Dialect: Covers<D>>,
        E: Expression<Type: JsonElement, Dialect: Covers<D>>,
    {
        let value = json_value::<E::Type>(value(self.scope.clone()).into_ir());
        let arguments = vec![key(self.scope.clone()).into_ir(), value];
        self.aggregate(
            AggregateFunction::JsonObjectAgg,
            arguments,
            false,
            Json::<BTreeMap<String, JsonOf<E>>>::SQL_TYPE,
        )
    }

    /// The aggregates that collect values, sorted: `g.order_by(|t| t.id.asc()).string_agg(|t| t.title, ", ")`.
    pub fn order_by<O: Orders<D>>(&self, f: impl FnOnce(H) -> O) -> SortedGroup<H, D> {
        let mut group = self.clone();
        f(self.scope.clone()).orders(&mut group.order_by);
        SortedGroup(group)
    }

    /// The aggregates of different values: `g.distinct().sum(|t| t.score)`.
    pub fn distinct(&self) -> DistinctGroup<H, D> {
        DistinctGroup { group: Group { distinct: true, ..self.clone() }, sorted: None }
    }
}

/// The rows of a group in an order: its methods are the aggregates that collect values.
#[must_use = "a group does nothing until it is aggregated"]
pub struct SortedGroup<H, D>(Group<H, D>);

impl<H: Clone, D: Dialect> SortedGroup<H, D> {
    /// As [`Group::string_agg`], in order.
    pub fn string_agg<E: Expression<Type: IsText, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
        separator: &'static str,
    ) -> Expr<Option<String>, D> {
        self.0.string_agg(f, separator)
    }

    /// As [`Group::array_agg`], in order.
    pub fn array_agg<E: Expression<Type: Collected, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<ArrayOf<E>>, D>
    where
        D: HasArrays,
    {
        self.0.array_agg(f)
    }

    /// As [`Group::json_agg`], in order.
    pub fn json_agg<E: Expression<Type: JsonElement, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<Json<Vec<JsonOf<E>>>>, D>
    where
        D: HasSortedJsonAgg,
    {
        self.0.json_agg(f)
    }
}

/// The different values in a group: its methods are the aggregates for which that matters.
#[must_use = "a group does nothing until it is aggregated"]
pub struct DistinctGroup<H, D> {
    group: Group<H, D>,
    sorted: Option<(Direction, Option<Nulls>)>,
}

impl<H: Clone, D: Dialect> DistinctGroup<H, D> {
    /// The values that are collected ascend: what is distinct can be sorted by itself only.
    pub fn ascending(self) -> Self {
        DistinctGroup { sorted: Some((Direction::Ascending, None)), ..self }
    }

    /// The values that are collected descend.
    pub fn descending(self) -> Self {
        DistinctGroup { sorted: Some((Direction::Descending, None)), ..self }
    }

    /// The group, sorted by what is collected.
    fn sorted_by(&self, expr: &ir::Node) -> Group<H, D> {
        let mut group = self.group.clone();
        let order = self.sorted.map(|(direction, nulls)| ir::Order { expr: expr.clone(), direction, nulls });
        group.order_by.extend(order);
        group
    }

    /// `count(DISTINCT x)`: as [`Group::count_distinct`].
    pub fn count_of<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<i64, D> {
        self.group.count_of(f)
    }

    /// `sum(DISTINCT x)`: as [`Group::sum`].
    pub fn sum<E: Expression<Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<<Base<E> as Summable<D>>::Sum>, D>
    where
        Base<E>: Summable<D>,
    {
        self.group.sum(f)
    }

    /// `avg(DISTINCT x)`: as [`Group::avg`].
    pub fn avg<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<Option<f64>, D>
    where
        Base<E>: Summable<D>,
    {
        self.group.avg(f)
    }

    /// `string_agg(DISTINCT x, separator)`: as [`Group::string_agg`].
    pub fn string_agg<E: Expression<Type: IsText, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
        separator: &'static str,
    ) -> Expr<Option<String>, D>
    where
        D: HasDistinctStringAgg,
    {
        let x = f(self.group.scope.clone()).into_ir();
        self.sorted_by(&x).string_agg(|_| Expr::<E::Type, E::Dialect>::from_ir(x), separator)
    }

    /// `array_agg(DISTINCT x)`: as [`Group::array_agg`].
    pub fn array_agg<E: Expression<Type: Collected, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<ArrayOf<E>>, D>
    where
        D: HasArrays,
    {
        let x = f(self.group.scope.clone()).into_ir();
        self.sorted_by(&x).array_agg(|_| Expr::<E::Type, E::Dialect>::from_ir(x))
    }

    /// `jsonb_agg(DISTINCT x)`: as [`Group::json_agg`].
    pub fn json_agg<E: Expression<Type: JsonElement, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<Json<Vec<JsonOf<E>>>>, D>
    where
        D: HasDistinctJsonAgg,
    {
        let x = json_value::<E::Type>(f(self.group.scope.clone()).into_ir());
        self.sorted_by(&x).json_agg_of(x)
    }
}

//! The constructs that take any value, each with the bounds under which it compiles: a module of each dialect.

use relvar::query::dialect::{
    MakesArrays, Meet, HasArrays, HasBitAggregates, HasDistinctJsonAgg, HasQuantified, HasRegression, HasSortedJsonAgg, HasStatistics,
    HasWithinGroup,
};
use relvar::query::expr::{Group, JsonElement, Ordered};
use relvar::query::types::{ArrayElement, Averaged, Integral, IsText, Summable};

use super::*;

/// The dialect, as a type of `T`'s: a bound of a type that is known would be an error where it does not hold.
pub(crate) trait Placed {
    type Dialect;
}
impl<T> Placed for T {
    type Dialect = D;
}
type Here<T> = <T as Placed>::Dialect;

/// An aggregate of all rows, of some, and of none.
fn grouped<R>(f: &dyn Fn(&Group<KindsColumns, D>) -> Expr<R, D>) -> Option<Ask<D>>
where
    R: SqlType + Debug + Send + Sync,
{
    rows(Kinds::query().aggregate(|g| (f(&g), f(&g.filter(|k| k.id.gt(1))), f(&g.filter(|k| k.id.gt(9))))))
}

/// An expression in every row.
fn selected<R>(f: &dyn Fn(KindsColumns) -> Expr<R, D>) -> Option<Ask<D>>
where
    R: SqlType + Debug + Send + Sync,
{
    rows(Kinds::query().order_by(|k| k.id.asc()).select(|k| (k.id, f(k))))
}

/// The rows for which a condition holds.
fn filtered(f: &dyn Fn(KindsColumns) -> Condition<D>) -> Option<Ask<D>> {
    rows(Kinds::query().filter(f).order_by(|k| k.id.asc()).select(|k| k.id))
}

/// A trait for each construct, implemented for the columns that its bounds allow, and one for all others; and `all_of`,
/// which asks everything of a column.
macro_rules! constructs {
    ($dollar:tt $($name:ident[$($bounds:tt)*] |$c:ident| $ask:expr;)*) => {
        $(
            pub(crate) mod $name {
                use super::*;

                #[allow(dead_code, reason = "it can be asked of no type, or of all")]
                pub(crate) trait Asked {
                    fn $name(&self) -> Option<Ask<D>>;
                }
                #[allow(dead_code, reason = "it can be asked of all types")]
                pub(crate) trait NotAsked {
                    fn $name(&self) -> Option<Ask<D>> {
                        None
                    }
                }
                impl<T> NotAsked for &Of<T> {}
                impl<T: Kind> Asked for Of<T>
                where
                    $($bounds)*
                {
                    fn $name(&self) -> Option<Ask<D>> {
                        let $c = self.0;
                        $ask
                    }
                }
            }
        )*
        macro_rules! all_of {
            ($dollar asks:ident, $dollar column:ident) => {{
                $(
                    #[allow(unused_imports, reason = "columns of all types can be, or none")]
                    use constructs::$name::{Asked as _, NotAsked as _};
                    $dollar asks.push((
                        stringify!($name),
                        stringify!($dollar column),
                        (&Of(|k: KindsColumns| k.$dollar column)).$name(),
                    ));
                )*
            }};
        }
        pub(crate) use all_of;
    };
}

constructs! { $
    count_of[] |c| grouped(&|g| g.count_of(c));
    count_distinct[] |c| grouped(&|g| g.count_distinct(c));
    min[T: Ordered<D>] |c| grouped(&|g| g.min(c));
    max[T: Ordered<D>] |c| grouped(&|g| g.max(c));
    sum[T: Summable<D, Sum: Debug + Send + Sync>] |c| grouped(&|g| g.sum(c));
    sum_distinct[T: Summable<D, Sum: Debug + Send + Sync>] |c| grouped(&|g| g.distinct().sum(c));
    avg[T: Summable<D>] |c| grouped(&|g| g.avg(c));
    avg_distinct[T: Summable<D>] |c| grouped(&|g| g.distinct().avg(c));
    avg_decimal[T: Averaged<D, Average: Debug + Send + Sync>] |c| grouped(&|g| g.avg_decimal(c));
    string_agg[T: IsText] |c| grouped(&|g| g.order_by(|k| k.id.asc()).string_agg(c, ","));
    array_agg[T: ArrayElement, Here<T>: HasArrays] |c|
        grouped(&|g| g.order_by(|k| k.id.asc()).array_agg(c));
    array_agg_distinct[T: ArrayElement, Here<T>: HasArrays] |c|
        grouped(&|g| g.distinct().ascending().array_agg(c));
    json_agg[T: JsonElement<Element: Debug + Send + Sync>, Here<T>: HasSortedJsonAgg] |c|
        rows(Kinds::query().aggregate(|g| g.order_by(|k| k.id.asc()).json_agg(c)));
    json_agg_distinct[T: JsonElement<Element: Debug + Send + Sync>, Here<T>: HasDistinctJsonAgg]
        |c| rows(Kinds::query().aggregate(|g| g.distinct().ascending().json_agg(c)));
    json_object_agg[T: JsonElement<Element: Debug + Send + Sync>] |c|
        rows(Kinds::query().filter(|k| k.id.lt(3)).aggregate(|g| g.json_object_agg(|k| k.text, c)));
    stddev_pop[T: Summable<D>, Here<T>: HasStatistics] |c| grouped(&|g| g.stddev_pop(c));
    var_samp[T: Summable<D>, Here<T>: HasStatistics] |c| grouped(&|g| g.var_samp(c));
    corr[T: Summable<D>, Here<T>: HasRegression] |c| grouped(&|g| g.corr(c, c));
    bit_or[T: Integral, Here<T>: HasBitAggregates] |c|
        grouped(&|g| g.bit_or(c));
    percentile_cont[T: Summable<D>, Here<T>: HasWithinGroup] |c|
        grouped(&|g| g.percentile_cont(0.5, c));
    percentile_disc[T: Ordered<D>, Here<T>: HasWithinGroup] |c|
        grouped(&|g| g.percentile_disc(0.5, c));
    mode[T: Ordered<D>, Here<T>: HasWithinGroup] |c| grouped(&|g| g.mode(c));

    min_over[T: Ordered<D>] |c| selected(&|k| window::min(c(k)).over(|w| w.partition_by(k.flag)));
    max_over[T: Ordered<D>] |c| selected(&|k| window::max(c(k)).over(|w| w.order_by(k.id.asc())));
    max_filter_over[T: Ordered<D>] |c|
        selected(&|k| window::max(c(k)).filter(k.id.gt(1)).over(|w| w.order_by(k.id.asc())));
    sum_over[T: Summable<D, Sum: Debug + Send + Sync>] |c|
        selected(&|k| window::sum(c(k)).over(|w| w.order_by(k.id.asc())));
    avg_over[T: Summable<D>] |c| selected(&|k| window::avg(c(k)).over(|w| w.order_by(k.id.asc())));
    lag[] |c| selected(&|k| window::lag(c(k)).over(|w| w.order_by(k.id.asc())));
    first_value[] |c| selected(&|k| window::first_value(c(k)).over(|w| w.order_by(k.id.asc())));
    nth_value[] |c| selected(&|k| window::nth_value(c(k), 2).over(|w| w.order_by(k.id.asc())));
    array_agg_over[T: ArrayElement, Here<T>: HasArrays] |c|
        selected(&|k| window::array_agg(c(k)).over(|w| w.order_by(k.id.asc())));

    greatest[T: Ordered<D>] |c| selected(&|k| greatest(c(k), T::at(1)));
    greatest_of_columns[T: Ordered<D>] |c| selected(&|k| greatest(c(k), c(k).nullable()));
    least[T: Ordered<D>] |c| selected(&|k| least(c(k), T::at(1)));
    least_of_columns[T: Ordered<D>] |c| selected(&|k| least(c(k), c(k).nullable()));
    bit_and[T: Integral] |c| selected(&|k| c(k).bit_and(T::at(1)).bit_xor(c(k)));
    bit_not[T: Integral] |c| selected(&|k| c(k).bit_not().bit_or(T::at(1)));
    shift_left[T: Integral] |c| selected(&|k| c(k).shift_left(60));
    shift_right[T: Integral] |c| selected(&|k| c(k).shift_right(1));
    coalesce[] |c| selected(&|k| c(k).nullable().coalesce(T::at(1)));
    null_if[] |c| selected(&|k| c(k).null_if(T::at(1)));
    branch[] |c| selected(&|k| case().when(k.id.gt(1), c(k)).otherwise(T::at(1)));
    branch_value[] |c| selected(&|k| { let _ = c; case().when(k.id.gt(1), value(T::at(0))).end() });
    branch_of[] |c| selected(&|k| case_of(c(k)).when(T::at(1), value(1i64)).otherwise(0));
    a_constant[] |c| selected(&|_| { let _ = c; constant(T::at(1)).only_on() });
    a_value[] |c| selected(&|_| { let _ = c; value(T::at(1)).only_on() });
    json_of[T: JsonElement<Element: Debug + Send + Sync>] |c| selected(&|k| json_array((c(k),)));
    an_array[T: ArrayElement, Here<T>: Meet<MakesArrays, Out = D>] |c|
        selected(&|k| array([c(k), c(k)]));

    eq[] |c| filtered(&|k| c(k).eq(T::at(1)));
    eq_scalar[] |c| filtered(&|k| c(k).eq(Kinds::query().filter(|k| k.id.eq(2)).select(c)));
    eq_constant[] |c| filtered(&|k| c(k).eq(constant(T::at(1))));
    ne_columns[] |c| filtered(&|k| c(k).ne(c(k)));
    is_distinct_from[] |c| filtered(&|k| c(k).is_distinct_from(T::at(1)));
    lt[T: Ordered<D>] |c| filtered(&|k| c(k).lt(T::at(1)));
    gte[T: Ordered<D>] |c| filtered(&|k| c(k).gte(T::at(1)));
    between[T: Ordered<D>] |c| filtered(&|k| c(k).between(T::at(1), T::at(1)));
    in_list[] |c| filtered(&|k| c(k).in_list([T::at(1), T::at(1)]));
    in_constants[] |c| filtered(&|k| c(k).in_list([constant(T::at(1)), constant(T::at(1))]));
    in_query[] |c| filtered(&|k| c(k).in_query(Kinds::query().filter(|k| k.id.eq(2)).select(c)));
    value_in_query[] |c|
        filtered(&|_| value(T::at(1)).in_query(Kinds::query().filter(|k| k.id.eq(2)).select(c)));
    eq_any[Here<T>: HasQuantified] |c|
        filtered(&|k| c(k).eq_any(Kinds::query().filter(|k| k.id.eq(2)).select(c)));
    lt_any[T: Ordered<D>, Here<T>: HasQuantified] |c|
        filtered(&|k| c(k).lt_any(Kinds::query().filter(|k| k.id.eq(2)).select(c)));

    ascending[T: Ordered<D>] |c|
        rows(Kinds::query().order_by(|k| (c(k).asc(), k.id.asc())).select(|k| k.id));
    descending[T: Ordered<D>] |c|
        rows(Kinds::query().order_by(|k| (c(k).desc().nulls_last(), k.id.asc())).select(|k| k.id));
    distinct[] |c| unsorted(Kinds::query().select(c).distinct());
    group_by[] |c| unsorted(Kinds::query().group_by(c).select(|key, g| (key, g.count())));
    union[] |c| unsorted(Kinds::query().select(c).union(Kinds::query().select(c)));
}

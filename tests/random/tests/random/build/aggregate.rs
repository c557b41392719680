//! Aggregates, of groups and of windows.

use relvar::chrono::{DateTime, NaiveDate, Utc};
use relvar::prelude::*;
use relvar::query::expr::Group;
use relvar::query::expr::window as over;
use relvar::query::expr::window::{WindowAggregate, WindowFunction};
use relvar::query::ir::FrameBound;

use super::{Builder, Function, Node, Of, Ty, Window, by_code_points, by_type, order};
use crate::node::Aggregate;

/// A group whose rows are those of `builder`.
pub(super) struct Groups<'b, H> {
    pub(super) builder: &'b Builder,
    pub(super) group: Group<H, Portable>,
}

/// The smallest or the greatest, of types that have nothing else.
macro_rules! extremes {
    ($($name:ident $rust:ty, |$of:ident| $key:expr;)*) => { $(
        pub(super) fn $name(&self, function: Aggregate, of: &Node) -> Of<$rust> {
            let $of = self.builder.$name(of);
            let key = $key;
            match function {
                Aggregate::Min => self.group.min(|_| key),
                Aggregate::Max => self.group.max(|_| key),
                other => panic!("{other:?} is of another type"),
            }
        }
    )* };
}

impl<H: Clone> Groups<'_, H> {
    /// The same group, of those rows for which this holds.
    pub(super) fn filtered(self, condition: Option<&Node>) -> Self {
        match condition {
            Some(condition) => {
                let condition = self.builder.boolean(condition);
                Groups { group: self.group.filter(|_| condition), builder: self.builder }
            }
            None => self,
        }
    }

    pub(super) fn int(&self, function: Aggregate, ty: Ty, of: &Node) -> Of<i64> {
        macro_rules! count {
            ($method:ident) => {{
                let of = self.builder.$method(of);
                match function {
                    Aggregate::CountDistinct => self.group.count_distinct(|_| of).nullable(),
                    _ => self.group.count_of(|_| of).nullable(),
                }
            }};
        }
        match function {
            Aggregate::Count => self.group.count().nullable(),
            Aggregate::CountIf => {
                let condition = self.builder.boolean(of);
                self.group.count_if(|_| condition).nullable()
            }
            Aggregate::CountOf | Aggregate::CountDistinct => by_type!(ty, count),
            Aggregate::Min => self.group.min(|_| self.builder.int(of)),
            Aggregate::Max => self.group.max(|_| self.builder.int(of)),
            other => panic!("{other:?} is no integer"),
        }
    }

    extremes! {
        text String, |of| by_code_points(of);
        date NaiveDate, |of| of;
        time DateTime<Utc>, |of| of;
    }

    pub(super) fn boolean(&self, function: Aggregate, of: &Node) -> Of<bool> {
        let of = self.builder.boolean(of);
        match function {
            Aggregate::Every => self.group.every(|_| of),
            Aggregate::Some => self.group.some(|_| of),
            other => panic!("{other:?} is no condition"),
        }
    }

    pub(super) fn num(&self, function: Aggregate, of: &Node) -> Of<Lossy> {
        let of = self.builder.num(of);
        match function {
            Aggregate::Sum => self.group.sum(|_| of),
            Aggregate::Min => self.group.min(|_| of),
            Aggregate::Max => self.group.max(|_| of),
            other => panic!("{other:?} is no decimal"),
        }
    }
}

/// Functions of windows.
pub(super) struct Windows<'b>(pub(super) &'b Builder);

/// The values of other rows.
macro_rules! values {
    ($($name:ident $rust:ty;)*) => { $(
        pub(super) fn $name(&self, window: &Window) -> Of<$rust> {
            let of = self.0.$name(window.argument.as_ref().expect("a value of another row is of an expression"));
            self.value(window, of)
        }
    )* };
}

impl Windows<'_> {
    values! {
        text String;
        boolean bool;
        date NaiveDate;
        time DateTime<Utc>;
    }

    pub(super) fn int(&self, window: &Window) -> Of<i64> {
        match (window.function, &window.argument) {
            (Function::RowNumber, _) => self.over(window, over::row_number()).nullable(),
            (Function::Rank, _) => self.over(window, over::rank()).nullable(),
            (Function::DenseRank, _) => self.over(window, over::dense_rank()).nullable(),
            (Function::Count, None) => self.aggregate(window, over::count()).nullable(),
            (Function::Count, Some(of)) => self.aggregate(window, over::count_of(self.0.int(of))).nullable(),
            (Function::Min, Some(of)) => self.aggregate(window, over::min(self.0.int(of))),
            (Function::Max, Some(of)) => self.aggregate(window, over::max(self.0.int(of))),
            (_, Some(of)) => self.value(window, self.0.int(of)),
            (other, None) => panic!("{other:?} is of an expression"),
        }
    }

    pub(super) fn num(&self, window: &Window) -> Of<Lossy> {
        let of = self.0.num(window.argument.as_ref().expect("a value of another row is of an expression"));
        match window.function {
            Function::Sum => self.aggregate(window, over::sum(of)),
            Function::Min => self.aggregate(window, over::min(of)),
            Function::Max => self.aggregate(window, over::max(of)),
            _ => self.value(window, of),
        }
    }

    fn value<T>(&self, window: &Window, of: Of<T>) -> Of<T>
    where
        T: SqlType<Base = T, Null = NotNull>,
    {
        let function = match window.function {
            Function::Lag => over::lag(of),
            Function::Lead => over::lead(of),
            Function::FirstValue => over::first_value(of),
            Function::LastValue => over::last_value(of),
            other => panic!("{other:?} is no value of a row"),
        };
        self.over(window, function).nullable()
    }

    fn aggregate<T: SqlType>(&self, window: &Window, function: WindowAggregate<T, Portable>) -> Expr<T, Portable> {
        function.over(|w| self.window(window, w))
    }

    fn over<T: SqlType>(&self, window: &Window, function: WindowFunction<T, Portable>) -> Expr<T, Portable> {
        function.over(|w| self.window(window, w))
    }

    fn window(&self, window: &Window, mut made: over::Window<Portable>) -> over::Window<Portable> {
        if let Some((ty, key)) = &window.partition {
            macro_rules! partition {
                ($method:ident) => {
                    made.partition_by(self.0.$method(key))
                };
            }
            made = by_type!(ty, partition);
        }
        let (ty, key, descending) = &window.order;
        macro_rules! sorted {
            ($method:ident) => {
                made.order_by(order(self.0.$method(key), *descending, true))
            };
        }
        made = match ty {
            Ty::Text => made.order_by(order(by_code_points(self.0.text(key)), *descending, true)),
            ty => by_type!(ty, sorted),
        };
        for source in &window.identities {
            made = made.order_by(order(self.0.sources[*source].a.clone(), false, true));
        }
        match window.rows {
            Some((before, after)) => {
                made.rows(FrameBound::Preceding(before.into()), FrameBound::Following(after.into()))
            }
            None => made,
        }
    }
}

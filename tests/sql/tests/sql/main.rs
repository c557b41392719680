//! One case for every construct: its SQL in each dialect, side by side, then live.

mod array;
mod cte;
mod expression;
mod group;
mod join;
mod json;
mod projection;
mod select;
mod subquery;
mod text;
mod time;

//! One case for every construct: its SQL in each dialect, side by side, then live.

mod cte;
mod group;
mod join;
mod projection;
mod select;
mod subquery;

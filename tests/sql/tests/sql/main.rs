//! One case for every construct: its SQL in each dialect, side by side, then live.

mod array;
mod cache;
mod combine;
mod cte;
mod delete;
mod entity;
mod expression;
mod group;
mod hostile;
mod insert;
mod join;
mod json;
mod lock;
mod number;
mod projection;
mod select;
mod subquery;
mod text;
mod time;
mod update;
mod upsert;
mod window;

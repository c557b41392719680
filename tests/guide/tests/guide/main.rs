//! The samples of the guide, by section.

mod combine;
mod complete;
mod cte;
mod dynamic;
mod group;
mod insert;
mod join;
mod json;
mod number;
mod raw;
mod readme;
mod run;
mod search;
mod select;
mod source;
mod special;
mod subquery;
mod text;
mod time;
mod update;
mod value;
mod window;

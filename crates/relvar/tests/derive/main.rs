//! What the derives make: definitions, columns, rows, keys, and code that holds up in hostile surroundings.

mod definition;
pub mod documented;
mod forum;
mod hygiene;
mod kinds;
mod rows;

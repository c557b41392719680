//! What the derives make: definitions, columns, rows, keys, and code that holds up in hostile surroundings.

mod definition;
mod forum;
mod hygiene;
mod kinds;
mod rows;

//! Derived code in hostile surroundings.

//! Newtypes, enums and embedded structs.

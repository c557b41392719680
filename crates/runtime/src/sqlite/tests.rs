//! The back-end by itself.

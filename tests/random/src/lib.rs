//! Random well-typed queries on every database: see `tests/random`.

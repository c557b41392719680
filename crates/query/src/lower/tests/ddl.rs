//! Tables and indexes.

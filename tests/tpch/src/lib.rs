//! The 22 queries of TPC-H, written once and run on every database: see `tests/tpch`.

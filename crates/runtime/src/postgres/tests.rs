//! Tests against a live server.

//! Nothing but a home for the tests beside it.

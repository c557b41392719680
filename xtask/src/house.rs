//! Rules of the code.

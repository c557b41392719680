//! What the back-ends that reach a server through sqlx share.

pub(crate) mod answers;
pub(crate) mod burial;
pub(crate) mod error;
pub(crate) mod guard;
#[cfg(test)]
pub(crate) mod harness;
pub(crate) mod signature;
pub(crate) mod url;
pub(crate) mod value;

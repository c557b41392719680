//! stub
use crate::types::{NotNull, SqlType};
/// B
#[diagnostic::on_unimplemented(message = "`{Self}` cannot stand where a `{B}` is expected", label = "not a `{B}`")]
pub trait Is<B>: SqlType {}
#[diagnostic::do_not_recommend]
impl<B: SqlType<Base = B, Null = NotNull>> Is<B> for B {}
#[diagnostic::do_not_recommend]
impl<B: SqlType<Base = B, Null = NotNull>> Is<B> for Option<B> {}
/// C
#[diagnostic::on_unimplemented(message = "a condition must be boolean, but this is `{Self}`")]
pub trait Boolean: SqlType<Base = bool> + Is<bool> {}
impl Boolean for bool {}
impl Boolean for Option<bool> {}

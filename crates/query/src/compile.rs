//! stub
use crate::{dialect::Engine, error::BuildError, ir};
pub struct Target;
impl From<Engine> for Target {
    fn from(_: Engine) -> Self {
        Target
    }
}
pub struct Compiled {
    pub sql: std::sync::Arc<str>,
}
pub fn render(_: &ir::Statement, _: Target) -> Result<Compiled, BuildError> {
    Err(BuildError::NoRows)
}

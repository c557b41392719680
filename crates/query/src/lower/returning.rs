//! RETURNING.

use super::Lower;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::Item;

impl<'s> Lower<'s> {
    /// ` RETURNING …`, or nothing.
    pub(super) fn returning(&mut self, items: &'s [Item], capability: Capability) -> Result<String, BuildError> {
        if items.is_empty() {
            return Ok(String::new());
        }
        self.need(capability, "RETURNING clause on this statement")?;
        Ok(format!(" RETURNING {}", self.items(items)?.join(", ")))
    }
}

//! The origin of the columns of an embedded struct while no table is known.

use crate::dialect::Portable;
use crate::expr::Origin;

/// Any table: what its columns are given must exist on all databases.
pub struct Anywhere;

impl Origin for Anywhere {
    type Dialect = Portable;
}

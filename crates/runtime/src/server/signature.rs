//! Prepared statements by their text and the types of their arguments: the driver finds them by the text alone.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::fmt::{Display, Write};
use std::sync::Arc;

use crate::error::Result;

/// The argument types that each text was prepared with.
pub(crate) struct Signatures<T>(HashMap<Arc<str>, Box<[T]>, RandomState>);

impl<T> Default for Signatures<T> {
    fn default() -> Self {
        Signatures(HashMap::default())
    }
}

impl<T: Display + PartialEq> Signatures<T> {
    /// The text to send: the statement's own, or one of another form if that is prepared for other types.
    /// Nothing if the text is not known.
    ///
    /// # Errors
    /// Those of `types`.
    pub(crate) fn text(
        &self,
        sql: &Arc<str>,
        types: impl ExactSizeIterator<Item = Result<T>> + Clone,
    ) -> Result<Option<Arc<str>>> {
        let Some(known) = self.0.get(sql) else { return Ok(None) };
        let mut same = known.len() == types.len();
        for (known, ty) in known.iter().zip(types.clone()) {
            same &= *known == ty?;
        }
        if same {
            return Ok(Some(sql.clone()));
        }
        let mut other = format!("{sql} /* types");
        for ty in types {
            // writing to a string cannot fail
            let _ = write!(other, " {}", ty?);
        }
        other.push_str(" */");
        Ok(Some(other.into()))
    }

    /// Notes the types of a text that is not known.
    ///
    /// # Errors
    /// Those of `types`.
    pub(crate) fn insert(&mut self, sql: &Arc<str>, types: impl Iterator<Item = Result<T>>) -> Result<()> {
        self.0.insert(sql.clone(), types.collect::<Result<_>>()?);
        Ok(())
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets them all.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

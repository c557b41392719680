//! Names and references: tables, columns and the sources that a query takes rows from.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};

/// One use of a relation in a statement. Every use has a number of its own, so that self-joins and
/// correlated subqueries on one table are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceId(pub u32);

impl SourceId {
    /// The table that a schema expression (an index key, a check) belongs to; its columns are written bare.
    pub const SCHEMA: SourceId = SourceId(0);

    /// A number that no other source of this statement has.
    pub fn fresh() -> SourceId {
        // each thread takes from a block of its own, so that there is no contention; after four billion sources the
        // numbers start again: two alike in one scope are an error, never a mix-up
        static BLOCKS: AtomicU32 = AtomicU32::new(0);
        NEXT.with(|next| {
            // no number is a multiple of a block's size, as that of the schema is
            let id = match next.get() {
                used_up if used_up.is_multiple_of(BLOCK) => BLOCKS.fetch_add(BLOCK, Ordering::Relaxed) + 1,
                id => id,
            };
            next.set(id.wrapping_add(1));
            SourceId(id)
        })
    }
}

/// How many numbers a thread takes at once.
const BLOCK: u32 = 1 << 8;

thread_local! {
    /// The number of the thread's next source; one that begins a block if it has none left.
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// A column of a source, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnRef {
    /// Whose column it is.
    pub source: SourceId,
    /// Its position in the source's list of names.
    pub index: u32,
}

/// A list of column names.
pub type Names = Cow<'static, [Cow<'static, str>]>;

/// A table as statements need it: its name and the names of its columns.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TableRef {
    /// The schema, where it is not the default one.
    pub schema: Option<Cow<'static, str>>,
    /// The table's name.
    pub name: Cow<'static, str>,
    /// Its columns, in the order of the struct's fields.
    pub columns: Names,
}

impl TableRef {
    /// The table or view of this name with these columns.
    pub(crate) const fn new(
        schema: Option<&'static str>,
        name: &'static str,
        columns: &'static [Cow<'static, str>],
    ) -> TableRef {
        let schema = match schema {
            Some(schema) => Some(Cow::Borrowed(schema)),
            None => None,
        };
        TableRef { schema, name: Cow::Borrowed(name), columns: Cow::Borrowed(columns) }
    }

    /// The names of its columns.
    #[doc(hidden)]
    pub fn names(&self) -> Names {
        self.columns.clone()
    }
}

/// A value that is static, as derives make it, or owned, as it is when read from a file.
#[derive(Debug)]
pub enum Ref<T: 'static> {
    /// Made by a derive.
    Static(&'static T),
    /// Made at run time.
    Owned(Box<T>),
}

impl<T> Deref for Ref<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Ref::Static(value) => value,
            Ref::Owned(value) => value,
        }
    }
}

impl<T: Clone> Clone for Ref<T> {
    fn clone(&self) -> Self {
        match self {
            Ref::Static(value) => Ref::Static(value),
            Ref::Owned(value) => Ref::Owned(value.clone()),
        }
    }
}

impl<T: PartialEq> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq::<T>(&**self, &**other) || **self == **other
    }
}

impl<T: Serialize> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Ref::Owned(Box::new(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_source_has_the_number_of_another_or_of_the_schema() {
        let some = || (0..1_000).map(|_| SourceId::fresh()).collect::<Vec<_>>();
        let threads: Vec<Vec<SourceId>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(some)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let sources: HashSet<SourceId> = threads.into_iter().flatten().collect();
        assert_eq!(sources.len(), 4_000);
        assert!(!sources.contains(&SourceId::SCHEMA));
    }

    #[test]
    fn after_the_last_number_the_numbers_start_again() {
        NEXT.set(u32::MAX);
        assert_eq!(SourceId::fresh(), SourceId(u32::MAX));
        assert_ne!(SourceId::fresh(), SourceId::SCHEMA);
    }
}

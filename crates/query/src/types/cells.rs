//! The types of the cells of a row; or, where a driver does not ask for them, merely how many there are.

use super::Type;

/// What the cells of each row must be, in order.
#[derive(Debug, Default)]
pub struct CellTypes {
    types: Vec<&'static Type>,
    count: usize,
    /// Whether nobody asks for more than the count.
    counted: bool,
}

impl CellTypes {
    /// A list of types, in memory that there is already.
    pub fn listed(memory: Vec<&'static Type>) -> CellTypes {
        CellTypes { count: memory.len(), types: memory, counted: false }
    }

    /// Merely a count.
    pub const fn counted() -> CellTypes {
        CellTypes { types: Vec::new(), count: 0, counted: true }
    }

    /// Appends a cell.
    #[inline]
    pub fn push(&mut self, ty: &'static Type) {
        self.extend([ty]);
    }

    /// Appends cells.
    #[inline]
    pub fn extend(&mut self, types: impl IntoIterator<Item = &'static Type, IntoIter: ExactSizeIterator>) {
        let types = types.into_iter();
        self.count += types.len();
        if !self.counted {
            self.types.extend(types);
        }
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none: no rows are wanted.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The types; none where there is merely a count.
    pub fn types(&self) -> &[&'static Type] {
        &self.types
    }

    /// The list, taken out, if it is one.
    pub fn take_list(&mut self) -> Option<Vec<&'static Type>> {
        (!self.counted).then(|| std::mem::take(&mut self.types))
    }
}

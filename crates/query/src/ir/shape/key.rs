//! The bytes of a shape, in memory that the next shape of the thread gets.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};

/// How many bytes the shape of a join of three tables has: room for less would be made larger half-way.
const ROOM: usize = 512;
/// How much room is kept for the next shape.
const KEPT: usize = 64 << 10;

thread_local!(static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) });

/// The bytes that say of two statements whether one text serves both.
pub struct Key(Vec<u8>);

impl Key {
    pub(super) fn new() -> Key {
        // at the end of a thread there is none
        let mut bytes = SPARE.try_with(Cell::take).unwrap_or_default();
        bytes.reserve(ROOM);
        Key(bytes)
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0);
        if bytes.capacity() <= KEPT {
            bytes.clear();
            // at the end of a thread nobody needs it
            let _ = SPARE.try_with(|spare| spare.set(bytes));
        }
    }
}

impl Deref for Key {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Key {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

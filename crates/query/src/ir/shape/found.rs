//! The arguments that a walk found: the first of them in place, without an allocation.

use crate::ir::Argument;

/// How many are in place: those of most statements.
const PLACES: usize = 8;

/// Arguments, in the order of their first occurrence.
#[derive(Default)]
pub struct Found<'s> {
    first: [Option<&'s Argument>; PLACES],
    rest: Vec<&'s Argument>,
    count: usize,
}

impl<'s> Found<'s> {
    pub(super) fn push(&mut self, argument: &'s Argument) {
        match self.first.get_mut(self.count) {
            Some(place) => *place = Some(argument),
            None => self.rest.push(argument),
        }
        self.count += 1;
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The one with this number.
    pub fn get(&self, number: usize) -> Option<&'s Argument> {
        match self.first.get(number) {
            Some(place) => *place,
            None => self.rest.get(number - PLACES).copied(),
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &'s Argument> {
        self.first.iter().map_while(|place| *place).chain(self.rest.iter().copied())
    }
}

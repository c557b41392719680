//! What an argument binds: its own value, or one that is given for a parameter.

use crate::ir::argument::Content;
use crate::ir::{Argument, Texts};
use crate::types::Type;
use crate::value::Value;

/// A value to bind and its type.
#[derive(Clone, Copy)]
pub enum Bound<'s> {
    /// A single value.
    Value(&'s Value, &'s Type),
    /// The values of a list and the type of its elements, to be bound as one array.
    Array(&'s [Value], &'s Type),
    /// A single text, of many.
    Text(&'s str, &'s Type),
    /// The texts of a list and the type of each, to be bound as one array.
    Texts(&'s Texts, &'s Type),
}

impl<'s> Bound<'s> {
    /// The type of the value, or of the elements of an array.
    pub fn ty(&self) -> &'s Type {
        match self {
            Bound::Value(_, ty) | Bound::Array(_, ty) | Bound::Text(_, ty) | Bound::Texts(_, ty) => ty,
        }
    }
}

impl Argument {
    /// What it binds, of a prepared statement whose parameters have `values`; `element` picks from a padded list.
    #[inline]
    pub(crate) fn bound<'s>(&'s self, element: Option<u32>, values: &'s [Value]) -> Option<Bound<'s>> {
        match self.content() {
            Content::Value(value) => Some(Bound::Value(value, self.ty())),
            _ => self.other(element, values),
        }
    }

    /// The same of what is no value of its own.
    fn other<'s>(&'s self, element: Option<u32>, values: &'s [Value]) -> Option<Bound<'s>> {
        if let Content::Slot(number) = self.content() {
            return Some(Bound::Value(values.get(*number as usize)?, self.ty()));
        }
        if let Content::Texts(texts) = self.content() {
            let Some(i) = element else { return Some(Bound::Texts(texts, self.ty())) };
            return Some(match texts.get(i as usize)? {
                Some(text) => Bound::Text(text, self.ty()),
                None => Bound::Value(&Value::Null, self.ty()),
            });
        }
        let list = self.listed(values)?;
        Some(match element {
            None => Bound::Array(list, self.ty()),
            Some(i) => Bound::Value(list.get(i as usize).or(list.last())?, self.ty()),
        })
    }

    /// Whether there is a value that it binds.
    pub(super) fn is_given(&self, values: &[Value]) -> bool {
        match self.content() {
            Content::Value(_) | Content::Texts(_) => true,
            Content::Slot(number) => (*number as usize) < values.len(),
            Content::List(_) | Content::SlotList(_) | Content::Context(_) => self.listed(values).is_some(),
        }
    }

    /// How many placeholders it takes if lists are padded; `None` if it is no list.
    pub(crate) fn width(&self, values: &[Value]) -> Option<u32> {
        let length = match self.content() {
            Content::Texts(texts) => texts.len(),
            _ => self.listed(values)?.len(),
        };
        Some(padded(length))
    }

    fn listed<'s>(&'s self, values: &'s [Value]) -> Option<&'s [Value]> {
        match self.content() {
            Content::List(list) => Some(list),
            Content::SlotList(number) => match values.get(*number as usize)? {
                Value::Array(list) => Some(list),
                _ => None,
            },
            Content::Value(_) | Content::Texts(_) | Content::Slot(_) | Content::Context(_) => None,
        }
    }
}

/// The next power of two, and of long lists the next multiple of 1 024, so that padding does not go far beyond
/// what a statement can bind; an empty list stays empty.
fn padded(length: usize) -> u32 {
    let padded = match length {
        0 => 0,
        1..=4_096 => length.next_power_of_two(),
        _ => length.next_multiple_of(1_024),
    };
    u32::try_from(padded).unwrap_or(u32::MAX)
}

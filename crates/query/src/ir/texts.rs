//! Texts one behind the other in one buffer: what a column of many rows' texts is.

use serde::{Deserialize, Serialize};

use crate::value::Value;

/// Texts, with NULLs among them, in one buffer: there is no allocation for each, and they are written and read in order.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Texts {
    text: String,
    ends: Vec<End>,
}

/// Where one of the texts ends, and the next begins.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
struct End {
    at: usize,
    null: bool,
}

impl Texts {
    /// None, with room for so many.
    pub(in crate::ir) fn with_capacity(room: usize) -> Texts {
        Texts { text: String::new(), ends: Vec::with_capacity(room) }
    }

    /// Appends a text, or NULL.
    #[inline]
    pub(in crate::ir) fn push(&mut self, text: Option<&str>) {
        self.text.push_str(text.unwrap_or_default());
        self.ends.push(End { at: self.text.len(), null: text.is_none() });
    }

    /// How many there are, NULLs counted.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether there is a NULL.
    pub fn has_null(&self) -> bool {
        self.ends.iter().any(|end| end.null)
    }

    /// All texts as one.
    pub fn joined(&self) -> &str {
        &self.text
    }

    /// The n-th: `Some(None)` is NULL, `None` is beyond the last.
    #[inline]
    pub fn get(&self, n: usize) -> Option<Option<&str>> {
        let end = self.ends.get(n)?;
        let start = n.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end.at);
        Some(self.between(start, *end))
    }

    /// All in order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        let mut start = 0;
        self.ends.iter().map(move |end| self.between(std::mem::replace(&mut start, end.at), *end))
    }

    /// All as values of their own.
    pub(in crate::ir) fn values(&self) -> Vec<Value> {
        self.iter().map(|text| text.map_or(Value::Null, |text| Value::Text(text.to_owned()))).collect()
    }

    #[inline]
    fn between(&self, start: usize, end: End) -> Option<&str> {
        // what was read from a file may point anywhere
        if end.null { None } else { Some(self.text.get(start..end.at).unwrap_or_default()) }
    }
}

impl<'t> Extend<Option<&'t str>> for Texts {
    fn extend<I: IntoIterator<Item = Option<&'t str>>>(&mut self, texts: I) {
        texts.into_iter().for_each(|text| self.push(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_pushed_is_there_in_order() {
        let given = [Some("é"), None, Some(""), Some("two"), None];
        let mut texts = Texts::with_capacity(2);
        assert!(texts.is_empty() && !texts.has_null());
        texts.extend(given);
        assert_eq!(texts.iter().collect::<Vec<_>>(), given);
        assert_eq!(
            (0..6).map(|n| texts.get(n)).collect::<Vec<_>>(),
            [Some(given[0]), Some(given[1]), Some(given[2]), Some(given[3]), Some(given[4]), None]
        );
        assert_eq!((texts.len(), texts.joined(), texts.has_null()), (5, "étwo", true));
    }

    #[test]
    fn what_points_nowhere_is_no_text() {
        let texts = Texts { text: "é".into(), ends: vec![End { at: 1, null: false }, End { at: 9, null: false }] };
        assert_eq!(texts.iter().collect::<Vec<_>>(), [Some(""), Some("")]);
    }
}

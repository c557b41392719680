//! The comment behind a statement: keys and values in the form of sqlcommenter, for people who read the database's
//! log. <https://google.github.io/sqlcommenter/spec/>

use std::collections::BTreeMap;

use super::Lower;

impl Lower<'_> {
    /// ` /*key='value',…*/`, or nothing. Keys are sorted, and of two alike the outermost counts.
    pub(super) fn comment(&self) -> String {
        let mut tags = BTreeMap::new();
        for (key, value) in self.shape.iter().flat_map(|shape| &shape.tags) {
            tags.entry(encoded(key)).or_insert_with(|| encoded(value));
        }
        if tags.is_empty() {
            return String::new();
        }
        let pairs: Vec<String> = tags.iter().map(|(key, value)| format!("{key}='{value}'")).collect();
        format!(" /*{}*/", pairs.join(","))
    }
}

/// Percent-encoded: all that is left are letters, digits and `-._~`, so that nothing ends the comment or its quotes.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn nothing_ends_the_comment() {
        assert_eq!(encoded("/param*d"), "%2Fparam%2Ad");
        assert_eq!(
            encoded("1%*/ DROP TABLE 'x'; --\u{1}\n?$1"),
            "1%25%2A%2F%20DROP%20TABLE%20%27x%27%3B%20--%01%0A%3F%241"
        );
        assert_eq!(encoded("Größe"), "Gr%C3%B6%C3%9Fe");
    }
}

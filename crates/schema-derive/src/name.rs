//! Names: of tables after structs, of constraints, of constants; and which are no names.

use proc_macro2::Span;
use syn::Ident;
use syn::ext::IdentExt;

use crate::mistakes::Mistakes;

/// The longest name that databases do not cut off, in bytes.
pub(crate) const LONGEST: usize = 63;

/// The words of a name in camel or snake case, as they are written.
fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut previous = '_';
    for (i, &c) in chars.iter().enumerate() {
        if c != '_' {
            let next_is_lower = chars.get(i + 1).is_some_and(|next| next.is_lowercase());
            let starts = c.is_uppercase() && (!previous.is_uppercase() || next_is_lower);
            match words.last_mut() {
                Some(word) if previous != '_' && !starts => word.push(c),
                _ => words.push(c.to_string()),
            }
        }
        previous = c;
    }
    words
}

/// `UserID` → `user_id`
pub(crate) fn snake_case(name: &str) -> String {
    words(name).join("_").to_lowercase()
}

/// The name in the style of `#[sql_type(rename_all = "..")]`, if there is such a style.
pub(crate) fn in_style(name: &str, style: &str) -> Option<String> {
    let words = words(name);
    let capital = |word: &String| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        first + &chars.as_str().to_lowercase()
    };
    Some(match style {
        "snake_case" => words.join("_").to_lowercase(),
        "SCREAMING_SNAKE_CASE" => words.join("_").to_uppercase(),
        "kebab-case" => words.join("-").to_lowercase(),
        "lowercase" => words.concat().to_lowercase(),
        "UPPERCASE" => words.concat().to_uppercase(),
        "PascalCase" => words.iter().map(capital).collect(),
        "camelCase" => {
            let (first, rest) = words.split_first()?;
            first.to_lowercase() + &rest.iter().map(capital).collect::<String>()
        }
        _ => return None,
    })
}

/// All styles of [`in_style`].
pub(crate) const STYLES: &[&str] =
    &["snake_case", "lowercase", "UPPERCASE", "camelCase", "PascalCase", "kebab-case", "SCREAMING_SNAKE_CASE"];

/// The English plural, for most words.
fn plural(name: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match name.strip_suffix('y') {
        Some(stem) if !ends(&["ay", "ey", "iy", "oy", "uy"]) => format!("{stem}ies"),
        _ if ends(&["s", "x", "z", "ch", "sh"]) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// The table's name after the struct's.
pub(crate) fn table(name: &Ident) -> String {
    plural(&snake_case(&name.unraw().to_string()))
}

/// The name cut to what databases take. Names that differ still do: a hash of the whole takes the place of the rest.
pub(crate) fn shortened(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    // FNV-1a, which is the same for ever
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let mut end = LONGEST - 9;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{hash:08x}", &name[..end])
}

/// The number that a field is looked up by: FNV-1a of its name.
pub(crate) fn number(field: &Ident) -> u64 {
    let name = field.unraw().to_string();
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Notes what is wrong with a name.
pub(crate) fn check(name: &str, span: Span, mistakes: &Mistakes) {
    if name.is_empty() {
        mistakes.at(span, "a name cannot be empty");
    } else if name.chars().any(char::is_control) {
        mistakes.at(span, "a name cannot contain control characters");
    } else if name.len() > LONGEST {
        mistakes.at(span, format!("a name cannot be longer than {LONGEST} bytes: databases cut it off"));
    }
}

/// The name of a constant after that of an index, constraint or column.
pub(crate) fn constant(name: &str, span: Span) -> Ident {
    let mut upper: String =
        name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect::<String>().to_uppercase();
    if !upper.starts_with(|c: char| c.is_alphabetic() || c == '_') || upper.chars().all(|c| c == '_') {
        upper.insert_str(0, "INDEX_");
    }
    Ident::new(&upper, span)
}

/// The word among `known` that was probably meant.
pub(crate) fn similar<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let close = known.iter().map(|&k| (distance(word, k), k)).min()?;
    (close.0 <= 1 + word.len() / 4).then_some(close.1)
}

/// How many letters must be changed, added, left out or swapped with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_named_in_the_plural() {
        let cases = [
            ("Thread", "threads"),
            ("UserID", "user_ids"),
            ("HTTPRequest", "http_requests"),
            ("Category", "categories"),
            ("Day", "days"),
            ("Box", "boxes"),
            ("Address", "addresses"),
            ("Match", "matches"),
            ("Utf8Text", "utf8_texts"),
            ("already_snake", "already_snakes"),
        ];
        for (name, expected) in cases {
            assert_eq!(table(&Ident::new(name, Span::call_site())), expected);
        }
    }

    #[test]
    fn styles() {
        let all: Vec<_> = STYLES.iter().map(|style| in_style("VeryHTTPSad", style).unwrap()).collect();
        let expected = [
            "very_http_sad",
            "veryhttpsad",
            "VERYHTTPSAD",
            "veryHttpSad",
            "VeryHttpSad",
            "very-http-sad",
            "VERY_HTTP_SAD",
        ];
        assert_eq!(all, expected);
        assert_eq!(in_style("X", "Snake"), None);
    }

    #[test]
    fn long_names_are_cut_and_stay_different() {
        let (a, b) = (shortened("é".repeat(40)), shortened("é".repeat(41)));
        assert!(a.len() <= LONGEST && b.len() <= LONGEST && a != b, "{a} {b}");
        assert_eq!(shortened("x".repeat(63)), "x".repeat(63));
    }

    #[test]
    fn a_slip_is_recognised() {
        let known = ["primary_key", "unique", "index", "default"];
        assert_eq!(similar("primary_kye", &known), Some("primary_key"));
        assert_eq!(similar("uniqe", &known), Some("unique"));
        assert_eq!(similar("banana", &known), None);
    }

    #[test]
    fn constants_are_identifiers() {
        let name = |text| constant(text, Span::call_site()).to_string();
        assert_eq!(name("idx_threads_active"), "IDX_THREADS_ACTIVE");
        assert_eq!(name("idx a-b.c"), "IDX_A_B_C");
        assert_eq!(name("1st"), "INDEX_1ST");
        assert_eq!(name("__"), "INDEX___");
    }
}

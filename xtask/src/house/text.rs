//! Enough of Rust's grammar to tell code from prose and from tests. What is taken out becomes blanks, so lines keep their numbers.

/// Without comments and without what stands in string and character literals.
pub(super) fn without_prose(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = prose_end(&chars, at);
        if end > at {
            out.extend(chars[at..end].iter().map(|&letter| blank(letter)));
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Where the comment or literal ends that begins here; here itself if none does.
fn prose_end(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    let inside_word = at > 0 && is_word(chars[at - 1]);
    match rest {
        ['/', '/', ..] => at + rest.iter().position(|&letter| letter == '\n').unwrap_or(rest.len()),
        ['/', '*', ..] => at + comment_length(rest),
        ['"', ..] => at + string_length(rest),
        ['b' | 'c', 'r', '"' | '#', ..] if !inside_word => raw_end(chars, at, 2),
        ['r', '"' | '#', ..] if !inside_word => raw_end(chars, at, 1),
        ['\'', '\\', _, tail @ ..] => {
            at + 3 + tail.iter().position(|&letter| letter == '\'').map_or(tail.len(), |end| end + 1)
        }
        ['\'', _, '\'', ..] => at + 3,
        _ => at,
    }
}

fn comment_length(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn string_length(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_end(chars: &[char], at: usize, prefix: usize) -> usize {
    let hashes = chars[at + prefix..].iter().take_while(|&&letter| letter == '#').count();
    let open = at + prefix + hashes;
    if chars.get(open) != Some(&'"') {
        // A raw identifier.
        return at;
    }
    let closing: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = &chars[open + 1..];
    let end = body.windows(closing.len()).position(|window| window == closing);
    end.map_or(chars.len(), |end| open + 1 + end + closing.len())
}

/// Without the items that only tests compile; beside it, the modules among them that lie in files of their own.
/// Takes a text without prose.
pub(super) fn without_tests(code: &str) -> (String, Vec<String>) {
    let mut out = code.to_owned();
    let mut modules = Vec::new();
    let mut from = 0;
    while let Some(start) = out[from..].find("#[cfg(").map(|found| from + found) {
        let Some(close) = out[start..].find(']').map(|found| start + found + 1) else { break };
        let condition = &out[start..close];
        if !words(condition).any(|word| word == "test") || condition.contains("not(test") || condition.contains("any(")
        {
            from = close;
            continue;
        }
        let end = close + item_length(&out[close..]);
        let item = out[close..end].trim();
        let declared = item
            .strip_prefix("pub(crate) ")
            .unwrap_or(item)
            .strip_prefix("mod ")
            .and_then(|rest| rest.strip_suffix(';'));
        modules.extend(declared.map(|name| name.trim().to_owned()));
        let blanks: String = out[start..end].chars().map(blank).collect();
        from = start + blanks.len();
        out.replace_range(start..end, &blanks);
    }
    (out, modules)
}

/// The length of the item at the beginning of this code: up to its semicolon, or to the brace that closes its body.
fn item_length(code: &str) -> usize {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (at, letter) in code.char_indices() {
        match letter {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            '{' => braces += 1,
            '}' if braces <= 1 => return at + 1,
            '}' => braces -= 1,
            ';' if braces == 0 && brackets == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Without its `pub use` statements.
pub(super) fn without_exports(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find("pub use ") {
        let end = out[start..].find(';').map_or(out.len(), |found| start + found + 1);
        let blanks: String = out[start..end].chars().map(blank).collect();
        out.replace_range(start..end, &blanks);
    }
    out
}

/// The identifiers and keywords of a piece of code.
pub(super) fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter| !is_word(letter)).filter(|word| !word.is_empty())
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn blank(letter: char) -> char {
    if letter == '\n' { '\n' } else { ' ' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> String {
        let code = without_prose(text);
        assert_eq!(code.lines().count(), text.lines().count());
        words(&code).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn prose_is_blanked() {
        assert_eq!(left("a // b\nc /* d /* e */ f\n */ g"), "a c g");
        assert_eq!(left(r#"a "b \" c" d b"e" f"#), "a d b f");
        assert_eq!(left("a r#\"b \" c\"# d r\"e\\\" f br##\"g\"# h\"## i"), "a d f i");
        assert_eq!(left("r#type 'a' b '\\'' c '\\u{1F}' d <'e> '\"' f"), "r type b c d e f");
        assert_eq!(left("for x in \"// no\" { y }"), "for x in y");
    }

    #[test]
    fn tests_are_blanked() {
        let left = |code: &str| {
            let (code, modules) = without_tests(code);
            (words(&code).collect::<Vec<_>>().join(" "), modules)
        };
        let none: Vec<String> = Vec::new();
        assert_eq!(left("a\n#[cfg(test)]\nmod tests {\n fn b() { c }\n}\nd"), ("a d".into(), none.clone()));
        assert_eq!(left("#[cfg(all(test, loom))]\nmod slow;\nd"), ("d".into(), vec!["slow".into()]));
        assert_eq!(left("#[cfg(test)]\n#[path(x)]\nfn b(x: [u8; 4]) -> T { c }\nd"), ("d".into(), none.clone()));
        assert_eq!(left("#[cfg(all(test, not(loom)))] use b; d"), ("d".into(), none.clone()));
        for kept in ["#[cfg(not(test))] fn b() {}", "#[cfg(any(test, x))] fn b() {}", "#[cfg(x)] fn b() {}"] {
            assert!(left(kept).0.ends_with("fn b"), "{kept}");
        }
    }
}

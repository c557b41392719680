//! SQL for readers: without quotes around plain names, a clause a line.

const WIDTH: usize = 100;
const SHORT: usize = 64;
/// How long a line with a statement in parentheses may be.
const INLINE: usize = 88;

/// What begins a line of its own.
const CLAUSES: [&str; 27] = [
    "FROM",
    "WHERE",
    "GROUP BY",
    "HAVING",
    "WINDOW",
    "ORDER BY",
    "LIMIT",
    "OFFSET",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "LEFT JOIN",
    "RIGHT JOIN",
    "FULL OUTER JOIN",
    "INNER JOIN",
    "CROSS JOIN",
    "SET",
    "VALUES",
    "RETURNING",
    "ON CONFLICT",
    "ON DUPLICATE KEY",
    "SELECT",
    "UPDATE",
    "INSERT",
    "DELETE",
    "FOR UPDATE",
    "FOR SHARE",
];

/// Words behind which that is not so.
const BOUND: [&str; 7] = ["DISTINCT", "DELETE", "DO", "KEY", "NOTHING", "BY", "NO"];

/// SQL in one line, without quotes around plain names: what two texts that mean the same have in common.
pub(crate) fn normal(sql: &str) -> String {
    let mut text = String::new();
    for token in tokens(sql) {
        let tight = text.is_empty() || text.ends_with('(') || matches!(token.text.as_str(), ")" | "," | ";");
        if token.spaced && !tight {
            text.push(' ');
        }
        text.push_str(&token.text);
    }
    text
}

/// SQL laid out for reading.
pub(crate) fn layout(sql: &str) -> String {
    let mut text = String::new();
    write(&normal(sql), 0, &mut text);
    text
}

fn write(sql: &str, depth: usize, text: &mut String) {
    let indent = " ".repeat(depth);
    for line in clauses(sql) {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        // what is in parentheses and is a statement by itself stands in lines of its own
        match line.len() + depth > INLINE || line.starts_with("WITH ") || line.starts_with("UNION ") {
            true => {
                let mut open = indent.clone();
                for piece in statements(&line) {
                    match piece {
                        Piece::Plain(plain) => open.push_str(&plain),
                        Piece::Statement(inner) if inner.len() <= SHORT / 2 => open.push_str(&inner),
                        Piece::Statement(inner) => {
                            text.push_str(&wrapped(&open, depth));
                            text.push('\n');
                            write(&inner, depth + 4, text);
                            text.push('\n');
                            open = indent.clone();
                        }
                    }
                }
                text.push_str(&wrapped(&open, depth));
            }
            false => text.extend([&*indent, &*line]),
        }
    }
}

enum Piece {
    Plain(String),
    Statement(String),
}

/// The parts of a line that are statements in parentheses, and what stands between them.
fn statements(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    while let Some(open) = rest.find('(') {
        plain.push_str(&rest[..=open]);
        rest = &rest[open + 1..];
        let begins = ["SELECT ", "WITH ", "INSERT ", "UPDATE ", "DELETE "].iter().any(|word| rest.starts_with(word));
        if begins && let Some(close) = closing(rest) {
            pieces.push(Piece::Plain(std::mem::take(&mut plain)));
            pieces.push(Piece::Statement(rest[..close].to_owned()));
            rest = &rest[close..];
        }
    }
    plain.push_str(rest);
    pieces.push(Piece::Plain(plain));
    pieces
}

/// Where the parenthesis that is open at the start of `text` is closed.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => return Some(at),
            ')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A long line, broken behind commas and before AND and OR, outside of parentheses if that is possible; between words
/// if nothing else is.
fn wrapped(line: &str, depth: usize) -> String {
    let indent = " ".repeat(depth + 4);
    let (mut text, mut rest) = (String::new(), line.to_owned());
    while rest.len() > WIDTH {
        let ends: Vec<End> =
            ends(&rest).into_iter().filter(|end| (indent.len() + 1..=WIDTH).contains(&end.at)).collect();
        // within parentheses, a break near the start would leave a line nearly empty
        let good = ends.iter().filter(|end| end.good && (end.depth == 0 || end.at > WIDTH / 3));
        let best = good.min_by_key(|end| (end.depth, std::cmp::Reverse(end.at))).or(ends.last());
        let Some(End { at, .. }) = best else { break };
        text.push_str(rest[..*at].trim_end());
        text.push('\n');
        rest = format!("{indent}{}", rest[*at..].trim_start());
    }
    text + &rest
}

/// Where a line can be broken.
struct End {
    at: usize,
    depth: usize,
    /// Behind a comma, or before AND or OR.
    good: bool,
}

fn ends(line: &str) -> Vec<End> {
    let (mut ends, mut depth, mut quoted) = (Vec::new(), 0usize, false);
    for (at, c) in line.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            ' ' if !quoted => {
                let (before, behind) = line.split_at(at);
                let joined = [" AND ", " OR "].iter().any(|word| behind.starts_with(word));
                ends.push(End { at, depth, good: before.ends_with(',') || joined });
            }
            _ => {}
        }
    }
    ends
}

/// Whether a line ends a common table expression and says how it walks: `… ) SEARCH DEPTH FIRST BY c0`.
fn clause_of_with(line: &str) -> bool {
    [") SEARCH ", ") CYCLE "].iter().any(|word| line.rfind(word).is_some_and(|at| !line[at..].contains(" SET ")))
}

/// The clauses of a statement; all of it if it is short.
fn clauses(sql: &str) -> Vec<String> {
    if sql.len() <= SHORT && !sql.starts_with("WITH ") {
        return vec![sql.to_owned()];
    }
    let (mut lines, mut line) = (Vec::new(), String::new());
    let (mut depth, mut quoted, mut before, mut at) = (0usize, false, "", 0);
    for word in sql.split_inclusive(' ') {
        let rest = &sql[at..];
        at += word.len();
        let starts = CLAUSES
            .iter()
            .any(|clause| rest.strip_prefix(clause).is_some_and(|behind| behind.is_empty() || behind.starts_with(' ')));
        let bound = BOUND.contains(&before)
            || before == "FOR"
            || rest.starts_with("UPDATE SET")
            || line.starts_with("ON CONFLICT ") && !line.contains("DO UPDATE SET")
            || clause_of_with(&line);
        if starts && depth == 0 && !quoted && !line.is_empty() && !bound {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        line.push_str(word);
        before = word.trim_end();
        for c in word.chars() {
            match c {
                '\'' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

struct Token {
    text: String,
    /// Whether there is white space before it.
    spaced: bool,
}

fn tokens(sql: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = sql;
    let mut spaced = false;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            c if c.is_whitespace() => {
                rest = &rest[c.len_utf8()..];
                spaced = true;
                continue;
            }
            '\'' | '"' | '`' => quoted(rest, c),
            c if c.is_alphanumeric() || c == '_' => {
                rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        let text = &rest[..length];
        let name = text.get(1..text.len().saturating_sub(1)).unwrap_or("");
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let text = if matches!(c, '"' | '`') && plain { name } else { text };
        tokens.push(Token { text: text.to_owned(), spaced });
        spaced = false;
        rest = &rest[length..];
    }
    tokens
}

/// How long the string or name is that `text` begins with.
fn quoted(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_go_where_they_are_not_needed() {
        let sql = "SELECT \"books\".\"title\", `a b`, 'x \"y\"  z', \"A\"\n FROM \"books\" WHERE f( \"a\" , $1 )";
        assert_eq!(normal(sql), "SELECT books.title, `a b`, 'x \"y\"  z', \"A\" FROM books WHERE f(a, $1)");
    }

    #[test]
    fn a_layout_changes_nothing_but_white_space() {
        let sql = "WITH a (c0) AS (SELECT books.id FROM books WHERE books.price > $1 AND books.title IS DISTINCT FROM $2) \
            SELECT books.title, (SELECT count(*) FROM items WHERE items.book_id = books.id) FROM books INNER JOIN a ON \
            a.c0 = books.id WHERE EXISTS(SELECT 1 FROM items) ORDER BY books.id ASC LIMIT $3 FOR UPDATE SKIP LOCKED";
        let text = layout(sql);
        assert_eq!(normal(&text), normal(sql), "{text}");
        assert_eq!(
            text,
            "WITH a (c0) AS (\n    SELECT books.id\n    FROM books\n    WHERE books.price > $1 AND books.title IS \
            DISTINCT FROM $2\n)\nSELECT books.title, (SELECT count(*) FROM items WHERE items.book_id = books.id)\n\
             FROM books\nINNER JOIN a ON a.c0 = books.id\nWHERE EXISTS(SELECT 1 FROM items)\nORDER BY books.id ASC\n\
            LIMIT $3\nFOR UPDATE SKIP LOCKED"
        );
    }
}

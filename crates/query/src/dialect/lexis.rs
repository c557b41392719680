//! The lexical rules of each dialect as data: how text is quoted, where comments are, what is a placeholder.

use super::Engine;

/// How SQL text is taken apart, beside `'…'`, `"…"`, `-- …` and `/* … */`, which all databases have; a doubled quote
/// stands for one.
#[derive(Debug)]
pub struct Lexis {
    /// Whether `` `…` `` quotes a name.
    pub backticks: bool,
    /// Whether `[…]` quotes a name.
    pub brackets: bool,
    /// Whether a backslash takes the character behind it out of the count of quotes.
    pub backslash: Backslash,
    /// Whether `$tag$…$tag$` quotes text.
    pub dollars: bool,
    /// Whether `# …` is a comment.
    pub hash_comments: bool,
    /// Whether `--` begins a comment only before white space.
    pub dashes_need_space: bool,
    /// Whether `/* … */` can stand within another.
    pub nested_comments: bool,
    /// Whether what stands within `/*! … */` is run.
    pub executable_comments: bool,
    /// Whether `?` is a placeholder.
    pub question_mark: bool,
    /// What is a placeholder in front of a letter or digit.
    pub placeholder_prefixes: &'static str,
}

/// In which quotes a backslash takes the character behind it along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backslash {
    /// It is a character as any other.
    Nowhere,
    /// In `E'…'`.
    Escaped,
    /// In `'…'` and `"…"`. Where `"…"` is a name, a backslash means nothing in it, so no name can have one here.
    Everywhere,
}

impl Engine {
    /// How its text is taken apart.
    pub const fn lexis(self) -> &'static Lexis {
        match self {
            Engine::Postgres => &POSTGRES,
            Engine::MySql | Engine::MariaDb => &MYSQL_FAMILY,
            Engine::Sqlite => &SQLITE,
        }
    }
}

const STANDARD: Lexis = Lexis {
    backticks: false,
    brackets: false,
    backslash: Backslash::Nowhere,
    dollars: false,
    hash_comments: false,
    dashes_need_space: false,
    nested_comments: false,
    executable_comments: false,
    question_mark: true,
    placeholder_prefixes: "",
};

/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>
static POSTGRES: Lexis = Lexis {
    backslash: Backslash::Escaped,
    dollars: true,
    nested_comments: true,
    question_mark: false,
    placeholder_prefixes: "$",
    ..STANDARD
};

/// <https://dev.mysql.com/doc/refman/8.4/en/comments.html>, <https://dev.mysql.com/doc/refman/8.4/en/string-literals.html>,
/// <https://mariadb.com/kb/en/comment-syntax/>
static MYSQL_FAMILY: Lexis = Lexis {
    backticks: true,
    backslash: Backslash::Everywhere,
    hash_comments: true,
    dashes_need_space: true,
    executable_comments: true,
    ..STANDARD
};

/// <https://www.sqlite.org/lang_keywords.html>, <https://www.sqlite.org/lang_comment.html>
static SQLITE: Lexis = Lexis { backticks: true, brackets: true, placeholder_prefixes: ":@$", ..STANDARD };

//! The seam to sea-query: which of its builders writes for a database, and the writer that it writes to. The one
//! place of lowering that names databases, because the builders are named after them.

use sea_query::{
    Expr, Keyword, MysqlQueryBuilder, PostgresQueryBuilder, QueryBuilder, SqlWriter, SqliteQueryBuilder, Value,
};
use std::fmt::{self, Write};

use super::Lower;
use super::placeholder::Marker;
use crate::dialect::Engine;

/// Collects text; an argument, which travels as its sentinel value, becomes a marker.
struct Writer(String);

impl Write for Writer {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.0.write_str(s)
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl SqlWriter for Writer {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, _: &T) {
        match value {
            Value::BigUnsigned(Some(sentinel)) => self.0.push_str(&Marker::text(sentinel)),
            // nothing else is ever given as a value; a marker without a number is refused when they are numbered
            _ => self.0.push('\u{1}'),
        }
    }

    fn as_writer(&mut self) -> &mut dyn Write {
        self
    }
}

/// Text that needs no parentheses wherever it stands.
pub(super) fn atom(text: String) -> Expr {
    Expr::Keyword(Keyword::Custom(text.into()))
}

/// Text that needs parentheses as an operand.
pub(super) fn composite(text: String) -> Expr {
    Expr::Custom(text.into())
}

/// A bound value.
pub(super) fn bound(marker: Marker) -> Expr {
    Expr::Value(Value::BigUnsigned(Some(marker.sentinel())))
}

fn is_atomic(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Column(_)
            | Expr::Tuple(_)
            | Expr::Constant(_)
            | Expr::FunctionCall(_)
            | Expr::Value(_)
            | Expr::Keyword(_)
            | Expr::Case(_)
    )
}

impl Lower<'_> {
    /// The text of an expression.
    pub(super) fn text_of(&self, expr: &Expr) -> String {
        match self.target.engine {
            Engine::Postgres => write(expr, &PostgresQueryBuilder),
            Engine::MySql | Engine::MariaDb => write(expr, &MysqlQueryBuilder),
            Engine::Sqlite => write(expr, &SqliteQueryBuilder),
        }
    }

    /// The text of an expression, in parentheses if it needs any as an operand.
    pub(super) fn operand_of(&self, expr: &Expr) -> String {
        let text = self.text_of(expr);
        if is_atomic(expr) { text } else { format!("({text})") }
    }
}

fn write(expr: &Expr, builder: &impl QueryBuilder) -> String {
    let mut writer = Writer(String::with_capacity(128));
    builder.prepare_expr(expr, &mut writer);
    writer.0
}

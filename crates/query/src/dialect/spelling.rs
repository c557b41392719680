//! How one thing is spelled on each dialect: the shape that the tables of functions, operators and types share.

use super::Engine;

/// A spelling for each dialect; `None` where it cannot be said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelling {
    postgres: Option<&'static str>,
    mysql: Option<&'static str>,
    mariadb: Option<&'static str>,
    sqlite: Option<&'static str>,
}

/// Alike everywhere.
pub(super) const fn all(text: &'static str) -> Spelling {
    Spelling { postgres: Some(text), mysql: Some(text), mariadb: Some(text), sqlite: Some(text) }
}

/// Nowhere, but where the methods below add it.
pub(super) const NONE: Spelling = Spelling { postgres: None, mysql: None, mariadb: None, sqlite: None };

impl Spelling {
    pub(super) const fn postgres(self, text: &'static str) -> Spelling {
        Spelling { postgres: Some(text), ..self }
    }

    pub(super) const fn sqlite(self, text: &'static str) -> Spelling {
        Spelling { sqlite: Some(text), ..self }
    }

    pub(super) const fn mariadb(self, text: &'static str) -> Spelling {
        Spelling { mariadb: Some(text), ..self }
    }

    /// MySQL and MariaDB.
    pub(super) const fn mysql(self, text: &'static str) -> Spelling {
        Spelling { mysql: Some(text), mariadb: Some(text), ..self }
    }

    /// The spelling on `engine`.
    pub(crate) const fn on(self, engine: Engine) -> Option<&'static str> {
        match engine {
            Engine::Postgres => self.postgres,
            Engine::MySql => self.mysql,
            Engine::MariaDb => self.mariadb,
            Engine::Sqlite => self.sqlite,
        }
    }
}

/// A piece of a template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Text as it stands.
    Text(&'t str),
    /// What goes in here, by its name: `{name}`.
    Hole(&'t str),
}

/// The pieces of a template. Braces mean nothing else in one.
pub(crate) fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    template.split('{').enumerate().flat_map(|(i, part)| {
        let (hole, text) = match part.split_once('}') {
            Some((hole, text)) if i > 0 => (Some(Piece::Hole(hole)), text),
            _ => (None, part),
        };
        hole.into_iter().chain((!text.is_empty()).then_some(Piece::Text(text)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_fall_into_pieces() {
        use Piece::*;
        let of = |t| pieces(t).collect::<Vec<_>>();
        assert_eq!(of("f({*})"), [Text("f("), Hole("*"), Text(")")]);
        assert_eq!(of("{1} || {0}"), [Hole("1"), Text(" || "), Hole("0")]);
        assert_eq!(of("now()"), [Text("now()")]);
    }
}

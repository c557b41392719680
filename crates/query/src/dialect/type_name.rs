//! The SQL types: what each kind of value is called in a column, in a cast and in a literal.

use std::borrow::Cow;

use super::Engine;
use super::spelling::{NONE, Spelling, all};
use crate::error::BuildError;
use crate::types::{Kind, Type};

/// How one kind of value is spelled.
struct Row {
    /// The type of a column.
    column: Spelling,
    /// The type in a CAST; as a template with a hole, what casts instead.
    cast: Spelling,
    /// A literal from its text form: `{text}` is the quoted text, `{utc}` the same with the zone,
    /// `{hex}` hexadecimal digits, `{number}` the text without quotes.
    literal: Spelling,
}

/// The row of a kind. To add a type, add a row.
fn row(kind: Kind) -> Row {
    let text = all("{text}");
    match kind {
        Kind::Bool => Row {
            column: all("boolean").sqlite("INTEGER"),
            cast: NONE.postgres("boolean").mysql("(({0}) <> 0)").sqlite("(({0}) <> 0)"),
            literal: text.postgres("CAST({text} AS boolean)"),
        },
        Kind::I16 => Row {
            column: all("smallint").sqlite("INTEGER"),
            cast: NONE.postgres("smallint").mysql("SIGNED").sqlite(SQLITE_INTEGER),
            literal: text.postgres("CAST({text} AS smallint)"),
        },
        Kind::I32 => Row {
            column: NONE.postgres("integer").mysql("int").sqlite("INTEGER"),
            cast: NONE.postgres("integer").mysql("SIGNED").sqlite(SQLITE_INTEGER),
            literal: text.postgres("CAST({text} AS integer)"),
        },
        Kind::I64 => Row {
            column: all("bigint").sqlite("INTEGER"),
            cast: NONE.postgres("bigint").mysql("SIGNED").sqlite(SQLITE_INTEGER),
            literal: text.postgres("CAST({text} AS bigint)"),
        },
        Kind::F32 => Row {
            column: NONE.postgres("real").mysql("float").sqlite("REAL"),
            cast: NONE.postgres("real").mysql("FLOAT").sqlite("REAL"),
            literal: text.postgres("CAST({text} AS real)"),
        },
        Kind::F64 => Row {
            column: NONE.postgres("double precision").mysql("double").sqlite("REAL"),
            cast: NONE.postgres("double precision").mysql("DOUBLE").sqlite("REAL"),
            literal: text.postgres("CAST({text} AS double precision)"),
        },
        Kind::Text | Kind::Enum => Row {
            // `text` ends at 64 KiB there
            column: all("text").mysql("longtext").sqlite("TEXT"),
            cast: NONE.postgres("text").mysql("CHAR").sqlite("TEXT"),
            literal: text,
        },
        Kind::Bytes => Row {
            column: NONE.postgres("bytea").mysql("longblob").sqlite("BLOB"),
            cast: NONE.postgres("bytea").mysql("BINARY").sqlite("BLOB"),
            literal: text.postgres("CAST({text} AS bytea)"),
        },
        Kind::Timestamp => Row {
            column: NONE.postgres("timestamp with time zone").mysql("datetime(6)").sqlite("TEXT"),
            cast: NONE.postgres("timestamp with time zone").mysql("DATETIME(6)").sqlite(SQLITE_TIMESTAMP),
            literal: NONE.postgres("CAST({utc} AS timestamp with time zone)").mysql("TIMESTAMP{text}").sqlite("{text}"),
        },
        Kind::DateTime => Row {
            column: NONE.postgres("timestamp without time zone").mysql("datetime(6)").sqlite("TEXT"),
            cast: NONE.postgres("timestamp without time zone").mysql("DATETIME(6)").sqlite(SQLITE_TIMESTAMP),
            literal: NONE
                .postgres("CAST({text} AS timestamp without time zone)")
                .mysql("TIMESTAMP{text}")
                .sqlite("{text}"),
        },
        Kind::Date => Row {
            column: all("date").sqlite("TEXT"),
            cast: NONE.postgres("date").mysql("DATE").sqlite("strftime('%Y-%m-%d', {0})"),
            literal: NONE.postgres("CAST({text} AS date)").mysql("DATE{text}").sqlite("{text}"),
        },
        Kind::Time => Row {
            column: NONE.postgres("time without time zone").mysql("time(6)").sqlite("TEXT"),
            cast: NONE.postgres("time without time zone").mysql("TIME(6)").sqlite("strftime('%H:%M:%f000', {0})"),
            literal: NONE.postgres("CAST({text} AS time without time zone)").mysql("TIME{text}").sqlite("{text}"),
        },
        Kind::Uuid => Row {
            column: NONE.postgres("uuid").mysql("binary(16)").mariadb("uuid").sqlite("BLOB"),
            cast: NONE.postgres("uuid").mariadb("UUID"),
            literal: NONE
                .postgres("CAST({text} AS uuid)")
                .mysql("X'{hex}'")
                .mariadb("CAST({text} AS UUID)")
                .sqlite("X'{hex}'"),
        },
        Kind::Decimal => Row {
            column: all("numeric").mysql("decimal").sqlite("TEXT"),
            // as wide as a decimal of Rust can be
            cast: NONE.postgres("numeric").mysql("DECIMAL(65, 28)").sqlite("TEXT"),
            literal: text.postgres("CAST({text} AS numeric)").mysql("{number}"),
        },
        Kind::Lossy => Row {
            column: all("numeric").mysql("decimal").sqlite("REAL"),
            // an integer: decimals are such numbers by themselves
            cast: NONE.postgres("numeric").mysql("DECIMAL(19, 0)").sqlite("REAL"),
            literal: NONE.postgres("CAST({text} AS numeric)").mysql("{number}").sqlite("CAST({text} AS REAL)"),
        },
        Kind::Json => Row {
            column: NONE.postgres("jsonb").mysql("json").sqlite("TEXT"),
            cast: NONE.postgres("jsonb").mysql("JSON").mariadb("CHAR").sqlite("json({0})"),
            literal: NONE
                .postgres("CAST({text} AS jsonb)")
                .mysql("CAST({text} AS JSON)")
                .mariadb("{text}")
                .sqlite("{text}"),
        },
        Kind::Custom => Row { column: NONE, cast: NONE, literal: NONE },
    }
}

/// Rounds, as the others do, where its own cast cuts off.
const SQLITE_INTEGER: &str =
    "CASE typeof({0}) WHEN 'real' THEN CAST(round({0}) AS INTEGER) ELSE CAST({0} AS INTEGER) END";
const SQLITE_TIMESTAMP: &str = "strftime('%Y-%m-%d %H:%M:%f000', {0})";

impl Engine {
    /// The type of a column.
    pub(crate) fn column_type(
        self,
        ty: &Type,
        length: Option<u32>,
        precision: Option<(u32, u32)>,
    ) -> Result<Cow<'_, str>, BuildError> {
        let mut name: Cow<'_, str> = match (&ty.name, self.syntax().named_types) {
            (Some(name), true) => checked(name)?.to_owned().into(),
            _ => {
                let plain = row(ty.kind).column.on(self).ok_or_else(|| self.no_type())?;
                self.sized(plain, ty.kind, length, precision)?
            }
        };
        if ty.array {
            if !self.syntax().named_types {
                return Err(BuildError::Unsupported { dialect: self.name(), construct: "arrays" });
            }
            name.to_mut().push_str("[]");
        }
        Ok(name)
    }

    fn sized(
        self,
        plain: &'static str,
        kind: Kind,
        length: Option<u32>,
        precision: Option<(u32, u32)>,
    ) -> Result<Cow<'static, str>, BuildError> {
        let sized = match (self, kind, length, precision) {
            // its types have no sizes
            (Engine::Sqlite, ..) => return Ok(plain.into()),
            (_, Kind::Text | Kind::Enum, Some(n), _) => format!("varchar({n})"),
            (Engine::MySql | Engine::MariaDb, Kind::Bytes, Some(n), _) => format!("varbinary({n})"),
            (_, Kind::Decimal | Kind::Lossy, _, Some((digits, scale))) => format!("{plain}({digits}, {scale})"),
            // without digits it would be decimal(10, 0), which rounds in silence
            (Engine::MySql | Engine::MariaDb, Kind::Decimal | Kind::Lossy, _, None) => {
                return Err(BuildError::Unsupported {
                    dialect: self.name(),
                    construct: "decimals of any precision: say `precision = (digits, scale)`",
                });
            }
            _ => return Ok(plain.into()),
        };
        Ok(sized.into())
    }

    /// `CAST(operand AS ty)`, as a template with `{0}`.
    pub(crate) fn cast(self, ty: &Type) -> Result<Cow<'static, str>, BuildError> {
        self.cast_to(ty, |name| name.to_owned())
    }

    /// The cast of an argument that stands beside nothing that says its type, if it needs one: where a placeholder
    /// has no type by itself it is text or a double.
    pub(crate) fn bound_cast(self, ty: &Type) -> Result<Option<Cow<'static, str>>, BuildError> {
        if self.syntax().placeholders_have_types || ty.array {
            return Ok(None);
        }
        match ty.kind {
            // text is what it is, or as good
            Kind::Text | Kind::Enum | Kind::Bytes | Kind::Uuid | Kind::Json | Kind::Custom => Ok(None),
            // an integer's cast would cut the digits behind the point off
            Kind::Lossy => self.cast(&Type::of(Kind::Decimal)).map(Some),
            _ => self.cast(ty).map(Some),
        }
    }

    /// The cast of an argument to its declared type, if that has a name that the driver does not know. The
    /// length in the name is left out: a cast to it would cut the value off in silence.
    pub(crate) fn argument_cast(self, ty: &Type, list: bool) -> Result<Option<Cow<'static, str>>, BuildError> {
        if self.syntax().named_types {
            if ty.name.is_none() {
                return Ok(None);
            }
            let list = Type { array: ty.array || list, ..ty.clone() };
            return self.cast_to(&list, without_size).map(Some);
        }
        // a JSON document compares with a document only
        if self == Engine::MySql && ty.kind == Kind::Json {
            return self.cast(ty).map(Some);
        }
        Ok(None)
    }

    fn cast_to(self, ty: &Type, spell: impl FnOnce(&str) -> String) -> Result<Cow<'static, str>, BuildError> {
        let array = if ty.array { "[]" } else { "" };
        if ty.array && !self.syntax().named_types {
            return Err(BuildError::Unsupported { dialect: self.name(), construct: "arrays" });
        }
        if let (Some(name), true) = (&ty.name, self.syntax().named_types) {
            return Ok(format!("CAST({{0}} AS {}{array})", spell(checked(name)?)).into());
        }
        let cast = row(ty.kind).cast.on(self).ok_or_else(|| self.no_type())?;
        Ok(if cast.contains('{') { cast.into() } else { format!("CAST({{0}} AS {cast}{array})").into() })
    }

    /// A literal of type `ty` from its text form, as a template with `{text}` or `{hex}`.
    pub(crate) fn typed_literal(self, ty: &Type) -> Result<Cow<'static, str>, BuildError> {
        if ty.array || (ty.name.is_some() && self.syntax().named_types) {
            return self.cast_to(ty, without_size).map(|cast| cast.replace("{0}", "{text}").into());
        }
        row(ty.kind).literal.on(self).map(Cow::Borrowed).ok_or_else(|| self.no_type())
    }

    /// NULL of type `ty`. MySQL and MariaDB take one without a type for bytes, which have no collation, for text in a
    /// union and for a double among integers; SQLite has no types to give.
    pub(crate) fn typed_null(self, ty: &Type) -> Result<String, BuildError> {
        let cast = match (self, ty.kind) {
            _ if self.syntax().named_types => Some(self.cast_to(ty, without_size)?),
            (Engine::Sqlite, _) => None,
            (_, Kind::Text | Kind::Enum) => Some(self.cast_to(ty, without_size)?),
            _ => self.bound_cast(ty)?,
        };
        Ok(cast.map_or_else(|| "NULL".to_owned(), |cast| cast.replace("{0}", "NULL")))
    }

    fn no_type(self) -> BuildError {
        BuildError::Unsupported { dialect: self.name(), construct: "type for this value" }
    }
}

/// A type's name is SQL text of the developer's: all that is asked is that it is one line of text. Braces
/// would be taken for holes of a template.
fn checked(name: &str) -> Result<&str, BuildError> {
    let fits = !name.trim().is_empty() && !name.contains(|c: char| c.is_control() || matches!(c, '{' | '}'));
    fits.then_some(name).ok_or_else(|| BuildError::Name(name.to_owned()))
}

/// The type without its size: `varchar(3)` is `varchar`. A bare `char` or `bit` would mean a size of one.
fn without_size(name: &str) -> String {
    let (mut bare, mut depth, mut quoted) = (String::with_capacity(name.len()), 0usize, false);
    for c in name.chars() {
        quoted ^= c == '"';
        match c {
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let words = bare.split_whitespace().map(str::to_ascii_lowercase).collect::<Vec<_>>().join(" ");
    match words.as_str() {
        "char" | "character" | "nchar" | "national char" | "national character" => "bpchar".to_owned(),
        "bit" => "bit varying".to_owned(),
        _ => bare.trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_is_never_cut_to_size() {
        for (name, bare) in [
            ("char(3)", "bpchar"),
            ("CHARACTER", "bpchar"),
            ("character varying(10)", "character varying"),
            ("timestamp(3) with time zone", "timestamp with time zone"),
            ("numeric(10, 2)", "numeric"),
            ("bit(8)", "bit varying"),
            ("public.\"my(type)\"", "public.\"my(type)\""),
            ("\"char\"", "\"char\""),
        ] {
            assert_eq!(without_size(name), bare);
        }
    }

    #[test]
    fn a_name_is_one_line_of_text() {
        for bad in ["", " ", "a\u{1}b", "a{0}b", "a\nb"] {
            assert!(checked(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn every_type_of_rust_has_a_column_type() {
        for kind in [Kind::Bool, Kind::I16, Kind::I32, Kind::I64, Kind::F32, Kind::F64, Kind::Text, Kind::Enum]
            .into_iter()
            .chain([Kind::Bytes, Kind::Timestamp, Kind::DateTime, Kind::Date, Kind::Time, Kind::Uuid, Kind::Json])
        {
            for engine in Engine::ALL {
                assert!(engine.column_type(&Type::of(kind), None, None).is_ok(), "{kind:?} on {engine:?}");
            }
        }
        let decimal = Type::of(Kind::Decimal);
        assert_eq!(Engine::MySql.column_type(&decimal, None, Some((10, 2))).unwrap(), "decimal(10, 2)");
        assert!(Engine::MySql.column_type(&decimal, None, None).is_err());
        assert_eq!(Engine::Sqlite.column_type(&decimal, None, Some((10, 2))).unwrap(), "TEXT");
        let lossy = Type::of(Kind::Lossy);
        assert_eq!(Engine::MariaDb.column_type(&lossy, None, Some((10, 2))).unwrap(), "decimal(10, 2)");
        assert!(Engine::MariaDb.column_type(&lossy, None, None).is_err());
        assert_eq!(Engine::Sqlite.column_type(&lossy, None, Some((10, 2))).unwrap(), "REAL");
        let array = Type::array_of(&Type::named("mood", Kind::Enum));
        assert_eq!(Engine::Postgres.column_type(&array, None, None).unwrap(), "mood[]");
        assert!(Engine::Sqlite.column_type(&array, None, None).is_err());
    }
}

//! Every place of a query that takes text, with every input, on every database: the data comes back byte for byte, or
//! it is refused by name before anything is sent; nothing else ever happens to the tables.
//!
//! What takes text and is no place of a query is asked beside this: tables, columns, keys, indexes, comments, defaults
//! and labels of enums in `hostile.rs`, schemas of tables in `schemas.rs`, full-text queries over indexes in `search/indexed.rs`, names from requests in
//! `dynamic.rs`. Savepoints have numbers, and there is no LISTEN.

use relvar::ErrorKind;
use relvar::query::error::BuildError;
use relvar::query::ir::Statement as Ir;
use relvar_sql_tests::prelude::*;

use super::{CONTROLS, Place, TEXTS, on_each};

/// What is refused where names stand, and must come back where texts do, beside `TEXTS` and `CONTROLS`.
const BEYOND: [&str; 6] = ["", "\0", "a\0b", "x\0'; DROP TABLE users; --", "\\u0000", "\\\\u0000\\"];

/// As long as a name can be, and longer: 63 and 64 bytes, 64 and 65 characters, and characters of two bytes each.
fn lengths() -> [&'static str; 5] {
    [(63, "x"), (64, "x"), (65, "x"), (32, "ä"), (31, "ä")].map(|(n, c)| &*c.repeat(n).leak())
}

/// A place that takes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    // names
    CommonTable,
    Window,
    Identifier,
    Schema,
    Collation,
    Constraint,
    // texts
    Value,
    List,
    Constant,
    Branch,
    Separator,
    AggregateSeparator,
    Replacement,
    Pattern,
    JsonKey,
    JsonValue,
    Tag,
}

const POSITIONS: [Position; 17] = [
    Position::CommonTable,
    Position::Window,
    Position::Identifier,
    Position::Schema,
    Position::Collation,
    Position::Constraint,
    Position::Value,
    Position::List,
    Position::Constant,
    Position::Branch,
    Position::Separator,
    Position::AggregateSeparator,
    Position::Replacement,
    Position::Pattern,
    Position::JsonKey,
    Position::JsonValue,
    Position::Tag,
];

impl Position {
    fn is_name(self) -> bool {
        use Position::{Collation, CommonTable, Constraint, Identifier, Schema, Window};
        matches!(self, CommonTable | Window | Identifier | Schema | Collation | Constraint)
    }

    /// Whether what is named is not there, so that the database says so.
    fn is_missing(self) -> bool {
        matches!(self, Position::Schema | Position::Collation | Position::Constraint)
    }

    /// Whether the database has nothing like it, whatever the text.
    fn is_lacking(self, place: &Place) -> bool {
        self == Position::Constraint && !matches!(place, Place::Postgres(_))
    }

    /// A query with the text in that place, which gives it back.
    fn query(self, text: &'static str) -> Ir {
        let one = || Counter::query().filter(|c| c.id.eq(1));
        let own = move || value(text.to_owned());
        let rows = match self {
            Position::CommonTable => one().select(|_| own()).cte(text).query().rows(),
            Position::Window => {
                let window = window::named(text, |w| w.order_by(constant(1i64).nullable().asc()));
                one().select(|_| window::first_value(own()).over_named(&window).coalesce("none")).rows()
            }
            Position::Identifier => {
                let named =
                    sql!("(SELECT {} FROM (SELECT {} AS {}) AS here)", identifier(text), own(), identifier(text));
                one().select(|_| named.returns::<String>()).rows()
            }
            Position::Schema => one().select(|_| sql!("(SELECT x FROM {}.x)", identifier(text)).returns()).rows(),
            // one that is there need not be looked up before there is something to sort
            Position::Collation => {
                let many = Counter::query().union_all(Counter::query()).query();
                many.order_by(|c| c.label.collate(Collation::named(text)).asc()).select(|c| c.label).rows()
            }
            Position::Value => one().select(|_| own()).rows(),
            Position::List => one().filter(|_| own().in_list([text, "another"])).select(|_| own()).rows(),
            Position::Constant => one().select(|_| constant(text.to_owned())).rows(),
            Position::Branch => one().select(|c| case_of(c.id).when(1, text).otherwise("")).rows(),
            Position::Separator => one().select(|_| concat_ws(text, [own().left(0), own().left(0)])).rows(),
            Position::AggregateSeparator => {
                let twice = one().select(|c| c.label.left(0)).union_all(one().select(|c| c.label.left(0))).query();
                twice.aggregate(|g| g.string_agg(|c| c.0, text).coalesce("none"))
            }
            Position::Replacement => one().select(|_| value("<here>".to_owned()).replace("<here>", text)).rows(),
            Position::Pattern => {
                let whole = format!("a{text}b");
                let other = format!("a{}b", "\u{2603}".repeat(text.chars().count()));
                let found = value(whole.clone()).like(contains(text))
                    & value(whole.clone()).like(starts_with(&whole))
                    & value(whole.clone()).like(ends_with(&whole));
                // a wildcard in it stands for itself
                let nowhere = value(other).not_like(contains(text)) | own().eq("");
                one().filter(|_| found & nowhere).select(|_| own()).rows()
            }
            Position::JsonKey => {
                let document = Json(json!({ text: text, "other": 1 }));
                one().select(|_| value(document).text(text).coalesce("none")).rows()
            }
            Position::JsonValue => {
                one().select(|_| value(Json(json!({ "a": [text] }))).text(("a", 0)).coalesce("none")).rows()
            }
            Position::Constraint => {
                let insert = Counter::insert(Counter { id: 1, hits: 1, label: text.to_owned() }).only_on::<Postgres>();
                return insert.on_constraint(text).do_nothing().returning_as(|c| c.label).into_ir();
            }
            Position::Tag => return one().select(|_| own()).tag(text, text).into_ir(),
        };
        rows.into_ir()
    }

    /// Whether the database cannot have the text in that place.
    fn refuses(self, place: &Place, text: &str) -> bool {
        let characters = text.chars().count();
        let too_long = match place {
            Place::Postgres(_) => text.len() > 63,
            Place::MySql(_) | Place::MariaDb(_) => characters > 64,
            Place::Sqlite(_) => false,
        };
        match self {
            _ if self.is_name() => {
                text.is_empty() || text.contains(char::is_control) || too_long || place.refuses(text)
            }
            // MariaDB takes it for a position that is counted from the end
            Position::JsonKey if matches!(place, Place::MariaDb(_)) && text.starts_with('-') => true,
            // SQLite would take it to end there
            Position::Pattern => text.contains('\0'),
            _ => matches!(place, Place::Postgres(_)) && text.contains('\0'),
        }
    }
}

#[test]
fn every_place_with_every_input() {
    on_each(async |place| {
        place.fill().await;
        let users = || User::query().order_by(|u| u.id.asc()).select(|u| u.email).into_ir();
        let before = place.texts(users()).await.unwrap();
        for position in POSITIONS {
            for text in TEXTS.into_iter().chain(CONTROLS).chain(BEYOND).chain(lengths()) {
                let given = place.texts(position.query(text)).await;
                let at = format!("{position:?} with {text:?} on {}", place.name());
                match given {
                    Err(error) if position.is_lacking(place) => {
                        let lacks = matches!(error.kind(), ErrorKind::Build(BuildError::Unsupported { .. }));
                        assert!(lacks, "{at}: {error}");
                    }
                    Err(error) if position.refuses(place, text) => {
                        // by us, before anything is sent
                        let kind = error.kind();
                        let named = match position.is_name() {
                            true => *kind == ErrorKind::Build(BuildError::Name(text.to_owned())),
                            false => matches!(kind, ErrorKind::Build(_) | ErrorKind::Value(_)),
                        };
                        assert!(named, "{at}: {error}");
                    }
                    // there is no such schema, collation or constraint, which is all that the database may say
                    Err(error) if position.is_missing() => {
                        let said = error.database().map(|database| database.message_with_data().to_owned());
                        let said = said.unwrap_or_else(|| panic!("{at}: {error}")).to_lowercase();
                        let missing = ["does not exist", "unknown", "no such", "doesn't exist", "incorrect", "denied"];
                        assert!(missing.iter().any(|words| said.contains(words)), "{at}: {said}");
                    }
                    Err(error) => panic!("{at}: {error}"),
                    Ok(_) if position.refuses(place, text) => panic!("{at}: it is not refused"),
                    Ok(_) if position.is_missing() => panic!("{at}: it is there"),
                    Ok(rows) => assert_eq!(rows, [text], "{at}"),
                }
            }
            assert_eq!(place.texts(users()).await.unwrap(), before, "after {position:?} on {}", place.name());
        }
    });
}

/// A text ends at its NUL where SQLite looks at it with LIKE, and nowhere else. PostgreSQL has no such text.
#[test]
fn a_text_with_a_nul_like_a_pattern() {
    on_each(async |place| {
        place.fill().await;
        let like = |pattern: &'static str| {
            let found = value("a\0b".to_owned()).like(pattern).is_true().cast::<i32>().cast::<String>();
            Counter::query().filter(|c| c.id.eq(1)).select(|_| found).into_ir()
        };
        for (pattern, elsewhere, on_sqlite) in [("a%b", "1", "0"), ("%b", "1", "0"), ("a", "0", "1"), ("a%", "1", "1")]
        {
            let at = format!("{pattern} on {}", place.name());
            match (place, place.texts(like(pattern)).await) {
                (Place::Postgres(_), Err(error)) => {
                    assert!(matches!(error.kind(), ErrorKind::Value(_)), "{at}: {error}")
                }
                (Place::Sqlite(_), found) => assert_eq!(found.unwrap(), [on_sqlite], "{at}"),
                (_, found) => assert_eq!(found.unwrap(), [elsewhere], "{at}"),
            }
        }
    });
}

//! Every place of a query that takes text, with every input, on every database: the data comes back byte for byte, or
//! it is refused by name before anything is sent; nothing else ever happens to the tables.
//!
//! What takes text and is no place of a query is asked beside this: tables, columns, keys, indexes, comments, defaults
//! and labels of enums in `hostile.rs`, full-text queries over indexes in `search/indexed.rs`, names from requests in
//! `dynamic.rs`. Savepoints have numbers, and there is no LISTEN.

use relvar::ErrorKind;
use relvar::query::error::BuildError;
use relvar::query::ir::Statement as Ir;
use relvar_sql_tests::prelude::*;

use super::{CONTROLS, Place, TEXTS, on_each};

/// What is refused where names stand, and must come back where texts do, beside `TEXTS` and `CONTROLS`.
const BEYOND: [&str; 4] = ["", "\0", "a\0b", "x\0'; DROP TABLE users; --"];

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

const POSITIONS: [Position; 16] = [
    Position::CommonTable,
    Position::Window,
    Position::Identifier,
    Position::Schema,
    Position::Collation,
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
        use Position::{Collation, CommonTable, Identifier, Schema, Window};
        matches!(self, CommonTable | Window | Identifier | Schema | Collation)
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
            Position::Tag => return one().select(|_| own()).tag(text, text).into_ir(),
        };
        rows.into_ir()
    }

    /// Whether a NUL means something here that is the database's own: PostgreSQL has none in documents (22P05), and for
    /// SQLite LIKE ends at it (<https://www.sqlite.org/nulinstr.html>).
    fn differs_by_nul(self, place: &Place, text: &str) -> bool {
        let like = self == Position::Pattern && matches!(place, Place::Sqlite(_));
        text.contains('\0') && (like || matches!(self, Position::JsonKey | Position::JsonValue))
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
                if position.differs_by_nul(place, text) {
                    // as it was, not found, or refused as a value
                    match given {
                        Ok(rows) => assert!(rows.is_empty() || rows == [text], "{at}: {rows:?}"),
                        Err(error) => assert!(!matches!(error.kind(), ErrorKind::ConnectionLost(_)), "{at}: {error}"),
                    }
                    continue;
                }
                match given {
                    Err(error) if position.refuses(place, text) => {
                        // by us, before anything is sent
                        let kind = error.kind();
                        let named = match position.is_name() {
                            true => *kind == ErrorKind::Build(BuildError::Name(text.to_owned())),
                            false => matches!(kind, ErrorKind::Build(_) | ErrorKind::Value(_)),
                        };
                        assert!(named, "{at}: {error}");
                    }
                    // there is no such schema and no such collation, which is all that the database may say
                    Err(error) if matches!(position, Position::Schema | Position::Collation) => {
                        let said = error.database().map(|database| database.message_with_data().to_owned());
                        let said = said.unwrap_or_else(|| panic!("{at}: {error}")).to_lowercase();
                        let missing = ["does not exist", "unknown", "no such", "doesn't exist", "incorrect", "denied"];
                        assert!(missing.iter().any(|words| said.contains(words)), "{at}: {said}");
                    }
                    Err(error) => panic!("{at}: {error}"),
                    Ok(_) if position.refuses(place, text) => panic!("{at}: it is not refused"),
                    Ok(_) if matches!(position, Position::Schema | Position::Collation) => panic!("{at}: it is there"),
                    Ok(rows) => assert_eq!(rows, [text], "{at}"),
                }
            }
            assert_eq!(place.texts(users()).await.unwrap(), before, "after {position:?} on {}", place.name());
        }
    });
}

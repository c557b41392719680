//! Definitions as data.

use relvar::derive::ir::{BinaryOp, Constant, Direction, Function, Node, Nulls};
use relvar::prelude::*;
use relvar::query::schema::{ColumnDef, IndexMethod, ReferentialAction, Role, TableDef};
use relvar::query::types::{Kind, Type};

use crate::forum::*;

fn column<'d>(table: &'d TableDef, name: &str) -> &'d ColumnDef {
    table.columns.iter().find(|column| column.name == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn columns() {
    let user = User::definition();
    assert_eq!(
        (user.schema.as_deref(), user.name.as_str(), user.comment.as_deref()),
        (Some("app"), "users", Some("who writes"))
    );
    assert_eq!(user.primary_key, ["id"]);
    let id = column(&user, "id");
    assert!(id.auto_increment && !id.nullable && id.ty == Type::of(Kind::I64));
    let email = column(&user, "email");
    assert_eq!((email.length, email.collation.as_deref(), email.nullable), (Some(80), Some("C"), false));
    assert!(column(&user, "bio").nullable);
    let logins = column(&user, "logins");
    assert_eq!(
        (logins.default.clone(), logins.comment.as_deref()),
        (Some(Node::Constant(Constant::Number("0".into(), Type::of(Kind::I64)))), Some("how often"))
    );
    let version = column(&user, "version");
    assert_eq!(
        (version.role, version.default.clone()),
        (Some(Role::Version), Some(Node::Constant(Constant::Integer(0))))
    );
    assert_eq!(
        (user.unique[0].name.as_str(), user.unique[0].columns.as_slice()),
        ("users_email_key", ["email".to_owned()].as_slice())
    );

    let thread = Thread::definition();
    assert_eq!(column(&thread, "id").default, Some(Node::Call(Function::RandomUuid, vec![])));
    assert_eq!(column(&thread, "title").ty, Type::named("citext", Kind::Text));
    assert_eq!(column(&thread, "tags").ty, Type::array_of(&Type::named("citext", Kind::Text)));
    let mood = column(&thread, "mood");
    assert_eq!(
        (mood.ty.clone(), mood.labels.clone()),
        (Type::named("app.mood", Kind::Enum), vec!["very-happy".to_owned(), "it's sad".to_owned()])
    );
    assert_eq!(mood.default, Some(Node::Constant(Constant::Typed("very-happy".into(), mood.ty.clone()))));
    assert_eq!(column(&thread, "moods").labels.len(), 2);
    assert_eq!(column(&thread, "price").precision, Some((10, 2)));
    assert_eq!(column(&thread, "created_at").default, Some(Node::Call(Function::Now, vec![])));
    assert_eq!(column(&thread, "updated_at").role, Some(Role::UpdatedAt));
    let generated = column(&thread, "title_lower").generated.clone();
    assert!(matches!(generated, Some(Node::Call(Function::Lower, _))), "{generated:?}");
    assert!(thread.columns.iter().all(|column| column.name != "seen"));
}

#[test]
fn foreign_keys() {
    let keys = Thread::definition().foreign_keys;
    let user = &keys[0];
    assert_eq!(
        (user.name.as_str(), user.to_schema.as_deref(), user.to_table.as_str()),
        ("fk_threads_user_id", Some("app"), "users")
    );
    assert_eq!(
        (user.columns.as_slice(), user.to_columns.as_slice()),
        (["user_id".to_owned()].as_slice(), ["id".to_owned()].as_slice())
    );
    assert_eq!((user.on_delete, user.on_update), (Some(ReferentialAction::Cascade), Some(ReferentialAction::Restrict)));
    assert_eq!((keys[1].to_table.as_str(), keys[1].on_delete), ("threads", None));
}

#[test]
fn indexes() {
    let indexes = Thread::definition().indexes;
    let names: Vec<&str> = indexes.iter().map(|index| index.name.as_str()).collect();
    let expected = [
        "idx_threads_user_id_updated_at",
        "idx_threads_metadata",
        "idx_threads_active",
        "idx_threads_4",
        "idx_threads_search",
        "idx_threads_user_id_title",
        "one_open",
        "idx_threads_tags",
        "idx_threads_title",
        "by_title",
        "brin",
        "hash",
        "prefix",
        "idx_threads_note",
    ];
    assert_eq!(names, expected);
    assert_eq!(indexes[0].parts[1].direction, Some(Direction::Descending));
    assert_eq!((indexes[1].method, indexes[1].parts[0].ops.as_deref()), (IndexMethod::Gin, Some("jsonb_path_ops")));
    let active = &indexes[2];
    assert_eq!(active.include, ["title", "note"]);
    assert_eq!(active.parts[1].nulls, Some(Nulls::Last));
    let Some(Node::Binary(BinaryOp::DistinctFrom, sides)) = &active.filter else { panic!("{:?}", active.filter) };
    assert_eq!(sides[1], Node::Constant(Constant::Text("archived".into())));
    assert!(indexes[5].unique && indexes[6].unique && !indexes[7].unique);
    assert_eq!(indexes[9].parts[0].ops.as_deref(), Some("gist_trgm_ops"));
    let text = format!("{indexes:?}");
    assert!(!text.contains("Argument("), "all values are constants: {text}");
}

#[test]
fn checks() {
    let checks = Thread::definition().checks;
    assert_eq!((checks[0].name.as_str(), checks[1].name.as_str()), ("threads_check_1", "known_mood"));
    assert!(matches!(&checks[0].condition, Node::All(conditions) if conditions.len() == 2));
    assert!(format!("{checks:?}").contains("it's sad"));
}

//! Queries on derived tables infer, and writes give the columns they should.

use relvar::derive::{Entity, Insertable, Patch, Table as _};
use relvar::prelude::*;
use relvar::query::dialect::{Postgres, Sqlite};
use relvar::query::ir::ConflictTarget;
use relvar::query::source::{ConflictKey, PartialKey, UniqueIndex, UniqueKey};
use relvar::query::statement::Statement;
use std::borrow::Cow;
use uuid::Uuid;

use crate::forum::*;

fn is<Q: Fetchable<Row = R>, R>(_: Q) {}

fn names<T: relvar::query::source::Table, V: Insertable<T>>(_: V) -> Vec<String> {
    V::COLUMNS.iter().map(|&i| T::TABLE.columns[i as usize].to_string()).collect()
}

fn user() -> User {
    User { id: UserId(7), email: "a@b".into(), name: "A".into(), bio: None, logins: 0, version: 3 }
}

#[test]
fn queries_infer() {
    fn recent<N: Nullness>(t: ThreadColumns<N>) -> Condition<Postgres> {
        t.created_at.gt(now() - Interval::days(7))
    }
    is::<_, Thread>(Thread::query().filter(recent).filter(|t| t.user_id.eq(UserId(3))));
    is::<_, (String, Option<String>)>(
        Thread::query().left_join(User::table(), |t, u| t.user_id.eq(u.id)).select(|(t, u)| (t.title, u.name)),
    );
    is::<_, (Thread, Option<User>)>(Thread::query().left_join(User::table(), |t, u| t.user_id.eq(u.id)));
    is::<_, Summary>(
        Thread::query()
            .left_join(User::table(), |t, u| t.user_id.eq(u.id))
            .select(|(t, u)| SummaryExprs { title: t.title, author: u.name }),
    );
    let cte = Thread::query().select(|t| SummaryExprs { title: t.title, author: t.note }).cte("s");
    is::<_, (Thread, Summary)>(Thread::query().join(&cte, |t, s| t.title.eq(s.title)));
    is::<_, (Thread, Option<Summary>)>(Thread::query().left_join(&cte, |t, s| t.title.eq(s.title)));
    is::<_, Page>(User::query().left_join(Thread::table(), |u, t| t.user_id.eq(u.id)).select(|(u, t)| PageExprs {
        n: 1,
        summary: SummaryExprs { title: u.name, author: u.bio },
        user: u,
        thread: t,
    }));
    is::<_, Page>(
        User::query()
            .join(&cte, |u, s| u.name.eq(s.title))
            .left_join(Thread::table(), |(u, _), t| t.user_id.eq(u.id))
            .select(|(u, s, t)| PageExprs { n: value(1), summary: s, user: u, thread: t }),
    );
    is::<_, Money>(Thread::query().select(|t| t.price * Money(2.into()) + t.price));
    is::<_, Mood>(Thread::query().filter(|t| t.mood.eq(Mood::Sad)).order_by(|t| t.mood.asc()).select(|t| t.mood));
    is::<_, Vec<Mood>>(Thread::query().select(|t| t.moods));
}

/// What a subquery is made of, and a query on it uses: no field is dead code.
#[deny(dead_code)]
mod inner {
    use super::*;

    #[derive(Row)]
    struct Ranked {
        name: String,
        place: i64,
    }

    #[test]
    fn a_subquery_starts_a_query() {
        let ranked = || {
            let place = |u: UserColumns| window::rank().over(|w| w.order_by(u.logins.desc()));
            User::query().select(|u| RankedExprs { name: u.name, place: place(u) })
        };
        is::<_, Ranked>(ranked().derived().query());
        is::<_, String>(ranked().derived().query().filter(|r| r.place.lte(3)).select(|r| r.name));
        is::<_, (Ranked, Option<Ranked>)>(
            ranked().derived().query().left_join(ranked().derived(), |a, b| a.place.eq(b.place)),
        );
        let sql = ranked().derived().query().filter(|r| r.place.lte(3)).select(|r| r.name);
        let sql = sql.to_sql::<Postgres>().unwrap();
        let expected = r#"SELECT "derived"."name" FROM (SELECT "users"."full name" AS "name", rank() OVER"#;
        assert!(sql.starts_with(expected), "{sql}");
    }
}

#[test]
fn inserts_give_their_columns() {
    assert_eq!(names::<User, _>(user()), ["id", "email", "full name", "bio", "logins", "version"]);
    let new = NewThread {
        title: "x",
        user_id: UserId(1),
        price: Money(1.into()),
        tags: vec![],
        moods: vec![Mood::Sad],
        metadata: Json(serde_json::Value::Null),
    };
    let columns = <NewThread<'_> as Insertable<Thread>>::COLUMNS;
    let values = crate::values::<Thread>(new);
    assert_eq!((columns, values.len()), ([3, 1, 6, 7, 8, 9].as_slice(), 6));
    // an argument is bound as the type that its column declares
    let relvar::derive::ir::Node::Argument(title) = &values[0] else { panic!("{values:?}") };
    assert_eq!(title.ty().name.as_deref(), Some("citext"));
    let inserted: Vec<_> = <Thread as Insertable<Thread>>::COLUMNS.to_vec();
    assert_eq!(inserted, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12], "all but the generated column");
}

#[test]
fn required_columns_are_those_that_nothing_else_gives() {
    assert_eq!(crate::required::<User>(), ["email", "full name"]);
    assert_eq!(crate::required::<Thread>(), ["user_id", "title", "price", "tags", "moods", "metadata"]);
    assert_eq!(crate::required::<Reading>(), ["thread_id", "user_id", "page"]);
}

#[test]
fn patches_change_what_is_set() {
    let columns = |patch: ThreadPatch| -> Vec<u32> {
        patch.changes().into_iter().map(|assignment| assignment.into_ir().column).collect()
    };
    assert!(columns(ThreadPatch::default()).is_empty());
    assert_eq!(columns(ThreadPatch { title: Set::To("x".into()), note: Set::To(None) }), [3, 4]);
    let _ = Thread::update().filter(|t| t.id.eq(Uuid::nil())).patch(ThreadPatch::default());
}

#[test]
fn keys_are_constants() {
    let keys: (UniqueKey<User, UserId>, UniqueKey<User, String>) = (User::PRIMARY_KEY, User::EMAIL_KEY);
    assert_eq!((keys.0.columns(), keys.1.columns()), ([0].as_slice(), [1].as_slice()));
    let reading: UniqueKey<Reading, (UserId, Uuid)> = Reading::PRIMARY_KEY;
    assert_eq!(reading.columns(), [1, 0], "in the order of the key");
    let titles: UniqueKey<Thread, (UserId, String), UniqueIndex> = Thread::USER_ID_TITLE_KEY;
    assert_eq!(titles.columns(), [1, 3]);
    let open: PartialKey<Thread, String> = Thread::ONE_OPEN_KEY;
    let ConflictTarget::Key { columns, predicate, .. } = open.target() else { panic!("a key") };
    assert_eq!((columns.as_slice(), predicate.is_some()), ([3].as_slice(), true));
    assert_eq!(Thread::IDX_THREADS_ACTIVE.name(), "idx_threads_active");
    let _ = Thread::query().filter(|t| Thread::IDX_THREADS_ACTIVE.condition(t));
}

#[test]
fn entities_change_what_is_theirs() {
    let changed: Vec<u32> = user().changes().into_iter().map(|change| change.into_ir().column).collect();
    assert_eq!(changed, [1, 2, 3, 4], "neither the key nor the version");
    let columns = User::columns::<NotNull>(relvar::derive::SourceId::SCHEMA);
    let relvar::derive::ir::Node::All(conditions) = user().is_self(columns) else { panic!() };
    assert_eq!(conditions.len(), 1);
}

#[test]
fn dialects_come_in_any_order() {
    fn runs<S: Statement<Dialect = (Postgres, Sqlite)>>(_: S) {}
    runs(Reading::query());
}

#[test]
fn an_insert_that_lacks_a_column_says_which() {
    // the positions alone tell what is missing
    let says = |given: &'static [u64], columns: &'static [u32]| {
        let check = || relvar::derive::check::insert::<User>("NewUser", given, columns);
        std::panic::catch_unwind(check).map_err(|panic| panic.downcast_ref::<String>().cloned().unwrap_or_default())
    };
    let rest = "of 'users', which is not null and has no default";
    assert_eq!(says(&[], &[1]), Err(format!("'NewUser' lacks the column 'full name' {rest}")));
    let rest = "of 'users', which are not null and have no default";
    assert_eq!(says(&[], &[3]), Err(format!("'NewUser' lacks the columns 'email', 'full name' {rest}")));
    assert_eq!(says(&[], &[2, 1]), Ok(()));
    assert_eq!(says(&[1], &[]), Ok(()), "the compiler itself reports a field that is not there");
    let generated = <ThreadColumns as relvar::derive::TableColumns>::PARTS
        .iter()
        .find(|part| !part.writable)
        .map_or(0, |part| part.number);
    let check = move || relvar::derive::check::insert::<Thread>("NewThread", &[generated], &[10]);
    let panic = std::panic::catch_unwind(check).unwrap_err();
    let text = panic.downcast_ref::<String>().cloned().unwrap_or_default();
    assert_eq!(text, "'NewThread' gives the column 'title_lower' of 'threads', which the database itself computes");
}

#[test]
fn a_transaction_on_any_database_has_a_name() {
    fn nothing_to_do(_: &relvar::Tx<relvar::Any>) {}
    let _: fn(&Tx<relvar::Any>) = nothing_to_do;
}

#[test]
fn rows_are_made_of_borrowed_values() {
    #[derive(Table, Debug)]
    #[table(name = "files")]
    #[allow(dead_code, reason = "only inserted")]
    struct File {
        #[column(primary_key)]
        id: Uuid,
        name: String,
        label: Option<String>,
        data: Vec<u8>,
        digest: Option<Vec<u8>>,
        tail: Option<Vec<u8>>,
        owner: Option<Uuid>,
    }

    #[derive(Insert)]
    #[insert(table = File)]
    struct NewFile<'a> {
        id: &'a Uuid,
        name: Cow<'a, str>,
        label: Option<Cow<'a, str>>,
        data: &'a [u8],
        digest: Option<&'a [u8]>,
        tail: Option<Cow<'a, [u8]>>,
        owner: Option<&'a Uuid>,
    }

    let (id, bytes) = (Uuid::nil(), vec![1, 2, 3]);
    let file = NewFile {
        id: &id,
        name: "a".into(),
        label: None,
        data: &bytes,
        digest: Some(&bytes),
        tail: Some(Cow::Borrowed(&bytes)),
        owner: Some(&id),
    };
    let sql = File::insert(file).to_sql::<Sqlite>().unwrap();
    assert!(sql.ends_with("VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"), "{sql}");
    is::<_, File>(File::query().filter(|f| f.data.eq(&bytes[..]) & f.digest.ne(b"x")));
}

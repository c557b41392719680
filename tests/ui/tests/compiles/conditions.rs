//! Conditions as values: returned, collected, chosen, on columns that may be NULL and on tables that may be missing.

use relvar::prelude::*;
use schema::*;

use crate::{rows, sql};

/// On a nullable column, for tables that are there and for those that a join may not find.
fn noted<N: Nullness>(t: ThreadColumns<N>) -> Condition<Postgres> {
    t.note.eq("x") | t.score.gt(0.5)
}

fn open<N: Nullness>(t: ThreadColumns<N>) -> Condition<Postgres> {
    !t.done.eq(true) & t.title.ne("x")
}

fn generic<E: Expression<Type = i64, Dialect = Postgres>>(expression: E) -> Condition<Postgres> {
    expression.eq(3).and(true)
}

#[test]
fn conditions_are_values() {
    rows::<Thread>(Thread::query().filter(noted).filter(open));
    let joined = User::query().left_join(Thread::table(), |u, t| t.user_id.eq(u.id));
    rows::<(User, Option<Thread>)>(joined.filter(|(u, t)| noted(t) & open(t) & u.bio.is_null()));
    for word in [Some("x"), None] {
        let query = Thread::query().filter(|t| {
            let mut conditions: Vec<Condition<Postgres>> = vec![noted(t), t.done.is_true().or(t.note.is_null())];
            for n in 1..4 {
                conditions.push(t.replies.gt(n));
            }
            if let Some(word) = word {
                conditions.push(t.title.eq(word));
            }
            all(conditions)
        });
        assert_eq!(sql(query.clone()).contains("title\" ="), word.is_some(), "{query:?}");
    }
    for noted_only in [true, false] {
        rows::<Thread>(Thread::query().filter(|t| if noted_only { noted(t) } else { t.replies.gt(3) }));
    }
    rows::<Thread>(Thread::query().filter(|t| any([1, 2].map(|i| t.id.eq(i)))));
    rows::<Thread>(Thread::query().filter(|t| generic(t.replies)).filter(|t| t.done));
}

#[test]
fn operands() {
    let (id, text) = (3, String::from("x"));
    rows::<Thread>(
        Thread::query()
            .filter(|t| t.title.eq(&text) | t.title.eq(text.as_str()) | t.title.eq(text.clone()) | t.id.eq(&id))
            .filter(|t| t.id.in_list([1, 2, 3]) & t.title.in_list(["a"]) | !t.note.eq("x"))
            .filter(|t| t.user_id.in_query(User::query().select(|u| u.id)))
            .filter(|t| t.replies.gt(User::query().filter(|u| u.id.eq(t.user_id)).select(|u| u.logins)))
            .filter(|t| t.meta.text("status").eq("x") & t.meta.text(("tags", 0)).is_null())
            .filter(|t| t.replies.between(1, t.id) & t.title.like(contains("50%")) & t.title.ilike("x%")),
    );
    rows::<(Option<String>, String, Option<String>)>(Thread::query().select(|t| {
        (
            case().when(t.done, "a").when(t.note.eq("x"), t.note).otherwise(t.title),
            case().when(t.done, "a").when(t.note.eq("x"), t.title).otherwise("z"),
            case().when(t.done, "a").end(),
        )
    }));
    rows::<(String, Option<String>, String, Option<i64>)>(
        Thread::query().select(|t| {
            (t.note.coalesce("x"), t.note.coalesce(t.note), t.replies.cast::<String>(), t.note.cast::<i64>())
        }),
    );
    rows::<(Option<f64>, i64, i64, i64, Option<f64>, i64, f64)>(Thread::query().select(|t| {
        (
            t.score * 2.0,
            2 * t.replies,
            t.replies * t.id,
            (t.replies + 1) * (t.id - t.replies),
            t.replies.cast::<f64>() / t.score,
            t.replies + value(2i64),
            t.score.coalesce(0.0) + 1.0,
        )
    }));
}

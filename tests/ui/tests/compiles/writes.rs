//! Inserts, upserts, updates, deletes, and what they give back.

use relvar::prelude::*;
use schema::*;

use crate::{rows, sql};

fn new_thread() -> NewThread {
    NewThread { title: "x".into(), user_id: 1, note: None, meta: Json(Meta { status: "x".into() }) }
}

fn new_user() -> NewUser {
    NewUser { email: "a".into(), name: "b".into() }
}

#[test]
fn inserts() {
    sql(Thread::insert(new_thread()));
    sql(Thread::insert_many((0..3).map(|_| new_thread())));
    sql(Thread::insert_many(vec![new_thread()]));
    rows::<Thread>(Thread::insert(new_thread()).returning());
    rows::<(i64, Option<String>)>(Thread::insert(new_thread()).returning_as(|t| (t.id, t.note)));
}

#[test]
fn upserts() {
    sql(User::insert(new_user()).on_conflict(User::EMAIL_KEY).do_nothing());
    sql(User::insert(new_user()).on_conflict(User::EMAIL_KEY).update(|u, excluded| u.name.set(excluded.name)));
    rows::<User>(
        User::insert(new_user())
            .on_conflict(User::USERS_LIVE_NAME_KEY)
            .when(|u, excluded| u.logins.lt(excluded.logins))
            .update(|u, excluded| {
                (u.name.set(excluded.name), u.logins.set(u.logins + excluded.logins + 1), u.bio.set(excluded.name))
            })
            .returning(),
    );
    let order = Order { id: 1, number: "x".into(), price: 3.into() };
    sql(Order::insert(order).on_duplicate_key().update(|o, new| o.price.set(new.price)));
}

#[test]
fn updates_and_deletes() {
    let word: Option<&str> = Some("x");
    sql(Thread::update().set(|t| t.title.set("x")).filter(|t| t.id.eq(3)));
    sql(Thread::update()
        .set(|t| (t.title.set("x"), t.note.set(None), t.replies.set(t.replies + 1), t.score.set(1.5)))
        .everywhere());
    sql(Thread::update().set(|t| vec![t.title.set("x"), t.note.set(t.title)]).filter(|t| t.done));
    sql(Thread::update().set(|t| (t.replies.set(1), word.map(|w| t.title.set(w)))).filter(|t| t.id.eq(1)));
    let patch = ThreadPatch { title: "x".to_owned().into(), note: Set::To(None) };
    sql(Thread::update().patch(patch).filter_opt(word, |t, w| t.title.eq(w)));
    sql(Thread::update()
        .join(User::table(), |t, u| t.user_id.eq(u.id))
        .set(|(t, u)| t.title.set(u.name))
        .filter(|(_, u)| u.logins.gt(3)));
    sql(Thread::update()
        .set(|t| t.note.set(User::query().filter(|u| u.id.eq(t.user_id)).select(|u| u.name)))
        .everywhere());
    let mut narrowed = Thread::delete().filter(|t| t.done);
    if let Some(word) = word {
        narrowed = narrowed.filter(|t| t.title.eq(word));
    }
    sql(narrowed);
    rows::<i64>(Thread::update().set(|t| t.replies.set(1)).filter(|t| t.done).returning_as(|t| t.id));
}

#[test]
fn many_rows_each_to_its_own() {
    sql(User::update_each([(1, "x")], |u| u.name));
    sql(User::update_each(vec![(1, ("x", Some("y".to_owned()))), (2, ("z", None))], |u| (u.name, u.bio)));
    let given = (0..3).map(|n| (n, (n.to_string(), 3)));
    sql(User::update_each(given, |u| (u.name, u.logins)).filter(|u| u.logins.lt(9)).set(|u| u.bio.set(None)));
    sql(User::update_each_by(User::EMAIL_KEY, [("a", 3)], |u| u.logins));
    rows::<i64>(User::update_each([(1, "x")], |u| u.name).returning_as(|u| u.id));
    let mut kept = User::update_each([(1, 3)], |u| u.logins);
    if kept.clone().to_sql_for(relvar::query::dialect::Engine::Postgres).is_ok() {
        kept = kept.filter(|u| u.logins.lt(2));
    }
    sql(kept);
}

#[test]
fn merges() {
    let mut merge = User::merge()
        .using(values([(1i64, "a".to_owned())]), |u, row| u.id.eq(row.0))
        .when_matched()
        .update(|u, row| (u.name.set(row.1), u.logins.set(u.logins + 1)));
    for most in [3, 5] {
        merge = merge.when_not_matched_and(|row| row.0.gt(most)).do_nothing();
    }
    sql(merge);
    sql(Item::merge()
        .only_on::<Postgres>()
        .using(Item::query().filter(|i| i.id.gt(3)).derived(), |i, other| i.id.eq(other.id))
        .when_matched_and(|i, other| i.title.ne(other.title))
        .delete()
        .when_not_matched()
        .insert(|other| other));
}

#[test]
fn for_fewer_databases() {
    let update =
        Item::update().only_on::<Postgres>().filter(|i| sql!("{} ~ 'x'", i.title).only_on::<Postgres>().condition());
    let title = || sql!("initcap('x')").only_on::<Postgres>().returns::<String>();
    rows::<Item>(update.set(|i| (i.title.set_on(title()), i.id.set(3))).returning());
    rows::<i64>(Item::delete().only_on::<(Postgres, Sqlite)>().filter(|i| i.id.eq(3)).returning_as(|i| i.id));
}

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

//! Queries as values: in fields, as arguments and as what functions return.

use relvar::prelude::*;
use schema::*;

use crate::{rows, sql};

fn of_user(user: i64) -> Query<Thread> {
    Thread::query().filter(move |t| t.user_id.eq(user))
}

fn listing() -> Select<(ThreadColumns, UserColumns<Nullable>), (String, Option<String>), Postgres> {
    Thread::query().left_join(User::table(), |t, u| t.user_id.eq(u.id)).select(|(t, u)| (t.title, u.name))
}

fn titles() -> Rows<(String, Option<String>), Postgres> {
    listing().rows()
}

struct Page {
    base: Query<Thread>,
    list: Rows<Summary, Postgres>,
    titles: Rows<(String, Option<String>), Postgres>,
}

enum Sort {
    Title,
    Newest,
}

#[test]
fn queries_are_values() {
    fn kept<T: Send + Sync + Clone + 'static>(value: T) -> T {
        value
    }
    let list = Thread::query()
        .left_join(User::table(), |t, u| t.user_id.eq(u.id))
        .select(|(t, u)| SummaryExprs { title: t.title, author: u.name, replies: 0 })
        .rows();
    let page = Page { base: of_user(1), list, titles: titles() };
    rows::<Thread>(kept(page.base));
    rows::<Summary>(kept(page.list.limit(3)));
    rows::<(String, Option<String>)>(kept(page.titles));
    rows::<(String, Option<String>)>(kept(listing()).filter(|(_, u)| u.logins.gt(3)));
}

#[test]
fn clauses_are_chosen_at_run_time() {
    for (word, sort) in [(Some("x"), Sort::Title), (None, Sort::Newest)] {
        let mut query = of_user(3).filter_opt(word, |t, w| t.title.eq(w)).order_by(|t| match sort {
            Sort::Title => t.title.asc(),
            Sort::Newest => t.id.desc(),
        });
        if word.is_some() {
            query = query.order_by(|t| vec![t.replies.asc(), t.id.desc()]).limit(3);
        }
        assert_eq!(sql(query).contains("LIMIT"), word.is_some());
    }
}

//! Rows: structs of expressions, nested ones, whole tables in select lists, lists chosen at run time.

use relvar::prelude::*;
use schema::*;

use crate::rows;

/// A row with rows in it.
#[derive(Row, Debug)]
#[expect(dead_code, reason = "only its type matters")]
struct Card {
    #[row(nested)]
    thread: Thread,
    #[row(nested)]
    author: Option<User>,
    #[row(nested)]
    summary: Summary,
    length: i32,
}

#[test]
fn row_literals() {
    let joined = Thread::query().left_join(User::table(), |t, u| t.user_id.eq(u.id));
    rows::<Summary>(joined.clone().select(|(t, u)| SummaryExprs {
        title: t.title,
        author: u.name,
        replies: t.replies,
    }));
    rows::<Summary>(joined.clone().select(|(t, _)| SummaryExprs {
        title: "fixed",
        author: t.title,
        replies: t.replies * 2,
    }));
    rows::<(Thread, Option<String>)>(joined.clone().select(|(t, u)| (t, u.name)));
    rows::<(Option<User>, Summary)>(
        joined.clone().select(|(t, u)| (u, SummaryExprs { title: t.title, author: u.name, replies: 0 })),
    );
    rows::<Card>(joined.select(|(t, u)| CardExprs {
        thread: t,
        author: u,
        summary: SummaryExprs { title: t.title, author: u.name, replies: t.replies },
        length: t.title.char_length(),
    }));
}

#[test]
fn lists_chosen_at_run_time() {
    for short in [true, false] {
        rows::<String>(
            Thread::query().select_list(|t| if short { selection(t.title) } else { selection(t.note.coalesce("")) }),
        );
    }
}

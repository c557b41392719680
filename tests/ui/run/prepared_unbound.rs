//! A prepared statement that is run without values for its parameters.

use relvar::prelude::*;
use schema::Thread;

static OF_USER: Prepared<(Param<i64>, Param<String>), Query<Thread>> =
    prepare(|(user, title): (Param<i64>, Param<String>)| {
        Thread::query().filter(|t| t.user_id.eq(user) & t.title.eq(title))
    });

async fn run(db: &Db<Postgres>) -> relvar::Result<Vec<Thread>> {
    OF_USER.all(db).await
}

fn main() {}

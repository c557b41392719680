//! The queries of a feed: joins, groups, pages, common table expressions, upserts, transactions.

use relvar::chrono::{DateTime, Utc};
use relvar::prelude::*;

use crate::load::People;
use crate::schema::*;
use crate::show;

type Dialects = (Postgres, Sqlite);

/// A reusable condition: a plain function. Generic over nullness, it serves left-joined threads, too.
fn open<N: Nullness>(t: ThreadColumns<N>) -> Condition<Dialects> {
    t.archived.eq(false) & t.title.ne("")
}

/// A line of the feed. `#[derive(Row)]` makes `FeedLineExprs`, the struct that the select list is written with.
#[derive(Row, Debug)]
pub(crate) struct FeedLine {
    pub(crate) id: ThreadId,
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) organisation: String,
    pub(crate) note: Option<String>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// Where a page ends: its last line's sort key.
type PageEnd = (DateTime<Utc>, ThreadId);

/// A page of a tenant's feed, newest first, after the last line of the page before.
fn page(tenant: i64, priority: Option<&str>, after: Option<PageEnd>) -> Rows<FeedLine, Dialects> {
    Thread::query()
        .filter(open)
        .filter_opt(priority, |t, p| t.metadata.text("priority").eq(p))
        .filter_opt(after, |t, (at, id)| t.updated_at.lt(at) | (t.updated_at.eq(at) & t.id.gt(id)))
        .join(User::table(), |t, u| t.user_id.eq(u.id))
        .join(Organisation::table(), |(_, u), o| u.organisation_id.eq(o.id))
        .filter(|(_, u, o)| u.status.eq(Status::Active) & o.tenant_id.eq(tenant))
        .order_by(|(t, ..)| (t.updated_at.desc(), t.id.asc()))
        .select(|(t, u, o)| FeedLineExprs {
            id: t.id,
            title: t.title,
            author: u.name,
            organisation: o.name,
            note: t.note,
            updated_at: t.updated_at,
        })
        .limit(20)
        .rows()
}

#[derive(Row, Debug)]
pub(crate) struct Activity {
    pub(crate) user: UserId,
    pub(crate) comments: i64,
    pub(crate) last: Option<DateTime<Utc>>,
}

#[derive(Row, Debug)]
pub(crate) struct Reply {
    pub(crate) id: i64,
    pub(crate) depth: i64,
    pub(crate) body: String,
}

/// Everything that only reads.
pub(crate) async fn read(db: &AnyDb, people: &People) -> relvar::Result<()> {
    let first = show::rows(db, "the first page of the feed", page(people.tenant, None, None)).await?;
    for line in first.iter().take(3) {
        let note = line.note.as_deref().unwrap_or("no note");
        println!("   “{}” by {} of {}, {note}", line.title, line.author, line.organisation);
    }
    let end = first.last().map(|line| (line.updated_at, line.id));
    show::rows(db, "the page after it, high priority only", page(people.tenant, Some("high"), end)).await?;

    let busiest = Comment::query()
        .group_by(|c| c.author_id)
        .having(|_, g| g.count().gt(10))
        .order_by(|user, g| (g.count().desc(), user.raw().asc()))
        .select(|user, g| ActivityExprs { user, comments: g.count(), last: g.max(|c| c.created_at) })
        .limit(5);
    for activity in show::rows(db, "who comments most", busiest.clone()).await? {
        println!("   {:?}: {} comments, the last at {:?}", activity.user, activity.comments, activity.last);
    }

    let active = busiest.cte("active");
    let threads_of_active = Thread::query()
        .join(&active, |t, a| t.user_id.eq(a.user))
        .filter(|(t, _)| t.title.like(contains("100%")))
        .order_by(|(t, a)| (a.comments.desc(), t.id.raw().asc()))
        .select(|(t, a)| (t.title, a.comments))
        .limit(5);
    show::rows(db, "their threads, by a common table expression", threads_of_active).await?;

    let unread = Thread::query()
        .filter(open)
        .filter(|t| not_exists(Read::query().filter(|r| r.thread_id.eq(t.id) & r.user_id.eq(people.user))))
        .left_join(Comment::table(), |t, c| c.thread_id.eq(t.id))
        .group_by(|(t, _)| (t.id, t.title))
        .order_by(|(id, _), g| (g.count_of(|(_, c)| c.id).desc(), id.raw().asc()))
        .select(|(_, title), g| (title, g.count_of(|(_, c)| c.id)))
        .limit(5);
    show::rows(db, "what somebody has not read, by number of comments", unread).await?;

    let with_comments = Thread::query()
        .left_join(Comment::table(), |t, c| c.thread_id.eq(t.id))
        .filter(|(t, _)| t.id.eq(people.thread))
        .order_by(|(_, c)| c.id.asc());
    let rows: Vec<(Thread, Option<Comment>)> =
        show::rows(db, "a thread with its comments, by a join", with_comments).await?;
    println!("   of which {} are comments\n", rows.iter().filter(|(_, comment)| comment.is_some()).count());
    Ok(())
}

/// Everything that changes rows.
pub(crate) async fn write(db: &AnyDb, people: &People) -> relvar::Result<()> {
    let (user, thread) = (people.user, people.thread);
    let read = Read { thread_id: thread, user_id: user, times: 1, last_read: Utc::now() };
    let upsert = Read::insert(read)
        .on_conflict(Read::PRIMARY_KEY)
        .update(|r, excluded| (r.times.set(r.times + 1), r.last_read.set(excluded.last_read)));
    for _ in 0..2 {
        show::change(db, "counting a read, by an upsert", upsert.clone()).await?;
    }
    let times = Read::find((thread, user), db).await?.map(|read| read.times);
    println!("   it was read {times:?} times\n");

    let patch = ThreadPatch { note: Set::To(Some("seen".to_owned())), ..ThreadPatch::default() };
    show::change(db, "a patch", Thread::update().patch(patch).filter(|t| t.id.eq(thread))).await?;

    // a reply to a reply to a comment, all or none of them
    let root = db
        .transaction(|tx| async move {
            let mut parent = None;
            let mut root = 0;
            for depth in 0..3 {
                let body = format!("reply {depth}");
                let comment = NewComment { thread_id: thread, author_id: user, parent_id: parent, body };
                let created = Comment::insert(comment).returning().one(&tx).await?;
                root = if depth == 0 { created.id } else { root };
                parent = Some(created.id);
            }
            Thread::update().filter(|t| t.id.eq(thread)).set(|t| t.archived.set(false)).execute(&tx).await?;
            Ok::<_, relvar::Error>(root)
        })
        .retry(3)
        .await?;

    let tree = recursive(
        "tree",
        Comment::query().filter(|c| c.id.eq(root)).select(|c| ReplyExprs {
            id: c.id,
            depth: constant(0i64),
            body: c.body,
        }),
        |tree| {
            Comment::query().join(tree, |c, t| c.parent_id.eq(t.id)).select(|(c, t)| ReplyExprs {
                id: c.id,
                depth: t.depth + 1,
                body: c.body,
            })
        },
    );
    for reply in show::rows(db, "replies to replies, by recursion", tree.query().order_by(|r| r.depth.asc())).await? {
        println!("   {}#{} {}", "  ".repeat(usize::try_from(reply.depth).unwrap_or(0)), reply.id, reply.body);
    }

    let stale = Read::delete().filter(|r| r.last_read.lt(now() - Interval::hours(24)));
    show::change(db, "forgetting old reads", stale).await?;
    Ok(())
}

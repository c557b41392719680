//! Threads: listed in pages, searched, created, shown, changed, removed.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use relvar::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use crate::cursor::Cursor;
use crate::error::ApiError;
use crate::request::{self, Body, Path, Query};
use crate::schema::{Thread, ThreadId, ThreadTag, UserId};

const PAGE: u64 = 20;
const LONGEST_PAGE: u64 = 100;
const LONGEST_NOTE: usize = 10_000;

/// A thread and its tags.
#[derive(Serialize)]
pub(crate) struct Tagged {
    #[serde(flatten)]
    thread: Thread,
    tags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateThread {
    user_id: UserId,
    title: String,
    note: Option<String>,
}

#[derive(Insert)]
#[insert(table = Thread)]
struct NewThread {
    id: ThreadId,
    user_id: UserId,
    title: String,
    note: Option<String>,
}

/// `POST /threads`
pub(crate) async fn create(
    State(db): State<AnyDb>,
    Body(CreateThread { user_id, title, note }): Body<CreateThread>,
) -> Result<(StatusCode, Json<Tagged>), ApiError> {
    request::name("title", &title, 200)?;
    request::text("note", note.as_deref().unwrap_or_default(), LONGEST_NOTE)?;
    let id = ThreadId::new();
    let tx = db.begin().await?;
    Thread::insert(NewThread { id, user_id, title, note }).execute(&tx).await?;
    let thread = Thread::find_by(Thread::PRIMARY_KEY, id).one(&tx).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(Tagged { thread, tags: Vec::new() })))
}

/// `GET /threads/{id}`
pub(crate) async fn show(State(db): State<AnyDb>, Path(id): Path<ThreadId>) -> Result<Json<Tagged>, ApiError> {
    one(&db, id).await.map(Json)
}

/// Changes to a thread: what JSON does not name stays as it is, and `null` takes the note away.
#[derive(Patch, Deserialize, Default, PartialEq)]
#[patch(table = Thread)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ThreadPatch {
    title: Set<String>,
    note: Set<Option<String>>,
    done: Set<bool>,
}

/// `PATCH /threads/{id}`
pub(crate) async fn patch(
    State(db): State<AnyDb>,
    Path(id): Path<ThreadId>,
    Body(patch): Body<ThreadPatch>,
) -> Result<Json<Tagged>, ApiError> {
    if let Set::To(title) = &patch.title {
        request::name("title", title, 200)?;
    }
    if let Set::To(Some(note)) = &patch.note {
        request::text("note", note, LONGEST_NOTE)?;
    }
    let tx = db.begin().await?;
    // an update that sets nothing would be an error; here it is a thread that stays as it is
    if patch != ThreadPatch::default() {
        Thread::update().filter(|t| t.id.eq(id)).patch(patch).execute(&tx).await?;
    }
    let thread = one(&tx, id).await?;
    tx.commit().await?;
    Ok(Json(thread))
}

/// `DELETE /threads/{id}`
pub(crate) async fn remove(State(db): State<AnyDb>, Path(id): Path<ThreadId>) -> Result<StatusCode, ApiError> {
    match Thread::delete().filter(|t| t.id.eq(id)).execute(&db).await? {
        0 => Err(ApiError::NotFound),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}

/// Which threads are listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    /// Those of a user.
    user: Option<UserId>,
    /// Those with a tag.
    tag: Option<String>,
    /// Those that are done, or not.
    done: Option<bool>,
    /// Those with this text in their title or note.
    q: Option<String>,
    limit: Option<u64>,
    after: Option<String>,
}

/// A page of threads, newest first.
#[derive(Serialize)]
pub(crate) struct Page {
    threads: Vec<Tagged>,
    /// What to send as `after` for the next page, if there is one.
    next: Option<String>,
}

impl List {
    /// What a cursor is bound to.
    fn filters(&self) -> Vec<u8> {
        format!("{:?}", (self.user, &self.tag, self.done, &self.q)).into_bytes()
    }

    /// A page after `end`. A query keeps its type whatever is added to it.
    fn query(&self, end: Option<Cursor>, limit: u64) -> Rows<Thread, Portable> {
        Thread::query()
            .filter_opt(self.user, |t, user| t.user_id.eq(user))
            .filter_opt(self.done, |t, done| t.done.eq(done))
            .filter_opt(self.q.as_deref(), |t, q| t.title.like(contains(q)) | t.note.like(contains(q)))
            .filter_opt(self.tag.as_deref(), |t, tag| {
                exists(ThreadTag::query().filter(|on| on.thread_id.eq(t.id) & on.tag.eq(tag)))
            })
            .filter_opt(end, |t, end| {
                t.created_at.lt(end.created_at) | (t.created_at.eq(end.created_at) & t.id.lt(end.id))
            })
            .order_by(|t| (t.created_at.desc(), t.id.desc()))
            .limit(limit)
            .rows()
    }
}

/// `GET /threads`
pub(crate) async fn list(State(db): State<AnyDb>, Query(list): Query<List>) -> Result<Json<Page>, ApiError> {
    let limit = list.limit.unwrap_or(PAGE);
    if !(1..=LONGEST_PAGE).contains(&limit) {
        return Err(ApiError::invalid("limit", format!("is not between 1 and {LONGEST_PAGE}")));
    }
    request::text("q", list.q.as_deref().unwrap_or_default(), 200)?;
    request::text("tag", list.tag.as_deref().unwrap_or_default(), 50)?;
    let filters = list.filters();
    let end = list.after.as_deref().map(|after| Cursor::decode(after, &filters)).transpose()?;

    // one more than is shown tells whether there is another page
    let mut threads = list.query(end, limit + 1).all(&db).await?;
    let more = threads.len() as u64 > limit;
    threads.truncate(limit as usize);
    let last = threads.last().filter(|_| more).map(|t| Cursor { created_at: t.created_at, id: t.id });
    let next = last.map(|cursor| cursor.encode(&filters));
    Ok(Json(Page { threads: tagged(&db, threads).await?, next }))
}

async fn one(db: impl Executor<Portable>, id: ThreadId) -> Result<Tagged, ApiError> {
    let thread = Thread::find_by(Thread::PRIMARY_KEY, id).one(&db).await?;
    let tags = ThreadTag::query().filter(|on| on.thread_id.eq(id)).order_by(|on| on.tag.asc()).select(|on| on.tag);
    Ok(Tagged { thread, tags: tags.all(&db).await? })
}

/// The threads with their tags, which take one statement however many threads there are.
async fn tagged(db: impl Executor<Portable>, threads: Vec<Thread>) -> Result<Vec<Tagged>, ApiError> {
    if threads.is_empty() {
        return Ok(Vec::new());
    }
    let mut tags: HashMap<ThreadId, Vec<String>> = HashMap::new();
    let ids = threads.iter().map(|thread| thread.id);
    let of_these = ThreadTag::query().filter(|on| on.thread_id.in_list(ids)).order_by(|on| on.tag.asc());
    for ThreadTag { thread_id, tag } in of_these.all(&db).await? {
        tags.entry(thread_id).or_default().push(tag);
    }
    let with_tags = |thread: Thread| Tagged { tags: tags.remove(&thread.id).unwrap_or_default(), thread };
    Ok(threads.into_iter().map(with_tags).collect())
}

//! Tags: described once, put on threads.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use relvar::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::request::{self, Body, Path};
use crate::schema::{Tag, Thread, ThreadId, ThreadTag};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Description {
    description: String,
}

/// `PUT /tags/{name}`: there is a tag of this name with this description afterwards, however often it is said.
pub(crate) async fn put(
    State(db): State<AnyDb>,
    Path(name): Path<String>,
    Body(Description { description }): Body<Description>,
) -> Result<Json<Tag>, ApiError> {
    request::name("name", &name, 50)?;
    request::text("description", &description, 200)?;
    let tag = Tag { name, description };
    let insert = Tag::insert(tag.clone()).on_conflict(Tag::PRIMARY_KEY);
    insert.update(|tag, new| tag.description.set(new.description)).execute(&db).await?;
    Ok(Json(tag))
}

/// A tag and how many threads have it.
#[derive(Row, Serialize)]
pub(crate) struct TagCount {
    name: String,
    description: String,
    threads: i64,
}

/// `GET /tags`
pub(crate) async fn list(State(db): State<AnyDb>) -> Result<Json<Vec<TagCount>>, ApiError> {
    let tags = Tag::query()
        .left_join(ThreadTag::table(), |tag, on| on.tag.eq(tag.name))
        .group_by(|(tag, _)| (tag.name, tag.description))
        .order_by(|(name, _), _| name.asc())
        .select(|(name, description), g| TagCountExprs { name, description, threads: g.count_of(|(_, on)| on.tag) });
    Ok(Json(tags.all(&db).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tags {
    tags: Vec<String>,
}

/// `PUT /threads/{id}/tags`: the thread has these tags afterwards and no others.
pub(crate) async fn replace(
    State(db): State<AnyDb>,
    Path(thread): Path<ThreadId>,
    Body(Tags { mut tags }): Body<Tags>,
) -> Result<StatusCode, ApiError> {
    tags.iter().try_for_each(|tag| request::name("tags", tag, 50))?;
    tags.sort_unstable();
    tags.dedup();
    let tx = db.begin().await?;
    // locks the thread, so that two who replace its tags do so one after the other
    let touched = Thread::update().filter(|t| t.id.eq(thread)).set(|t| t.updated_at.set(now())).execute(&tx).await?;
    if touched == 0 {
        return Err(ApiError::NotFound);
    }
    ThreadTag::delete().filter(|on| on.thread_id.eq(thread)).execute(&tx).await?;
    let rows = tags.into_iter().map(|tag| ThreadTag { thread_id: thread, tag });
    ThreadTag::insert_many(rows).execute(&tx).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Tags: described once, put on threads.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use relvar::prelude::*;
use relvar::query::dialect::Capability;
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
    upsert(&db, tag.clone()).await?;
    Ok(Json(tag))
}

/// The table of tags as databases with ON CONFLICT have it.
#[derive(Table, Clone)]
#[table(name = "tags", dialect = (Postgres, Sqlite))]
struct TagOnConflict {
    #[column(primary_key, len = 50)]
    name: String,
    #[column(len = 200)]
    description: String,
}

/// The table of tags as databases with ON DUPLICATE KEY have it.
#[derive(Table, Clone)]
#[table(name = "tags", dialect = (MySql, MariaDb))]
struct TagOnDuplicateKey {
    #[column(primary_key, len = 50)]
    name: String,
    #[column(len = 200)]
    description: String,
}

/// Inserts the tag or changes the one that is there, by the clause that the database has: no clause is on all four.
async fn upsert(db: &AnyDb, Tag { name, description }: Tag) -> relvar::Result<u64> {
    if db.engine().has(Capability::HasOnConflict) {
        TagOnConflict::insert(TagOnConflict { name, description })
            .on_conflict(TagOnConflict::PRIMARY_KEY)
            .update(|tag, new| tag.description.set(new.description))
            .execute(db)
            .await
    } else {
        TagOnDuplicateKey::insert(TagOnDuplicateKey { name, description })
            .on_duplicate_key()
            .update(|tag, new| tag.description.set(new.description))
            .execute(db)
            .await
    }
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

//! Users: created, shown, removed.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use relvar::prelude::*;
use serde::Deserialize;

use crate::error::ApiError;
use crate::request::{self, Body, Path};
use crate::schema::{User, UserId};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateUser {
    email: String,
    name: String,
}

#[derive(Insert)]
#[insert(table = User)]
struct NewUser {
    id: UserId,
    email: String,
    name: String,
}

/// `POST /users`
pub(crate) async fn create(
    State(db): State<AnyDb>,
    Body(user): Body<CreateUser>,
) -> Result<(StatusCode, Json<User>), ApiError> {
    request::name("email", &user.email, 254)?;
    request::name("name", &user.name, 100)?;
    match user.email.split_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() && !domain.contains('@') => {}
        _ => return Err(ApiError::invalid("email", "is not an address")),
    }
    let id = UserId::new();
    // not every database gives back what it inserted: the row is read in the same transaction
    let tx = db.begin().await?;
    User::insert(NewUser { id, email: user.email, name: user.name }).execute(&tx).await?;
    let created = User::find_by(User::PRIMARY_KEY, id).one(&tx).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(created)))
}

/// `GET /users/{id}`
pub(crate) async fn show(State(db): State<AnyDb>, Path(id): Path<UserId>) -> Result<Json<User>, ApiError> {
    Ok(Json(User::find_by(User::PRIMARY_KEY, id).one(&db).await?))
}

/// `DELETE /users/{id}`: refused while threads or accounts are the user's.
pub(crate) async fn remove(State(db): State<AnyDb>, Path(id): Path<UserId>) -> Result<StatusCode, ApiError> {
    match User::delete().filter(|u| u.id.eq(id)).execute(&db).await? {
        0 => Err(ApiError::NotFound),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}

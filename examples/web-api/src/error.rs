//! What goes wrong, and the one place where it becomes an HTTP status.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use relvar::ErrorKind;
use serde::Serialize;

/// After how many seconds a client may try again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// Why a request is not answered with what it asks for.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// The request cannot be read: its path, its query or its body.
    Unreadable(StatusCode, String),
    /// A value in the request is not allowed.
    Invalid { field: &'static str, why: String },
    /// What the path names is not there.
    NotFound,
    /// The path has no such method.
    MethodNotAllowed,
    /// An account does not hold what is to be taken from it.
    InsufficientFunds,
    /// The database.
    Database(relvar::Error),
}

impl ApiError {
    /// A value that is not allowed.
    pub(crate) fn invalid(field: &'static str, why: impl Into<String>) -> ApiError {
        ApiError::Invalid { field, why: why.into() }
    }

    /// The status, a code for programs, and a sentence for people.
    fn answer(&self) -> (StatusCode, &'static str, String) {
        let plain = |status, code, message: &str| (status, code, message.to_owned());
        match self {
            ApiError::Unreadable(status, why) => (*status, "unreadable", why.clone()),
            ApiError::Invalid { field, why } => {
                (StatusCode::UNPROCESSABLE_ENTITY, "invalid", format!("`{field}` {why}"))
            }
            ApiError::NotFound => plain(StatusCode::NOT_FOUND, "not_found", "there is no such thing"),
            ApiError::MethodNotAllowed => {
                plain(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "this path has no such method")
            }
            ApiError::InsufficientFunds => {
                plain(StatusCode::UNPROCESSABLE_ENTITY, "insufficient_funds", "the account does not hold that much")
            }
            ApiError::Database(error) => {
                let (status, code, message) = database(error);
                plain(status, code, message)
            }
        }
    }
}

/// What clients are told of an error of the database: what they can do something about, and nothing of its inside.
fn database(error: &relvar::Error) -> (StatusCode, &'static str, &'static str) {
    if error.is_unique_violation() {
        return (StatusCode::CONFLICT, "exists_already", "a thing with this key exists already");
    }
    if error.is_foreign_key_violation() {
        let why = "something that is referred to does not exist, or something still refers to this";
        return (StatusCode::UNPROCESSABLE_ENTITY, "reference", why);
    }
    if error.is_check_violation() {
        return (StatusCode::UNPROCESSABLE_ENTITY, "out_of_range", "a value is out of its range");
    }
    if error.is_no_row() {
        return (StatusCode::NOT_FOUND, "not_found", "there is no such thing");
    }
    // a conflict that all retries ran into is over soon, too
    if error.is_retryable() || matches!(error.kind(), ErrorKind::PoolTimeout { .. } | ErrorKind::PoolClosed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "busy", "the service is busy");
    }
    (StatusCode::INTERNAL_SERVER_ERROR, "internal", "something went wrong here")
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Problem {
            error: &'static str,
            message: String,
        }

        let (status, error, message) = self.answer();
        if let (true, ApiError::Database(cause)) = (status.is_server_error(), &self) {
            // shows the statement and never its arguments
            tracing::error!(%cause, "the request failed");
        }
        let mut response = (status, Json(Problem { error, message })).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}

impl From<relvar::Error> for ApiError {
    fn from(error: relvar::Error) -> ApiError {
        ApiError::Database(error)
    }
}

macro_rules! unreadable {
    ($($rejection:ty),*) => { $(
        impl From<$rejection> for ApiError {
            fn from(rejection: $rejection) -> ApiError {
                ApiError::Unreadable(rejection.status(), rejection.body_text())
            }
        }
    )* };
}
unreadable!(JsonRejection, PathRejection, QueryRejection);

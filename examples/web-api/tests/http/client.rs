//! A small HTTP client, and shorthands for what many tests need.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use std::net::SocketAddr;

#[derive(Clone)]
pub(crate) struct Client {
    http: hyper_util::client::legacy::Client<HttpConnector, Full<Bytes>>,
    address: SocketAddr,
}

/// What the service answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// The body of an answer with this status.
    #[track_caller]
    pub(crate) fn json(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// That it is this status, with this code of an error.
    #[track_caller]
    pub(crate) fn is_error(&self, status: u16, code: &str) {
        assert_eq!(self.json(status)["error"], code, "{self:?}");
    }

    /// That it is this status, without a body.
    #[track_caller]
    pub(crate) fn is_empty(&self, status: u16) {
        assert_eq!((self.status, self.body.as_str()), (status, ""), "{self:?}");
    }
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Client {
        Client {
            http: hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build(HttpConnector::new()),
            address,
        }
    }

    /// Another one that shares no connection with this one.
    pub(crate) fn apart(&self) -> Client {
        Client::new(self.address)
    }

    /// Sends `body` as it is; `kind` is its content type.
    pub(crate) async fn raw(&self, method: &str, path: &str, kind: Option<&str>, body: String) -> Answer {
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(format!("http://{}{path}", self.address));
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let response = self.http.request(request.body(Full::from(body)).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body: String::from_utf8(body.to_vec()).expect("all bodies are UTF-8"),
        }
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Value) -> Answer {
        self.raw(method, path, Some("application/json"), body.to_string()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.raw("GET", path, None, String::new()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, body).await
    }

    /// A new user's id.
    pub(crate) async fn user(&self, email: &str) -> String {
        let answer = self.post("/users", json!({ "email": email, "name": "Somebody" })).await;
        text(&answer.json(201)["id"])
    }

    /// A new thread's id.
    pub(crate) async fn thread(&self, user: &str, title: &str) -> String {
        let answer = self.post("/threads", json!({ "user_id": user, "title": title })).await;
        text(&answer.json(201)["id"])
    }

    /// A new account's id.
    pub(crate) async fn account(&self, user: &str, balance: i64) -> String {
        let answer = self.post("/accounts", json!({ "user_id": user, "balance": balance })).await;
        text(&answer.json(201)["id"])
    }

    pub(crate) async fn balance(&self, account: &str) -> i64 {
        self.get(&format!("/accounts/{account}")).await.json(200)["balance"].as_i64().unwrap()
    }
}

/// The text that a JSON value is.
#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

/// Text as it stands in a URL.
pub(crate) fn encoded(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric();
    text.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

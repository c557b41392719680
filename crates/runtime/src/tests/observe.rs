//! What is logged: names, counts and times, never a value.

use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use relvar_query::ir::{Argument, InsertSource, Node, Statement};
use relvar_query::types::SqlType;
use relvar_query::value::Value;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, Interest};
use tracing::{Event, Level, Metadata, Subscriber};

use super::fake::{Fake, database};
use super::{connect_with, insert, select};
use crate::error::Category;
use crate::fetch::{Execute, Fetch};
use crate::options::Options;
use crate::transaction::Isolation;

/// Keeps what is logged as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<(Level, String)>>>);

struct Fields<'t>(&'t mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("relvar")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut text = String::from("span");
        span.record(&mut Fields(&mut text));
        self.0.lock().unwrap().push((*span.metadata().level(), text));
        Id::from_u64(1)
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = String::new();
        event.record(&mut Fields(&mut text));
        self.0.lock().unwrap().push((*event.metadata().level(), text));
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Wants to be asked about everything, and hears nothing.
struct Attentive;

impl Subscriber for Attentive {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        false
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn event(&self, _: &Event<'_>) {}
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Keeps whatever another test logs first, just while a [`Log`] comes, from being taken for good for something that
/// nobody wants to hear: what is logged from where is decided once for the whole process.
pub(super) fn attend() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Attentive).unwrap());
}

impl Log {
    /// Keeps what this thread logs for as long as the guard lives.
    fn listen() -> (Log, DefaultGuard) {
        attend();
        let log = Log::default();
        (log.clone(), tracing::subscriber::set_default(log))
    }
}

#[tokio::test]
async fn statements_are_logged_without_their_arguments() {
    let (log, _listening) = Log::listen();
    let fake = Fake::new(1);
    fake.with(|server| server.rows.push(("SELECT t", vec![1, 2])));
    let db = connect_with(&fake, Options::new().slow_statement(Duration::ZERO)).await;
    select("t").all(&db).await.unwrap();
    let mut secret = insert("t", 1);
    if let Statement::Insert(insert) = &mut secret.0 {
        let value = Argument::new(Value::Text("hunter2".into()), String::SQL_TYPE);
        insert.rows = InsertSource::Values(vec![Node::Argument(value)]);
    }
    fake.fail("INSERT t", database(Category::UniqueViolation));
    secret.clone().execute(&db).await.unwrap_err();
    secret.execute(&db).await.unwrap();

    let log = log.0.lock().unwrap().clone();
    let text: String = log.iter().map(|(level, text)| format!("{level}{text}\n")).collect();
    assert!(!text.contains("hunter2") && !text.contains("as asked"), "{text}");
    let slow: Vec<&String> = log.iter().filter(|(level, _)| *level == Level::WARN).map(|(_, text)| text).collect();
    assert_eq!(slow.len(), 2, "{text}");
    assert!(slow[0].contains("slow statement") && slow[0].contains("summary=SELECT t"), "{text}");
    assert!(slow[0].contains("rows=2") && slow[0].contains("elapsed="), "{text}");
    assert!(text.contains("span summary=SELECT t fingerprint="), "{text}");
    assert!(text.contains("statement failed") && text.contains("category=Some(UniqueViolation)"), "{text}");
}

#[tokio::test]
async fn transactions_waits_and_retries_are_logged() {
    let (log, _listening) = Log::listen();
    let fake = Fake::new(1);
    let db = connect_with(&fake, Options::new().acquire_timeout(Duration::from_millis(30))).await;
    let first = AtomicBool::new(true);
    fake.fail("INSERT t", database(Category::Deadlock));
    let first = &first;
    db.transaction(|tx| async move {
        if first.swap(false, Ordering::Relaxed) {
            insert("t", 1).execute(&tx).await?;
        }
        let inner = tx.begin().await?;
        inner.rollback().await?;
        tx.raw_script("SELECT 'hunter2'").await
    })
    .isolation(Isolation::Serializable)
    .retry(3)
    .await
    .unwrap();
    let held = db.begin().await.unwrap();
    select("t").all(&db).await.unwrap_err();
    held.rollback().await.unwrap();

    let log = log.0.lock().unwrap().clone();
    let text: String = log.iter().map(|(level, text)| format!("{level}{text}\n")).collect();
    for words in [
        "span isolation=Some(Serializable) read_only=false",
        "transaction sql=BEGIN",
        "transaction sql=SAVEPOINT relvar_1",
        "transaction sql=ROLLBACK TO SAVEPOINT relvar_1",
        "transaction sql=COMMIT",
        "transaction sql=ROLLBACK ",
        "transaction is run again attempt=1 retries=3 pause=",
        "waited for a connection waited=",
        "wanted=SELECT t in_time=false",
    ] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    assert!(!text.contains("hunter2"), "{text}");
}

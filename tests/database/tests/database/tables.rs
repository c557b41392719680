//! The tables that several cases share.

use relvar::prelude::*;
use relvar::runtime::Schema;

/// Somebody.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
pub(crate) struct User {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(unique, len = 100)]
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) bio: Option<String>,
    #[column(default = 0)]
    pub(crate) logins: i64,
}

/// The same table, where what was inserted can be given back.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", dialect = (Postgres, MariaDb, Sqlite))]
pub(crate) struct Returned {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(unique, len = 100)]
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) bio: Option<String>,
    #[column(default = 0)]
    pub(crate) logins: i64,
}

/// An insert that gives its row back.
#[derive(Insert)]
#[insert(table = Returned)]
pub(crate) struct NewReturned {
    pub(crate) email: String,
    pub(crate) name: String,
}

impl From<NewUser> for NewReturned {
    fn from(NewUser { email, name }: NewUser) -> NewReturned {
        NewReturned { email, name }
    }
}

/// What an insert has to say of somebody.
#[derive(Insert, Row)]
#[insert(table = User)]
pub(crate) struct NewUser {
    pub(crate) email: String,
    pub(crate) name: String,
}

/// Creates the table of users.
pub(crate) async fn create_users(db: &AnyDb) {
    Schema::new().table::<User>().create(db).await.unwrap();
}

/// A user whose e-mail address says which.
pub(crate) fn user(name: &str) -> NewUser {
    NewUser { email: format!("{name}@example.org"), name: name.to_owned() }
}

/// Users with numbered names.
pub(crate) fn users(numbers: std::ops::Range<usize>) -> Vec<NewUser> {
    numbers.map(|n| user(&format!("user {n}"))).collect()
}

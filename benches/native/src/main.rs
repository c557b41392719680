//! The drivers without a library on top, on one connection that is held: the limit.

mod build;
mod postgres;
mod sqlite;

use contender::Result;

const USER: &str = "id, name, email, hair_color, age, active";

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).ok_or("the URL is missing")?;
    if std::env::args().nth(2).as_deref() == Some("build") {
        return contender::serve(build::Building).await;
    }
    match url.strip_prefix("sqlite://") {
        Some(file) => contender::serve(sqlite::Rusqlite::open(file)?).await,
        None => contender::serve(postgres::TokioPostgres::connect(&url).await?).await,
    }
}

/// `VALUES (p1, p2), (p3, p4)` with `rows` rows of `columns` placeholders that begin with `sign`.
fn values(rows: usize, columns: usize, sign: char) -> String {
    let row = |row: usize| {
        let names: Vec<String> = (1..=columns).map(|column| format!("{sign}{}", row * columns + column)).collect();
        format!("({})", names.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO inserted (name, email, hair_color, age, active) VALUES {}", rows.join(", "))
}

/// The conditions of the filters that are there, numbered.
fn conditions(filters: &contender::Filters, sign: char) -> String {
    let contender::Filters { after, hair_color, min_age, max_age, active } = filters;
    let mut sql = format!("SELECT {USER} FROM users");
    let mut count = 0;
    let mut add = |there: bool, condition: &str| {
        if there {
            sql.push_str(if count == 0 { " WHERE " } else { " AND " });
            count += 1;
            sql.push_str(condition);
            sql.push_str(&format!(" {sign}{count}"));
        }
    };
    add(after.is_some(), "id >");
    add(hair_color.is_some(), "hair_color =");
    add(min_age.is_some(), "age >=");
    add(max_age.is_some(), "age <=");
    add(active.is_some(), "active =");
    sql + " ORDER BY id LIMIT 20"
}

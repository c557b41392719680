//! Who reports to whom, with how many customers each looks after.

use relvar::prelude::*;

use crate::answer::{Answer, Cell};
use crate::schema::*;

#[derive(Row, Debug, Clone)]
struct Member {
    id: i32,
    name: String,
    title: String,
    boss: Option<i32>,
    level: i32,
}

#[derive(Row, Debug)]
struct Line {
    id: i32,
    name: String,
    title: String,
    boss: Option<i32>,
    level: i32,
    customers: Option<i64>,
}

fn query() -> Rows<Line, Portable> {
    let staff = recursive(
        "staff",
        Employee::query().filter(|e| e.reports_to.is_null()).select(|e| MemberExprs {
            id: e.id,
            name: e.first_name.concat(" ").concat(e.last_name),
            title: e.title,
            boss: e.reports_to,
            level: constant(0),
        }),
        |above| {
            Employee::query().join(above, |e, a| e.reports_to.eq(a.id)).select(|(e, a)| MemberExprs {
                id: e.id,
                name: e.first_name.concat(" ").concat(e.last_name),
                title: e.title,
                boss: e.reports_to,
                level: a.level + 1,
            })
        },
    );
    staff
        .query()
        .order_by(|m| m.id.asc())
        .select(|m| LineExprs {
            id: m.id,
            name: m.name,
            title: m.title,
            boss: m.boss,
            level: m.level,
            customers: Customer::query().filter(|c| c.support_rep_id.eq(m.id)).aggregate(|g| g.count()),
        })
        .rows()
}

/// The rows as a tree: everybody below the one they report to.
fn below(boss: Option<i32>, all: &[Line], rows: &mut Vec<[Cell; 4]>) {
    for line in all.iter().filter(|line| line.boss == boss) {
        let indent = "  ".repeat(usize::try_from(line.level).unwrap_or(0));
        let name = format!("{indent}{}", line.name);
        rows.push([name.into(), line.title.clone().into(), line.level.into(), line.customers.into()]);
        below(Some(line.id), all, rows);
    }
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let mut rows = Vec::new();
    below(None, &query().all(db).await?, &mut rows);
    Ok(Answer::new("who reports to whom", ["name", "title", "level", "customers"], rows))
}

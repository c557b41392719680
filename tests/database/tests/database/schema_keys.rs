//! Foreign keys of several columns, as the databases enforce them.

use relvar::prelude::*;
use relvar::{AnyDb, Schema};

use crate::place::{Place, everywhere};

everywhere!(keys_of_several_columns);

/// An office of a company, numbered within it.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "offices", primary_key(company, number))]
#[index(unique, on = |o| (o.company, o.number, o.city))]
struct Office {
    #[column(len = 40)]
    company: String,
    number: i32,
    #[column(len = 40)]
    city: String,
}

/// It belongs to an office, and may have moved there from another one of the same company.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "desks")]
#[foreign_key(on = |d| (d.company, d.office), references = Office, to = |o| (o.company, o.number), on_delete = Cascade)]
#[foreign_key(
    name = "desks_moved",
    on = |d| (d.from_company, d.from_office),
    references = Office,
    to = |o| (o.company, o.number),
    on_delete = SetNull
)]
struct Desk {
    #[column(primary_key)]
    id: i64,
    #[column(len = 40)]
    company: String,
    office: i32,
    #[column(len = 40)]
    from_company: Option<String>,
    from_office: Option<i32>,
}

fn office(company: &str, number: i32) -> Office {
    Office { company: company.to_owned(), number, city: "Turku".to_owned() }
}

fn desk(id: i64, at: (&str, i32), from: Option<(&str, i32)>) -> Desk {
    let (from_company, from_office) = from.map(|(company, office)| (company.to_owned(), office)).unzip();
    Desk { id, company: at.0.to_owned(), office: at.1, from_company, from_office }
}

async fn left(db: &AnyDb) -> Vec<(i64, Option<String>, Option<i32>)> {
    Desk::query().order_by(|d| d.id.asc()).select(|d| (d.id, d.from_company, d.from_office)).all(db).await.unwrap()
}

async fn keys_of_several_columns(place: &Place) {
    let db = place.connect_narrow().await;
    // in no order: what refers comes after what it refers to
    Schema::new().table::<Desk>().table::<Office>().create(&db).await.unwrap();
    let offices = [office("A", 1), office("A", 2), office("B", 1)];
    Office::insert_many(offices).execute(&db).await.unwrap();
    // both columns have to be found in one row
    let nowhere = Desk::insert(desk(1, ("B", 2), None)).execute(&db).await.unwrap_err();
    assert!(nowhere.is_foreign_key_violation(), "{nowhere}");
    let desks = [desk(1, ("A", 1), None), desk(2, ("A", 2), Some(("A", 1))), desk(3, ("B", 1), Some(("A", 2)))];
    Desk::insert_many(desks).execute(&db).await.unwrap();
    // with a NULL in it, a key refers to nothing
    Desk::insert(Desk { from_office: None, ..desk(4, ("B", 1), Some(("Z", 0))) }).execute(&db).await.unwrap();
    let moved = Desk::update().filter(|d| d.id.eq(4)).set(|d| d.from_office.set(9)).execute(&db).await.unwrap_err();
    assert!(moved.is_foreign_key_violation(), "{moved}");
    // the first goes with its office, the second keeps its own and forgets where it came from
    Office::delete().filter(|o| o.company.eq("A") & o.number.eq(1)).execute(&db).await.unwrap();
    let a = || Some("A".to_owned());
    assert_eq!(left(&db).await, [(2, None, None), (3, a(), Some(2)), (4, Some("Z".to_owned()), None)]);
}

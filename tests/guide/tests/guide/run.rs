//! Running statements.

use relvar_guide_tests::prelude::*;
use relvar_guide_tests::schema;

async fn shop() -> relvar::Result<Db<Sqlite>> {
    let db = Db::<Sqlite>::connect("sqlite::memory:").await?;
    schema::create(&db).await?;
    Ok(db)
}

#[tokio::test]
async fn fetch() -> relvar::Result<()> {
    let db = shop().await?;
    // sample: fetch
    let novels = Book::query().filter(|b| b.genre.eq("novel"));

    let all: Vec<Book> = novels.clone().all(&db).await?;
    let first: Option<Book> = novels.clone().order_by(|b| b.published.asc()).first(&db).await?;
    let count: u64 = novels.clone().count(&db).await?;
    let any: bool = novels.exists(&db).await?;
    // an error if there is no such row, or more than one
    let solaris: Book = Book::query().filter(|b| b.title.eq("Solaris")).one(&db).await?;
    // an error if there is more than one
    let emma: Option<Book> = Book::query().filter(|b| b.title.eq("Emma")).optional(&db).await?;
    // by the primary key
    let third: Option<Book> = Book::find(3, &db).await?;
    // end
    assert_eq!((all.len(), count, any, emma), (3, 3, true, None));
    assert_eq!((first, third), (Some(solaris.clone()), Some(solaris)));
    Ok(())
}

#[tokio::test]
async fn execute() -> relvar::Result<()> {
    let db = shop().await?;
    // sample: execute
    let changed: u64 = Stock::update().filter(|s| s.shelf.eq("B2")).set(|s| s.shelf.set("B3")).execute(&db).await?;

    // as the database stored it, with its number and defaults: by RETURNING, or by a select where there is none
    let fay = NewCustomer { email: "fay@example.org".into(), name: "Fay".into(), city: None };
    let mut fay: Customer = Customer::insert(fay).stored(&db).await?;

    // the whole row, by its primary key
    fay.city = Some("Rome".into());
    fay.save(&db).await?;
    let was_there: bool = fay.remove(&db).await?;
    // end
    assert_eq!((changed, fay.id, was_there), (2, 5, true));
    Ok(())
}

#[tokio::test]
async fn upserted() -> relvar::Result<()> {
    let db = shop().await?;
    // sample: upserted
    let rows = [(1, 7), (4, 2)].map(|(book_id, amount)| Stock { book_id, amount, shelf: "A1".into() });
    let upsert = Stock::insert_many(rows).on_conflict(Stock::PRIMARY_KEY).update(|old, new| old.amount.set(new.amount));
    let outcome = upsert.upserted(&db).await?;
    assert_eq!((outcome.inserted, outcome.updated, outcome.skipped), (1, 1, 0));
    // end
    Ok(())
}

#[tokio::test]
async fn prepare_once() -> relvar::Result<()> {
    let db = shop().await?;
    // sample: prepare
    static OF_GENRE: Prepared<(Param<String>, Param<i32>), Query<Book>> =
        prepare(|(genre, price): (Param<String>, Param<i32>)| {
            Book::query().filter(|b| b.genre.eq(genre) & b.price.lt(price)).order_by(|b| b.title.asc())
        });
    static GENRES: Prepared<(), Rows<String, Portable>> =
        prepare(|()| Book::query().select(|b| b.genre).distinct().rows());

    let cheap: Vec<Book> = OF_GENRE.bind(("novel", 1100)).all(&db).await?;
    let genres: Vec<String> = GENRES.all(&db).await?;
    // end
    assert_eq!(cheap.iter().map(|b| b.id).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(genres.len(), 3);
    Ok(())
}

#[tokio::test]
async fn transaction() -> relvar::Result<()> {
    let db = shop().await?;
    // sample: transaction
    db.transaction(|tx| async move {
        let sold = Stock::update().filter(|s| s.book_id.eq(5) & s.amount.gte(2)).set(|s| s.amount.set(s.amount - 2));
        if sold.execute(&tx).await? == 1 {
            Item::insert(Item { order_id: 2, book_id: 5, amount: 2 }).execute(&tx).await?;
        }
        Ok::<_, relvar::Error>(())
    })
    .isolation(Isolation::Serializable)
    .retry(3)
    .await?;
    // end
    assert_eq!(Stock::find(5, &db).await?.map(|s| s.amount), Some(7));
    assert_eq!(Item::query().filter(|i| i.order_id.eq(2)).count(&db).await?, 2);
    Ok(())
}

#[test]
fn to_sql() {
    // sample: to_sql
    let query = Author::query().select(|a| a.name);
    assert_eq!(query.clone().to_sql::<Postgres>().unwrap(), r#"SELECT "authors"."name" FROM "authors""#);
    assert_eq!(query.to_sql::<MySql>().unwrap(), "SELECT `authors`.`name` FROM `authors`");
    // end
}

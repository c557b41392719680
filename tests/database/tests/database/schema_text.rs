//! How text compares: the same on all four databases, whatever their own defaults.

use relvar::Schema;
use relvar::prelude::*;

use crate::place::{Place, everywhere};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "words")]
#[index(on = |w| w.other)]
struct Word {
    #[column(primary_key, auto_increment, never_reused)]
    id: i64,
    #[column(unique, len = 40)]
    word: String,
    #[column(len = 40)]
    other: String,
    long: String,
}

#[derive(Insert)]
#[insert(table = Word)]
struct NewWord {
    word: String,
    other: String,
    long: String,
}

fn word(word: &str) -> NewWord {
    NewWord { word: word.into(), other: word.into(), long: word.into() }
}

/// In the order of code points: of several ranges, with and without accents, composed and not, and with spaces.
const WORDS: [&str; 12] = ["", " ", "A", "B", "a", "a ", "a\u{301}", "b", "ß", "á", "ﬀ", "🦀"];

async fn text_compares_by_code_points(place: &Place) {
    let db = place.connect().await;
    let schema = Schema::new().table::<Word>();
    schema.create_if_not_exists(&db).await.unwrap();
    schema.create_if_not_exists(&db).await.unwrap();
    // a unique key tells all of them apart
    let mut shuffled = WORDS;
    shuffled.reverse();
    shuffled.swap(0, 5);
    Word::insert_many(shuffled.map(word)).execute(&db).await.unwrap();
    assert!(Word::insert(word("a")).execute(&db).await.unwrap_err().is_unique_violation());
    for text in WORDS {
        let found = |query: Query<Word>| query.select(|w| w.word).all(&db);
        assert_eq!(found(Word::query().filter(|w| w.word.eq(text))).await.unwrap(), [text]);
        assert_eq!(found(Word::query().filter(|w| w.long.eq(text))).await.unwrap(), [text]);
        assert_eq!(found(Word::query().filter(|w| w.word.in_list([text]))).await.unwrap(), [text]);
        // an expression, which no column's collation reaches by itself
        assert_eq!(
            found(Word::query().filter(|w| w.word.concat(w.other).eq([text, text].concat()))).await.unwrap(),
            [text]
        );
    }
    let same = Word::query().filter(|w| w.word.eq(w.other) & w.word.eq(w.long)).count(&db).await.unwrap();
    assert_eq!(same, WORDS.len() as u64);
    let groups = Word::query().group_by(|w| w.long).select(|word, g| (word, g.count())).all(&db).await.unwrap();
    assert!(groups.len() == WORDS.len() && groups.iter().all(|(_, count)| *count == 1), "{groups:?}");
    let distinct = Word::query().select(|w| w.long).distinct().all(&db).await.unwrap();
    assert_eq!(distinct.len(), WORDS.len());
    // a number as text beside a column
    let none = Word::query().filter(|w| w.word.eq(w.id.cast::<String>())).count(&db).await.unwrap();
    assert_eq!(none, 0);
}

async fn order_is_that_of_code_points(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<Word>().create(&db).await.unwrap();
    Word::insert_many(WORDS.map(word)).execute(&db).await.unwrap();
    assert_eq!(Word::query().order_by(|w| w.word.asc()).select(|w| w.word).all(&db).await.unwrap(), WORDS);
    assert_eq!(Word::query().order_by(|w| w.long.asc()).select(|w| w.word).all(&db).await.unwrap(), WORDS);
    let after = Word::query().filter(|w| w.word.gt("a")).order_by(|w| w.word.asc()).select(|w| w.word);
    assert_eq!(after.all(&db).await.unwrap(), WORDS[5..]);
}

async fn numbers_are_never_reused(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<Word>().create(&db).await.unwrap();
    Word::insert_many(["a", "b"].map(word)).execute(&db).await.unwrap();
    Word::delete().filter(|w| w.word.eq("b")).execute(&db).await.unwrap();
    Word::insert(word("c")).execute(&db).await.unwrap();
    assert_eq!(Word::query().filter(|w| w.word.eq("c")).select(|w| w.id).one(&db).await.unwrap(), 3);
}

everywhere!(on(file, postgres, mysql, mariadb): (
    text_compares_by_code_points,
    order_is_that_of_code_points,
    numbers_are_never_reused,
));

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "loose", dialect = (MySql, MariaDb), collate = "utf8mb4_general_ci")]
struct Loose {
    #[column(primary_key, len = 40)]
    word: String,
    #[column(unique, len = 40, collate = "utf8mb4_bin")]
    strict: String,
}

async fn collations_are_the_users_to_choose(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<Loose>().create(&db).await.unwrap();
    Loose::insert(Loose { word: "Word".into(), strict: "Word".into() }).execute(&db).await.unwrap();
    assert_eq!(Loose::query().filter(|l| l.word.eq("wórd ")).count(&db).await.unwrap(), 1);
    assert_eq!(Loose::query().filter(|l| l.strict.eq("word")).count(&db).await.unwrap(), 0);
    let again = Loose::insert(Loose { word: "word".into(), strict: "word".into() }).execute(&db).await.unwrap_err();
    assert!(again.is_unique_violation(), "{again}");
}

mod collation {
    use super::*;
    everywhere!(on(mysql, mariadb): (collations_are_the_users_to_choose));
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "sorted", dialect = Postgres, collate = "C")]
struct Sorted {
    #[column(primary_key)]
    word: String,
    #[column(collate = "und-x-icu")]
    human: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "folded", dialect = Sqlite, collate = "NOCASE")]
struct Folded {
    #[column(primary_key)]
    word: String,
    #[column(collate = "BINARY")]
    strict: String,
}

#[tokio::test]
async fn a_table_s_collation_is_that_of_its_columns() {
    if let Some(place) = Place::postgres() {
        let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
        Schema::new().table::<Sorted>().create(&db).await.unwrap();
        let of = "SELECT string_agg(collation_name, ' ' ORDER BY ordinal_position) FROM information_schema.columns \
                  WHERE table_name = 'sorted'";
        assert_eq!(place.scalar(of).as_deref(), Some("C und-x-icu"));
    }
    let db = Db::<Sqlite>::connect("sqlite::memory:").await.unwrap();
    Schema::new().table::<Folded>().create(&db).await.unwrap();
    Folded::insert(Folded { word: "A".into(), strict: "A".into() }).execute(&db).await.unwrap();
    assert_eq!(Folded::query().filter(|f| f.word.eq("a")).count(&db).await.unwrap(), 1);
    assert_eq!(Folded::query().filter(|f| f.strict.eq("a")).count(&db).await.unwrap(), 0);
}

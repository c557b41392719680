//! A time that the client wrote and one that the database made compare and sort as they should.

use relvar::Schema;
use relvar::chrono::{DateTime, TimeDelta, Timelike, Utc};
use relvar::prelude::*;
use std::time::Duration;

use crate::place::{Place, everywhere};

everywhere!(
    written_here_and_made_there,
    what_the_library_fills_in,
    intervals_before_and_after_now,
    below_a_microsecond_is_cut_off,
);

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "moments")]
pub(crate) struct Moment {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) at: DateTime<Utc>,
    #[column(default = now())]
    pub(crate) noted: DateTime<Utc>,
    #[column(created_at)]
    pub(crate) created: DateTime<Utc>,
    #[column(updated_at)]
    pub(crate) updated: DateTime<Utc>,
}

/// The same table where a conflict can be named.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "moments", dialect = (Postgres, Sqlite))]
pub(crate) struct Upserted {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) at: DateTime<Utc>,
    #[column(default = now())]
    pub(crate) noted: DateTime<Utc>,
    #[column(created_at)]
    pub(crate) created: DateTime<Utc>,
    #[column(updated_at)]
    pub(crate) updated: DateTime<Utc>,
}

#[derive(Insert)]
#[insert(table = Upserted)]
struct NewUpserted {
    id: i64,
    at: DateTime<Utc>,
}

#[derive(Insert)]
#[insert(table = Moment)]
struct NewMoment {
    id: i64,
    at: DateTime<Utc>,
}

async fn moments(place: &Place) -> AnyDb {
    let db = place.connect().await;
    Schema::new().table::<Moment>().create(&db).await.unwrap();
    db
}

/// Long enough for a clock of milliseconds to have gone on.
async fn a_moment() {
    tokio::time::sleep(Duration::from_millis(5)).await;
}

async fn written_here_and_made_there(place: &Place) {
    let db = moments(place).await;
    // client and database in turns, as time goes by; the ids say in which order
    for id in 0..6 {
        Moment::insert(NewMoment { id, at: Utc::now() }).execute(&db).await.unwrap();
        if id % 2 == 1 {
            Moment::update().filter(|m| m.id.eq(id)).set(|m| m.at.set(now())).execute(&db).await.unwrap();
        }
        a_moment().await;
    }
    let order = Moment::query().order_by(|m| m.at.asc()).select(|m| m.id).all(&db).await.unwrap();
    assert_eq!(order, [0, 1, 2, 3, 4, 5]);
    let all: Vec<Moment> = Moment::query().order_by(|m| m.id.asc()).all(&db).await.unwrap();
    assert!(all.is_sorted_by_key(|m| m.at), "{all:?}");
    for moment in &all {
        let found = Moment::query().filter(|m| m.at.eq(moment.at)).select(|m| m.id).all(&db).await.unwrap();
        assert_eq!(found, [moment.id], "what was read finds its row");
        let earlier = Moment::query().filter(|m| m.at.lt(moment.at)).count(&db).await.unwrap();
        assert_eq!(earlier, moment.id as u64);
    }
    let (soon, before) = (Utc::now() + TimeDelta::seconds(5), Utc::now() - TimeDelta::minutes(1));
    let around = Moment::query().filter(|m| m.at.between(before, soon) & m.at.lte(now()) & now().lt(soon));
    assert_eq!(around.count(&db).await.unwrap(), 6);
    assert_eq!(Moment::query().filter(|m| m.at.gt(now())).count(&db).await.unwrap(), 0);
    let made = Moment::query().filter(|m| m.id.eq(1)).select(|m| (m.at, now())).one(&db).await.unwrap();
    assert!(made.0 < made.1 && (Utc::now() - made.1).abs() < TimeDelta::seconds(5), "{made:?}");
}

async fn what_the_library_fills_in(place: &Place) {
    let db = moments(place).await;
    let before = Utc::now() - TimeDelta::milliseconds(2);
    Moment::insert(NewMoment { id: 1, at: before }).execute(&db).await.unwrap();
    let first = Moment::query().one(&db).await.unwrap();
    let after = Utc::now() + TimeDelta::milliseconds(2);
    for made in [first.noted, first.created, first.updated] {
        assert!(before <= made && made <= after, "{before} {made} {after}");
    }
    assert_eq!(first.created, first.updated);
    a_moment().await;
    Moment::update().filter(|m| m.id.eq(1)).set(|m| m.at.set(after)).execute(&db).await.unwrap();
    let second = Moment::query().one(&db).await.unwrap();
    assert_eq!((second.created, second.noted), (first.created, first.noted));
    assert!(second.updated > first.updated, "{second:?}");
    // given by hand, it stays as given
    let given = "2001-02-03T04:05:06.000007Z".parse().unwrap();
    Moment::update().everywhere().set(|m| m.updated.set(given)).execute(&db).await.unwrap();
    assert_eq!(Moment::query().one(&db).await.unwrap().updated, given);
    // an upsert changes the row, too
    if place.is_my() {
        return;
    }
    let again = Upserted::insert(NewUpserted { id: 1, at: before }).on_conflict(Upserted::PRIMARY_KEY);
    again.update(|m, excluded| m.at.set(excluded.at)).execute(&db).await.unwrap();
    // it stood in 2001 in between; two changes may share a millisecond
    let third = Moment::query().one(&db).await.unwrap();
    assert!(third.updated >= second.updated && third.created == first.created, "{third:?}");
}

async fn intervals_before_and_after_now(place: &Place) {
    let db = moments(place).await;
    let ago = |minutes| Utc::now() - TimeDelta::minutes(minutes);
    for (id, minutes) in [(0, 0), (1, 59), (2, 61), (3, 60 * 24 * 8), (4, -10)] {
        Moment::insert(NewMoment { id, at: ago(minutes) }).execute(&db).await.unwrap();
    }
    let ids = |q: Query<Moment>| q.order_by(|m| m.id.asc()).select(|m| m.id).all(&db);
    assert_eq!(ids(Moment::query().filter(|m| m.at.gt(now() - Interval::hours(1)))).await.unwrap(), [0, 1, 4]);
    assert_eq!(ids(Moment::query().filter(|m| m.at.lt(now() - Interval::days(7)))).await.unwrap(), [3]);
    assert_eq!(ids(Moment::query().filter(|m| m.at.gt(now() + Interval::minutes(5)))).await.unwrap(), [4]);
    assert_eq!(ids(Moment::query().filter(|m| (m.at + Interval::minutes(2)).lt(ago(58)))).await.unwrap(), [2, 3]);
    // moved by the database, it is what it is when moved here
    let moved = Moment::query()
        .filter(|m| m.id.eq(1))
        .select(|m| (m.at, m.at + Interval::seconds(90), m.at - Interval::days(400)));
    let (at, later, earlier) = moved.one(&db).await.unwrap();
    let close = |a: DateTime<Utc>, b: DateTime<Utc>| (a - b).abs() < TimeDelta::milliseconds(1);
    assert!(
        close(later, at + TimeDelta::seconds(90)) && close(earlier, at - TimeDelta::days(400)),
        "{at} {later} {earlier}"
    );
}

async fn below_a_microsecond_is_cut_off(place: &Place) {
    let db = moments(place).await;
    let fine: DateTime<Utc> = "2026-01-02T03:04:05.123456789Z".parse().unwrap();
    let cut = fine.with_nanosecond(123_456_000).unwrap();
    Moment::insert(NewMoment { id: 1, at: fine }).execute(&db).await.unwrap();
    assert_eq!(Moment::query().select(|m| m.at).one(&db).await.unwrap(), cut);
    for same in [fine, cut] {
        assert_eq!(Moment::query().filter(|m| m.at.eq(same)).count(&db).await.unwrap(), 1);
        assert_eq!(Moment::query().filter(|m| m.at.in_list([same])).count(&db).await.unwrap(), 1);
    }
}

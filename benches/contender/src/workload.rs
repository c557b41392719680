//! The workloads, by name, and the data that they use.

use std::str::FromStr;

/// How many rows a bulk insert has.
pub const BULK: usize = 10_000;

/// One kind of work. A contender does it as often as it is told, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    /// `load-<rows>`
    Load(i64),
    /// `joined-<rows>`
    Joined(i64),
    /// `associations-<first>-<last>`
    Associations(i64, i64),
    /// `point`
    Point,
    /// `insert-<rows>`
    Insert(usize),
    /// `bulk`
    Bulk,
    /// `update`
    Update,
    /// `filters`
    Filters,
    /// `concurrent-<tasks>`
    Concurrent(usize),
    /// `stream`
    Stream,
    /// `clear`: empties the table that is inserted into, before a turn.
    Clear,
    /// `build-simple`
    BuildSimple,
    /// `build-join`
    BuildJoin,
}

impl FromStr for Workload {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split('-');
        let mut next = || parts.next().unwrap_or_default();
        let unknown = |_| format!("no workload is called '{text}'");
        Ok(match next() {
            "load" => Workload::Load(next().parse().map_err(unknown)?),
            "joined" => Workload::Joined(next().parse().map_err(unknown)?),
            "associations" => {
                Workload::Associations(next().parse().map_err(unknown)?, next().parse().map_err(unknown)?)
            }
            "point" => Workload::Point,
            "insert" => Workload::Insert(next().parse().map_err(unknown)?),
            "bulk" => Workload::Bulk,
            "update" => Workload::Update,
            "filters" => Workload::Filters,
            "concurrent" => Workload::Concurrent(next().parse().map_err(unknown)?),
            "stream" => Workload::Stream,
            "clear" => Workload::Clear,
            "build" if text.ends_with("simple") => Workload::BuildSimple,
            "build" if text.ends_with("join") => Workload::BuildJoin,
            _ => return Err(format!("no workload is called '{text}'")),
        })
    }
}

/// A user that is to be inserted.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
    /// Often unknown.
    pub hair_color: Option<String>,
    /// In years.
    pub age: i32,
    /// Whether it may log in.
    pub active: bool,
}

/// `count` different users.
pub fn new_users(count: usize) -> Vec<NewUser> {
    let user = |number: usize| NewUser {
        name: format!("User {number}"),
        email: format!("user{number}@example.org"),
        hair_color: (number % 3 != 0).then(|| ["black", "brown", "fair"][number % 3].to_owned()),
        age: 18 + (number % 60) as i32,
        active: number % 7 != 0,
    };
    (0..count).map(user).collect()
}

/// Five filters of which each may be absent, as a search form gives them.
#[derive(Clone, Debug)]
pub struct Filters {
    /// The id is above it.
    pub after: Option<i64>,
    /// The hair has this colour.
    pub hair_color: Option<String>,
    /// At least that old.
    pub min_age: Option<i32>,
    /// At most that old.
    pub max_age: Option<i32>,
    /// Whether it may log in.
    pub active: Option<bool>,
}

impl Filters {
    /// One of the 32 combinations; the values move, too.
    pub fn combination(number: usize) -> Filters {
        let at = |bit: usize| number >> bit & 1 == 1;
        Filters {
            after: at(0).then_some((number % 5_000) as i64),
            hair_color: at(1).then(|| ["black", "brown", "fair"][number % 3].to_owned()),
            min_age: at(2).then_some(20 + (number % 10) as i32),
            max_age: at(3).then_some(60 + (number % 10) as i32),
            active: at(4).then_some(!number.is_multiple_of(2)),
        }
    }
}

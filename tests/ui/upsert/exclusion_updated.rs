//! An exclusion constraint that an upsert updates by.

use relvar::prelude::*;
use schema::Team;

fn case(team: Team) {
    let _ = Team::insert(team).on_constraint(Exclusion::named("teams_apart")).update(|t, new| t.size.set(new.size));
}

fn main() {}

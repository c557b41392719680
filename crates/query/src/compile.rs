//! Compilation: from a statement to SQL text that is built once, and to the values of this run.

mod cache;
mod template;

pub use cache::{Bindings, ShapeCache};
pub use template::Template;

use std::sync::Arc;

use crate::dialect::Target;
use crate::error::BuildError;
use crate::ir::{Shape, Statement, TableRef};
use crate::lower::{self, Affected, Slot};

/// Everything about a statement that does not depend on its arguments' values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Compiled {
    /// The text.
    pub sql: Arc<str>,
    /// What each placeholder binds, in their order.
    pub slots: Box<[Slot]>,
    /// What it does to the database.
    pub effect: Effect,
    /// How many rows it affects.
    pub affected: Affected,
    /// The tables that it reads or writes, each once, in order of appearance; behind the schema's name, if it
    /// has one.
    pub tables: Box<[Box<str>]>,
    /// A name for people: `SELECT threads, users`.
    pub summary: Box<str>,
    /// The hash of the statement's shape: the same in every process.
    pub fingerprint: u64,
}

/// What a statement does to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// It reads.
    Read,
    /// It changes rows.
    Write,
}

/// Writes `statement` as SQL, without a cache.
///
/// # Errors
/// A mistake that types could not catch: see [`BuildError`].
pub fn render(statement: &Statement, target: Target) -> Result<Compiled, BuildError> {
    let shape = Shape::of(statement, target.engine.syntax().lists)?;
    compile(statement, &shape, fingerprint(&shape.key), target)
}

fn compile(statement: &Statement, shape: &Shape<'_>, fingerprint: u64, target: Target) -> Result<Compiled, BuildError> {
    let lowered = lower::lower(statement, shape, target)?;
    let (verb, effect) = match statement {
        Statement::Select(_) if shape.writes => ("SELECT", Effect::Write),
        Statement::Select(_) => ("SELECT", Effect::Read),
        Statement::Insert(_) => ("INSERT", Effect::Write),
        Statement::Update(_) => ("UPDATE", Effect::Write),
        Statement::Delete(_) => ("DELETE", Effect::Write),
        Statement::Merge(_) => ("MERGE", Effect::Write),
        Statement::Raw(raw) if lower::reads(raw, target.engine) => ("SQL", Effect::Read),
        Statement::Raw(_) => ("SQL", Effect::Write),
    };
    let mut tables: Vec<Box<str>> = Vec::with_capacity(shape.tables.len());
    for TableRef { schema, name, .. } in &shape.tables {
        let full: Box<str> = match schema {
            Some(schema) => format!("{schema}.{name}").into(),
            None => (**name).into(),
        };
        if !tables.contains(&full) {
            tables.push(full);
        }
    }
    Ok(Compiled {
        sql: lowered.sql.into(),
        slots: lowered.slots.into(),
        effect,
        affected: lowered.affected,
        summary: format!("{verb} {}", tables.join(", ")).trim_end().into(),
        tables: tables.into(),
        fingerprint,
    })
}

/// A hash of a shape that does not change from process to process. It only has to be fast and spread well: a
/// match is confirmed by the whole key.
fn fingerprint(key: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |state: u64, block: &[u8; 16]| {
        let block = u128::from_le_bytes(*block);
        let product = u128::from(state ^ block as u64) * u128::from(ODD ^ (block >> 64) as u64);
        (product as u64) ^ (product >> 64) as u64 ^ ODD.rotate_left(17)
    };
    let mut short = [0; 16];
    // the last block overlaps the one before it, so that nothing is copied
    let last = key.last_chunk().unwrap_or_else(|| {
        short[..key.len()].copy_from_slice(key);
        &short
    });
    key.as_chunks().0.iter().chain([last]).fold(key.len() as u64 ^ ODD, fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_tell_keys_apart_and_stay_the_same() {
        let keys: Vec<Vec<u8>> = (0..2_000u32).map(|i| i.to_le_bytes().repeat(1 + i as usize % 7)).collect();
        let mut seen: Vec<u64> = keys.iter().map(|key| fingerprint(key)).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), keys.len());
        assert_ne!(fingerprint(b""), fingerprint(b"\0"));
        // a change here renames every query in a user's metrics
        assert_eq!(fingerprint(b"SELECT threads"), 754_522_825_849_720_987);
    }
}

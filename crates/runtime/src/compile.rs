//! Stands in for `relvar_query::compile` until that is merged.
use relvar_query::dialect::Engine;
use relvar_query::error::BuildError;
use relvar_query::ir::{Bound, ListStyle, Shape, Statement};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

#[derive(Clone, Copy)]
pub(crate) struct Target {
    pub(crate) engine: Engine,
    pub(crate) version: (u16, u16),
}
pub(crate) struct Compiled {
    pub(crate) sql: Arc<str>,
    pub(crate) effect: Effect,
    pub(crate) summary: Box<str>,
    pub(crate) fingerprint: u64,
}
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Read,
    Write,
}
pub(crate) struct ShapeCache(Mutex<HashSet<Vec<u8>>>);
pub(crate) struct Bindings<'s> {
    pub(crate) compiled: Arc<Compiled>,
    pub(crate) shape: Shape<'s>,
    pub(crate) hit: bool,
}
impl ShapeCache {
    pub(crate) fn with_capacity(_: Target, _: usize) -> ShapeCache {
        ShapeCache(Mutex::default())
    }
    pub(crate) fn get<'s>(&self, statement: &'s Statement) -> Result<Bindings<'s>, BuildError> {
        let shape = Shape::of(statement, ListStyle::Padded)?;
        let (verb, effect) = match statement {
            Statement::Select(_) => ("SELECT", Effect::Read),
            Statement::Insert(_) => ("INSERT", Effect::Write),
            Statement::Update(_) => ("UPDATE", Effect::Write),
            Statement::Delete(_) => ("DELETE", Effect::Write),
        };
        let tables: Vec<_> = shape.tables.iter().map(|t| t.name.to_string()).collect();
        let summary = format!("{verb} {}", tables.join(", "));
        let hit = !self.0.lock().unwrap().insert(shape.key.clone());
        let compiled = Arc::new(Compiled {
            sql: (*summary).into(),
            effect,
            summary: summary.into(),
            fingerprint: shape.key.len() as u64,
        });
        Ok(Bindings { compiled, shape, hit })
    }
}
impl<'s> Bindings<'s> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = Bound<'s>> {
        (0..self.shape.arguments.len()).filter_map(|i| self.shape.bound(i as u32, None))
    }
}

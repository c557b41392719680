//! Prepared statements: built once, with places for values, and with their texts kept beside them.

use std::sync::{Arc, OnceLock};

use super::Compiled;
use crate::dialect::Target;
use crate::error::BuildError;
use crate::ir::{Argument, ArgumentId, ListStyle, Shape, Statement};
use crate::types::SqlType;
use crate::value::Value;

/// How many texts are kept. There is one for each database, and where lists of values are no arrays one for each of
/// their padded lengths; what is beyond is looked up by its shape.
const PLANS: usize = 32;

/// A statement that is run many times: places in it stand for values that every run brings along.
#[derive(Debug)]
pub struct Template {
    statement: Statement,
    /// In the order of their first occurrence.
    arguments: OnceLock<Box<[Argument]>>,
    first: OnceLock<Box<Plan>>,
}

/// A text, and what for. They make a list that only grows, so that it is read without a lock.
#[derive(Debug)]
struct Plan {
    target: Target,
    /// The padded lengths of the lists, where they are no arrays.
    widths: Box<[u32]>,
    compiled: Arc<Compiled>,
    next: OnceLock<Box<Plan>>,
}

impl Template {
    /// Keeps `statement`.
    pub fn new(statement: Statement) -> Template {
        Template { statement, arguments: OnceLock::new(), first: OnceLock::new() }
    }

    /// Keeps `statement`, a query at least, with a LIMIT that is the value of parameter `number`, unless it has one.
    pub fn limited(mut statement: Statement, number: u32) -> Template {
        if let Statement::Select(select) = &mut statement
            && select.limit.is_none()
        {
            select.limit = Some(Argument::slot(ArgumentId::fresh(), number, i64::SQL_TYPE));
        }
        Template::new(statement)
    }

    /// The statement.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// All arguments, those that are places for values among them.
    pub(super) fn arguments(&self) -> Result<&[Argument], BuildError> {
        if let Some(arguments) = self.arguments.get() {
            return Ok(arguments);
        }
        // their order is that of the statement, whatever the style of lists
        let shape = Shape::of(&self.statement, ListStyle::Array)?;
        Ok(self.arguments.get_or_init(|| shape.arguments.iter().map(|argument| (*argument).clone()).collect()))
    }

    /// The text for `target`, if there is one.
    pub(super) fn find(&self, target: Target, values: &[Value]) -> Option<&Arc<Compiled>> {
        let mut plan = self.first.get();
        while let Some(found) = plan {
            if found.target == target && found.widths.iter().copied().eq(self.widths(target, values)) {
                return Some(&found.compiled);
            }
            plan = found.next.get();
        }
        None
    }

    /// Keeps the text for `target`.
    pub(super) fn keep(&self, target: Target, values: &[Value], compiled: &Arc<Compiled>) {
        let widths = self.widths(target, values).collect();
        let mut plan = Box::new(Plan { target, widths, compiled: Arc::clone(compiled), next: OnceLock::new() });
        let mut place = &self.first;
        for _ in 0..PLANS {
            match place.set(plan) {
                Ok(()) => return,
                Err(refused) => plan = refused,
            }
            match place.get() {
                // another thread was quicker
                Some(taken) if taken.target == target && taken.widths == plan.widths => return,
                Some(taken) => place = &taken.next,
                None => return,
            }
        }
    }

    /// The lengths that the text depends on.
    fn widths(&self, target: Target, values: &[Value]) -> impl Iterator<Item = u32> {
        let padded = target.engine.syntax().lists == ListStyle::Padded;
        let arguments = self.arguments.get().map_or(&[][..], |arguments| arguments);
        arguments.iter().filter_map(move |argument| argument.width(values).filter(|_| padded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::ShapeCache;
    use crate::dialect::Engine;
    use crate::error::BuildError;
    use crate::ir::{
        ColumnRef, Item, Join, JoinKind, Membership, Node, Ref, Relation, Select, Source, SourceId, TableRef,
    };
    use crate::types::{Kind, Type};
    use std::borrow::Cow;

    static I64: Type = Type::of(Kind::I64);

    /// `SELECT id FROM t WHERE id IN (parameter 0)`
    fn among() -> Statement {
        let table = TableRef { schema: None, name: "t".into(), columns: Cow::Borrowed(&[Cow::Borrowed("id")]) };
        let relation = Relation::Table(Ref::Owned(Box::new(table)));
        let source = Source::List(Argument::slot_list(ArgumentId::fresh(), 0, &I64));
        let operand = Node::Column(ColumnRef { source: SourceId(1), index: 0 });
        let from = [Join { kind: JoinKind::From, relation, source: SourceId(1), on: None }];
        let filter = vec![Node::In(Box::new(Membership { operand, source, negated: false }))];
        Statement::Select(Box::new(Select { filter: filter.into(), ..Select::new(vec![Item::Row(SourceId(1))], from) }))
    }

    fn list(length: usize) -> Vec<Value> {
        vec![Value::Array((0..length as i64).map(Value::I64).collect())]
    }

    #[test]
    fn lists_of_more_lengths_than_texts_are_kept_run_as_well() {
        let template = Template::new(among());
        let cache = ShapeCache::new(Target::oldest(Engine::Sqlite));
        let lengths = (0..13).map(|n| 1 << n).chain((5..31).map(|n| n * 1_024));
        let lengths: Vec<usize> = lengths.collect();
        assert!(lengths.len() > PLANS);
        for round in 0..2 {
            for length in &lengths {
                let values = list(*length);
                let bindings = cache.prepared(&template, &values).unwrap();
                assert_eq!((bindings.len(), bindings.hit), (*length, round == 1));
            }
        }
    }

    #[test]
    fn one_text_serves_every_length_where_lists_are_arrays() {
        let template = Template::new(among());
        let cache = ShapeCache::new(Target::oldest(Engine::Postgres));
        for length in [3, 0, 5_000] {
            let values = list(length);
            assert_eq!(cache.prepared(&template, &values).unwrap().len(), 1);
        }
        assert_eq!(cache.misses(), 1);
    }

    #[test]
    fn a_parameter_without_a_value_is_refused() {
        let template = Template::limited(among(), 1);
        let cache = ShapeCache::new(Target::oldest(Engine::Sqlite));
        let without = cache.prepared(&template, &list(1)).err();
        assert!(matches!(without, Some(BuildError::Clause(_))), "{without:?}");
        let plain = cache.get(template.statement()).err();
        assert!(matches!(plain, Some(BuildError::Clause(_))), "{plain:?}");
        let invalid = [Value::Array(vec![Value::Invalid("it is odd".to_owned())]), Value::I64(1)];
        let refused = cache.prepared(&template, &invalid).err();
        assert!(matches!(refused, Some(BuildError::Unsendable(_))), "{refused:?}");
    }
}

//! The cache from a statement's shape to its SQL: on a hit nothing is built.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::{Compiled, Template, compile, fingerprint};
use crate::dialect::Target;
use crate::error::BuildError;
use crate::ir::{Argument, Bound, Found, Shape, Statement, Tables};
use crate::lower::Slot;
use crate::value::Value;

const WITHOUT_VALUE: &str = "a parameter stands outside of the query that it was prepared for";

/// Compiled statements of one target, by shape. Shared between threads, bounded by bytes.
#[derive(Debug)]
pub struct ShapeCache {
    target: Target,
    capacity: usize,
    entries: RwLock<Entries>,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// A statement ready to be sent: its text and what this run binds.
pub struct Bindings<'s> {
    /// The text; a prepared statement lends its own.
    pub compiled: Cow<'s, Arc<Compiled>>,
    arguments: Arguments<'s>,
    /// Whether the text was there already.
    pub hit: bool,
}

/// Where the arguments of this run are.
enum Arguments<'s> {
    /// In the statement itself.
    Statement(Found<'s>),
    /// Some in a prepared statement, the others given for its parameters.
    Prepared(&'s [Argument], &'s [Value]),
}

impl ShapeCache {
    /// What a cache holds unless it is told otherwise: 8 MiB.
    pub const DEFAULT_CAPACITY: usize = 8 << 20;

    /// A cache for statements of `target`.
    pub fn new(target: Target) -> ShapeCache {
        ShapeCache::with_capacity(target, ShapeCache::DEFAULT_CAPACITY)
    }

    /// A cache that holds at most `capacity` bytes.
    pub fn with_capacity(target: Target, capacity: usize) -> ShapeCache {
        ShapeCache { target, capacity, entries: RwLock::default(), hits: AtomicU64::new(0), misses: AtomicU64::new(0) }
    }

    /// What its statements are written for.
    pub fn target(&self) -> Target {
        self.target
    }

    /// How many statements found their text here.
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// How many statements had to be written.
    pub fn misses(&self) -> u64 {
        self.misses.load(Ordering::Relaxed)
    }

    /// How many bytes the texts and shapes take.
    pub fn bytes(&self) -> usize {
        self.entries.read().unwrap_or_else(PoisonError::into_inner).bytes
    }

    /// `statement` as SQL, and what it binds.
    ///
    /// # Errors
    /// A mistake that types could not catch: see [`BuildError`].
    pub fn get<'s>(&self, statement: &'s Statement) -> Result<Bindings<'s>, BuildError> {
        let mut shape = Shape::empty(&[]);
        shape.walk(statement, self.target.engine.syntax().lists, Tables::Placed)?;
        if !shape.complete {
            return Err(BuildError::Clause(WITHOUT_VALUE.into()));
        }
        let (compiled, hit) = self.compiled(statement, &shape, &[])?;
        Ok(Bindings { compiled: Cow::Owned(compiled), arguments: Arguments::Statement(shape.arguments), hit })
    }

    /// The text of a statement of this shape, and whether it was there already.
    fn compiled(
        &self,
        statement: &Statement,
        shape: &Shape<'_>,
        values: &[Value],
    ) -> Result<(Arc<Compiled>, bool), BuildError> {
        let hash = fingerprint(&shape.key);
        if let Some(compiled) = self.find(hash, &shape.key) {
            self.hits.fetch_add(1, Ordering::Relaxed);
            return Ok((compiled, true));
        }
        self.misses.fetch_add(1, Ordering::Relaxed);
        let named = Shape::with_values(statement, self.target.engine.syntax().lists, Tables::Named, values)?;
        let compiled = Arc::new(compile(statement, &named, fingerprint(&named.key), self.target)?);
        self.keep(hash, &shape.key, &compiled);
        Ok((compiled, false))
    }

    /// `template` as SQL, and what it binds if its parameters have `values`.
    ///
    /// # Errors
    /// As [`get`](ShapeCache::get).
    pub fn prepared<'s>(&self, template: &'s Template, values: &'s [Value]) -> Result<Bindings<'s>, BuildError> {
        if let Some(why) = values.iter().find_map(Value::unsendable) {
            return Err(BuildError::Unsendable(why.to_owned()));
        }
        let arguments = Arguments::Prepared(template.arguments()?, values);
        if let Some(compiled) = template.find(self.target, values) {
            self.hits.fetch_add(1, Ordering::Relaxed);
            return Bindings { compiled: Cow::Borrowed(compiled), arguments, hit: true }.complete();
        }
        let lists = self.target.engine.syntax().lists;
        let shape = Shape::with_values(template.statement(), lists, Tables::Placed, values)?;
        let (compiled, hit) = self.compiled(template.statement(), &shape, values)?;
        template.keep(self.target, values, &compiled);
        Bindings { compiled: Cow::Owned(compiled), arguments, hit }.complete()
    }

    fn find(&self, hash: u64, key: &[u8]) -> Option<Arc<Compiled>> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.by_hash.get(&hash)?;
        // equal hashes are no proof
        if *entry.key != *key {
            return None;
        }
        // a flag that is set already is not written again: threads would fight for its cache line
        if !entry.used.load(Ordering::Relaxed) {
            entry.used.store(true, Ordering::Relaxed);
        }
        Some(Arc::clone(&entry.compiled))
    }

    fn keep(&self, hash: u64, key: &[u8], compiled: &Arc<Compiled>) {
        let entry = Entry { key: key.into(), compiled: Arc::clone(compiled), used: AtomicBool::new(false) };
        let bytes = entry.bytes();
        if bytes > self.capacity {
            return;
        }
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        // another thread was quicker, or another shape has the same hash: that one stays
        if entries.by_hash.contains_key(&hash) {
            return;
        }
        entries.make_room(self.capacity - bytes);
        entries.bytes += bytes;
        entries.order.push_back(hash);
        entries.by_hash.insert(hash, entry);
    }
}

impl<'s> Bindings<'s> {
    /// What the placeholders bind, in their order: [`len`](Bindings::len) values.
    pub fn iter(&self) -> impl Iterator<Item = Bound<'s>> + use<'_, 's> {
        // none is left out: that was looked at when this was made
        self.compiled.slots.iter().filter_map(|slot| self.arguments.bound(*slot))
    }

    /// How many values are bound.
    pub fn len(&self) -> usize {
        self.compiled.slots.len()
    }

    /// Whether nothing is bound.
    pub fn is_empty(&self) -> bool {
        self.compiled.slots.is_empty()
    }

    /// That every placeholder has a value: the slots of a prepared query get theirs elsewhere.
    fn complete(self) -> Result<Bindings<'s>, BuildError> {
        if self.compiled.slots.iter().all(|slot| self.arguments.bound(*slot).is_some()) {
            return Ok(self);
        }
        Err(BuildError::Clause(WITHOUT_VALUE.into()))
    }
}

impl<'s> Arguments<'s> {
    fn bound(&self, slot: Slot) -> Option<Bound<'s>> {
        match self {
            Arguments::Statement(found) => found.get(slot.argument as usize)?.bound(slot.element, &[]),
            Arguments::Prepared(arguments, values) => {
                arguments.get(slot.argument as usize)?.bound(slot.element, values)
            }
        }
    }
}

#[derive(Debug, Default)]
struct Entries {
    by_hash: HashMap<u64, Entry, BuildHasherDefault<Hashed>>,
    /// In the order in which they are asked whether they were used.
    order: VecDeque<u64>,
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    key: Box<[u8]>,
    compiled: Arc<Compiled>,
    /// Since it was last asked.
    used: AtomicBool,
}

impl Entries {
    /// Drops entries that were not used of late until no more than `most` bytes are left.
    fn make_room(&mut self, most: usize) {
        while self.bytes > most {
            let Some(hash) = self.order.pop_front() else { return };
            let used = self.by_hash.get(&hash).is_some_and(|e| e.used.swap(false, Ordering::Relaxed));
            if used {
                self.order.push_back(hash);
            } else if let Some(entry) = self.by_hash.remove(&hash) {
                self.bytes -= entry.bytes();
            }
        }
    }
}

impl Entry {
    fn bytes(&self) -> usize {
        let Compiled { sql, slots, tables, summary, .. } = &*self.compiled;
        let names: usize = tables.iter().map(|name| name.len() + size_of::<Box<str>>()).sum();
        size_of::<Entry>()
            + size_of::<Compiled>()
            + self.key.len()
            + sql.len()
            + summary.len()
            + names
            + size_of_val::<[Slot]>(slots)
    }
}

/// Passes a hash on as it is.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        // only whole hashes are keys here
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Effect, render};
    use crate::dialect::Engine;
    use crate::ir::*;
    use crate::types::{Kind, Type};
    use crate::value::Value;
    use std::borrow::Cow;

    static I64: Type = Type::of(Kind::I64);

    /// `SELECT id FROM table WHERE id = number`
    fn by_key(table: &'static str, number: i64) -> Statement {
        let table = TableRef { schema: None, name: table.into(), columns: Cow::Borrowed(&[Cow::Borrowed("id")]) };
        let column = Node::Column(ColumnRef { source: SourceId(1), index: 0 });
        let argument = Node::Argument(Argument::new(Value::I64(number), &I64));
        Statement::Select(Box::new(Select {
            filter: vec![Node::binary(BinaryOp::Equal, column, argument)].into(),
            ..Select::new(
                vec![Item::Row(SourceId(1))],
                [Join {
                    kind: JoinKind::From,
                    relation: Relation::Table(Ref::Owned(Box::new(table))),
                    source: SourceId(1),
                    on: None,
                }],
            )
        }))
    }

    fn target() -> Target {
        Target::oldest(Engine::Sqlite)
    }

    #[test]
    fn the_second_run_builds_no_sql() {
        let cache = ShapeCache::new(target());
        let (first, second, other) = (by_key("a", 1), by_key("a", 2), by_key("b", 1));
        let one = cache.get(&first).unwrap();
        let two = cache.get(&second).unwrap();
        assert!(Arc::ptr_eq(&one.compiled, &two.compiled));
        assert_eq!((one.hit, two.hit, cache.hits(), cache.misses()), (false, true, 1, 1));
        assert!(!cache.get(&other).unwrap().hit);
        assert_eq!((cache.hits(), cache.misses()), (1, 2));
        let values: Vec<&Value> = two
            .iter()
            .map(|bound| match bound {
                Bound::Value(value, _) => value,
                _ => panic!("no single value"),
            })
            .collect();
        assert_eq!((values, two.len()), (vec![&Value::I64(2)], 1));
    }

    #[test]
    fn a_compiled_statement_says_what_it_is() {
        let compiled = render(&by_key("a", 1), target()).unwrap();
        assert_eq!((compiled.effect, &*compiled.summary), (Effect::Read, "SELECT a"));
        assert_eq!(compiled.tables, ["a".into()].into());
        assert_eq!(compiled.fingerprint, render(&by_key("a", 2), target()).unwrap().fingerprint);
        assert_ne!(compiled.fingerprint, render(&by_key("b", 1), target()).unwrap().fingerprint);
    }

    #[test]
    fn equal_hashes_are_told_apart() {
        let cache = ShapeCache::new(target());
        let (one, two) = (by_key("a", 1), by_key("b", 1));
        let a = cache.get(&one).unwrap();
        // what was written for the first under the hash of the other
        let key = |statement| Shape::with_values(statement, ListStyle::Padded, Tables::Placed, &[]).unwrap().key;
        cache.keep(fingerprint(&key(&two)), &key(&one), &a.compiled);
        let b = cache.get(&two).unwrap();
        assert!(!b.hit && b.compiled.sql.contains("\"b\""), "{}", b.compiled.sql);
    }

    #[test]
    fn numbers_of_every_size_are_told_apart() {
        let of_column = |index| {
            let column = Node::Column(ColumnRef { source: SourceId(1), index });
            let mut statement = by_key("a", 1);
            if let Statement::Select(select) = &mut statement {
                select.items = vec![Item::Expr(column.clone()), Item::Expr(column)].into();
            }
            Shape::with_values(&statement, ListStyle::Padded, Tables::Placed, &[]).unwrap().key.to_vec()
        };
        let indexes = [0, 1, 44, 254, 255, 256, 300, 65_535, 65_536, u32::MAX];
        let keys: std::collections::HashSet<Vec<u8>> = indexes.map(of_column).into();
        assert_eq!(keys.len(), indexes.len());
    }

    #[test]
    fn what_is_used_outlives_what_is_not() {
        const NAMES: [&str; 8] = ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"];
        let size = {
            let cache = ShapeCache::new(target());
            cache.get(&by_key("t0", 0)).unwrap();
            cache.bytes()
        };
        let cache = ShapeCache::with_capacity(target(), 4 * size);
        for name in NAMES {
            cache.get(&by_key(name, 0)).unwrap();
            cache.get(&by_key("t0", 0)).unwrap();
            assert!(cache.bytes() <= 4 * size);
        }
        assert_eq!(cache.misses(), 8, "the one that is used all the time was written once");
        assert!(!cache.get(&by_key("t1", 0)).unwrap().hit, "the one that was not is gone");
        let none = ShapeCache::with_capacity(target(), 0);
        none.get(&by_key("a", 0)).unwrap();
        assert!(!none.get(&by_key("a", 0)).unwrap().hit);
        assert_eq!(none.bytes(), 0);
    }

    #[test]
    fn threads_share_it() {
        let cache = ShapeCache::with_capacity(target(), 2_000);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for i in 0..500 {
                        let name = ["a", "b", "c", "d", "e", "f"][i as usize % 6];
                        let statement = by_key(name, i);
                        let bindings = cache.get(&statement).unwrap();
                        assert!(bindings.compiled.sql.contains(&format!("\"{name}\"")));
                    }
                });
            }
        });
        assert_eq!(cache.hits() + cache.misses(), 2_000);
        assert!(cache.bytes() <= 2_000);
    }
}

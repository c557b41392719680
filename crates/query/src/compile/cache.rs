//! The cache from a statement's shape to its SQL: on a hit nothing is built.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::{Compiled, compile, fingerprint};
use crate::dialect::Target;
use crate::error::BuildError;
use crate::ir::{Bound, Shape, Statement};
use crate::lower::Slot;

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
    /// The text.
    pub compiled: Arc<Compiled>,
    /// The arguments.
    pub shape: Shape<'s>,
    /// Whether the text was there already.
    pub hit: bool,
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
        let shape = Shape::of(statement, self.target.engine.syntax().lists)?;
        let fingerprint = fingerprint(&shape.key);
        if let Some(compiled) = self.find(fingerprint, &shape.key) {
            self.hits.fetch_add(1, Ordering::Relaxed);
            return Bindings { compiled, shape, hit: true }.complete();
        }
        self.misses.fetch_add(1, Ordering::Relaxed);
        let compiled = Arc::new(compile(statement, &shape, fingerprint, self.target)?);
        self.keep(&shape.key, &compiled);
        Bindings { compiled, shape, hit: false }.complete()
    }

    fn find(&self, fingerprint: u64, key: &[u8]) -> Option<Arc<Compiled>> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.by_fingerprint.get(&fingerprint)?;
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

    fn keep(&self, key: &[u8], compiled: &Arc<Compiled>) {
        let entry = Entry { key: key.into(), compiled: Arc::clone(compiled), used: AtomicBool::new(false) };
        let bytes = entry.bytes();
        if bytes > self.capacity {
            return;
        }
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        // another thread was quicker, or another shape has the same hash: that one stays
        if entries.by_fingerprint.contains_key(&compiled.fingerprint) {
            return;
        }
        entries.make_room(self.capacity - bytes);
        entries.bytes += bytes;
        entries.order.push_back(compiled.fingerprint);
        entries.by_fingerprint.insert(compiled.fingerprint, entry);
    }
}

impl<'s> Bindings<'s> {
    /// What the placeholders bind, in their order: [`len`](Bindings::len) values.
    pub fn iter(&self) -> impl Iterator<Item = Bound<'s>> + use<'_, 's> {
        // none is left out: that was looked at when this was made
        self.compiled.slots.iter().filter_map(|slot| bound(&self.shape, *slot))
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
        if self.compiled.slots.iter().all(|slot| bound(&self.shape, *slot).is_some()) {
            return Ok(self);
        }
        Err(BuildError::Clause("an argument of this statement has no value yet".into()))
    }
}

fn bound<'s>(shape: &Shape<'s>, slot: Slot) -> Option<Bound<'s>> {
    shape.bound(slot.argument, slot.element)
}

#[derive(Debug, Default)]
struct Entries {
    by_fingerprint: HashMap<u64, Entry, BuildHasherDefault<Hashed>>,
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
            let Some(fingerprint) = self.order.pop_front() else { return };
            let used = self.by_fingerprint.get(&fingerprint).is_some_and(|e| e.used.swap(false, Ordering::Relaxed));
            if used {
                self.order.push_back(fingerprint);
            } else if let Some(entry) = self.by_fingerprint.remove(&fingerprint) {
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

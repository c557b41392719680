//! Remembers which statements are slow, so that they go to the blocking pool at once.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How many are remembered; the oldest is forgotten for the newest.
const CAPACITY: usize = 256;

/// The slow statements of a database, by their text.
#[derive(Debug, Default)]
pub(super) struct Slow {
    /// Most programs have none and never take the lock.
    any: AtomicBool,
    texts: Mutex<Texts>,
}

#[derive(Debug, Default)]
struct Texts {
    known: HashSet<Arc<str>>,
    by_age: VecDeque<Arc<str>>,
}

impl Slow {
    /// Whether `sql` was slow when it last ran.
    #[inline]
    pub(super) fn contains(&self, sql: &str) -> bool {
        self.any.load(Ordering::Relaxed) && self.knows(sql)
    }

    fn knows(&self, sql: &str) -> bool {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).known.contains(sql)
    }

    /// Remembers `sql`.
    pub(super) fn insert(&self, sql: &Arc<str>) {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if texts.known.insert(sql.clone()) {
            texts.by_age.push_back(sql.clone());
            if texts.by_age.len() > CAPACITY
                && let Some(oldest) = texts.by_age.pop_front()
            {
                texts.known.remove(&oldest);
            }
        }
        self.any.store(true, Ordering::Relaxed);
    }

    /// Forgets `sql`: it was fast this time.
    pub(super) fn remove(&self, sql: &str) {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if texts.known.remove(sql) {
            texts.by_age.retain(|text| **text != *sql);
        }
        self.any.store(!texts.known.is_empty(), Ordering::Relaxed);
    }
}

//! Row locks: FOR UPDATE and its kin.

use std::borrow::Cow;

use super::Select;
use crate::dialect::{Dialect, HasKeyLocks, HasLockOf, HasRowLocks, HasShareLocks};
use crate::ir::{Lock, LockStrength, LockWait};
use crate::source::TableColumns;

impl<H: Clone, R, D: Dialect> Select<H, R, D> {
    fn lock(mut self, strength: LockStrength, wait: LockWait) -> Self {
        self.ir.further.lock = Some(Lock { strength, of: Vec::new(), wait });
        self
    }

    /// FOR UPDATE: nobody else changes or locks the rows until the transaction ends.
    #[must_use]
    pub fn for_update(self, wait: LockWait) -> Self
    where
        D: HasRowLocks,
    {
        self.lock(LockStrength::Update, wait)
    }

    /// FOR SHARE, LOCK IN SHARE MODE on MariaDB: nobody else changes the rows until the transaction ends.
    #[must_use]
    pub fn for_share(self, wait: LockWait) -> Self
    where
        D: HasShareLocks,
    {
        self.lock(LockStrength::Share, wait)
    }

    /// FOR NO KEY UPDATE: as FOR UPDATE, but rows that refer to these by key can still be inserted.
    #[must_use]
    pub fn for_no_key_update(self, wait: LockWait) -> Self
    where
        D: HasKeyLocks,
    {
        self.lock(LockStrength::NoKeyUpdate, wait)
    }

    /// FOR KEY SHARE: nobody else deletes the rows or changes their keys until the transaction ends.
    #[must_use]
    pub fn for_key_share(self, wait: LockWait) -> Self
    where
        D: HasKeyLocks,
    {
        self.lock(LockStrength::KeyShare, wait)
    }

    /// OF: locks the rows of this table only, and of the others for which it is said:
    /// `.for_update(LockWait::Wait).lock_of(|(thread, _)| thread)`. Without a lock it is an error.
    #[must_use]
    pub fn lock_of<C: TableColumns>(mut self, f: impl FnOnce(H) -> C) -> Self
    where
        D: HasLockOf,
    {
        let source = f(self.scope.clone()).source();
        match &mut self.ir.further.lock {
            Some(lock) => lock.of.push(source),
            None => {
                self.ir.further.mistake = Some(Cow::Borrowed("`lock_of` narrows a lock: say `for_update` before it"))
            }
        }
        self
    }
}

//! Slots that belong to nobody else.

use super::*;

pub(super) struct Only<T>(Slots<Only<T>>);

impl<T> Only<T> {
    pub(super) fn new(size: u32) -> Arc<Only<T>> {
        Arc::new(Only(Slots::new(size)))
    }

    pub(super) fn try_acquire(self: &Arc<Self>) -> Option<Permit<Only<T>>> {
        Permit::try_acquire(self.clone(), Label::Static("test"), Instant::now()).unwrap()
    }
}

impl<T> Owner for Only<T> {
    type Item = T;

    fn slots(&self) -> &Slots<Only<T>> {
        &self.0
    }
}

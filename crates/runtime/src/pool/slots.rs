//! The heart of the pool: which slots are taken, who waits, and how a slot passes from one to the next.
//!
//! What is handed over is never a bare item but a [`Permit`], whose drop passes it on: a waiter that is
//! dropped between being given a permit and taking it loses nothing.

use std::borrow::Borrow;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

#[cfg(all(test, loom))]
use loom::sync::{Mutex, MutexGuard};
#[cfg(not(all(test, loom)))]
use std::sync::{Mutex, MutexGuard};

use super::{Holder, Label};

/// Whose slots they are: what a permit keeps, or borrows, for as long as it is out.
pub(super) trait Owner: Sized {
    /// What is in a slot.
    type Item;

    fn slots(&self) -> &Slots<Self>;
}

/// A fixed number of slots, each free, idle with an item in it, or held by a [`Permit`].
pub(super) struct Slots<O: Owner> {
    size: usize,
    /// Changed while the state is locked.
    closed: AtomicBool,
    state: Mutex<State<O>>,
}

struct State<O: Owner> {
    /// Items that wait for use, the one used last on top.
    idle: Vec<(u32, O::Item)>,
    /// The numbers of slots without an item.
    free: Vec<u32>,
    /// Who holds each slot, or held it last, by its number.
    holders: Box<[Option<Holder>]>,
    /// Who waits, the first at the front. There are none while anything is idle or free.
    waiters: VecDeque<Arc<Mutex<Turn<O>>>>,
    /// Who waits for every permit to be back.
    drained: Vec<Waker>,
}

/// Where a waiter stands.
enum Turn<O: Owner> {
    Waiting(Waker),
    Given(Permit<O>),
    /// The pool was closed, or nobody waits here any more.
    Over,
}

/// How full the slots are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fill {
    pub(super) idle: usize,
    pub(super) held: usize,
    pub(super) waiting: usize,
}

/// The right to a slot, and the item in it if there is one. Dropping it passes it on.
///
/// What waits for nothing borrows the owner: to count one more use of it, and one less, are two atomic operations.
pub(super) struct Permit<O: Owner, P: Borrow<Arc<O>> = Arc<O>> {
    owner: P,
    number: u32,
    item: Option<O::Item>,
    /// Whether another permit has the right now: then nothing is left to pass on.
    given_up: bool,
}

/// The slots were closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Closed;

impl<O: Owner> Slots<O> {
    pub(super) fn new(size: u32) -> Slots<O> {
        let state = State {
            idle: Vec::with_capacity(size as usize),
            free: (0..size).rev().collect(),
            holders: (0..size).map(|_| None).collect(),
            waiters: VecDeque::new(),
            drained: Vec::new(),
        };
        Slots { size: size as usize, closed: AtomicBool::new(false), state: Mutex::new(state) }
    }

    fn lock(&self) -> MutexGuard<'_, State<O>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, state: &mut State<O>) -> Result<Option<(u32, Option<O::Item>)>, Closed> {
        if self.is_closed() {
            return Err(Closed);
        }
        let idle = state.idle.pop().map(|(number, item)| (number, Some(item)));
        Ok(idle.or_else(|| state.free.pop().map(|number| (number, None))))
    }

    /// Lets nobody in any more, and sends away who waits.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        self.closed.store(true, Ordering::Release);
        let waiters = std::mem::take(&mut state.waiters);
        drop(state);
        for waiter in waiters {
            let mut turn = waiter.lock().unwrap_or_else(PoisonError::into_inner);
            let before = std::mem::replace(&mut *turn, Turn::Over);
            drop(turn);
            if let Turn::Waiting(waker) = before {
                waker.wake();
            }
        }
    }

    /// Ready when no permit is out.
    pub(super) fn poll_drained(&self, context: &Context<'_>) -> Poll<()> {
        let mut state = self.lock();
        if state.free.len() + state.idle.len() == self.size {
            return Poll::Ready(());
        }
        state.drained.push(context.waker().clone());
        Poll::Pending
    }

    pub(super) fn fill(&self) -> Fill {
        let state = self.lock();
        let idle = state.idle.len();
        Fill { idle, held: self.size - idle - state.free.len(), waiting: state.waiters.len() }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Shows every holder.
    pub(super) fn for_each_holder(&self, show: impl FnMut(&Holder)) {
        self.lock().holders.iter().flatten().filter(|holder| holder.holds).for_each(show);
    }

    /// Wakes who waits for every permit to be back; it looks again whether they are.
    #[cold]
    fn wake_drained(mut state: MutexGuard<'_, State<O>>) {
        let drained = std::mem::take(&mut state.drained);
        drop(state);
        drained.into_iter().for_each(Waker::wake);
    }

    /// Gives a slot of `owner` that was held to who waits longest, or puts it down.
    fn release(&self, owner: &Arc<O>, number: u32, mut item: Option<O::Item>) {
        loop {
            let mut state = self.lock();
            state.let_go(number);
            if self.is_closed() {
                state.free.push(number);
                let drained = std::mem::take(&mut state.drained);
                drop(state);
                drop(item);
                drained.into_iter().for_each(Waker::wake);
                return;
            }
            let Some(waiter) = state.waiters.pop_front() else {
                match item {
                    Some(item) => state.idle.push((number, item)),
                    None => state.free.push(number),
                }
                if !state.drained.is_empty() {
                    Slots::wake_drained(state);
                }
                return;
            };
            drop(state);
            let mut turn = waiter.lock().unwrap_or_else(PoisonError::into_inner);
            if let Turn::Waiting(waker) = &*turn {
                let waker = waker.clone();
                *turn = Turn::Given(Permit::new(owner.clone(), number, item.take()));
                drop(turn);
                waker.wake();
                return;
            }
        }
    }
}

impl<O: Owner> State<O> {
    /// Notes who holds a slot; gives back what was noted before. Most often the same statement runs again: it is noted.
    fn hold(&mut self, number: u32, label: Label<'_>, since: Instant) -> Option<Holder> {
        let place = self.holders.get_mut(number as usize)?;
        match place {
            Some(holder) if holder.label.is(label) => {
                (holder.since, holder.holds) = (since, true);
                None
            }
            _ => place.replace(Holder { label: label.keep(), since, holds: true }),
        }
    }

    fn let_go(&mut self, number: u32) {
        if let Some(Some(holder)) = self.holders.get_mut(number as usize) {
            holder.holds = false;
        }
    }
}

impl<O: Owner, P: Borrow<Arc<O>>> Permit<O, P> {
    fn new(owner: P, number: u32, item: Option<O::Item>) -> Permit<O, P> {
        Permit { owner, number, item, given_up: false }
    }

    /// A slot with the item used last, or a free one, held by `label` from `since` on; nothing if all are held.
    pub(super) fn try_acquire(owner: P, label: Label<'_>, since: Instant) -> Result<Option<Permit<O, P>>, Closed> {
        let slots = owner.borrow().slots();
        let mut state = slots.lock();
        let Some((number, item)) = slots.next(&mut state)? else { return Ok(None) };
        let before = state.hold(number, label, since);
        // what was noted before is dropped when no lock is held
        drop(state);
        drop(before);
        Ok(Some(Permit::new(owner, number, item)))
    }

    /// Whose slot it is.
    pub(super) fn owner(&self) -> &Arc<O> {
        self.owner.borrow()
    }

    pub(super) fn take(&mut self) -> Option<O::Item> {
        self.item.take()
    }

    /// Puts an item into the slot that anybody may have next.
    pub(super) fn put(&mut self, item: O::Item) {
        self.item = Some(item);
    }

    /// The same right, which keeps the owner.
    pub(super) fn kept(mut self) -> Permit<O> {
        self.given_up = true;
        Permit::new(self.owner().clone(), self.number, self.take())
    }
}

impl<O: Owner> Permit<O> {
    /// Waits for a slot, in the order of arrival.
    pub(super) fn acquire(owner: &Arc<O>) -> Acquire<O> {
        Acquire { owner: owner.clone(), turn: None }
    }

    /// Takes out the idle items that `which` picks, with their slots.
    pub(super) fn take_idle(owner: &Arc<O>, mut which: impl FnMut(&O::Item) -> bool) -> Vec<Permit<O>> {
        let mut state = owner.slots().lock();
        let (taken, kept) = std::mem::take(&mut state.idle).into_iter().partition(|(_, item)| which(item));
        state.idle = kept;
        drop(state);
        let taken: Vec<(u32, O::Item)> = taken;
        taken.into_iter().map(|(number, item)| Permit::new(owner.clone(), number, Some(item))).collect()
    }

    /// Notes who holds it from `since` on.
    pub(super) fn hold(&self, label: Label<'_>, since: Instant) {
        let before = self.owner.slots().lock().hold(self.number, label, since);
        drop(before);
    }
}

impl<O: Owner, P: Borrow<Arc<O>>> Drop for Permit<O, P> {
    fn drop(&mut self) {
        if self.given_up {
            return;
        }
        let owner = self.owner.borrow();
        owner.slots().release(owner, self.number, self.item.take());
    }
}

/// Waits for a slot.
pub(super) struct Acquire<O: Owner> {
    owner: Arc<O>,
    turn: Option<Arc<Mutex<Turn<O>>>>,
}

impl<O: Owner> Future for Acquire<O> {
    type Output = Result<Permit<O>, Closed>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(turn) = self.turn.clone() else {
            let slots = self.owner.slots();
            let mut state = slots.lock();
            if let Some((number, item)) = slots.next(&mut state)? {
                drop(state);
                return Poll::Ready(Ok(Permit::new(self.owner.clone(), number, item)));
            }
            let turn = Arc::new(Mutex::new(Turn::Waiting(context.waker().clone())));
            state.waiters.push_back(turn.clone());
            drop(state);
            self.turn = Some(turn);
            return Poll::Pending;
        };
        let mut turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *turn, Turn::Over) {
            Turn::Given(permit) => Poll::Ready(Ok(permit)),
            Turn::Over => Poll::Ready(Err(Closed)),
            Turn::Waiting(_) => {
                *turn = Turn::Waiting(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl<O: Owner> Drop for Acquire<O> {
    fn drop(&mut self) {
        let Some(turn) = self.turn.take() else { return };
        let before = std::mem::replace(&mut *turn.lock().unwrap_or_else(PoisonError::into_inner), Turn::Over);
        if let Turn::Waiting(_) = before {
            self.owner.slots().lock().waiters.retain(|waiter| !Arc::ptr_eq(waiter, &turn));
        }
        // a permit that had been given is passed on here, with no lock held
        drop(before);
    }
}

#[cfg(test)]
mod testing;

#[cfg(all(test, loom))]
mod loom_tests;

#[cfg(all(test, not(loom)))]
mod tests;

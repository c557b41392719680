//! The heart of the pool: which slots are taken, who waits, and how a slot passes from one to the next.
//!
//! What is handed over is never a bare item but a [`Permit`], whose drop passes it on: a waiter that is
//! dropped between being given a permit and taking it loses nothing.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Waker};

#[cfg(all(test, loom))]
use loom::sync::{Mutex, MutexGuard};
#[cfg(not(all(test, loom)))]
use std::sync::{Mutex, MutexGuard};

use super::Holder;

/// A fixed number of slots, each free, idle with an item in it, or held by a [`Permit`].
pub(super) struct Slots<T> {
    size: usize,
    /// Changed while the state is locked.
    closed: AtomicBool,
    state: Mutex<State<T>>,
}

struct State<T> {
    /// Items that wait for use, the one used last on top.
    idle: Vec<(u32, T)>,
    /// The numbers of slots without an item.
    free: Vec<u32>,
    /// Who holds each slot, by its number.
    holders: Box<[Option<Holder>]>,
    /// Who waits, the first at the front. There are none while anything is idle or free.
    waiters: VecDeque<Arc<Mutex<Turn<T>>>>,
    /// Who waits for every permit to be back.
    drained: Vec<Waker>,
}

/// Where a waiter stands.
enum Turn<T> {
    Waiting(Waker),
    Given(Permit<T>),
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
pub(super) struct Permit<T> {
    slots: Arc<Slots<T>>,
    number: u32,
    item: Option<T>,
}

/// The slots were closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Closed;

impl<T> Slots<T> {
    pub(super) fn new(size: u32) -> Arc<Slots<T>> {
        let state = State {
            idle: Vec::with_capacity(size as usize),
            free: (0..size).rev().collect(),
            holders: (0..size).map(|_| None).collect(),
            waiters: VecDeque::new(),
            drained: Vec::new(),
        };
        Arc::new(Slots { size: size as usize, closed: AtomicBool::new(false), state: Mutex::new(state) })
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The item used last, or a free slot, for `holder`; nothing if all are held.
    pub(super) fn try_acquire(self: &Arc<Self>, holder: &mut Option<Holder>) -> Result<Option<Permit<T>>, Closed> {
        let found = self.next(&mut self.lock(), holder)?;
        Ok(found.map(|(number, item)| Permit { slots: self.clone(), number, item }))
    }

    fn next(&self, state: &mut State<T>, holder: &mut Option<Holder>) -> Result<Option<(u32, Option<T>)>, Closed> {
        if self.is_closed() {
            return Err(Closed);
        }
        let idle = state.idle.pop().map(|(number, item)| (number, Some(item)));
        let next = idle.or_else(|| state.free.pop().map(|number| (number, None)));
        if let Some((number, _)) = next {
            state.hold(number, holder.take());
        }
        Ok(next)
    }

    /// Waits for a slot, in the order of arrival.
    pub(super) fn acquire(self: &Arc<Self>) -> Acquire<T> {
        Acquire { slots: self.clone(), turn: None }
    }

    /// Takes out the idle items that `which` picks, with their slots.
    pub(super) fn take_idle(self: &Arc<Self>, mut which: impl FnMut(&T) -> bool) -> Vec<Permit<T>> {
        let mut state = self.lock();
        let (taken, kept) = std::mem::take(&mut state.idle).into_iter().partition(|(_, item)| which(item));
        state.idle = kept;
        drop(state);
        let taken: Vec<(u32, T)> = taken;
        taken.into_iter().map(|(number, item)| Permit { slots: self.clone(), number, item: Some(item) }).collect()
    }

    /// Lets nobody in any more, sends away who waits, and gives out what is idle.
    pub(super) fn close(self: &Arc<Self>) -> Vec<Permit<T>> {
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
        self.take_idle(|_| true)
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
        self.lock().holders.iter().flatten().for_each(show);
    }

    /// Gives a slot that was held to who waits longest, or puts it down.
    fn release(self: &Arc<Self>, number: u32, mut item: Option<T>) {
        // let go of when no lock is held
        let mut _holder = None;
        loop {
            let mut state = self.lock();
            _holder = state.hold(number, None).or(_holder);
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
                let drained = std::mem::take(&mut state.drained);
                drop(state);
                drained.into_iter().for_each(Waker::wake);
                return;
            };
            drop(state);
            let mut turn = waiter.lock().unwrap_or_else(PoisonError::into_inner);
            if let Turn::Waiting(waker) = &*turn {
                let waker = waker.clone();
                *turn = Turn::Given(Permit { slots: self.clone(), number, item: item.take() });
                drop(turn);
                waker.wake();
                return;
            }
        }
    }
}

impl<T> State<T> {
    /// Notes who holds a slot; gives back who held it before.
    fn hold(&mut self, number: u32, holder: Option<Holder>) -> Option<Holder> {
        self.holders.get_mut(number as usize).and_then(|place| std::mem::replace(place, holder))
    }
}

impl<T> Permit<T> {
    /// Notes who holds it.
    pub(super) fn hold(&self, holder: Holder) {
        let before = self.slots.lock().hold(self.number, Some(holder));
        drop(before);
    }

    pub(super) fn take(&mut self) -> Option<T> {
        self.item.take()
    }

    /// Puts an item into the slot that anybody may have next.
    pub(super) fn put(&mut self, item: T) {
        self.item = Some(item);
    }
}

impl<T> Drop for Permit<T> {
    fn drop(&mut self) {
        self.slots.release(self.number, self.item.take());
    }
}

/// Waits for a slot.
pub(super) struct Acquire<T> {
    slots: Arc<Slots<T>>,
    turn: Option<Arc<Mutex<Turn<T>>>>,
}

impl<T> Future for Acquire<T> {
    type Output = Result<Permit<T>, Closed>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(turn) = self.turn.clone() else {
            let mut state = self.slots.lock();
            if let Some((number, item)) = self.slots.next(&mut state, &mut None)? {
                drop(state);
                return Poll::Ready(Ok(Permit { slots: self.slots.clone(), number, item }));
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

impl<T> Drop for Acquire<T> {
    fn drop(&mut self) {
        let Some(turn) = self.turn.take() else { return };
        let before = std::mem::replace(&mut *turn.lock().unwrap_or_else(PoisonError::into_inner), Turn::Over);
        if let Turn::Waiting(_) = before {
            self.slots.lock().waiters.retain(|waiter| !Arc::ptr_eq(waiter, &turn));
        }
        // a permit that had been given is passed on here, with no lock held
        drop(before);
    }
}

#[cfg(all(test, loom))]
mod loom_tests {
    //! Every interleaving of a hand-over: `RUSTFLAGS="--cfg loom" cargo test -p relvar-runtime --lib --release loom`.

    use super::*;
    use loom::future::block_on;
    use loom::thread;

    /// One returns its permit while the other gives up waiting: the item is there for a third.
    #[test]
    fn waiter_dropped_while_given() {
        loom::model(|| {
            let slots = Slots::new(1);
            let mut held = slots.try_acquire(&mut None).unwrap().unwrap();
            held.put(7);
            let returner = thread::spawn(move || drop(held));
            let waiter = {
                let slots = slots.clone();
                thread::spawn(move || {
                    let mut acquire = slots.acquire();
                    let waker = std::task::Waker::noop();
                    let _ = Pin::new(&mut acquire).poll(&mut Context::from_waker(waker));
                    drop(acquire);
                })
            };
            returner.join().unwrap();
            waiter.join().unwrap();
            let mut last = slots.try_acquire(&mut None).unwrap().expect("the slot is free again");
            assert_eq!(last.take(), Some(7), "nothing was lost");
            assert_eq!(slots.fill(), Fill { idle: 0, held: 1, waiting: 0 });
        });
    }

    /// Two take turns on one slot: both get it, none sleeps for ever.
    #[test]
    fn two_take_turns() {
        loom::model(|| {
            let slots: Arc<Slots<u8>> = Slots::new(1);
            let work = |slots: Arc<Slots<u8>>| {
                move || {
                    let mut permit = block_on(slots.acquire()).unwrap();
                    let uses = permit.take().unwrap_or(0);
                    permit.put(uses + 1);
                }
            };
            let other = thread::spawn(work(slots.clone()));
            work(slots.clone())();
            other.join().unwrap();
            assert_eq!(slots.try_acquire(&mut None).unwrap().unwrap().take(), Some(2));
        });
    }

    /// Closing races with a return and a waiter: the waiter hears of it, and all slots come back.
    #[test]
    fn close_races() {
        loom::model(|| {
            let slots: Arc<Slots<u8>> = Slots::new(1);
            let held = slots.try_acquire(&mut None).unwrap().unwrap();
            let waiter = {
                let slots = slots.clone();
                thread::spawn(move || drop(block_on(slots.acquire())))
            };
            let returner = thread::spawn(move || drop(held));
            drop(slots.close());
            waiter.join().unwrap();
            returner.join().unwrap();
            assert_eq!(slots.fill(), Fill::default());
            assert!(slots.try_acquire(&mut None).is_err());
        });
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    fn filled(size: u32) -> Arc<Slots<u32>> {
        let slots = Slots::new(size);
        let permits: Vec<_> = (0..size).map(|_| slots.try_acquire(&mut None).unwrap().unwrap()).collect();
        for (i, mut permit) in permits.into_iter().enumerate() {
            permit.put(i as u32);
        }
        slots
    }

    #[test]
    fn used_last_comes_first() {
        let slots = filled(3);
        let mut first = slots.try_acquire(&mut None).unwrap().unwrap();
        assert_eq!(first.take(), Some(2));
        first.put(9);
        drop(first);
        assert_eq!(slots.try_acquire(&mut None).unwrap().unwrap().take(), Some(9));
    }

    #[test]
    fn waiters_are_served_in_order_and_nobody_overtakes() {
        let slots = filled(1);
        let held = slots.try_acquire(&mut None).unwrap().unwrap();
        let mut first = Box::pin(slots.acquire());
        let mut second = Box::pin(slots.acquire());
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        drop(held);
        assert!(slots.try_acquire(&mut None).unwrap().is_none(), "a newcomer does not overtake");
        assert!(poll(second.as_mut()).is_pending());
        let Poll::Ready(Ok(permit)) = poll(first.as_mut()) else { panic!("the first is served") };
        drop(permit);
        assert!(matches!(poll(second.as_mut()), Poll::Ready(Ok(_))));
    }

    #[test]
    fn a_permit_given_to_a_dropped_waiter_goes_on() {
        let slots = filled(1);
        let held = slots.try_acquire(&mut None).unwrap().unwrap();
        let mut first = Box::pin(slots.acquire());
        let mut second = Box::pin(slots.acquire());
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        drop(held);
        drop(first);
        let Poll::Ready(Ok(mut permit)) = poll(second.as_mut()) else { panic!("passed on") };
        assert_eq!(permit.take(), Some(0));
    }

    #[test]
    fn a_waiter_that_gives_up_leaves_the_queue() {
        let slots = filled(1);
        let held = slots.try_acquire(&mut None).unwrap().unwrap();
        let mut waiter = Box::pin(slots.acquire());
        assert!(poll(waiter.as_mut()).is_pending());
        assert_eq!(slots.fill().waiting, 1);
        drop(waiter);
        assert_eq!(slots.fill(), Fill { idle: 0, held: 1, waiting: 0 });
        drop(held);
        assert_eq!(slots.fill(), Fill { idle: 1, held: 0, waiting: 0 });
    }
}

//! Every interleaving of a hand-over: `RUSTFLAGS="--cfg loom" cargo test -p relvar-runtime --lib --release loom`.

use super::testing::Only;
use super::*;
use loom::future::block_on;
use loom::thread;

/// One returns its permit while the other gives up waiting: the item is there for a third.
#[test]
fn waiter_dropped_while_given() {
    loom::model(|| {
        let slots = Only::new(1);
        let mut held = slots.try_acquire().unwrap();
        held.put(7);
        let returner = thread::spawn(move || drop(held));
        let waiter = {
            let slots = slots.clone();
            thread::spawn(move || {
                let mut acquire = Permit::acquire(&slots);
                let waker = std::task::Waker::noop();
                let _ = Pin::new(&mut acquire).poll(&mut Context::from_waker(waker));
                drop(acquire);
            })
        };
        returner.join().unwrap();
        waiter.join().unwrap();
        let mut last = slots.try_acquire().expect("the slot is free again");
        assert_eq!(last.take(), Some(7), "nothing was lost");
        assert_eq!(slots.slots().fill(), Fill { idle: 0, held: 1, waiting: 0 });
    });
}

/// Two take turns on one slot: both get it, none sleeps for ever.
#[test]
fn two_take_turns() {
    loom::model(|| {
        let slots: Arc<Only<u8>> = Only::new(1);
        let work = |slots: Arc<Only<u8>>| {
            move || {
                let mut permit = block_on(Permit::acquire(&slots)).unwrap();
                let uses = permit.take().unwrap_or(0);
                permit.put(uses + 1);
            }
        };
        let other = thread::spawn(work(slots.clone()));
        work(slots.clone())();
        other.join().unwrap();
        assert_eq!(slots.try_acquire().unwrap().take(), Some(2));
    });
}

/// Closing races with a return and a waiter: the waiter hears of it, and all slots come back.
#[test]
fn close_races() {
    loom::model(|| {
        let slots: Arc<Only<u8>> = Only::new(1);
        let held = slots.try_acquire().unwrap();
        let waiter = {
            let slots = slots.clone();
            thread::spawn(move || drop(block_on(Permit::acquire(&slots))))
        };
        let returner = thread::spawn(move || drop(held));
        slots.slots().close();
        drop(Permit::take_idle(&slots, |_| true));
        waiter.join().unwrap();
        returner.join().unwrap();
        assert_eq!(slots.slots().fill(), Fill::default());
        assert!(slots.slots().is_closed());
    });
}

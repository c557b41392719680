//! What permits and waiters do, one step at a time.

use super::testing::Only;
use super::*;

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn filled(size: u32) -> Arc<Only<u32>> {
    let slots = Only::new(size);
    let permits: Vec<_> = (0..size).map(|_| slots.try_acquire().unwrap()).collect();
    for (i, mut permit) in permits.into_iter().enumerate() {
        permit.put(i as u32);
    }
    slots
}

#[test]
fn who_holds_a_slot_is_told_for_as_long_as_it_does() {
    let slots = filled(2);
    let told = || {
        let mut since = Vec::new();
        slots.slots().for_each_holder(|holder| since.push(holder.since));
        since
    };
    assert_eq!(told(), []);
    let start = Instant::now();
    let first = slots.try_acquire().unwrap();
    assert!(told().len() == 1 && told()[0] >= start);
    let later = Instant::now();
    first.hold(Label::Static("something else"), later);
    assert_eq!(told(), [later]);
    drop(first);
    assert_eq!(told(), []);
}

#[test]
fn a_permit_that_borrows_the_owner_is_as_good() {
    let slots = filled(1);
    let borrowed = || Permit::try_acquire(&slots, Label::Static("test"), Instant::now()).unwrap();
    let mut first = borrowed().unwrap();
    assert_eq!(first.take(), Some(0));
    first.put(7);
    assert!(borrowed().is_none());
    let kept = first.kept();
    assert_eq!(slots.slots().fill(), Fill { idle: 0, held: 1, waiting: 0 });
    drop(kept);
    assert_eq!(slots.slots().fill(), Fill { idle: 1, held: 0, waiting: 0 });
    assert_eq!(borrowed().unwrap().take(), Some(7));
}

#[test]
fn a_permit_that_keeps_the_owner_lets_go_of_it_once() {
    let slots = filled(1);
    let kept = slots.try_acquire().unwrap().kept();
    assert_eq!(Arc::strong_count(&slots), 2);
    drop(kept);
    assert_eq!(Arc::strong_count(&slots), 1);
}

#[test]
fn used_last_comes_first() {
    let slots = filled(3);
    let mut first = slots.try_acquire().unwrap();
    assert_eq!(first.take(), Some(2));
    first.put(9);
    drop(first);
    assert_eq!(slots.try_acquire().unwrap().take(), Some(9));
}

#[test]
fn waiters_are_served_in_order_and_nobody_overtakes() {
    let slots = filled(1);
    let held = slots.try_acquire().unwrap();
    let mut first = Box::pin(Permit::acquire(&slots));
    let mut second = Box::pin(Permit::acquire(&slots));
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    drop(held);
    assert!(slots.try_acquire().is_none(), "a newcomer does not overtake");
    assert!(poll(second.as_mut()).is_pending());
    let Poll::Ready(Ok(permit)) = poll(first.as_mut()) else { panic!("the first is served") };
    drop(permit);
    assert!(matches!(poll(second.as_mut()), Poll::Ready(Ok(_))));
}

#[test]
fn a_permit_given_to_a_dropped_waiter_goes_on() {
    let slots = filled(1);
    let held = slots.try_acquire().unwrap();
    let mut first = Box::pin(Permit::acquire(&slots));
    let mut second = Box::pin(Permit::acquire(&slots));
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
    let held = slots.try_acquire().unwrap();
    let mut waiter = Box::pin(Permit::acquire(&slots));
    assert!(poll(waiter.as_mut()).is_pending());
    assert_eq!(slots.slots().fill().waiting, 1);
    drop(waiter);
    assert_eq!(slots.slots().fill(), Fill { idle: 0, held: 1, waiting: 0 });
    drop(held);
    assert_eq!(slots.slots().fill(), Fill { idle: 1, held: 0, waiting: 0 });
}

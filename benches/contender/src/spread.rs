//! Keys in an order that is the same in every process and touches all of them.

/// Numbers from 1 to `limit`, spread: a cache of the last row helps nobody.
#[derive(Debug)]
pub struct Spread {
    next: u64,
    limit: u64,
}

impl Spread {
    /// Begins at a number that depends on `seed`.
    pub fn new(limit: u64, seed: u64) -> Spread {
        Spread { next: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15), limit }
    }

    /// The next one.
    pub fn key(&mut self) -> i64 {
        self.next = self.next.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.next >> 33) % self.limit + 1) as i64
    }
}

//! How a rank is normalized: by what it is divided, so that long documents do not come first for their length.

use std::marker::PhantomData;

use crate::ir;

/// A normalization that every rank can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyRank {}

/// A normalization of ranks by how near the words are, [`ts_rank_cd_by`](super::Search::ts_rank_cd_by), alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverDensity {}

/// By what a rank is divided, for [`ts_rank_by`](super::Search::ts_rank_by) and
/// [`ts_rank_cd_by`](super::Search::ts_rank_cd_by): if by several things, by all of them.
///
/// ```
/// use relvar_query::expr::Normalization;
///
/// let by_length = Normalization::new().log_length().fraction();
/// let by_nearness = Normalization::new().distance();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "it says how a rank is normalized"]
pub struct Normalization<K = AnyRank> {
    flags: i64,
    kind: PhantomData<fn() -> K>,
}

impl Normalization {
    /// By nothing: the rank as it is by itself.
    pub fn new() -> Normalization {
        Normalization { flags: 0, kind: PhantomData }
    }
}

impl Default for Normalization {
    fn default() -> Self {
        Normalization::new()
    }
}

impl<K> Normalization<K> {
    fn with<K2>(self, flag: i64) -> Normalization<K2> {
        Normalization { flags: self.flags | flag, kind: PhantomData }
    }

    /// By 1 and the logarithm of the document's length (1).
    pub fn log_length(self) -> Self {
        self.with(1)
    }

    /// By the document's length (2).
    pub fn length(self) -> Self {
        self.with(2)
    }

    /// By the mean harmonic distance between the words that are found (4): of ranks by nearness alone.
    pub fn distance(self) -> Normalization<CoverDensity> {
        self.with(4)
    }

    /// By the number of different words in the document (8).
    pub fn unique_words(self) -> Self {
        self.with(8)
    }

    /// By 1 and the logarithm of the number of different words (16).
    pub fn log_unique_words(self) -> Self {
        self.with(16)
    }

    /// By itself and 1, last of all (32): from 0 up to, but not, 1, in the same order.
    pub fn fraction(self) -> Self {
        self.with(32)
    }
}

/// What normalizes ranks of a kind: [`AnyRank`] or [`CoverDensity`].
#[diagnostic::on_unimplemented(
    message = "a rank of this kind cannot be normalized by `{Self}`",
    label = "not a normalization of this kind of rank",
    note = "`distance()` is for ranks by how near the words are: `ts_rank_cd_by`"
)]
pub trait Normalizes<K> {
    /// The flags as the database has them.
    fn into_ir(self) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl Normalizes<AnyRank> for Normalization {
    fn into_ir(self) -> ir::Node {
        ir::Node::Constant(ir::Constant::Integer(self.flags))
    }
}

#[diagnostic::do_not_recommend]
impl<K> Normalizes<CoverDensity> for Normalization<K> {
    fn into_ir(self) -> ir::Node {
        ir::Node::Constant(ir::Constant::Integer(self.flags))
    }
}

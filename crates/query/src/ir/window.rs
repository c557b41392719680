//! OVER: the rows that an aggregate or window function sees.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

use super::{Node, Order};

/// OVER (…)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Over {
    /// The window that this one extends, or just names.
    pub base: Option<Arc<NamedWindow>>,
    /// PARTITION BY
    pub partition_by: Vec<Node>,
    /// ORDER BY
    pub order_by: Vec<Order>,
    /// The frame; without it, as the standard has it.
    pub frame: Option<Frame>,
}

/// A window with a name. Using it puts it in WINDOW.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedWindow {
    /// Its name.
    pub name: Cow<'static, str>,
    /// Its definition.
    pub window: Over,
}

/// `ROWS BETWEEN start AND end`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Frame {
    /// What bounds count.
    pub unit: FrameUnit,
    /// The first row.
    pub start: FrameBound,
    /// The last row.
    pub end: FrameBound,
    /// EXCLUDE
    pub exclude: Option<Exclude>,
}

/// What the bounds of a frame count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FrameUnit {
    /// ROWS
    Rows,
    /// RANGE
    Range,
    /// GROUPS
    Groups,
    /// RANGE over a time, whose distances are microseconds.
    RangeOfTime,
}

/// A bound of a frame. Distances are constants: a plan must see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FrameBound {
    /// UNBOUNDED PRECEDING
    UnboundedPreceding,
    /// n PRECEDING
    Preceding(u64),
    /// CURRENT ROW
    CurrentRow,
    /// n FOLLOWING
    Following(u64),
    /// UNBOUNDED FOLLOWING
    UnboundedFollowing,
}

/// Rows left out of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Exclude {
    /// EXCLUDE CURRENT ROW
    CurrentRow,
    /// EXCLUDE GROUP
    Group,
    /// EXCLUDE TIES
    Ties,
    /// EXCLUDE NO OTHERS
    NoOthers,
}

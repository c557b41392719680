//! OVER and WINDOW, as text: sea-query puts named windows where no database takes them and breaks frames.

use super::Lower;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Exclude, Frame, FrameBound, FrameUnit, NamedWindow, Over};

impl<'s> Lower<'s> {
    /// ` OVER (…)`
    pub(super) fn over(&mut self, over: &'s Over) -> Result<String, BuildError> {
        self.windows_written += 1;
        if let Over { base: Some(base), partition_by, order_by, frame: None } = over
            && partition_by.is_empty()
            && order_by.is_empty()
        {
            return Ok(format!(" OVER {}", self.named_window(base)?));
        }
        Ok(format!(" OVER ({})", self.window(over)?))
    }

    /// The name of a window, which then stands in the WINDOW clause of the select.
    fn named_window(&mut self, named: &'s NamedWindow) -> Result<String, BuildError> {
        let name = self.quoted(&named.name)?;
        match self.windows.iter().find(|known| self.same_name(&known.name, &named.name)) {
            Some(known) if known.window == named.window => {}
            Some(_) => return Err(BuildError::Clause(format!("two windows are named `{}`", named.name).into())),
            None => {
                // what it extends stands before it
                if let Some(base) = &named.window.base {
                    self.named_window(base)?;
                }
                self.windows.push(named);
            }
        }
        Ok(name)
    }

    /// ` WINDOW …`, or nothing.
    pub(super) fn window_clause(&mut self) -> Result<String, BuildError> {
        let mut windows = Vec::with_capacity(self.windows.len());
        for named in self.windows.clone() {
            windows.push(format!("{} AS ({})", self.quoted(&named.name)?, self.window(&named.window)?));
        }
        Ok(if windows.is_empty() { String::new() } else { format!(" WINDOW {}", windows.join(", ")) })
    }

    /// The inside of a window's parentheses.
    fn window(&mut self, over: &'s Over) -> Result<String, BuildError> {
        let Over { base, partition_by, order_by, frame } = over;
        let mut clauses = Vec::new();
        let (mut partitioned, mut keys) = (false, order_by.len());
        let mut outer = base.as_deref();
        if let Some(base) = base {
            clauses.push(self.named_window(base)?);
        }
        while let Some(NamedWindow { window, .. }) = outer {
            if window.frame.is_some() {
                return Err(BuildError::Clause("a window with a frame cannot be extended".into()));
            }
            partitioned = true;
            if !window.order_by.is_empty() && !order_by.is_empty() {
                return Err(BuildError::Clause("a window that is sorted already cannot be sorted again".into()));
            }
            keys += window.order_by.len();
            outer = window.base.as_deref();
        }
        if !partition_by.is_empty() {
            if partitioned {
                return Err(BuildError::Clause("a window that extends another has its partitions".into()));
            }
            clauses.push(format!("PARTITION BY {}", self.keys(partition_by)?));
        }
        if !order_by.is_empty() {
            clauses.push(format!("ORDER BY {}", self.order_text(order_by)?));
        }
        if let Some(frame) = frame {
            let range = matches!(frame.unit, FrameUnit::Range | FrameUnit::RangeOfTime);
            let counts = range && [frame.start, frame.end].iter().any(is_distance);
            if counts && !self.syntax.nulls_order && order_by.iter().any(|order| order.nulls.is_some()) {
                // such a frame takes one sort key, and NULLs are a second
                return Err(self.lacks("NULLS FIRST or NULLS LAST beside a distance in a RANGE frame"));
            }
            clauses.push(self.frame(*frame, keys)?);
        }
        Ok(clauses.join(" "))
    }

    /// The frame of a window that is sorted by so many keys.
    fn frame(&self, frame: Frame, keys: usize) -> Result<String, BuildError> {
        let Frame { unit, start, end, exclude } = frame;
        let of_time = unit == FrameUnit::RangeOfTime;
        let unit = match unit {
            FrameUnit::Rows => "ROWS",
            FrameUnit::Range | FrameUnit::RangeOfTime => {
                if keys != 1 && [start, end].iter().any(is_distance) {
                    return Err(BuildError::Clause("RANGE with a distance needs exactly one key to sort by".into()));
                }
                "RANGE"
            }
            FrameUnit::Groups => {
                self.need(Capability::HasGroupsFrame, "GROUPS or EXCLUDE in a frame")?;
                if keys == 0 {
                    return Err(BuildError::Clause("GROUPS needs a key to sort by".into()));
                }
                "GROUPS"
            }
        };
        if place(start) > place(end) || place(start) == UNBOUNDED || place(end) == -UNBOUNDED {
            return Err(BuildError::Clause("a frame starts behind its end".into()));
        }
        let exclude = match exclude {
            None => "",
            Some(exclude) => {
                self.need(Capability::HasGroupsFrame, "GROUPS or EXCLUDE in a frame")?;
                match exclude {
                    Exclude::CurrentRow => " EXCLUDE CURRENT ROW",
                    Exclude::Group => " EXCLUDE GROUP",
                    Exclude::Ties => " EXCLUDE TIES",
                    Exclude::NoOthers => " EXCLUDE NO OTHERS",
                }
            }
        };
        let [start, end] = [self.frame_bound(start, of_time)?, self.frame_bound(end, of_time)?];
        Ok(format!("{unit} BETWEEN {start} AND {end}{exclude}"))
    }

    fn frame_bound(&self, bound: FrameBound, of_time: bool) -> Result<String, BuildError> {
        let distance = |n: u64| match self.syntax.interval {
            _ if !of_time => Ok(n.to_string()),
            Some(template) => Ok(template.replace("{0}", &n.to_string())),
            None => Err(self.lacks("intervals in a window's frame")),
        };
        Ok(match bound {
            FrameBound::UnboundedPreceding => "UNBOUNDED PRECEDING".to_owned(),
            FrameBound::Preceding(n) => format!("{} PRECEDING", distance(n)?),
            FrameBound::CurrentRow => "CURRENT ROW".to_owned(),
            FrameBound::Following(n) => format!("{} FOLLOWING", distance(n)?),
            FrameBound::UnboundedFollowing => "UNBOUNDED FOLLOWING".to_owned(),
        })
    }
}

const UNBOUNDED: i8 = 2;

/// On which side of the current row a bound is: no database takes a frame whose start is on a later side than its
/// end.
fn place(bound: FrameBound) -> i8 {
    match bound {
        FrameBound::UnboundedPreceding => -UNBOUNDED,
        FrameBound::Preceding(_) => -1,
        FrameBound::CurrentRow => 0,
        FrameBound::Following(_) => 1,
        FrameBound::UnboundedFollowing => UNBOUNDED,
    }
}

fn is_distance(bound: &FrameBound) -> bool {
    matches!(place(*bound), -1 | 1)
}

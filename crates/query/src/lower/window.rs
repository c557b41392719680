//! OVER, as text: sea-query puts named windows where no database takes them and breaks frames.

use super::Lower;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Exclude, Frame, FrameBound, FrameUnit, Over};

impl<'s> Lower<'s> {
    /// ` OVER (…)`
    pub(super) fn over(&mut self, over: &'s Over) -> Result<String, BuildError> {
        let Over { partition_by, order_by, frame } = over;
        let mut clauses = Vec::new();
        if !partition_by.is_empty() {
            let keys: Result<Vec<String>, BuildError> = partition_by.iter().map(|key| self.text(key)).collect();
            clauses.push(format!("PARTITION BY {}", keys?.join(", ")));
        }
        if !order_by.is_empty() {
            clauses.push(format!("ORDER BY {}", self.order_text(order_by)?));
        }
        if let Some(frame) = frame {
            clauses.push(self.frame(*frame)?);
        }
        Ok(format!(" OVER ({})", clauses.join(" ")))
    }

    fn frame(&self, frame: Frame) -> Result<String, BuildError> {
        let Frame { unit, start, end, exclude } = frame;
        let unit = match unit {
            FrameUnit::Rows => "ROWS",
            FrameUnit::Range => "RANGE",
            FrameUnit::Groups => {
                self.need(Capability::HasGroupsFrame, "GROUPS or EXCLUDE in a frame")?;
                "GROUPS"
            }
        };
        let exclude = match exclude {
            None => "",
            Some(exclude) => {
                self.need(Capability::HasGroupsFrame, "GROUPS or EXCLUDE in a frame")?;
                match exclude {
                    Exclude::CurrentRow => " EXCLUDE CURRENT ROW",
                    Exclude::Group => " EXCLUDE GROUP",
                    Exclude::Ties => " EXCLUDE TIES",
                }
            }
        };
        Ok(format!("{unit} BETWEEN {} AND {}{exclude}", bound(start), bound(end)))
    }
}

fn bound(bound: FrameBound) -> String {
    match bound {
        FrameBound::UnboundedPreceding => "UNBOUNDED PRECEDING".to_owned(),
        FrameBound::Preceding(n) => format!("{n} PRECEDING"),
        FrameBound::CurrentRow => "CURRENT ROW".to_owned(),
        FrameBound::Following(n) => format!("{n} FOLLOWING"),
        FrameBound::UnboundedFollowing => "UNBOUNDED FOLLOWING".to_owned(),
    }
}

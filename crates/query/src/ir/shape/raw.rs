//! The shape of SQL text of the user's: the text itself, and what goes into it.

use super::{Walk, Walked};
use crate::ir::*;

impl<'s> Walk<'_, 's> {
    pub(super) fn raw(&mut self, raw: &'s Raw) -> Walked {
        let Raw { texts, parts, head } = raw;
        self.head(head)?;
        self.number(texts.len() as u32);
        for RawText { engines, sql } in &**texts {
            self.number(engines.len() as u32);
            for engine in &**engines {
                self.tag(*engine as u8);
            }
            self.text(sql);
        }
        self.many(parts, |walk, part| match part {
            RawPart::Expr(expr) => {
                walk.tag(0);
                walk.expr(expr)
            }
            RawPart::Name(name) => {
                walk.tag(1);
                walk.text(name);
                Ok(())
            }
            RawPart::Table(table) => {
                walk.tag(2);
                walk.table(table);
                Ok(())
            }
        })
    }
}

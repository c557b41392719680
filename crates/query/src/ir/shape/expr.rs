//! The shape of expressions.

use super::{Walk, Walked};
use crate::ir::*;

impl<'s> Walk<'_, 's> {
    pub(super) fn expr(&mut self, expr: &'s Node) -> Walked {
        match expr {
            Node::Column(ColumnRef { source, index }) => {
                let dense = self.dense(*source)?;
                self.numbers([0, *index, dense]);
                Ok(())
            }
            Node::Argument(argument) => {
                self.tag(1);
                self.argument(argument)
            }
            Node::Constant(constant) => {
                self.tag(2);
                self.constant(constant);
                Ok(())
            }
            Node::Unary(op, operand) => {
                self.tags([3, *op as u8]);
                self.expr(operand)
            }
            Node::Binary(op, operands) => {
                self.tags([4, *op as u8]);
                self.expr(&operands[0])?;
                self.expr(&operands[1])
            }
            Node::Compared(op, left, right) => {
                let dense = self.dense(left.source)?;
                match right {
                    Plain::Column(right) => {
                        let of_right = self.dense(right.source)?;
                        self.numbers([23, *op as u32, left.index, dense, right.index, of_right]);
                        Ok(())
                    }
                    Plain::Argument(right) => {
                        self.numbers([24, *op as u32, left.index, dense]);
                        self.argument(right)
                    }
                }
            }
            Node::All(conditions) => {
                self.tag(5);
                self.many(conditions, Self::expr)
            }
            Node::Any(conditions) => {
                self.tag(6);
                self.many(conditions, Self::expr)
            }
            Node::Test(test, operand) => {
                self.tags([7, *test as u8]);
                self.expr(operand)
            }
            Node::In(membership) => {
                let Membership { operand, source, negated } = &**membership;
                self.tags([8, u8::from(*negated)]);
                self.expr(operand)?;
                match source {
                    Source::List(list) => {
                        self.tag(0);
                        self.argument(list)
                    }
                    Source::Exprs(exprs) => {
                        self.tag(1);
                        self.many(exprs, Self::expr)
                    }
                    Source::Query(query) => {
                        self.tag(2);
                        self.select(query)
                    }
                }
            }
            Node::Like(like) => {
                let PatternMatch { operand, pattern, case_insensitive, negated } = &**like;
                self.tags([9, u8::from(*case_insensitive) | u8::from(*negated) << 1]);
                self.expr(operand)?;
                self.expr(pattern)
            }
            Node::Exists(query) => {
                self.tag(10);
                self.select(query)
            }
            Node::Scalar(query) => {
                self.tag(11);
                self.select(query)
            }
            Node::Call(function, arguments) => {
                self.tags([12, *function as u8]);
                self.many(arguments, Self::expr)
            }
            Node::Aggregate(aggregate) => {
                let Aggregate { function, arguments, distinct, order_by, filter, over, ty } = &**aggregate;
                self.tags([13, *function as u8, u8::from(*distinct)]);
                self.ty(ty);
                self.many(arguments, Self::expr)?;
                self.many(order_by, Self::order)?;
                self.maybe(filter.as_ref(), Self::expr)?;
                self.maybe(over.as_ref(), Self::over)
            }
            Node::Case(case) => {
                let CaseNode { operand, branches, otherwise } = &**case;
                self.tag(14);
                self.maybe(operand.as_ref(), Self::expr)?;
                self.many(branches, |walk, (condition, result)| {
                    walk.expr(condition)?;
                    walk.expr(result)
                })?;
                self.maybe(otherwise.as_ref(), Self::expr)
            }
            Node::Cast(operand, ty) => {
                self.tag(15);
                self.ty(ty);
                self.expr(operand)
            }
            Node::Json { document, path, form } => {
                self.tags([16, *form as u8]);
                self.expr(document)?;
                self.steps(path)
            }
            Node::JsonEdit(edit) => {
                let JsonEdit { document, path, change } = &**edit;
                let change_tag = match change {
                    JsonChange::Set(_) => 0,
                    JsonChange::Insert(_) => 1,
                    JsonChange::Replace(_) => 2,
                    JsonChange::Remove => 3,
                };
                self.tags([19, change_tag]);
                self.expr(document)?;
                self.steps(path)?;
                self.maybe(change.value(), Self::expr)
            }
            Node::Quantified(quantified) => {
                let Quantified { operand, op, all, many } = &**quantified;
                self.tags([20, *op as u8, u8::from(*all)]);
                self.expr(operand)?;
                match many {
                    Many::Array(array) => {
                        self.tag(0);
                        self.expr(array)
                    }
                    Many::Query(query) => {
                        self.tag(1);
                        self.select(query)
                    }
                }
            }
            Node::Row(exprs) => {
                self.tag(21);
                self.many(exprs, Self::expr)
            }
            Node::Collate(operand, Collation(name)) => {
                self.tag(22);
                self.maybe(name.as_ref(), |walk, name| {
                    walk.text(name);
                    Ok(())
                })?;
                self.expr(operand)
            }
            Node::Keyword(word) => {
                self.tag(17);
                self.text(word);
                Ok(())
            }
            Node::Raw(raw) => {
                self.tag(18);
                self.raw(raw)
            }
        }
    }

    fn steps(&mut self, path: &'s [JsonStep]) -> Walked {
        self.many(path, |walk, step| {
            match step {
                JsonStep::Key(key) => {
                    walk.tag(0);
                    walk.text(key);
                }
                JsonStep::Index(index) => {
                    walk.tag(1);
                    walk.number(*index);
                }
            }
            Ok(())
        })
    }

    fn constant(&mut self, constant: &Constant) {
        match constant {
            Constant::Null(ty) => {
                self.tag(0);
                self.ty(ty);
            }
            Constant::Bool(b) => self.tag(1 + u8::from(*b)),
            Constant::Integer(i) => {
                self.tag(3);
                self.shape.key.extend_from_slice(&i.to_le_bytes());
            }
            Constant::Number(digits, ty) => {
                self.tag(4);
                self.text(digits);
                self.ty(ty);
            }
            Constant::Text(text) => {
                self.tag(5);
                self.text(text);
            }
            Constant::Typed(text, ty) => {
                self.tag(6);
                self.text(text);
                self.ty(ty);
            }
        }
    }

    fn over(&mut self, over: &'s Over) -> Walked {
        let Over { base, partition_by, order_by, frame } = over;
        self.maybe(base.as_ref(), |walk, base| {
            let NamedWindow { name, window } = &**base;
            walk.text(name);
            walk.over(window)
        })?;
        self.many(partition_by, Self::expr)?;
        self.many(order_by, Self::order)?;
        self.maybe(frame.as_ref(), |walk, frame| {
            let Frame { unit, start, end, exclude } = frame;
            walk.tag(*unit as u8);
            for bound in [start, end] {
                let (tag, distance) = match bound {
                    FrameBound::UnboundedPreceding => (0, 0),
                    FrameBound::Preceding(n) => (1, *n),
                    FrameBound::CurrentRow => (2, 0),
                    FrameBound::Following(n) => (3, *n),
                    FrameBound::UnboundedFollowing => (4, 0),
                };
                walk.tag(tag);
                walk.shape.key.extend_from_slice(&distance.to_le_bytes());
            }
            walk.tag(exclude.map_or(0, |e| 1 + e as u8));
            Ok(())
        })
    }
}

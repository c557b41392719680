//! How great numbers can become: within what all databases calculate exactly.

use crate::node::{Cell, Node, Op, Ty, Window};

/// What the columns of all sources keep to.
const WIDEST_COLUMN: i128 = 4_000_000_000;
/// Sums of as many as there can be rows fit in 64 bits, and products are checked before.
const WIDEST: i128 = 100_000_000_000_000;
/// With as many digits behind the point as there can be, a double holds it.
const WIDEST_DECIMAL: i128 = 100_000_000_000;
const MOST_DIGITS: u32 = 4;
/// Digits behind the point of columns.
const DIGITS: u32 = 2;

/// The branches of an operation that gives one of its arguments.
fn branches<'n>(op: &Op, args: &'n [Node]) -> Option<Vec<&'n Node>> {
    Some(match op {
        Op::Case { branches, .. } => {
            (0..*branches).map(|branch| &args[2 * branch + 1]).chain(args.get(2 * branches)).collect()
        }
        Op::CaseOf { branches, .. } => {
            (0..*branches).map(|branch| &args[2 * branch + 2]).chain(args.get(2 * branches + 1)).collect()
        }
        Op::NullIf => vec![&args[0]],
        Op::Coalesce | Op::Greatest | Op::Least => args.iter().collect(),
        _ => return None,
    })
}

/// The widest that an integer can be; `None` if that is too much.
pub(super) fn integer(node: &Node) -> Option<i128> {
    let width = match node {
        Node::Bound(_, Cell::Int(n)) | Node::Constant(_, Cell::Int(n)) => i128::from(*n).abs(),
        Node::Bound(..) | Node::Constant(..) => 0,
        Node::Op(op, args) => {
            let of = |at: usize| integer(&args[at]);
            if let Some(branches) = branches(op, args) {
                return branches.into_iter().map(integer).try_fold(0, |widest, width| Some(widest.max(width?)));
            }
            match op {
                Op::Add | Op::Subtract => of(0)? + of(1)?,
                Op::Multiply => of(0)? * of(1)?,
                Op::Divide => {
                    of(1)?;
                    of(0)?
                }
                Op::Modulo => {
                    of(0)?;
                    of(1)?
                }
                Op::Negate | Op::Abs => of(0)?,
                // parts of dates, lengths of texts
                _ => 3_000_000,
            }
        }
        _ => WIDEST_COLUMN,
    };
    (width <= WIDEST).then_some(width)
}

/// The widest that a decimal can be, and its digits behind the point; `None` if that is too much.
pub(super) fn decimal(node: &Node) -> Option<(i128, u32)> {
    let (width, digits) = match node {
        Node::Bound(..) | Node::Constant(..) => (10, DIGITS),
        Node::Op(op, args) => {
            let of = |at: usize| decimal(&args[at]);
            if let Some(branches) = branches(op, args) {
                return branches.into_iter().map(decimal).try_fold((0, 0), |(widest, most), limits| {
                    let (width, digits) = limits?;
                    Some((widest.max(width), most.max(digits)))
                });
            }
            match op {
                Op::Add | Op::Subtract => {
                    let ((one, one_digits), (two, two_digits)) = (of(0)?, of(1)?);
                    (one + two, one_digits.max(two_digits))
                }
                Op::Multiply => {
                    let ((one, one_digits), (two, two_digits)) = (of(0)?, of(1)?);
                    (one * two, one_digits + two_digits)
                }
                Op::Negate | Op::Abs => of(0)?,
                Op::OfInt => (integer(&args[0])?, 0),
                _ => (of(0)?.0 + 1, 0),
            }
        }
        _ => (WIDEST_COLUMN, DIGITS),
    };
    (width <= WIDEST_DECIMAL && digits <= MOST_DIGITS).then_some((width, digits))
}

/// Whether its values are those that columns can have, sums of them among them.
pub(super) fn is_narrow(node: &Node, ty: Ty) -> bool {
    let sum =
        |node: &Node| decimal(node).is_some_and(|(width, digits)| width <= WIDEST_COLUMN / 1_000 && digits <= DIGITS);
    match (ty, node) {
        (Ty::Num, Node::Window(window)) => matches!(&**window, Window { argument: Some(of), .. } if sum(of)),
        (Ty::Num, Node::Column(..)) => true,
        (Ty::Num, node) => sum(node),
        (Ty::Int, node) => integer(node).is_some_and(|width| width <= WIDEST_COLUMN),
        _ => true,
    }
}

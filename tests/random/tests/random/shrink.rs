//! Makes a query that fails smaller, as long as it fails: what is left is what is wrong.

use crate::node::{Aggregate, Asked, COLUMNS, Cell, Function, List, Node, Op, Place, Query, Source, Ty, Window};

/// The type of an expression.
fn ty(node: &Node) -> Ty {
    match node {
        Node::Column(_, column) => COLUMNS[*column],
        Node::Bound(ty, _) | Node::Constant(ty, _) => *ty,
        Node::Exists { .. } | Node::InQuery { .. } | Node::Named { .. } => Ty::Bool,
        Node::Scalar { function, ty, .. } => match function {
            Aggregate::Count | Aggregate::CountOf | Aggregate::CountDistinct | Aggregate::CountIf => Ty::Int,
            _ => *ty,
        },
        Node::Window(window) => match (window.function, &window.argument) {
            (Function::RowNumber | Function::Rank | Function::DenseRank | Function::Count, _) | (_, None) => Ty::Int,
            (_, Some(argument)) => ty(argument),
        },
        Node::Op(op, args) => of_op(op, args),
    }
}

fn of_op(op: &Op, args: &[Node]) -> Ty {
    match op {
        Op::Case { .. } => ty(&args[1]),
        Op::CaseOf { .. } => ty(&args[2]),
        Op::Coalesce | Op::NullIf | Op::Greatest | Op::Least | Op::AddMonths(_) => ty(&args[0]),
        Op::Add | Op::Subtract | Op::Multiply | Op::Negate | Op::Abs => ty(&args[0]),
        Op::Divide | Op::Modulo | Op::Sign | Op::CharLength | Op::ByteLength | Op::Position => Ty::Int,
        Op::DatePart(_) | Op::TimePart(_) | Op::DaysSince | Op::MonthsSince | Op::OfBool => Ty::Int,
        Op::Concat | Op::ConcatWs(_) | Op::Lower | Op::Upper | Op::Trim | Op::TrimStart | Op::TrimEnd => Ty::Text,
        Op::TrimChar(_) | Op::Left(_) | Op::Right(_) | Op::Repeat(_) | Op::PadStart(..) | Op::PadEnd(..) => Ty::Text,
        Op::Substring(..) | Op::Replace | Op::Digits => Ty::Text,
        Op::AddDays | Op::DateOf | Op::CutDate(_) => Ty::Date,
        Op::AddMicros(_) | Op::CutTime(_) | Op::Midnight => Ty::Time,
        Op::Floor | Op::Ceil | Op::Round | Op::Trunc | Op::OfInt => Ty::Num,
        _ => Ty::Bool,
    }
}

/// Runs `f` with every expression, outer ones first, and `g` with every query.
fn visit(query: &mut Query, f: &mut dyn FnMut(&mut Node), g: &mut dyn FnMut(&mut Query)) {
    g(query);
    let joined = query.joins.iter_mut();
    let mut nodes: Vec<&mut Node> = Vec::new();
    let mut sources = vec![&mut query.first];
    for (_, source, on) in joined {
        sources.push(source);
        nodes.push(on);
    }
    nodes.extend(&mut query.filter);
    match &mut query.list {
        List::Rows(list) => nodes.extend(list),
        List::Groups { keys, places, having } => {
            nodes.extend(keys.iter_mut().map(|(_, key)| key));
            nodes.extend(having);
            for place in places {
                if let Place::Aggregate { of, filter, .. } = place {
                    nodes.push(of);
                    nodes.extend(filter);
                }
            }
        }
    }
    for source in sources {
        if let Source::Derived(query) | Source::Cte(query) = source {
            visit(query, f, g);
        }
    }
    for node in nodes {
        visit_node(node, f, g);
    }
    if let Some((_, other)) = &mut query.set {
        visit(other, f, g);
    }
}

fn visit_node(node: &mut Node, f: &mut dyn FnMut(&mut Node), g: &mut dyn FnMut(&mut Query)) {
    f(node);
    match node {
        Node::Op(_, args) => args.iter_mut().for_each(|arg| visit_node(arg, f, g)),
        Node::Exists { query, .. } => visit(query, f, g),
        Node::InQuery { operand, query, of, .. } => {
            visit_node(operand, f, g);
            visit(query, f, g);
            of.iter_mut().for_each(|of| visit_node(of, f, g));
        }
        Node::Scalar { of, query, .. } => {
            visit_node(of, f, g);
            visit(query, f, g);
        }
        Node::Window(window) => {
            let Window { argument, partition, order, .. } = &mut **window;
            argument.iter_mut().for_each(|node| visit_node(node, f, g));
            partition.iter_mut().for_each(|(_, node)| visit_node(node, f, g));
            visit_node(&mut order.1, f, g);
        }
        Node::Column(..) | Node::Bound(..) | Node::Constant(..) | Node::Named { .. } => {}
    }
}

/// What may stand in place of an expression: NULL, or a part of it.
fn smaller(node: &Node) -> Vec<Node> {
    let of = ty(node);
    let mut found = match node {
        Node::Column(..) | Node::Constant(..) => return Vec::new(),
        Node::Bound(_, Cell::Null) => return vec![Node::Constant(of, Cell::Null)],
        _ => vec![Node::Constant(of, Cell::Null)],
    };
    if let Node::Op(_, args) = node {
        found.extend(args.iter().filter(|arg| ty(arg) == of).cloned());
    }
    found
}

/// Queries that are a step smaller.
pub(crate) fn steps(query: &Query) -> Vec<Query> {
    let mut found = Vec::new();
    let (mut nodes, mut queries) = (Vec::new(), 0);
    visit(&mut query.clone(), &mut |node| nodes.push(smaller(node)), &mut |_| queries += 1);
    for number in 0..queries {
        for change in 0..9 {
            let (mut at, mut changed, mut copy) = (0, false, query.clone());
            visit(&mut copy, &mut |_| (), &mut |query| {
                if at == number {
                    changed = simplify(query, change);
                }
                at += 1;
            });
            found.extend(changed.then_some(copy));
        }
    }
    for (number, choices) in nodes.into_iter().enumerate() {
        for choice in choices {
            let (mut at, mut copy) = (0, query.clone());
            let mut choice = Some(choice);
            visit(
                &mut copy,
                &mut |node| {
                    if at == number {
                        *node = choice.take().unwrap_or_else(|| node.clone());
                    }
                    at += 1;
                },
                &mut |_| (),
            );
            found.push(copy);
        }
    }
    found
}

/// Leaves a clause out; whether there was one.
fn simplify(query: &mut Query, change: usize) -> bool {
    match change {
        0 => query.set.take().is_some(),
        1 => query.limit.take().is_some(),
        2 => query.limit.is_none() && query.order.take().is_some(),
        3 => std::mem::take(&mut query.distinct),
        4 => std::mem::take(&mut query.wrapped),
        5 => query.filter.pop().is_some(),
        6 => query.joins.pop().is_some(),
        7 => std::mem::replace(&mut query.asked, Asked::Typed) == Asked::ByName,
        // the parts of a recursive expression are as small as can be: without one of them it may not end
        _ => {
            let sources = std::iter::once(&mut query.first).chain(query.joins.iter_mut().map(|(_, source, _)| source));
            let mut larger = sources.filter(|source| !source.is_table() && !matches!(source, Source::Itself));
            larger.next().map(|source| *source = Source::Item).is_some()
        }
    }
}

//! Arguments: values bound to a statement, each with an identity and a full SQL type.

use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Node, Ref, Texts};
use crate::types::{Kind, Type};
use crate::value::Value;

/// One bound value. Cloning keeps the identity, so an expression that is used twice binds it once.
///
/// What is bound can be read inside [`ir`](crate::ir) only: what writes SQL text never sees a user's data.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    id: ArgumentId,
    content: Content,
    ty: Ref<Type>,
}

impl Argument {
    /// A new argument with an identity of its own.
    #[inline]
    pub fn new(value: Value, ty: &'static Type) -> Argument {
        Argument { id: ArgumentId::fresh(), content: Content::Value(value), ty: Ref::Static(ty) }
    }

    /// A new argument that stands for a list of values of type `element`.
    pub fn list(values: Vec<Value>, element: &'static Type) -> Argument {
        Argument { id: ArgumentId::fresh(), content: Content::List(values), ty: Ref::Static(element) }
    }

    /// What stands for the value of parameter `number` of a prepared statement.
    pub(crate) fn slot(id: ArgumentId, number: u32, ty: &'static Type) -> Argument {
        Argument { id, content: Content::Slot(number), ty: Ref::Static(ty) }
    }

    /// What stands for the list of values of parameter `number` of a prepared statement.
    pub(crate) fn slot_list(id: ArgumentId, number: u32, element: &'static Type) -> Argument {
        Argument { id, content: Content::SlotList(number), ty: Ref::Static(element) }
    }

    /// The list of these values as one argument, or the expressions back if one of them is no value, or if they are
    /// arrays: an array of arrays is one array of more dimensions, whose members are the elements.
    ///
    /// # Errors
    /// The expressions, unchanged.
    pub fn gather(exprs: Vec<Node>, element: &'static Type) -> Result<Argument, Vec<Node>> {
        let is_value = |expr: &Node| matches!(expr, Node::Argument(Argument { content: Content::Value(_), .. }));
        if element.array || !exprs.iter().all(is_value) {
            return Err(exprs);
        }
        let values = exprs.into_iter().filter_map(|expr| match expr {
            Node::Argument(Argument { content: Content::Value(value), .. }) => Some(value),
            _ => None,
        });
        Ok(Argument::list(values.collect(), element))
    }

    /// What tells it from every other argument.
    pub fn id(&self) -> ArgumentId {
        self.id
    }

    /// How many bytes its values have, about: of text and bytes exactly.
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Value(value) => value.size(),
            Content::List(values) if is_small(self.ty.kind) => values.len() * Value::Null.size(),
            Content::List(values) => values.iter().map(Value::size).sum(),
            Content::Texts(texts) => texts.joined().len(),
            Content::Slot(_) | Content::SlotList(_) | Content::Context(_) => 0,
        }
    }

    /// The type it is bound as; NULL is typed, too. Of a list, the type of its elements.
    pub fn ty(&self) -> &Type {
        &self.ty
    }

    /// The same argument, bound as `ty`: what a column that it stands beside declares.
    pub fn retyped(self, ty: &'static Type) -> Argument {
        Argument { ty: Ref::Static(ty), ..self }
    }

    /// A list for values of this argument's type, which is no array, with room for so many.
    pub(in crate::ir) fn empty_list(&self, room: usize) -> Argument {
        let content = match self.ty.kind {
            Kind::Text | Kind::Enum => Content::Texts(Texts::with_capacity(room)),
            _ => Content::List(Vec::with_capacity(room)),
        };
        Argument { id: ArgumentId::fresh(), content, ty: self.ty.clone() }
    }

    /// How many values a list has.
    pub(in crate::ir) fn list_length(&self) -> usize {
        match &self.content {
            Content::List(list) => list.len(),
            Content::Texts(texts) => texts.len(),
            _ => 0,
        }
    }

    /// Whether an argument's value can be appended to this list.
    #[inline]
    pub(in crate::ir) fn takes(&self, argument: &Argument) -> bool {
        let fits = match (&self.content, &argument.content) {
            (Content::Texts(_), Content::Value(value)) => matches!(value, Value::Text(_) | Value::Null),
            (Content::List(_), Content::Value(value)) => !matches!(value, Value::Invalid(_)),
            _ => false,
        };
        fits && self.ty == argument.ty
    }

    /// Appends the value of an argument that the list takes.
    #[inline]
    pub(in crate::ir) fn append(&mut self, argument: Argument) {
        let Content::Value(value) = argument.content else { return };
        match (&mut self.content, value) {
            (Content::List(list), value) => list.push(value),
            (Content::Texts(texts), Value::Text(text)) => texts.push(Some(&text)),
            (Content::Texts(texts), Value::Null) => texts.push(None),
            _ => {}
        }
    }

    /// The values of a list as several, of so many each.
    pub(in crate::ir) fn in_parts(self, sizes: &[usize]) -> Vec<Argument> {
        let Argument { content, ty, .. } = self;
        let part = |content| Argument { id: ArgumentId::fresh(), content, ty: ty.clone() };
        match content {
            Content::Texts(texts) => {
                let mut texts = texts.iter();
                let mut next = |size| {
                    let mut some = Texts::with_capacity(size);
                    some.extend(texts.by_ref().take(size));
                    some
                };
                sizes.iter().map(|size| part(Content::Texts(next(*size)))).collect()
            }
            Content::List(values) => {
                let mut values = values.into_iter();
                sizes.iter().map(|size| part(Content::List(values.by_ref().take(*size).collect()))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it stands for a list of values.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.content, Content::List(_) | Content::Texts(_) | Content::SlotList(_))
    }

    /// The elements of a list as arguments of their own; any other argument by itself.
    pub(in crate::ir) fn into_elements(self) -> impl Iterator<Item = Argument> {
        let ty = self.ty.clone();
        let (values, other) = match self.content {
            Content::List(values) => (values, None),
            Content::Texts(texts) => (texts.values(), None),
            _ => (Vec::new(), Some(self)),
        };
        values
            .into_iter()
            .map(move |value| Argument { id: ArgumentId::fresh(), content: Content::Value(value), ty: ty.clone() })
            .chain(other)
    }

    pub(in crate::ir) fn content(&self) -> &Content {
        &self.content
    }

    /// The value, given away: for expressions that become part of the schema.
    pub(in crate::ir) fn into_content(self) -> Content {
        self.content
    }
}

impl fmt::Debug for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Argument({:?})", self.ty)
    }
}

/// Whether the values of a kind have all the same small size: then there is no need to look at them.
fn is_small(kind: Kind) -> bool {
    use Kind::*;
    matches!(kind, Bool | I16 | I32 | I64 | F32 | F64 | Timestamp | DateTime | Date | Time | Uuid)
}

/// What an argument is.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::ir) enum Content {
    /// A value.
    Value(Value),
    /// The values of a list: one array argument where the database has arrays, else as many as there are.
    List(Vec<Value>),
    /// The same, of many rows' texts.
    Texts(Texts),
    /// The n-th parameter of a prepared query, bound when it runs.
    Slot(u32),
    /// The n-th parameter of a prepared query, whose value is a list.
    SlotList(u32),
    /// A value of the context that the statement runs in, a tenant say, bound when it runs.
    Context(String),
}

/// The identity of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArgumentId(u64);

impl ArgumentId {
    pub(crate) fn fresh() -> ArgumentId {
        // each thread takes from a range of its own, so that there is no contention
        static THREADS: AtomicU64 = AtomicU64::new(0);
        thread_local!(static NEXT: Cell<u64> = Cell::new(THREADS.fetch_add(1, Ordering::Relaxed) << 40));
        NEXT.with(|next| {
            let id = next.get();
            next.set(id + 1);
            ArgumentId(id)
        })
    }
}

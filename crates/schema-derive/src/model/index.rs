//! `#[index(..)]` and `#[check(..)]`.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, ExprMethodCall, Ident, Lit, LitStr, Member, Pat, Path};

use crate::attr::{Args, is_closure};
use crate::mistakes::Mistakes;
use crate::name;

/// An operator class.
#[derive(Clone, Debug)]
pub(crate) enum Ops {
    /// A type.
    Known(Path),
    /// A name, taken on the user's word.
    Named(LitStr),
}

/// An index.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    /// The name that it was given.
    pub(crate) name: Option<LitStr>,
    pub(crate) on: Expr,
    pub(crate) unique: Option<Span>,
    pub(crate) using: Option<Path>,
    pub(crate) ops: Option<Ops>,
    pub(crate) filter: Option<Expr>,
    pub(crate) include: Option<Expr>,
    pub(crate) parser: Option<LitStr>,
    pub(crate) invisible: Option<Span>,
    pub(crate) span: Span,
}

fn is_full_text(method: &Path) -> bool {
    method.segments.last().is_some_and(|word| word.ident == "FullText")
}

/// A check constraint.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) name: Option<LitStr>,
    pub(crate) condition: Expr,
}

/// The index methods that are called by one word; others are paths.
const METHODS: [&str; 6] = ["BTree", "Gin", "Gist", "Brin", "Hash", "FullText"];

const EXAMPLE: &str = "|t| (t.a, t.b.desc())";
const CONDITION: &str = "|t| t.price.gt(0)";

impl Index {
    /// Reads `#[index(..)]`.
    pub(crate) fn read(attr: &Attribute, mistakes: &Mistakes) -> Option<Index> {
        let known = ["on", "name", "unique", "using", "ops", "filter", "include", "parser", "invisible"];
        let args = Args::of_one(attr, &known, mistakes);
        for bare in &args.bare {
            mistakes.of(bare, format!("the key of an index is given by `on = {EXAMPLE}`"));
        }
        let span = attr.path().span();
        let ops = args.expr("ops", "JsonbPathOps", mistakes).and_then(|expr| match expr {
            Expr::Path(path) if path.qself.is_none() => Some(Ops::Known(path.path)),
            Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => {
                if name.value().is_empty() || name.value().chars().any(char::is_control) {
                    mistakes.at(name.span(), "an operator class cannot be empty or contain control characters");
                }
                Some(Ops::Named(name))
            }
            other => {
                mistakes.of(other, "`ops` is an operator class: `ops = JsonbPathOps` or `ops = \"name\"`");
                None
            }
        });
        let on = args.closure("on", EXAMPLE, mistakes);
        if args.span("on").is_none() && args.bare.is_empty() && !args.broken {
            mistakes.at(span, format!("an index needs a key: `on = {EXAMPLE}`"));
        }
        let name = args.text("name", mistakes);
        if let Some(name) = &name {
            name::check(&name.value(), name.span(), mistakes);
        }
        let unique = args.flag("unique", mistakes);
        let using = args.path("using", "Gin", mistakes);
        if let Some(word) = using.as_ref().and_then(Path::get_ident)
            && !METHODS.contains(&word.to_string().as_str())
        {
            let there_are = METHODS.join("`, `");
            mistakes.at(word.span(), format!("there is no index method `{word}`: there are `{there_are}`"));
        }
        let filter = args.closure("filter", CONDITION, mistakes);
        let include = args.closure("include", "|t| (t.a, t.b)", mistakes);
        let parser = args.text("parser", mistakes);
        if let Some(parser) = &parser {
            name::check(&parser.value(), parser.span(), mistakes);
            if !using.as_ref().is_some_and(is_full_text) {
                mistakes
                    .at(parser.span(), "`parser` says how text is split into words: it goes with `using = FullText`");
            }
        }
        let invisible = args.flag("invisible", mistakes);
        Some(Index { name, on: on?, unique, using, ops, filter, include, parser, invisible, span })
    }

    /// An index of one column.
    pub(crate) fn of_column(column: &Ident, span: Span) -> Index {
        let on = syn::parse_quote_spanned!(span=> |__t| __t.#column);
        Index {
            name: None,
            on,
            unique: None,
            using: None,
            ops: None,
            filter: None,
            include: None,
            parser: None,
            invisible: None,
            span,
        }
    }

    /// Whether it keeps words, and not values.
    pub(crate) fn is_full_text(&self) -> bool {
        self.using.as_ref().is_some_and(is_full_text)
    }
}

impl Check {
    /// Reads `#[check(..)]`.
    pub(crate) fn read(attr: &Attribute, mistakes: &Mistakes) -> Option<Check> {
        let args = Args::of_one(attr, &["name", "condition"], mistakes);
        let name = args.text("name", mistakes);
        if let Some(name) = &name {
            name::check(&name.value(), name.span(), mistakes);
        }
        let condition = args.closure("condition", CONDITION, mistakes);
        let mut conditions = condition.into_iter().chain(args.bare.iter().cloned());
        let condition = conditions.next();
        if condition.is_none() && args.span("condition").is_none() && !args.broken {
            mistakes.at(attr.path().span(), format!("a check needs a condition: `#[check({CONDITION})]`"));
        }
        for other in conditions {
            mistakes.of(other, "a check has one condition: join several with `.and(..)`, or write several checks");
        }
        let condition = condition.filter(|condition| is_closure(condition, CONDITION, mistakes))?;
        Some(Check { name, condition })
    }
}

/// A part of a key, as far as it can be read without types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyPart {
    /// `t.a` or, in an embedded struct, `t.a.b`, maybe with a direction.
    Field(Vec<Ident>),
    /// `t.a.prefix(40)`
    Beginning(Vec<Ident>),
    /// Anything else.
    Expr,
}

/// The parts of a key: what its name and a constant for it are made of.
pub(crate) fn key_parts(on: &Expr) -> Vec<KeyPart> {
    let Expr::Closure(closure) = on else { return vec![KeyPart::Expr] };
    let Some(Pat::Ident(columns)) = closure.inputs.first() else { return vec![KeyPart::Expr] };
    match bare(&closure.body) {
        Expr::Tuple(tuple) => tuple.elems.iter().map(|part| key_part(part, &columns.ident)).collect(),
        part => vec![key_part(part, &columns.ident)],
    }
}

fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => bare(&inner.expr),
        Expr::Group(inner) => bare(&inner.expr),
        expr => expr,
    }
}

fn key_part(expr: &Expr, columns: &Ident) -> KeyPart {
    match bare(expr) {
        Expr::MethodCall(ExprMethodCall { receiver, method, args, .. })
            if args.is_empty() && ["asc", "desc", "nulls_first", "nulls_last"].iter().any(|m| method == m) =>
        {
            key_part(receiver, columns)
        }
        Expr::MethodCall(ExprMethodCall { receiver, method, .. }) if method == "prefix" => {
            field_path(receiver, columns).map_or(KeyPart::Expr, KeyPart::Beginning)
        }
        expr => field_path(expr, columns).map_or(KeyPart::Expr, KeyPart::Field),
    }
}

fn field_path(expr: &Expr, columns: &Ident) -> Option<Vec<Ident>> {
    let Expr::Field(field) = bare(expr) else { return None };
    let Member::Named(name) = &field.member else { return None };
    let mut path = match bare(&field.base) {
        Expr::Path(base) if base.path.is_ident(columns) => Vec::new(),
        base => field_path(base, columns)?,
    };
    path.push(name.clone());
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn keys_are_read_as_far_as_possible() {
        let parts = |on: Expr| -> Vec<String> {
            let text = |part| match part {
                KeyPart::Field(path) => path.iter().map(Ident::to_string).collect::<Vec<_>>().join("."),
                KeyPart::Beginning(path) => path.iter().map(Ident::to_string).collect::<Vec<_>>().join(".") + "*",
                KeyPart::Expr => "?".to_owned(),
            };
            key_parts(&on).into_iter().map(text).collect()
        };
        assert_eq!(parts(parse_quote!(|t| t.a)), ["a"]);
        assert_eq!(parts(parse_quote!(|t| (t.a, (t.b.desc().nulls_last()), t.c.d))), ["a", "b", "c.d"]);
        assert_eq!(parts(parse_quote!(|t| (t.a.lower(), u.b, t.c.text("x")))), ["?", "?", "?"]);
        assert_eq!(parts(parse_quote!(|t| (t.a.prefix(9), t.b.c.prefix(9).desc()))), ["a*", "b.c*"]);
        assert_eq!(parts(parse_quote!(path::to::key)), ["?"]);
        assert_eq!(parts(parse_quote!(|Columns { a, .. }| a)), ["?"]);
    }
}

//! Attributes: `key`, `key = value` and `key(a, b)`, read so that one mistake does not hide the next.

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitInt, LitStr, Meta, Path, Token};

use crate::mistakes::Mistakes;
use crate::name::similar;

/// The arguments of one kind of attribute in one place.
pub(crate) struct Args {
    args: Vec<Arg>,
    /// The expressions without a key.
    pub(crate) bare: Vec<Expr>,
    /// Whether a part could not be read, so that what is missing may have been meant by it.
    pub(crate) broken: bool,
}

struct Arg {
    key: Ident,
    value: Value,
}

enum Value {
    Flag,
    Expr(Box<Expr>),
    List(Vec<Ident>),
}

/// One argument, or the error that reading it gave; either way the comma after it is next.
enum Piece {
    Arg(Arg),
    Bare(Expr),
    Wrong(syn::Error),
}

impl Parse for Piece {
    fn parse(input: ParseStream<'_>) -> syn::Result<Piece> {
        let piece = piece(input);
        let mut rest = None;
        while !input.is_empty() && !input.peek(Token![,]) {
            let token: TokenTree = input.parse()?;
            rest.get_or_insert(token.span());
        }
        Ok(match (piece, rest) {
            (Err(error), _) => Piece::Wrong(error),
            (Ok(_), Some(span)) => Piece::Wrong(syn::Error::new(span, "expected a comma")),
            (Ok(piece), None) => piece,
        })
    }
}

fn piece(input: ParseStream<'_>) -> syn::Result<Piece> {
    if !input.peek(Ident::peek_any) || input.peek(Token![move]) {
        return input.parse().map(|expr| Piece::Bare(ungrouped(expr)));
    }
    let key = input.call(Ident::parse_any)?;
    let value = if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new(key.span(), format!("`{key} = ` has no value")));
        }
        Value::Expr(Box::new(ungrouped(input.parse()?)))
    } else if input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in input);
        let list: Punctuated<Ident, Token![,]> =
            content.call(|c| Punctuated::parse_terminated_with(c, Ident::parse_any))?;
        Value::List(list.into_iter().collect())
    } else {
        Value::Flag
    };
    Ok(Piece::Arg(Arg { key, value }))
}

/// The expression without the invisible parentheses that a macro has put around it.
pub(crate) fn ungrouped(mut expr: Expr) -> Expr {
    while let Expr::Group(group) = expr {
        expr = *group.expr;
    }
    expr
}

impl Args {
    /// The arguments of all the attributes `name` among `attrs`; keys not in `known` and keys twice are mistakes.
    pub(crate) fn of(attrs: &[Attribute], name: &str, known: &[&str], mistakes: &Mistakes) -> Args {
        let mut args = Args { args: Vec::new(), bare: Vec::new(), broken: false };
        attrs.iter().filter(|attr| attr.path().is_ident(name)).for_each(|attr| args.read(attr, known, mistakes));
        args
    }

    /// The arguments of one attribute.
    pub(crate) fn of_one(attr: &Attribute, known: &[&str], mistakes: &Mistakes) -> Args {
        let mut args = Args { args: Vec::new(), bare: Vec::new(), broken: false };
        args.read(attr, known, mistakes);
        args
    }

    fn read(&mut self, attr: &Attribute, known: &[&str], mistakes: &Mistakes) {
        let attribute = attr.path().get_ident().map(Ident::to_string).unwrap_or_default();
        let list = match &attr.meta {
            Meta::List(list) => list,
            _ => {
                self.broken = true;
                return mistakes.of(attr, format!("write `#[{attribute}(..)]`"));
            }
        };
        let pieces = match list.parse_args_with(Punctuated::<Piece, Token![,]>::parse_terminated) {
            Ok(pieces) => pieces,
            Err(error) => {
                self.broken = true;
                return mistakes.push(error);
            }
        };
        for piece in pieces {
            match piece {
                Piece::Wrong(error) => {
                    self.broken = true;
                    mistakes.push(error);
                }
                Piece::Bare(expr) => self.bare.push(expr),
                Piece::Arg(arg) => {
                    let key = arg.key.to_string();
                    if !known.contains(&key.as_str()) {
                        self.broken = true;
                        let hint = match similar(&key, known) {
                            Some(meant) => format!("did you mean `{meant}`?"),
                            None => format!("there are {}", listed(known)),
                        };
                        mistakes.at(arg.key.span(), format!("`#[{attribute}(..)]` has no `{key}`: {hint}"));
                    } else if self.args.iter().any(|other| other.key == arg.key) {
                        mistakes.at(arg.key.span(), format!("`{key}` is given twice"));
                    } else {
                        self.args.push(arg);
                    }
                }
            }
        }
    }

    fn get(&self, key: &str) -> Option<&Arg> {
        self.args.iter().find(|arg| arg.key == key)
    }

    /// Where the key stands, if it does.
    pub(crate) fn span(&self, key: &str) -> Option<Span> {
        self.get(key).map(|arg| arg.key.span())
    }

    /// The keys that are given.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Ident> {
        self.args.iter().map(|arg| &arg.key)
    }

    /// Where a key without a value stands, if it does.
    pub(crate) fn flag(&self, key: &str, mistakes: &Mistakes) -> Option<Span> {
        let arg = self.get(key)?;
        if !matches!(arg.value, Value::Flag) {
            mistakes.at(arg.key.span(), format!("`{key}` takes no value"));
        }
        Some(arg.key.span())
    }

    /// A key with a string or without.
    pub(crate) fn flag_or_text(&self, key: &str, mistakes: &Mistakes) -> Option<(Span, Option<LitStr>)> {
        let arg = self.get(key)?;
        match arg.value {
            Value::Flag => Some((arg.key.span(), None)),
            _ => Some((arg.key.span(), self.text(key, mistakes))),
        }
    }

    /// The expression after a key.
    pub(crate) fn expr(&self, key: &str, example: &str, mistakes: &Mistakes) -> Option<Expr> {
        let arg = self.get(key)?;
        match &arg.value {
            Value::Expr(expr) => Some((**expr).clone()),
            _ => {
                mistakes.at(arg.key.span(), format!("`{key}` needs a value: `{key} = {example}`"));
                None
            }
        }
    }

    /// The closure, or path of a function, after a key.
    pub(crate) fn closure(&self, key: &str, example: &str, mistakes: &Mistakes) -> Option<Expr> {
        let expr = self.expr(key, example, mistakes)?;
        is_closure(&expr, example, mistakes).then_some(expr)
    }

    /// The string after a key.
    pub(crate) fn text(&self, key: &str, mistakes: &Mistakes) -> Option<LitStr> {
        match self.expr(key, "\"..\"", mistakes)? {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
            other => {
                mistakes.of(other, format!("`{key}` is a string: `{key} = \"..\"`"));
                None
            }
        }
    }

    /// The path after a key.
    pub(crate) fn path(&self, key: &str, example: &str, mistakes: &Mistakes) -> Option<Path> {
        match self.expr(key, example, mistakes)? {
            Expr::Path(path) if path.qself.is_none() => Some(path.path),
            other => {
                mistakes.of(other, format!("`{key}` is a name: `{key} = {example}`"));
                None
            }
        }
    }

    /// The number after a key, not 0.
    pub(crate) fn number(&self, key: &str, example: &str, mistakes: &Mistakes) -> Option<LitInt> {
        let expr = self.expr(key, example, mistakes)?;
        match integer(&expr) {
            Some(number) if number.base10_parse::<u32>().is_ok_and(|n| n > 0) => Some(number),
            _ => {
                mistakes.of(expr, format!("`{key}` is a whole number: `{key} = {example}`"));
                None
            }
        }
    }

    /// The pair of numbers after a key.
    pub(crate) fn pair(&self, key: &str, example: &str, mistakes: &Mistakes) -> Option<(LitInt, LitInt)> {
        let expr = self.expr(key, example, mistakes)?;
        let pair = match &expr {
            Expr::Tuple(tuple) if tuple.elems.len() == 2 => integer(&tuple.elems[0]).zip(integer(&tuple.elems[1])),
            _ => None,
        };
        if pair.is_none() {
            mistakes.of(expr, format!("`{key}` is a pair of whole numbers: `{key} = {example}`"));
        }
        pair
    }

    /// The names in parentheses after a key.
    pub(crate) fn list(&self, key: &str, example: &str, mistakes: &Mistakes) -> Option<(Span, Vec<Ident>)> {
        let arg = self.get(key)?;
        match &arg.value {
            Value::List(list) if !list.is_empty() => Some((arg.key.span(), list.clone())),
            _ => {
                mistakes.at(arg.key.span(), format!("`{key}` needs a list: `{key}({example})`"));
                None
            }
        }
    }
}

/// Whether this can be called with the columns; if not, that is a mistake.
pub(crate) fn is_closure(expr: &Expr, example: &str, mistakes: &Mistakes) -> bool {
    match expr {
        Expr::Path(_) => true,
        Expr::Closure(closure) if closure.inputs.len() == 1 => true,
        _ => {
            mistakes.at(expr.span(), format!("expected a closure of the columns: `{example}`"));
            false
        }
    }
}

fn integer(expr: &Expr) -> Option<LitInt> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if number.base10_parse::<u32>().is_ok() => {
            Some(LitInt::new(number.base10_digits(), number.span()))
        }
        _ => None,
    }
}

/// `` `a`, `b` and `c` ``
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

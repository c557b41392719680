//! Foreign keys: `references` of a column, and `#[foreign_key(..)]` of several.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Ident, LitStr, Path};

use crate::attr::Args;
use crate::mistakes::Mistakes;
use crate::name;

/// What is done to rows that refer to one that goes, or whose key changes.
#[derive(Clone, Debug)]
pub(crate) struct Actions {
    pub(crate) on_delete: Option<Path>,
    pub(crate) on_update: Option<Path>,
}

impl Actions {
    fn read(args: &Args, mistakes: &Mistakes) -> Actions {
        Actions {
            on_delete: args.path("on_delete", "Cascade", mistakes),
            on_update: args.path("on_update", "Cascade", mistakes),
        }
    }
}

/// `references = User::id`
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) table: Path,
    pub(crate) column: Ident,
    pub(crate) actions: Actions,
}

impl Reference {
    /// Reads what `#[column(..)]` says.
    pub(super) fn read(args: &Args, mistakes: &Mistakes) -> Option<Reference> {
        let actions = Actions::read(args, mistakes);
        let mut table = args.path("references", "User::id", mistakes)?;
        let span = table.span();
        let column = table.segments.pop();
        match column {
            Some(column) if !table.segments.is_empty() && column.arguments.is_empty() => {
                table.segments.pop_punct();
                Some(Reference { table, column: column.ident, actions })
            }
            _ => {
                mistakes.at(span, "`references` names a table's struct and the field: `references = User::id`");
                None
            }
        }
    }
}

/// `#[foreign_key(on = |t| (t.a, t.b), references = User, to = |u| (u.a, u.b))]`
#[derive(Clone, Debug)]
pub(crate) struct ForeignKey {
    /// The name that it was given.
    pub(crate) name: Option<LitStr>,
    pub(crate) on: Expr,
    pub(crate) table: Path,
    pub(crate) to: Expr,
    pub(crate) actions: Actions,
    pub(crate) span: Span,
}

const ON: &str = "|t| (t.a, t.b)";
const TO: &str = "|u| (u.a, u.b)";

impl ForeignKey {
    /// Reads `#[foreign_key(..)]`.
    pub(super) fn read(attr: &Attribute, mistakes: &Mistakes) -> Option<ForeignKey> {
        let args = Args::of_one(attr, &["name", "on", "references", "to", "on_delete", "on_update"], mistakes);
        let whole = format!("`on = {ON}, references = User, to = {TO}`");
        for bare in &args.bare {
            mistakes.of(bare, format!("a foreign key is given by {whole}"));
        }
        let span = attr.path().span();
        let complete = ["on", "references", "to"].iter().all(|key| args.span(key).is_some());
        if !complete && args.bare.is_empty() && !args.broken {
            mistakes.at(span, format!("a foreign key says what refers to what: {whole}"));
        }
        let name = args.text("name", mistakes);
        if let Some(name) = &name {
            name::check(&name.value(), name.span(), mistakes);
        }
        let actions = Actions::read(&args, mistakes);
        let (on, to) = (args.closure("on", ON, mistakes), args.closure("to", TO, mistakes));
        let table = args.path("references", "User", mistakes);
        Some(ForeignKey { name, on: on?, table: table?, to: to?, actions, span })
    }
}

//! A field of a table or embedded struct, and what `#[column(..)]` says of it.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Field, Ident, LitInt, LitStr, Type};

use super::{Reference, check_type, docs, ident};
use crate::attr::Args;
use crate::mistakes::Mistakes;
use crate::name;

/// What a field is in the table.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A column.
    Column,
    /// Nothing.
    Skip,
    /// The columns of another struct, with a prefix.
    Embed(String),
}

/// What the library does with a column by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    CreatedAt,
    UpdatedAt,
    Version,
}

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) docs: Vec<Attribute>,
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) primary_key: Option<Span>,
    pub(crate) auto_increment: Option<Span>,
    /// A unique constraint; its name, if it was given one.
    pub(crate) unique: Option<(Span, Option<LitStr>)>,
    pub(crate) index: Option<Span>,
    pub(crate) sql_type: Option<LitStr>,
    pub(crate) len: Option<LitInt>,
    pub(crate) precision: Option<(LitInt, LitInt)>,
    pub(crate) default: Option<Expr>,
    pub(crate) generated: Option<Expr>,
    /// Whether what is generated is computed when it is read.
    pub(crate) computed_on_read: Option<Span>,
    /// Whether numbers are never given twice.
    pub(crate) never_reused: Option<Span>,
    pub(crate) invisible: Option<Span>,
    pub(crate) reference: Option<Reference>,
    pub(crate) role: Option<(Role, Span)>,
    pub(crate) collate: Option<LitStr>,
    pub(crate) comment: Option<LitStr>,
}

/// What a column of any struct can have.
const ANYWHERE: &[&str] =
    &["name", "type", "len", "precision", "default", "collate", "comment", "skip", "embed", "prefix"];

/// What only a column of a table can have.
const IN_TABLES: &[&str] = &[
    "primary_key",
    "auto_increment",
    "unique",
    "index",
    "generated",
    "virtual",
    "never_reused",
    "invisible",
    "references",
    "on_delete",
    "on_update",
    "created_at",
    "updated_at",
    "version",
];

impl Column {
    /// A field of a table.
    pub(crate) fn of_table(field: &Field, mistakes: &Mistakes) -> Column {
        Column::read(field, &[ANYWHERE, IN_TABLES].concat(), mistakes)
    }

    /// A field of an embedded struct.
    pub(crate) fn of_embedded(field: &Field, mistakes: &Mistakes) -> Column {
        let all = Args::of(&field.attrs, "column", &[ANYWHERE, IN_TABLES].concat(), &Mistakes::default());
        for key in all.keys().filter(|key| IN_TABLES.iter().any(|k| key == k)) {
            mistakes.at(key.span(), format!("`{key}` is said in the table, not in a struct that is embedded in it"));
        }
        let known: &[&str] = if all.keys().any(|key| IN_TABLES.iter().any(|k| key == k)) {
            &[ANYWHERE, IN_TABLES].concat()
        } else {
            ANYWHERE
        };
        Column::read(field, known, mistakes)
    }

    /// A field of a view.
    pub(crate) fn of_view(field: &Field, mistakes: &Mistakes) -> Column {
        Column::read(field, &["name", "type"], mistakes)
    }

    fn read(field: &Field, known: &[&str], mistakes: &Mistakes) -> Column {
        let args = Args::of(&field.attrs, "column", known, mistakes);
        for bare in &args.bare {
            mistakes.of(bare, "expected `key` or `key = value`");
        }
        let ident = ident(field);
        let given = args.text("name", mistakes);
        let name = given.as_ref().map_or_else(|| ident.unraw().to_string(), LitStr::value);
        let name_span = given.as_ref().map_or(ident.span(), LitStr::span);
        let roles = [("created_at", Role::CreatedAt), ("updated_at", Role::UpdatedAt), ("version", Role::Version)];
        let mut roles = roles.into_iter().filter_map(|(key, role)| Some((role, args.flag(key, mistakes)?)));
        let role = roles.next();
        for (_, span) in roles {
            mistakes.at(span, "a column is one of `created_at`, `updated_at` and `version`");
        }
        let kind = kind(&args, &ident, mistakes);
        if matches!(kind, Kind::Column) {
            check_type(&field.ty, mistakes);
        }
        let column = Column {
            kind,
            ty: field.ty.clone(),
            docs: docs(&field.attrs),
            name,
            name_span,
            primary_key: args.flag("primary_key", mistakes),
            auto_increment: args.flag("auto_increment", mistakes),
            unique: args.flag_or_text("unique", mistakes),
            index: args.flag("index", mistakes),
            sql_type: args.text("type", mistakes),
            len: args.number("len", "80", mistakes),
            precision: args.pair("precision", "(10, 2)", mistakes),
            default: args.expr("default", "0", mistakes),
            generated: args.closure("generated", "|t| t.price * t.count", mistakes),
            computed_on_read: args.flag("virtual", mistakes),
            never_reused: args.flag("never_reused", mistakes),
            invisible: args.flag("invisible", mistakes),
            reference: Reference::read(&args, mistakes),
            role,
            collate: args.text("collate", mistakes),
            comment: args.text("comment", mistakes),
            ident,
        };
        column.check(&args, mistakes);
        column
    }

    /// Whether it is a column by itself.
    pub(crate) fn is_column(&self) -> bool {
        matches!(self.kind, Kind::Column)
    }

    /// Whether it is in the table at all.
    pub(crate) fn is_stored(&self) -> bool {
        !matches!(self.kind, Kind::Skip)
    }

    fn check(&self, args: &Args, mistakes: &Mistakes) {
        name::check(&self.name, self.name_span, mistakes);
        for text in [&self.sql_type, &self.collate].into_iter().flatten() {
            if text.value().trim().is_empty() || text.value().chars().any(char::is_control) {
                mistakes.at(text.span(), "this cannot be empty or contain control characters");
            }
        }
        match &self.kind {
            Kind::Column => {
                if let Some(span) = args.span("prefix") {
                    mistakes.at(span, "`prefix` goes with `embed`");
                }
            }
            Kind::Skip => {
                for key in args.keys().filter(|&key| key != "skip") {
                    mistakes.at(key.span(), format!("`skip` says that there is no column, so there is no `{key}`"));
                }
            }
            Kind::Embed(prefix) => {
                if prefix.chars().any(char::is_control) {
                    mistakes.at(self.ident.span(), "a prefix cannot contain control characters");
                }
                for key in args.keys().filter(|&key| key != "embed" && key != "prefix" && key != "skip") {
                    mistakes.at(key.span(), format!("`{key}` is said of the columns inside the embedded struct"));
                }
            }
        }
        let conflict = |a: Option<Span>, b: bool, message: &str| {
            if let (Some(span), true) = (a, b) {
                mistakes.at(span, message);
            }
        };
        let default = self.default.as_ref().map(|expr| args.span("default").unwrap_or(expr.span()));
        conflict(
            default,
            matches!(self.role, Some((Role::CreatedAt | Role::UpdatedAt, _))),
            "the library fills this column with the time: it needs no `default`",
        );
        conflict(default, self.generated.is_some(), "a generated column has no `default`");
        conflict(default, self.auto_increment.is_some(), "a column that the database numbers has no `default`");
        let generated = args.span("generated");
        conflict(generated, self.role.is_some(), "the database computes this column: the library cannot fill it in");
        conflict(generated, self.auto_increment.is_some(), "a generated column cannot be `auto_increment`");
        conflict(generated, self.primary_key.is_some(), "a generated column cannot be the primary key");
        conflict(
            self.unique.as_ref().map(|(span, _)| *span),
            self.primary_key.is_some(),
            "a primary key is unique already",
        );
        conflict(args.span("len"), self.precision.is_some(), "`len` is for text, `precision` for decimals");
        conflict(
            self.computed_on_read,
            self.generated.is_none(),
            "`virtual` says when a generated column is computed: it goes with `generated = |t| ..`",
        );
        conflict(
            self.never_reused,
            self.auto_increment.is_none(),
            "`never_reused` is about the numbers that the database gives: it goes with `auto_increment`",
        );
        let actions = args.span("on_delete").or(args.span("on_update"));
        conflict(
            actions,
            args.span("references").is_none(),
            "`on_delete` and `on_update` go with `references = Table::column`",
        );
        if let Some(name) = self.unique.as_ref().and_then(|(_, name)| name.as_ref()) {
            name::check(&name.value(), name.span(), mistakes);
        }
        if let Some((digits, scale)) = &self.precision {
            let (d, s) = (digits.base10_parse::<u32>().unwrap_or(0), scale.base10_parse::<u32>().unwrap_or(0));
            if d == 0 || s > d {
                mistakes.at(digits.span(), "`precision` is all digits, then those after the point: `(10, 2)`");
            }
        }
    }
}

fn kind(args: &Args, ident: &Ident, mistakes: &Mistakes) -> Kind {
    match (args.flag("skip", mistakes), args.flag("embed", mistakes)) {
        (Some(_), Some(span)) => {
            mistakes.at(span, "`embed` and `skip` exclude each other");
            Kind::Skip
        }
        (Some(_), None) => Kind::Skip,
        (None, Some(_)) => {
            let prefix = args.text("prefix", mistakes).map(|prefix| prefix.value());
            Kind::Embed(prefix.unwrap_or_else(|| format!("{}_", ident.unraw())))
        }
        (None, None) => Kind::Column,
    }
}

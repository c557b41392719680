//! A table: the struct, its fields and its attributes.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{DeriveInput, Expr, Ident, LitStr, Visibility};

use super::index::{KeyPart, key_parts};
use super::{Check, Column, ForeignKey, Heading, Index, Kind, in_derive, named_fields, no_generics};
use crate::attr::Args;
use crate::mistakes::Mistakes;
use crate::name;

/// The most columns that a table can have on any database.
const MOST_COLUMNS: usize = 1600;
/// The most columns of a key whose values can be given.
const MOST_KEY_COLUMNS: usize = 8;

/// A table.
pub(crate) struct Table {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    /// Whether it is a view, which is a table to those who read it.
    pub(crate) view: bool,
    /// The module that generated code names.
    pub(crate) derive: TokenStream,
    pub(crate) name: String,
    pub(crate) schema: Option<LitStr>,
    pub(crate) dialect: TokenStream,
    pub(crate) comment: Option<LitStr>,
    pub(crate) collate: Option<LitStr>,
    pub(crate) columns: Vec<Column>,
    /// The primary key, as positions in `columns`.
    pub(crate) primary_key: Vec<usize>,
    pub(crate) uniques: Vec<Unique>,
    pub(crate) indexes: Vec<NamedIndex>,
    /// Foreign keys of several columns, and their names.
    pub(crate) foreign_keys: Vec<(String, ForeignKey)>,
    /// Checks and their names.
    pub(crate) checks: Vec<(String, Check)>,
}

/// A unique constraint of one column.
pub(crate) struct Unique {
    pub(crate) name: String,
    pub(crate) column: usize,
    pub(crate) constant: Ident,
}

/// An index and what is derived from it.
pub(crate) struct NamedIndex {
    pub(crate) name: String,
    pub(crate) index: Index,
    /// The constant for its handle, if it was given a name.
    pub(crate) handle: Option<Ident>,
    /// The constant for its key and the positions in `columns`, if it is unique and has only plain columns.
    pub(crate) key: Option<(Ident, Vec<usize>)>,
}

impl Table {
    /// Reads a struct.
    pub(crate) fn read(input: &DeriveInput, mistakes: &Mistakes) -> Option<Table> {
        no_generics(input, "Table", mistakes);
        let known = ["name", "schema", "dialect", "primary_key", "comment", "collate", "crate"];
        let Heading { args, derive, name, schema, dialect } = Heading::read(input, "table", &known, mistakes);
        let indexes: Vec<_> = input.attrs.iter().filter(|attr| attr.path().is_ident("index")).collect();
        let indexes: Vec<_> = indexes.iter().filter_map(|attr| Index::read(attr, mistakes)).collect();
        let checks: Vec<_> = input.attrs.iter().filter(|attr| attr.path().is_ident("check")).collect();
        let checks: Vec<_> = checks.iter().filter_map(|attr| Check::read(attr, mistakes)).collect();
        let keys: Vec<_> = input.attrs.iter().filter(|attr| attr.path().is_ident("foreign_key")).collect();
        let keys: Vec<_> = keys.iter().filter_map(|attr| ForeignKey::read(attr, mistakes)).collect();
        let columns = named_fields(input, "Table", mistakes)?;
        let columns: Vec<_> = columns.into_iter().map(|field| Column::of_table(field, mistakes)).collect();
        let mut table = Table {
            ident: input.ident.clone(),
            vis: input.vis.clone(),
            view: false,
            dialect,
            derive,
            name,
            schema,
            comment: args.text("comment", mistakes),
            collate: args.text("collate", mistakes),
            primary_key: primary_key(&args, &columns, mistakes),
            columns,
            uniques: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
        };
        if let Some(collate) = &table.collate {
            name::check(&collate.value(), collate.span(), mistakes);
        }
        table.check_columns(mistakes);
        table.name_constraints(indexes, checks);
        table.name_foreign_keys(keys);
        table.check_constraints(mistakes);
        Some(table)
    }

    pub(super) fn check_columns(&self, mistakes: &Mistakes) {
        if !self.columns.iter().any(Column::is_stored) {
            mistakes.at(self.ident.span(), "a table needs at least one column");
        }
        if self.columns.len() > MOST_COLUMNS {
            let many = self.columns.len();
            mistakes.at(self.ident.span(), format!("a table has at most {MOST_COLUMNS} columns, this one has {many}"));
        }
        let mut numbers = BTreeMap::new();
        for column in self.columns.iter().filter(|column| column.is_stored()) {
            if let Some(other) = numbers.insert(name::number(&column.ident), &column.ident) {
                let message =
                    format!("this name cannot be told from `{other}` by its hash: name one of them otherwise");
                mistakes.at(column.ident.span(), message);
            }
        }
        let mut seen = BTreeMap::new();
        for column in self.columns.iter().filter(|column| column.is_column()) {
            if let Some(other) = seen.insert(&column.name, &column.ident) {
                let message = format!("the column of `{other}` is named `{}`, too", column.name);
                mistakes.at(column.name_span, message);
            }
            let in_key = self.primary_key.iter().any(|&i| self.columns[i].ident == column.ident);
            if let Some(span) = column.auto_increment.filter(|_| !in_key && column.primary_key.is_none()) {
                mistakes.at(span, "`auto_increment` is for the primary key: add `primary_key`");
            }
        }
        for column in self.columns.iter().filter(|column| column.ident.unraw() == "__source") {
            mistakes.at(column.ident.span(), "`__source` is taken: name the field otherwise and say `name = \"..\"`");
        }
        let mut numbered = self.columns.iter().filter_map(|column| column.auto_increment).skip(1);
        if let Some(span) = numbered.next() {
            mistakes.at(span, "a table has at most one `auto_increment` column");
        }
    }

    pub(super) fn name_constraints(&mut self, indexes: Vec<Index>, checks: Vec<Check>) {
        let name = &self.name;
        for (i, column) in self.columns.iter().enumerate().filter(|(_, column)| column.is_column()) {
            if let Some((span, given)) = &column.unique {
                let given = given.as_ref().map(LitStr::value);
                let field = column.ident.unraw().to_string();
                self.uniques.push(Unique {
                    name: given.unwrap_or_else(|| name::shortened(format!("{name}_{}_key", column.name))),
                    column: i,
                    constant: key_constant(&field, *span),
                });
            }
        }
        let of_columns = self.columns.iter().filter(|column| column.is_column());
        let of_columns = of_columns.filter_map(|column| Some(Index::of_column(&column.ident, column.index?)));
        let of_columns: Vec<_> = of_columns.collect();
        for (n, index) in indexes.into_iter().chain(of_columns).enumerate() {
            let parts: Option<Vec<String>> = key_parts(&index.on).iter().map(|part| self.part_name(part)).collect();
            let name = match (&index.name, parts) {
                (Some(name), _) => name.value(),
                (None, Some(parts)) => name::shortened(format!("idx_{name}_{}", parts.join("_"))),
                (None, None) => name::shortened(format!("idx_{name}_{}", n + 1)),
            };
            let handle = index.name.as_ref().map(|name| name::constant(&name.value(), name.span()));
            let key = index.unique.and_then(|span| {
                let columns: Vec<usize> = key_parts(&index.on).iter().map(|p| self.plain(p)).collect::<Option<_>>()?;
                let fields: Vec<_> = columns.iter().map(|&i| self.columns[i].ident.unraw().to_string()).collect();
                let base = index.name.as_ref().map_or_else(|| fields.join("_"), LitStr::value);
                Some((key_constant(&base, span), columns))
            });
            let taken = key.as_ref().is_some_and(|(key, _)| handle.as_ref() == Some(key));
            let handle = handle.map(|h| if taken { quote::format_ident!("IDX_{h}", span = h.span()) } else { h });
            self.indexes.push(NamedIndex { name, index, handle, key });
        }
        for (n, check) in checks.into_iter().enumerate() {
            let given = check.name.as_ref().map(LitStr::value);
            let name = given.unwrap_or_else(|| name::shortened(format!("{name}_check_{}", n + 1)));
            self.checks.push((name, check));
        }
    }

    fn name_foreign_keys(&mut self, keys: Vec<ForeignKey>) {
        for (n, key) in keys.into_iter().enumerate() {
            let parts: Option<Vec<String>> = key_parts(&key.on).iter().map(|part| self.part_name(part)).collect();
            let of = parts.map_or_else(|| (n + 1).to_string(), |parts| parts.join("_"));
            let given = key.name.as_ref().map(LitStr::value);
            let name = given.unwrap_or_else(|| name::shortened(format!("fk_{}_{of}", self.name)));
            self.foreign_keys.push((name, key));
        }
    }

    /// What the foreign key of one column is named.
    pub(crate) fn reference_name(&self, column: &Column) -> String {
        name::shortened(format!("fk_{}_{}", self.name, column.name))
    }

    /// The position in `columns` of a plain column in a key.
    fn plain(&self, part: &KeyPart) -> Option<usize> {
        match part {
            KeyPart::Field(path) => {
                let [field] = path.as_slice() else { return None };
                self.columns.iter().position(|column| column.is_column() && column.ident == *field)
            }
            KeyPart::Beginning(_) | KeyPart::Expr => None,
        }
    }

    /// The columns that are in keys as a whole, as positions in `columns`, each once.
    pub(crate) fn keyed(&self) -> Vec<usize> {
        let indexes = self.indexes.iter().filter(|index| !index.index.is_full_text());
        let keys = indexes.map(|index| &index.index.on).chain(self.foreign_keys.iter().map(|(_, key)| &key.on));
        let indexed = keys.flat_map(key_parts).filter_map(|part| self.plain(&part));
        let unique = self.uniques.iter().map(|unique| unique.column);
        let foreign = (0..self.columns.len()).filter(|&i| self.columns[i].reference.is_some());
        let mut keyed: Vec<usize> =
            self.primary_key.iter().copied().chain(unique).chain(foreign).chain(indexed).collect();
        keyed.sort_unstable();
        keyed.dedup();
        keyed
    }

    /// How many unique keys it has, the primary one among them.
    pub(crate) fn unique_keys(&self) -> usize {
        let indexes = self.indexes.iter().filter(|index| index.index.unique.is_some()).count();
        usize::from(!self.primary_key.is_empty()) + self.uniques.len() + indexes
    }

    /// What a part of a key is called in the name of the index.
    fn part_name(&self, part: &KeyPart) -> Option<String> {
        match (part, self.plain(part)) {
            (_, Some(i)) => Some(self.columns[i].name.clone()),
            (KeyPart::Field(path) | KeyPart::Beginning(path), None) => {
                Some(path.iter().map(|field| field.unraw().to_string()).collect::<Vec<_>>().join("_"))
            }
            (KeyPart::Expr, None) => None,
        }
    }

    pub(super) fn check_constraints(&self, mistakes: &Mistakes) {
        let mut names = BTreeMap::new();
        let uniques = self.uniques.iter().map(|unique| (&unique.name, unique.constant.span()));
        let indexes = self.indexes.iter().map(|index| (&index.name, index.index.span));
        for (name, span) in uniques.chain(indexes) {
            if names.insert(name, ()).is_some() {
                mistakes.at(span, format!("two indexes or unique constraints are named `{name}`: say `name = \"..\"`"));
            }
        }
        let mut names = BTreeMap::new();
        for (name, check) in &self.checks {
            if names.insert(name, ()).is_some() {
                let span = check.name.as_ref().map_or(check.condition.span(), LitStr::span);
                mistakes.at(span, format!("two checks are named `{name}`"));
            }
        }
        let of_columns = self.columns.iter().filter(|column| column.reference.is_some());
        let mut names: BTreeSet<String> = of_columns.map(|column| self.reference_name(column)).collect();
        for (name, key) in &self.foreign_keys {
            if !names.insert(name.clone()) {
                mistakes.at(key.span, format!("two foreign keys are named `{name}`: say `name = \"..\"`"));
            }
        }
        let mut constants = BTreeMap::new();
        let uniques = self.uniques.iter().map(|unique| (&unique.constant, &unique.name));
        let indexes = self.indexes.iter().flat_map(|index| {
            let key = index.key.as_ref().map(|(constant, _)| constant);
            index.handle.iter().chain(key).map(|constant| (constant, &index.name))
        });
        for (constant, of) in uniques.chain(indexes) {
            // two of one name have been noted already
            let other = constants.insert(constant.to_string(), of);
            if other.is_some_and(|other| other != of) || constant == "PRIMARY_KEY" {
                let message = format!("two constants would be named `{constant}`: say `name = \"..\"`");
                mistakes.at(constant.span(), message);
            }
        }
    }

    /// The trait that generated code implements and names.
    pub(crate) fn of_trait(&self) -> Ident {
        quote::format_ident!("{}", if self.view { "View" } else { "Table" })
    }

    /// The constant of that trait for its name.
    pub(crate) fn constant(&self) -> Ident {
        quote::format_ident!("{}", if self.view { "VIEW" } else { "TABLE" })
    }

    /// The columns struct's name.
    pub(crate) fn columns_ident(&self) -> Ident {
        quote::format_ident!("{}Columns", self.ident.unraw(), span = self.ident.span())
    }

    /// The fields that are in the table, each with the position of its first column.
    pub(crate) fn stored(&self) -> Vec<(&Column, TokenStream)> {
        positions(&self.columns)
    }
}

/// The fields that are stored, each with the position of its first column.
pub(crate) fn positions(columns: &[Column]) -> Vec<(&Column, TokenStream)> {
    let (mut plain, mut embedded) = (0u32, TokenStream::new());
    let mut stored = Vec::new();
    for column in columns {
        let position = quote!(#plain #embedded);
        match column.kind {
            Kind::Skip => continue,
            Kind::Column => plain += 1,
            Kind::Embed(_) => {
                let ty = &column.ty;
                embedded.extend(quote!(+ <#ty as __relvar::Embedded>::COLUMNS.len() as u32));
            }
        }
        stored.push((column, position));
    }
    stored
}

/// The constant of a key, without a second `_KEY`.
fn key_constant(base: &str, span: Span) -> Ident {
    let base = name::constant(base, span).to_string();
    match base.ends_with("_KEY") {
        true => Ident::new(&base, span),
        false => quote::format_ident!("{base}_KEY", span = span),
    }
}

fn primary_key(args: &Args, columns: &[Column], mistakes: &Mistakes) -> Vec<usize> {
    let marked: Vec<usize> = (0..columns.len()).filter(|&i| columns[i].primary_key.is_some()).collect();
    let Some((span, fields)) = args.list("primary_key", "a, b", mistakes) else {
        if let (Some(&first), Some(&second)) = (marked.first(), marked.get(1)) {
            let (first, other) = (&columns[first].ident, &columns[second]);
            let message = format!(
                "a table has one primary key: for one of several columns, say `#[table(primary_key({first}, {}))]`",
                other.ident
            );
            mistakes.at(other.primary_key.unwrap_or(other.ident.span()), message);
        }
        return marked;
    };
    if let Some(&column) = marked.first() {
        let message = "the primary key is given by `#[table(primary_key(..))]` already";
        mistakes.at(columns[column].primary_key.unwrap_or(span), message);
    }
    if fields.len() > MOST_KEY_COLUMNS {
        mistakes.at(span, format!("a primary key has at most {MOST_KEY_COLUMNS} columns"));
    }
    let mut key = Vec::new();
    for field in fields {
        match columns.iter().position(|column| column.is_column() && column.ident == field) {
            Some(i) if key.contains(&i) => mistakes.at(field.span(), format!("`{field}` is in the key twice")),
            Some(i) => key.push(i),
            None => mistakes.at(field.span(), format!("there is no column `{field}`")),
        }
    }
    key
}

/// The type of `dialect = ..`: one, or several in any order.
pub(crate) fn dialect(args: &Args, derive: &TokenStream, mistakes: &Mistakes) -> TokenStream {
    let Some(expr) = args.span("dialect").and_then(|_| args.expr("dialect", "(A, B)", mistakes)) else {
        return quote!(#derive::Portable);
    };
    let exprs = match expr {
        Expr::Tuple(tuple) => tuple.elems.into_iter().collect(),
        Expr::Paren(inner) => vec![*inner.expr],
        expr => vec![expr],
    };
    let mut set: Option<TokenStream> = None;
    let mut seen = Vec::new();
    for expr in &exprs {
        let Expr::Path(path) = expr else {
            mistakes.of(expr, "`dialect` is the name of a database, or several in parentheses");
            continue;
        };
        let next = in_derive(&path.path, derive);
        if seen.contains(&&path.path) {
            mistakes.of(expr, "this database is named twice");
        }
        seen.push(&path.path);
        set = Some(match set {
            None => next,
            Some(before) => quote!(<#before as #derive::Unite<#next>>::Out),
        });
    }
    set.unwrap_or_else(|| {
        if exprs.is_empty() {
            mistakes.at(args.span("dialect").unwrap_or(Span::call_site()), "`dialect` names at least one database");
        }
        quote!(#derive::Portable)
    })
}

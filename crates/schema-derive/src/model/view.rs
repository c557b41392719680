//! A view: the struct, its query, and the indexes of a materialized one.

use proc_macro2::Span;
use syn::{DeriveInput, Expr};

use super::{Column, Heading, Index, Table, named_fields, no_generics};
use crate::mistakes::Mistakes;

/// A view.
pub(crate) struct View {
    /// Its columns and indexes.
    pub(crate) table: Table,
    /// A closure or function that gives its query.
    pub(crate) query: Expr,
    pub(crate) materialized: Option<Span>,
}

const EXAMPLE: &str = "|| Thread::query().select(|t| OpenThreadExprs { .. })";

impl View {
    /// Reads a struct.
    pub(crate) fn read(input: &DeriveInput, mistakes: &Mistakes) -> Option<View> {
        no_generics(input, "View", mistakes);
        let known = ["name", "schema", "dialect", "query", "materialized", "crate"];
        let Heading { args, derive, name, schema, dialect } = Heading::read(input, "view", &known, mistakes);
        let materialized = args.flag("materialized", mistakes);
        if let Some(attr) = input.attrs.iter().find(|attr| attr.path().is_ident("table")) {
            mistakes.of(attr, "a view is described by `#[view(..)]`");
        }
        let indexes: Vec<_> = input.attrs.iter().filter(|attr| attr.path().is_ident("index")).collect();
        if let (Some(first), None) = (indexes.first(), materialized) {
            mistakes.of(
                first,
                "a view keeps no rows that could be indexed: `#[view(materialized, ..)]` makes one that does",
            );
        }
        let indexes = indexes.iter().filter_map(|attr| Index::read(attr, mistakes)).collect();
        let query = args.expr("query", EXAMPLE, mistakes);
        if args.span("query").is_none() && !args.broken {
            mistakes.at(input.ident.span(), format!("a view needs its query: `#[view(query = {EXAMPLE})]`"));
        }
        let query = query.filter(|query| {
            let takes_nothing = match query {
                Expr::Closure(closure) => closure.inputs.is_empty(),
                Expr::Path(_) => true,
                _ => false,
            };
            if !takes_nothing {
                mistakes.of(query, format!("`query` is a closure or function without arguments: `query = {EXAMPLE}`"));
            }
            takes_nothing
        });
        let columns = named_fields(input, "View", mistakes)?;
        let columns = columns.into_iter().map(|field| Column::of_view(field, mistakes)).collect();
        let mut table = Table {
            ident: input.ident.clone(),
            vis: input.vis.clone(),
            view: true,
            dialect,
            derive,
            name,
            schema,
            comment: None,
            collate: None,
            primary_key: Vec::new(),
            columns,
            uniques: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
        };
        table.check_columns(mistakes);
        table.name_constraints(indexes, Vec::new());
        table.check_constraints(mistakes);
        Some(View { table, query: query?, materialized })
    }

    /// Whether an index tells its rows apart: a unique one of plain columns, without a filter.
    pub(crate) fn is_uniquely_indexed(&self) -> bool {
        self.table.indexes.iter().any(|index| index.key.is_some() && index.index.filter.is_none())
    }
}

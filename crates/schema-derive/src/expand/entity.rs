//! `Entity`, for tables with a primary key.

use std::mem::take;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::at;
use super::table::{embedded_columns, parts};
use crate::model::{Column, Kind, Table};

/// The implementation, if there is a key.
pub(crate) fn expand(table: &Table) -> TokenStream {
    if table.primary_key.is_empty() {
        return TokenStream::new();
    }
    let ident = &table.ident;
    let key: Vec<&Column> = table.primary_key.iter().map(|&i| &table.columns[i]).collect();
    let stored = table.stored();
    let of_key = |column: &Column| key.iter().any(|part| part.ident == column.ident);
    let positions = key.iter().filter_map(|part| stored.iter().find(|(column, _)| column.ident == part.ident));
    let positions = positions.map(|(_, position)| position);
    let (names, types): (Vec<_>, Vec<_>) = key.iter().map(|column| (&column.ident, &column.ty)).unzip();
    let (key_type, value) = match key.as_slice() {
        [column] => {
            let (ty, name) = (&column.ty, &column.ident);
            (quote!(#ty), quote!(&self.#name))
        }
        _ => (quote!((#(#types),*)), quote!((#(&self.#names),*))),
    };
    let changed = stored.iter().filter(|(column, _)| {
        !of_key(column) && column.generated.is_none() && column.auto_increment.is_none() && column.role.is_none()
    });
    let mut changes = Changes::default();
    for (column, position) in changed {
        let (name, ty) = (&column.ident, &column.ty);
        match column.kind {
            Kind::Embed(_) => {
                let value = quote_spanned!(at(ty)=> <#ty as __relvar::Clone>::clone(&self.#name));
                changes.end_run();
                changes.all.extend(quote!(__relvar::Placed::changes(__columns.#name.set(#value), &mut __changes);));
            }
            _ if column.sql_type.is_some() => {
                let parts = parts(table);
                let part = quote!(&#parts[(#position) as usize]);
                changes.push(position, &quote_spanned!(at(ty)=> &__relvar::Declared(&self.#name, #part)));
            }
            _ => changes.push(position, &quote_spanned!(at(ty)=> &self.#name)),
        }
    }
    changes.end_run();
    let changes = changes.all;
    let embedded = embedded_columns(table);
    let columns = table.columns_ident();
    quote! {
        impl __relvar::Entity for #ident {
            type Key = #key_type;
            const PRIMARY_KEY: __relvar::UniqueKey<#ident, #key_type> = __relvar::UniqueKey::primary(&[#(#positions),*]);
            fn is_self(&self, __columns: #columns<__relvar::NotNull>) -> __relvar::ir::Node {
                __relvar::UniqueKey::is(&<Self as __relvar::Entity>::PRIMARY_KEY, __columns.__source, #value)
            }
            fn changes(&self) -> __relvar::Vec<__relvar::Assignment<Self>> {
                #embedded
                let mut __changes: __relvar::Vec<__relvar::Assignment<Self>> = __relvar::Vec::new();
                #changes
                __changes
            }
        }
    }
}

/// The statements that append the changes: one for all columns that follow one another, as lists of their positions and
/// of references to their values.
#[derive(Default)]
struct Changes {
    all: TokenStream,
    positions: TokenStream,
    values: TokenStream,
}

impl Changes {
    fn push(&mut self, position: &TokenStream, value: &TokenStream) {
        self.positions.extend(quote!(#position,));
        self.values.extend(quote!(#value,));
    }

    fn end_run(&mut self) {
        let (positions, values) = (take(&mut self.positions), take(&mut self.values));
        if !values.is_empty() {
            self.all.extend(quote!(__relvar::changes(&mut __changes, &[#positions], &[#values]);));
        }
    }
}

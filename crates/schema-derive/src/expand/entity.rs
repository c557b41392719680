//! `Entity`, for tables with a primary key.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::at;
use super::table::{declared_value, embedded_columns};
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
    let changes = stored.iter().filter(|(column, _)| {
        !of_key(column) && column.generated.is_none() && column.auto_increment.is_none() && column.role.is_none()
    });
    let changes = changes.map(|(column, position)| {
        let (name, ty) = (&column.ident, &column.ty);
        let copy = || quote_spanned!(at(ty)=> <#ty as __relvar::Clone>::clone(&self.#name));
        let value = match column.kind {
            Kind::Embed(_) => {
                let value = copy();
                return quote!(__relvar::Placed::changes(__columns.#name.set(#value), &mut __changes););
            }
            _ if column.sql_type.is_some() => declared_value(table, column, position, &copy()),
            _ => quote_spanned!(at(ty)=> __relvar::own_copy::<#ty>(&self.#name)),
        };
        quote!(__relvar::change(&mut __changes, #position, #value);)
    });
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
                #(#changes)*
                __changes
            }
        }
    }
}

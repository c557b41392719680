//! The struct of a table's columns, which the closures of a query get.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Attribute, Ident, Type};

use super::fresh::Fresh;
use super::table::{names, width};
use super::{at, is_written};
use crate::model::{Column, Kind, Table};

/// The documentation of a column: what the user wrote at the field.
pub(crate) fn doc(column: &Column) -> TokenStream {
    let docs: &[Attribute] = &column.docs;
    if docs.is_empty() {
        let text = format!("The column `{}`.", column.name);
        return quote!(#[doc = #text]);
    }
    quote!(#(#docs)*)
}

/// The type of a column whose field is a `ty`, in a columns struct of nullness `n`.
///
/// `In` is that of any type, and four projections for the compiler. A type that is written as an option stays one, and
/// one that is written as a type of relvar's own only has to be wrapped. If `all` fields are options, they have to name
/// `n` nevertheless, as a struct must use its parameters.
pub(crate) fn within(ty: &Type, all: &[&Type], n: &Ident, derive: &TokenStream) -> TokenStream {
    if is_option(ty) && !all.iter().all(|ty| is_option(ty)) {
        return quote!(#ty);
    }
    match is_not_null(ty) {
        true => quote_spanned!(at(ty)=> #derive::Wrap<#n, #ty>),
        false => quote_spanned!(at(ty)=> #derive::In<#n, #ty>),
    }
}

/// Whether the type is written as an option.
fn is_option(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.len() == 1 && path.path.segments[0].ident == "Option"
}

/// Whether the type is written as one of relvar's own that is not null.
fn is_not_null(ty: &Type) -> bool {
    is_written(ty, &["i16", "i32", "i64", "f32", "f64", "bool", "String"])
}

/// The struct itself.
pub(crate) fn definition(table: &Table) -> TokenStream {
    let Table { ident, vis, derive, .. } = table;
    let columns = table.columns_ident();
    let stored: Vec<&Column> = table.columns.iter().filter(|column| column.is_stored()).collect();
    let n = Fresh::beside(stored.iter().map(|column| &column.ty)).ident(if ident == "N" { "N_" } else { "N" });
    let types: Vec<&Type> = stored.iter().map(|column| &column.ty).collect();
    let fields = stored.iter().map(|column| {
        let (doc, name, ty) = (doc(column), &column.ident, &column.ty);
        let ty = match column.kind {
            Kind::Embed(_) => quote_spanned!(at(ty)=> <#ty as #derive::Embedded>::Columns<#ident, #n>),
            // what the database computes cannot be set
            _ if column.generated.is_some() => {
                let within = within(ty, &types, &n, derive);
                quote_spanned!(at(ty)=> #derive::Column<#derive::Generated<#ident>, #within>)
            }
            _ => {
                let within = within(ty, &types, &n, derive);
                quote_spanned!(at(ty)=> #derive::Column<#ident, #within>)
            }
        };
        quote!(#doc #vis #name: #ty)
    });
    let doc = format!("The columns of `{ident}`, as the closures of a query see them.");
    quote! {
        #[doc = #doc]
        #[allow(dead_code, private_interfaces)]
        #vis struct #columns<#n: #derive::Nullness = #derive::NotNull> {
            #(#fields,)*
            #[doc(hidden)]
            #vis __source: #derive::SourceId,
        }
    }
}

/// What it implements.
pub(crate) fn implementations(table: &Table) -> TokenStream {
    let Table { ident, dialect, .. } = table;
    let (columns, of) = (table.columns_ident(), table.of_trait());
    let read = format_ident!("{}", if table.view { "read_view_row" } else { "read_row" });
    let (names, width) = (names(&table.columns), width(&table.columns));
    let items = quote! {
        fn items(self, __items: &mut __relvar::Vec<__relvar::Item>) {
            __relvar::row_item(self.__source, __items)
        }
    };
    let types = quote! {
        fn types(__types: &mut __relvar::CellTypes) {
            __relvar::column_types::<Self>(__types)
        }
    };
    // one implementation for both would be taken for one that overlaps with that for expressions
    let nullness = [quote!(__relvar::NotNull), quote!(__relvar::Nullable)];
    let rows = [quote!(#ident), quote!(__relvar::Option<#ident>)];
    quote! {
        impl<__N: __relvar::Nullness> __relvar::Clone for #columns<__N> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<__N: __relvar::Nullness> __relvar::Copy for #columns<__N> {}
        impl<__N: __relvar::Nullness> __relvar::Scope for #columns<__N> {}
        impl<__N: __relvar::Nullness> __relvar::Single for #columns<__N> {}
        impl<__N: __relvar::Nullness> __relvar::TableColumns for #columns<__N> {
            type Dialect = #dialect;
            type Row = __N::Row<#ident>;
            const PARTS: &'static [__relvar::ColumnPart] = #names;
            const NAMES: &'static [__relvar::Cow<'static, str>] = &__relvar::names::<#width>(Self::PARTS);
            fn source(&self) -> __relvar::SourceId {
                self.__source
            }
        }
        impl<__N: __relvar::Nullness> __relvar::Nullify for #columns<__N> {
            type Out = #columns<__relvar::Nullable>;
            fn nullify(self) -> Self::Out {
                <#ident as __relvar::#of>::columns(self.__source)
            }
        }
        // not for all `TableColumns` at once: with two implementations to choose from, the compiler would only say that
        // something cannot stand in a select list, and not why
        impl<__N: __relvar::Nullness, __D: __relvar::Dialect> __relvar::Projection<__D> for #columns<__N>
        where
            #dialect: __relvar::Covers<__D>,
        {
            type Row = __N::Row<#ident>;
            #items
            fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<__N::Row<#ident>, __relvar::DecodeError> {
                __relvar::#read::<#ident, __N>(__cells)
            }
            #types
        }
        #(
            impl __relvar::Fill<#rows> for #columns<#nullness> {
                type Dialect = #dialect;
                #items
                fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<#rows, __relvar::DecodeError> {
                    __relvar::#read::<#ident, #nullness>(__cells)
                }
                #types
            }
        )*
    }
}

//! `#[derive(Embed)]`: columns that several tables have.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{DeriveInput, Type};

use super::columns::{doc, within};
use super::fresh::Fresh;
use super::table::{embedded_names, names, read};
use super::{at, definition, scoped};
use crate::attr::Args;
use crate::mistakes::Mistakes;
use crate::model::{Column, Kind, derive_path, named_fields, no_generics, positions};

/// What `#[derive(Embed)]` writes.
pub(crate) fn expand(input: &DeriveInput, mistakes: &Mistakes) -> Option<TokenStream> {
    no_generics(input, "Embed", mistakes);
    let args = Args::of(&input.attrs, "embed", &["crate"], mistakes);
    for bare in &args.bare {
        mistakes.of(bare, "expected `key = value`");
    }
    let derive = derive_path(&args, mistakes);
    let all = named_fields(input, "Embed", mistakes)?;
    let all: Vec<Column> = all.into_iter().map(|field| Column::of_embedded(field, mistakes)).collect();
    let stored: Vec<&Column> = all.iter().filter(|column| column.is_stored()).collect();
    if stored.is_empty() {
        mistakes.at(input.ident.span(), "an embedded struct needs at least one column");
    }
    let (ident, vis) = (&input.ident, &input.vis);
    let columns = format_ident!("{}Columns", ident.unraw(), span = ident.span());
    let fresh = Fresh::beside(stored.iter().map(|column| &column.ty));
    let (o, n) = (fresh.ident("O"), fresh.ident("N"));
    let types: Vec<&Type> = stored.iter().map(|column| &column.ty).collect();
    let fields = stored.iter().map(|column| {
        let (doc, name, ty) = (doc(column), &column.ident, &column.ty);
        let ty = match column.kind {
            Kind::Embed(_) => quote_spanned!(at(ty)=> <#ty as #derive::Embedded>::Columns<#o, #n>),
            _ => {
                let within = within(ty, &types, &n, &derive);
                quote_spanned!(at(ty)=> #derive::Column<#o, #within>)
            }
        };
        quote!(#doc #vis #name: #ty)
    });
    let doc = format!("The columns of a `{ident}` in a table.");
    let definition = quote! {
        #[doc = #doc]
        #[allow(dead_code, private_interfaces)]
        #vis struct #columns<#o: #derive::Origin, #n: #derive::Nullness = #derive::NotNull> {
            #(#fields,)*
        }
    };
    let items = [embedded_names(&all), implementations(input, &columns, &all), implementation(ident, &columns, &all)];
    let scoped = scoped(&derive, &items.into_iter().collect());
    Some(quote!(#definition #scoped))
}

/// What the columns struct implements.
fn implementations(input: &DeriveInput, columns: &syn::Ident, all: &[Column]) -> TokenStream {
    let (ident, vis) = (&input.ident, &input.vis);
    let names: Vec<_> = all.iter().filter(|column| column.is_stored()).map(|column| &column.ident).collect();
    let generics = quote!(<__O: __relvar::Origin, __N: __relvar::Nullness>);
    let selected = quote! {
        fn items(self, __items: &mut __relvar::Vec<__relvar::Item>) {
            self.__items(__items)
        }
    };
    let parts = quote!(<#ident as __relvar::Embedded>::COLUMNS);
    let types = quote! {
        fn types(__types: &mut __relvar::CellTypes) {
            __relvar::part_types(#parts, __types)
        }
    };
    let nullness = [quote!(__relvar::NotNull), quote!(__relvar::Nullable)];
    let rows = [quote!(#ident), quote!(__relvar::Option<#ident>)];
    let items = all.iter().filter(|column| column.is_stored()).map(|column| {
        let name = &column.ident;
        match column.kind {
            Kind::Embed(_) => quote!(self.#name.__items(__items);),
            _ => quote! {
                let __expr = __relvar::Expression::into_ir(self.#name);
                __relvar::Vec::push(__items, __relvar::Item::Expr(__expr));
            },
        }
    });
    quote! {
        impl #generics __relvar::Clone for #columns<__O, __N> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl #generics __relvar::Copy for #columns<__O, __N> {}
        impl #generics #columns<__O, __N> {
            #[doc(hidden)]
            #vis fn __items(self, __items: &mut __relvar::Vec<__relvar::Item>) {
                #(#items)*
            }
        }
        impl<__O: __relvar::Settable> #columns<__O, __relvar::NotNull> {
            /// Sets all of them, in an update.
            #[allow(dead_code)]
            #vis fn set(self, __value: #ident) -> __relvar::Vec<__relvar::Assignment<__O>> {
                let mut __changes = __relvar::Vec::new();
                #(__relvar::Placed::changes(self.#names.set(__value.#names), &mut __changes);)*
                __changes
            }
            #[doc(hidden)]
            #[allow(dead_code)]
            #vis fn given(self, __value: #ident) -> __relvar::Vec<__relvar::Assignment<__O>> {
                self.set(__value)
            }
        }
        impl<__O: __relvar::Origin, __N: __relvar::Nullness, __D: __relvar::Dialect> __relvar::Projection<__D>
            for #columns<__O, __N>
        where
            __O::Dialect: __relvar::Covers<__D>,
        {
            type Row = __N::Row<#ident>;
            #selected
            fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Self::Row, __relvar::DecodeError> {
                <__N as __relvar::Nullness>::row(__cells, #parts.len(), <#ident as __relvar::Embedded>::read)
            }
            #types
        }
        #(
            impl<__O: __relvar::Origin> __relvar::Fill<#rows> for #columns<__O, #nullness> {
                type Dialect = __O::Dialect;
                #selected
                fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<#rows, __relvar::DecodeError> {
                    <#nullness as __relvar::Nullness>::row(__cells, #parts.len(), <#ident as __relvar::Embedded>::read)
                }
                #types
            }
        )*
    }
}

/// `Embedded`
fn implementation(ident: &syn::Ident, columns: &syn::Ident, all: &[Column]) -> TokenStream {
    let stored = positions(all);
    let values = stored.iter().map(|(column, position)| {
        let (name, ty) = (&column.ident, &column.ty);
        match column.kind {
            Kind::Embed(_) => quote!(#name: <#ty as __relvar::Embedded>::columns(__source, __first + #position)),
            _ => quote!(#name: __relvar::column(__source, __first + #position)),
        }
    });
    let definitions = stored.iter().map(|(column, position)| definition::said(column, position, &quote!(__all)));
    let (names, read) = (names(all), read(ident, all));
    quote! {
        impl __relvar::Embedded for #ident {
            type Columns<__O: __relvar::Origin, __N: __relvar::Nullness> = #columns<__O, __N>;
            const COLUMNS: &'static [__relvar::ColumnPart] = #names;
            fn columns<__O: __relvar::Origin, __N: __relvar::Nullness>(
                __source: __relvar::SourceId,
                __first: u32,
            ) -> #columns<__O, __N> {
                #columns { #(#values),* }
            }
            fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Self, __relvar::DecodeError> {
                #read
            }
            fn define(__all: &mut [__relvar::ColumnDef]) {
                // a default is checked against a column that is for all databases
                let __t: #columns<__relvar::Anywhere> =
                    <Self as __relvar::Embedded>::columns(__relvar::SourceId::SCHEMA, 0);
                #(#definitions)*
            }
        }
    }
}

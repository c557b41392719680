//! `#[derive(View)]`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::DeriveInput;

use super::{at, columns, definition, row, scoped, table};
use crate::mistakes::Mistakes;
use crate::model::View;

/// What `#[derive(View)]` writes.
pub(crate) fn expand(input: &DeriveInput, mistakes: &Mistakes) -> Option<TokenStream> {
    let view = View::read(input, mistakes)?;
    let columns = columns::definition(&view.table);
    let (exprs, of_exprs) = row::exprs_of(&view.table);
    let items = [
        table::embedded_names(&view.table.columns),
        columns::implementations(&view.table),
        table::origin(&view.table),
        implementation(&view),
        of_exprs,
        definition::constants(&view.table),
    ];
    let scoped = scoped(&view.table.derive, &items.into_iter().collect());
    Some(quote!(#columns #exprs #scoped))
}

fn implementation(view: &View) -> TokenStream {
    let View { table: of, query, materialized } = view;
    let (ident, name) = (&of.ident, &of.name);
    let columns = of.columns_ident();
    let schema = of.schema.iter();
    let values = of.stored().into_iter().map(|(column, position)| {
        let name = &column.ident;
        quote!(#name: __relvar::column(__source, #position))
    });
    let read = table::read(ident, &of.columns);
    let query = quote_spanned!(at(query)=> __relvar::define::view::<Self, _>(#query));
    let indexes = (0..of.indexes.len()).map(|i| definition::index(of, i));
    let marks = materialized.map(|span| {
        let unique = view.is_uniquely_indexed().then(|| quote!(impl __relvar::UniquelyIndexed for #ident {}));
        let span = proc_macro2::Span::call_site().located_at(span);
        let possible = quote_spanned! {span=>
            const _: () = __relvar::define::materialized::<<#ident as __relvar::Origin>::Dialect>();
        };
        quote! {
            #possible
            impl __relvar::Materialized for #ident {}
            impl __relvar::Indexed for #ident {
                const NAMES: &'static __relvar::TableRef = <#ident as __relvar::View>::VIEW;
            }
            #unique
        }
    });
    let is_materialized = materialized.is_some();
    let check_names = table::check_names(of);
    quote! {
        #check_names
        impl __relvar::View for #ident {
            type Columns<__N: __relvar::Nullness> = #columns<__N>;
            const VIEW_NAME: &'static str = #name;
            #(const VIEW_SCHEMA: __relvar::Option<&'static str> = __relvar::Some(#schema);)*
            fn columns<__N: __relvar::Nullness>(__source: __relvar::SourceId) -> #columns<__N> {
                #columns { #(#values,)* __source }
            }
            fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Self, __relvar::DecodeError> {
                #read
            }
            fn definition() -> __relvar::ViewDef {
                let mut __table = #query;
                __table.materialized = #is_materialized;
                let __t = <Self as __relvar::View>::columns::<__relvar::NotNull>(__relvar::SourceId::SCHEMA);
                #(#indexes)*
                __table
            }
        }
        #marks
    }
}
